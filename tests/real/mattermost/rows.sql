INSERT INTO Posts (Id, CreateAt, UserId, ChannelId, Message, Props, FileIds) VALUES ('p1', 1, 'u1', 'c1', 'hello there', '{"a": 1}', '[]'), ('p2', 2, 'u1', 'c1', NULL, NULL, NULL);
INSERT INTO Channels VALUES ('c1', 1, 't1', 'O', 'Town Square', 'town-square', NULL, 2);
INSERT INTO Users VALUES ('u1', 'ada', NULL, 'ada@example.org', 'system_user', '{}', '{"useAutomaticTimezone": "true"}');
INSERT INTO Reactions VALUES ('u1', 'p1', '+1', 3);
