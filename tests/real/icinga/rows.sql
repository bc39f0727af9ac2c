INSERT INTO icinga_hosts VALUES (1,1,1,1,'a','A','192.0.2.1',5,''),(2,1,1,2,'b','B','',0.5,'n');
INSERT INTO icinga_statehistory VALUES (1,'2020-01-01 10:00:00',5,1,2,'down');
INSERT INTO icinga_dbversion VALUES (1,'idoutils','1.14',NULL,'2020-01-01 10:00:00');
