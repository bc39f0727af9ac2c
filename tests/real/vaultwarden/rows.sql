INSERT INTO users VALUES ('u1', '2020-01-01 00:00:00', '2020-01-02 00:00:00', 'a@example.org', 'A', x'00ff', x'01', 100000, NULL, NULL, '[]');
INSERT INTO devices VALUES ('d1', '2020-01-01 00:00:00', 'u1', 'phone', 1, 'token');
INSERT INTO folders VALUES ('f1', 'u1', 'Work');
INSERT INTO organizations VALUES ('o1', 'Home', 'home@example.org');
INSERT INTO ciphers VALUES ('c1', 'u1', 'o1', 'f1', 1, '{}', 1), ('c2', 'u1', NULL, NULL, 2, '{}', 0);
INSERT INTO users_organizations VALUES ('uo', 'u1', 'o1', 1, 0);
