CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE room_master_table (id INTEGER PRIMARY KEY,identity_hash TEXT);
CREATE TABLE `episodes` (`uri` TEXT NOT NULL, `podcast_uri` TEXT NOT NULL, `title` TEXT NOT NULL, `published` TEXT NOT NULL, `duration` INTEGER, `summary` TEXT, `played` INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(`uri`), FOREIGN KEY(`podcast_uri`) REFERENCES `podcasts`(`uri`) ON UPDATE CASCADE ON DELETE CASCADE );
CREATE INDEX `index_episodes_podcast_uri` ON `episodes` (`podcast_uri`);
CREATE VIRTUAL TABLE `episodes_fts` USING FTS4(`title` TEXT NOT NULL, content=`episodes`)
/* episodes_fts(title) */;
CREATE TABLE IF NOT EXISTS 'episodes_fts_segments'(blockid INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'episodes_fts_segdir'(level INTEGER,idx INTEGER,start_block INTEGER,leaves_end_block INTEGER,end_block INTEGER,root BLOB,PRIMARY KEY(level, idx));
CREATE TABLE IF NOT EXISTS 'episodes_fts_docsize'(docid INTEGER PRIMARY KEY, size BLOB);
CREATE TABLE IF NOT EXISTS 'episodes_fts_stat'(id INTEGER PRIMARY KEY, value BLOB);
CREATE TRIGGER room_fts_content_sync_episodes_fts_BEFORE_UPDATE BEFORE UPDATE ON `episodes` BEGIN DELETE FROM `episodes_fts` WHERE `docid`=OLD.`rowid`; END;
CREATE TRIGGER room_fts_content_sync_episodes_fts_AFTER_INSERT AFTER INSERT ON `episodes` BEGIN INSERT INTO `episodes_fts`(`docid`, `title`) VALUES (NEW.`rowid`, NEW.`title`); END;
CREATE TABLE IF NOT EXISTS "podcasts" (`uri` TEXT NOT NULL, `title` TEXT NOT NULL, `author` TEXT DEFAULT 'unknown', `image_url` TEXT, PRIMARY KEY(`uri`));
CREATE UNIQUE INDEX `index_podcasts_uri` ON `podcasts` (`uri`);
CREATE INDEX `index_podcasts_title` ON `podcasts` (`title` COLLATE NOCASE ASC, `author` DESC);
CREATE TABLE `podcast_category_entries` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `podcast_uri` TEXT NOT NULL, `category_id` INTEGER NOT NULL, FOREIGN KEY(`podcast_uri`) REFERENCES `podcasts`(`uri`) ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX `i_p_c` ON `podcast_category_entries` (`podcast_uri`, `category_id`);
CREATE VIEW `latest` AS SELECT podcast_uri, MAX(published) AS last, count(*) AS n FROM episodes WHERE played = 0 GROUP BY podcast_uri
/* latest(podcast_uri,"last",n) */;
