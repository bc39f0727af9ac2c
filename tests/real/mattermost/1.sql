CREATE TABLE Posts (
  Id varchar(26) NOT NULL,
  CreateAt bigint(20) DEFAULT NULL,
  UpdateAt bigint(20) DEFAULT NULL,
  EditAt bigint(20) DEFAULT NULL,
  DeleteAt bigint(20) DEFAULT NULL,
  IsPinned tinyint(1) DEFAULT NULL,
  UserId varchar(26) DEFAULT NULL,
  ChannelId varchar(26) DEFAULT NULL,
  RootId varchar(26) DEFAULT NULL,
  ParentId varchar(26) DEFAULT NULL,
  OriginalId varchar(26) DEFAULT NULL,
  Message text,
  Type varchar(26) DEFAULT NULL,
  Props text,
  Hashtags text,
  FileIds varchar(150) DEFAULT NULL,
  HasReactions tinyint(1) DEFAULT NULL,
  PRIMARY KEY (Id),
  KEY idx_posts_update_at (UpdateAt),
  KEY idx_posts_create_at (CreateAt),
  KEY idx_posts_root_id (RootId),
  KEY idx_posts_channel_id_update_at (ChannelId, UpdateAt),
  FULLTEXT KEY idx_posts_message_txt (Message)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Channels (
  Id varchar(26) NOT NULL,
  CreateAt bigint(20) DEFAULT NULL,
  TeamId varchar(26) DEFAULT NULL,
  Type varchar(1) DEFAULT NULL,
  DisplayName varchar(64) DEFAULT NULL,
  Name varchar(64) DEFAULT NULL,
  Header text,
  TotalMsgCount bigint(20) DEFAULT NULL,
  PRIMARY KEY (Id),
  UNIQUE KEY Name (Name,TeamId),
  KEY idx_channels_team_id (TeamId),
  FULLTEXT KEY idx_channel_search_txt (Name,DisplayName)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Users (
  Id varchar(26) NOT NULL,
  Username varchar(64) DEFAULT NULL,
  AuthData varchar(128) DEFAULT NULL,
  Email varchar(128) DEFAULT NULL,
  Roles text,
  Props text,
  Timezone text,
  PRIMARY KEY (Id),
  UNIQUE KEY Username (Username),
  UNIQUE KEY AuthData (AuthData),
  UNIQUE KEY Email (Email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Reactions (
  UserId varchar(26) NOT NULL,
  PostId varchar(26) NOT NULL,
  EmojiName varchar(64) NOT NULL,
  CreateAt bigint(20) DEFAULT NULL,
  PRIMARY KEY (UserId, PostId, EmojiName)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
