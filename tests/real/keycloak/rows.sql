INSERT INTO REALM VALUES ('r1', 60, 1, 'master', NULL);
INSERT INTO CLIENT VALUES ('c1', 1, 'account', 'r1', NULL);
INSERT INTO KEYCLOAK_ROLE VALUES ('k1', 'r1', 0, 'admin', NULL), ('k2', 'c1', 1, 'view-profile', 'c1');
INSERT INTO USER_ENTITY VALUES ('u1', 'ada@example.org', 1, 'r1', 'ada');
INSERT INTO USER_ATTRIBUTE VALUES ('locale', 'de', 'u1');
INSERT INTO DATABASECHANGELOG VALUES ('1.0.0', 'a', 'META-INF/x.xml', '2020-01-01 00:00:00', 1, '7:abc');
INSERT INTO DATABASECHANGELOGLOCK VALUES (1, b'0', NULL);
