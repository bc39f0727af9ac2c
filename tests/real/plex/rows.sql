INSERT INTO metadata_items VALUES (1,1,NULL,1,'plex://a','Zwei','zwei','s',1999,'2020-01-01 10:00:00',7.5,'h'),(5,1,1,2,'plex://b','B','b',NULL,NULL,NULL,NULL,NULL);
INSERT INTO tags VALUES (1,'Drama',1),(2,'drama',2);
INSERT INTO taggings VALUES (1,1,1,0,'');
INSERT INTO schema_migrations VALUES ('20100101000000');
