INSERT INTO domains VALUES (1,'example.org',NULL,NULL,'MASTER',7,NULL),(2,'example.net','192.0.2.1',1,'SLAVE',NULL,'ada');
INSERT INTO records VALUES (1,1,'example.org','SOA','ns hostmaster 1',3600,NULL,NULL),(2,1,'www.example.org','A','192.0.2.2',60,0,NULL);
INSERT INTO supermasters VALUES ('192.0.2.1','ns.example.net','ada');
