INSERT INTO glpi_computers VALUES (1,0,'pc1','S1',NULL,'2020-01-01 10:00:00',0,0,1.25),(2,0,'pç2',NULL,'text',NULL,1,0,NULL);
INSERT INTO glpi_knowbaseitems VALUES (1,'How','Like this',1,10);
INSERT INTO glpi_tickets_users VALUES (1,1,1,1,1),(2,1,2,1,0);
