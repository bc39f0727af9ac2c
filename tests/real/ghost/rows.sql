INSERT INTO posts VALUES ('p1', 'u', 'Hello', 'hello', '{}', '<p>x</p>', 0, 0, 'published', 'a1', '2020-01-01 00:00:00', NULL);
INSERT INTO users VALUES ('a1', 'Ada', 'ada', 'ada@example.org', NULL, 'short', NULL, '2020-01-01 00:00:00');
INSERT INTO tags VALUES ('t1', 'News', 'news', 'public');
INSERT INTO posts_tags VALUES ('pt', 'p1', 't1', 0);
INSERT INTO migrations VALUES (1, '1-create-tables.js', 'init');
