CREATE TABLE db_info (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE film_rolls (id INTEGER PRIMARY KEY, datetime_accessed CHAR(20), folder VARCHAR(1024) NOT NULL);
CREATE TABLE images (id INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER, film_id INTEGER, width INTEGER, maker VARCHAR, model VARCHAR, exposure REAL, datetime_taken CHAR(20), flags INTEGER, histogram BLOB);
CREATE TABLE history (imgid INTEGER, num INTEGER, module INTEGER, operation VARCHAR(256), op_params BLOB, enabled INTEGER, multi_name VARCHAR(256));
CREATE TABLE tagged_images (imgid INTEGER, tagid INTEGER, PRIMARY KEY (imgid, tagid));
CREATE INDEX film_rolls_folder_index ON film_rolls (folder);
CREATE INDEX history_imgid_index ON history (imgid);
CREATE TABLE mask (imgid INTEGER, formid INTEGER, form INTEGER, name VARCHAR(256));
