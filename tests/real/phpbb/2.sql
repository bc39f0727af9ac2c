CREATE TABLE phpbb_users (
	user_id int(10) UNSIGNED NOT NULL auto_increment,
	user_type tinyint(2) DEFAULT '0' NOT NULL,
	user_ip varchar(40) DEFAULT '' NOT NULL,
	username varchar(255) DEFAULT '' NOT NULL,
	username_clean varchar(255) DEFAULT '' NOT NULL,
	user_tz varchar(100) DEFAULT '' NOT NULL,
	user_sig mediumtext NOT NULL,
	user_reminded tinyint(4) DEFAULT '0' NOT NULL,
	reset_token varchar(64) DEFAULT '' NOT NULL,
	PRIMARY KEY (user_id),
	UNIQUE username_clean (username_clean),
	KEY user_type (user_type)
) CHARACTER SET `utf8` COLLATE `utf8_bin`;

CREATE TABLE phpbb_posts (
	post_id int(10) UNSIGNED NOT NULL auto_increment,
	topic_id int(10) UNSIGNED DEFAULT '0' NOT NULL,
	post_subject varchar(255) DEFAULT '' NOT NULL COLLATE utf8_unicode_ci,
	post_text mediumtext NOT NULL,
	post_visibility tinyint(3) DEFAULT '0' NOT NULL,
	post_delete_time int(11) UNSIGNED DEFAULT '0' NOT NULL,
	bbcode_bitfield varchar(255) DEFAULT '' NOT NULL,
	PRIMARY KEY (post_id),
	KEY topic_id (topic_id),
	KEY post_visibility (post_visibility),
	FULLTEXT KEY post_content (post_text, post_subject)
) ENGINE=InnoDB CHARACTER SET `utf8` COLLATE `utf8_unicode_ci`;

CREATE TABLE phpbb_config (
	config_name varchar(255) DEFAULT '' NOT NULL,
	config_value varchar(255) DEFAULT '' NOT NULL,
	is_dynamic tinyint(1) UNSIGNED DEFAULT '0' NOT NULL,
	PRIMARY KEY (config_name),
	KEY is_dynamic (is_dynamic)
) CHARACTER SET `utf8` COLLATE `utf8_bin`;

CREATE TABLE phpbb_migrations (
	migration_name varchar(255) DEFAULT '' NOT NULL,
	migration_depends_on text NOT NULL,
	migration_schema_done tinyint(1) UNSIGNED DEFAULT '0' NOT NULL,
	PRIMARY KEY (migration_name)
) CHARACTER SET `utf8` COLLATE `utf8_bin`;
