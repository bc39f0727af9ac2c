INSERT INTO users VALUES (1,'ada','mail.example.org','','2020-01-01 10:00:00',NULL,'en_US','a:0:{}'),(2,'bob','mail.example.org','b','2020-01-02 10:00:00','2020-02-01',NULL,'');
INSERT INTO contacts VALUES (1,1,'2020-01-01',0,'Grace','grace@example.org','BEGIN:VCARD'),(7,2,'2020-01-01',1,'x','','');
INSERT INTO session VALUES ('abc','2020-01-01','2020-01-02','127.0.0.1','x|1');
INSERT INTO messages VALUES (1,1,'Subject: x');
