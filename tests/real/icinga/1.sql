SET SQL_MODE="NO_AUTO_VALUE_ON_ZERO";
CREATE TABLE IF NOT EXISTS icinga_hosts (
  host_id bigint unsigned NOT NULL AUTO_INCREMENT,
  instance_id bigint unsigned default 0,
  config_type smallint default 0,
  host_object_id bigint unsigned default 0,
  alias varchar(255) character set latin1 collate latin1_general_cs default '',
  display_name varchar(255) character set latin1 collate latin1_general_cs default '',
  address varchar(128) character set latin1 default '',
  check_interval double default '0',
  notes TEXT character set latin1  default '',
  PRIMARY KEY  (host_id),
  UNIQUE KEY instance_id (instance_id,config_type,host_object_id)
) ENGINE=InnoDB  COMMENT='Host definitions';
CREATE TABLE IF NOT EXISTS icinga_statehistory (
  statehistory_id bigint unsigned NOT NULL AUTO_INCREMENT,
  state_time timestamp NOT NULL,
  state_time_usec  int default 0,
  object_id bigint unsigned default 0,
  state smallint default 0,
  output TEXT character set latin1  default '',
  PRIMARY KEY  (statehistory_id)
) ENGINE=InnoDB  COMMENT='State change history';
CREATE INDEX statehist_i_id_o_id_s_ty_s_ti on icinga_statehistory(object_id, state, state_time);
CREATE TABLE IF NOT EXISTS icinga_dbversion (
  dbversion_id bigint unsigned NOT NULL AUTO_INCREMENT,
  name varchar(10) character set latin1 default '',
  version varchar(10) character set latin1 default '',
  create_time timestamp NULL default '0000-00-00 00:00:00',
  modify_time timestamp default current_timestamp on update current_timestamp,
  PRIMARY KEY (dbversion_id),
  UNIQUE KEY dbversion (name)
) ENGINE=InnoDB;
