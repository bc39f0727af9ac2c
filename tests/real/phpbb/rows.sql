INSERT INTO phpbb_users VALUES (1,0,'127.0.0.1','Ada','ada',1.00,0,'','sig'),(2,3,'::1','Bób','bób',-5.50,1,'123','');
INSERT INTO phpbb_posts VALUES (1,1,'Hello','text of it',1,''),(2,1,'Re: Hello','another',0,'QA==');
INSERT INTO phpbb_config VALUES ('version','3.0.14',0);
