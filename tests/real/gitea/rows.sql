INSERT INTO `user` VALUES (1,'ada','Ada','ada@example.org','x',0,'salt',1,1,''),(2,'bob','Bob','bob@example.org','y',0,NULL,2,0,'split');
INSERT INTO `repository` VALUES (1,1,'tool','Tool','d',3,0,0,1,10,5),(2,2,'tool','tool',NULL,NULL,1,1,0,0,NULL);
INSERT INTO `issue` VALUES (1,1,1,'broken','it is',2,0,NULL);
INSERT INTO `version` VALUES (1,280);
INSERT INTO `oauth2_application` VALUES (1,1,'c','["https://x"]');
