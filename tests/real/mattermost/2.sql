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
  OriginalId varchar(26) DEFAULT NULL,
  Message text,
  Type varchar(26) DEFAULT NULL,
  Props json DEFAULT NULL,
  Hashtags text,
  FileIds text DEFAULT NULL,
  HasReactions tinyint(1) DEFAULT NULL,
  RemoteId varchar(26) DEFAULT NULL,
  PRIMARY KEY (Id),
  KEY idx_posts_create_at_id (CreateAt, Id),
  KEY idx_posts_root_id_delete_at (RootId, DeleteAt),
  KEY idx_posts_channel_id_update_at (ChannelId, UpdateAt),
  KEY idx_posts_channel_id_delete_at_create_at (ChannelId, DeleteAt, CreateAt),
  FULLTEXT KEY idx_posts_message_txt (Message),
  FULLTEXT KEY idx_posts_hashtags_txt (Hashtags)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Channels (
  Id varchar(26) NOT NULL,
  CreateAt bigint(20) DEFAULT NULL,
  TeamId varchar(26) DEFAULT NULL,
  Type enum('D','O','G','P') DEFAULT NULL,
  DisplayName varchar(64) DEFAULT NULL,
  Name varchar(64) DEFAULT NULL,
  Header text,
  TotalMsgCount bigint(20) DEFAULT NULL,
  TotalMsgCountRoot bigint(20) DEFAULT 0,
  LastRootPostAt bigint(20) DEFAULT '0',
  PRIMARY KEY (Id),
  UNIQUE KEY Name (Name,TeamId),
  KEY idx_channels_team_id_type (TeamId, Type),
  FULLTEXT KEY idx_channel_search_txt (Name,DisplayName)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Users (
  Id varchar(26) NOT NULL,
  Username varchar(64) DEFAULT NULL,
  AuthData varchar(128) DEFAULT NULL,
  Email varchar(128) DEFAULT NULL,
  Roles varchar(256) DEFAULT NULL,
  Props json DEFAULT NULL,
  Timezone json DEFAULT NULL,
  MfaUsedTimestamps json NULL,
  PRIMARY KEY (Id),
  UNIQUE KEY Username (Username),
  UNIQUE KEY AuthData (AuthData),
  UNIQUE KEY Email (Email),
  FULLTEXT KEY idx_users_all_txt (Username, Email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE Reactions (
  UserId varchar(26) NOT NULL,
  PostId varchar(26) NOT NULL,
  EmojiName varchar(64) NOT NULL,
  CreateAt bigint(20) DEFAULT NULL,
  ChannelId varchar(26) NOT NULL DEFAULT '',
  PRIMARY KEY (PostId, UserId, EmojiName),
  KEY idx_reactions_channel_id (ChannelId)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE PostReminders (
  PostId varchar(26) NOT NULL, UserId varchar(26) NOT NULL, TargetTime bigint, INDEX idx_postreminders_targettime (TargetTime), PRIMARY KEY (PostId, UserId)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
