INSERT INTO matomo_log_visit VALUES (1,1,0x0102030405060708,'2020-01-01 10:00:00',0x1112131415161718,0x7f000001,30,'https://example.org/','LIN',NULL,NULL,48.5);
INSERT INTO matomo_log_action VALUES (1,'example.org/',77,1,0),(2,NULL,78,4,NULL);
INSERT INTO matomo_option VALUES ('version_core','3.13',1);
INSERT INTO matomo_goal VALUES (1,1,'Buy','url','/buy',0,1.5,0);
INSERT INTO matomo_archive_blob_2020_01 VALUES (1,'done',1,'2020-01-01','2020-01-01',1,'2020-01-02 00:00:00',0x00ff);
