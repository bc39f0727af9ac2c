INSERT INTO category VALUES (1, 'News');
INSERT INTO feed VALUES (1, 'https://example.org/feed', 1, 'Example', NULL, 100, 10, NULL, 0, -2, -2);
INSERT INTO entry VALUES (1600000000000001, 'g1', 'One', 'text', 1600000000, 5, 0, 1), (1600000000000002, 'g2', 'Two', NULL, NULL, 5, 1, 1);
