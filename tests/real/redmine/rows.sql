INSERT INTO issues VALUES (1,1,1,'Crash',NULL,'2020-02-29',1,50,1.5,'2020-01-01 10:00:00',1,1,2,0),(2,2,1,'Wunsch: ä','Text',NULL,2,0,NULL,NULL,2,1,2,1);
INSERT INTO users VALUES (1,'ada','x','Ada','ada@example.org',1,'User');
INSERT INTO issue_statuses VALUES (1,'New',0,1,1),(2,'Closed',1,0,2);
INSERT INTO schema_migrations VALUES ('20120101000000'),('20130101000000');
INSERT INTO changesets_issues VALUES (1,1),(1,2);
