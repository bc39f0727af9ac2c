CREATE TABLE db_info (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE film_rolls (id INTEGER PRIMARY KEY, access_timestamp INTEGER, folder VARCHAR(1024) NOT NULL);
CREATE TABLE images (id INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER, film_id INTEGER, width INTEGER, maker_id INTEGER DEFAULT -1, exposure REAL, flags INTEGER, import_timestamp INTEGER DEFAULT -1, FOREIGN KEY(film_id) REFERENCES film_rolls(id) ON DELETE CASCADE ON UPDATE CASCADE, FOREIGN KEY(group_id) REFERENCES images(id) ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE TABLE makers (id INTEGER PRIMARY KEY, name VARCHAR);
CREATE TABLE history (imgid INTEGER, num INTEGER, module INTEGER, operation VARCHAR(256), op_params BLOB, enabled INTEGER, multi_name VARCHAR(256), multi_name_hand_edited INTEGER, FOREIGN KEY(imgid) REFERENCES images(id) ON UPDATE CASCADE ON DELETE CASCADE);
CREATE TABLE tagged_images (imgid INTEGER, tagid INTEGER, position INTEGER, PRIMARY KEY (imgid, tagid));
CREATE TABLE masks_history (imgid INTEGER, num INTEGER, formid INTEGER, form INTEGER, name VARCHAR(256)); -- plumb: was mask
CREATE UNIQUE INDEX film_rolls_folder_index ON film_rolls (folder);
CREATE INDEX history_imgid_op_index ON history (imgid, operation);
CREATE INDEX images_datetime_taken_nc ON images (import_timestamp, maker_id COLLATE NOCASE);
CREATE VIEW v_images AS SELECT mi.id AS id, mk.name AS maker, fr.folder FROM images AS mi LEFT JOIN makers AS mk ON mk.id = mi.maker_id JOIN film_rolls fr ON fr.id = mi.film_id;
CREATE TRIGGER insert_tag AFTER INSERT ON tagged_images BEGIN UPDATE images SET flags = flags | 1 WHERE id = NEW.imgid; END;
CREATE TRIGGER remove_tag INSTEAD OF DELETE ON v_images BEGIN DELETE FROM images WHERE id = OLD.id; END;
