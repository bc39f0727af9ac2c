CREATE TABLE version (
    schema TEXT PRIMARY KEY,
    version INT NOT NULL
);
CREATE INDEX schema ON version(schema);
-- Show 1
CREATE TABLE itemTypesCombined ( itemTypeID INT NOT NULL, typeName TEXT NOT NULL, display INT DEFAULT 1 NOT NULL, custom INT NOT NULL, PRIMARY KEY (itemTypeID) );
CREATE TABLE itemTypes ( itemTypeID INTEGER PRIMARY KEY, typeName TEXT, templateItemTypeID INT, display INT DEFAULT 1 /* 0 == hide, 1 == display, 2 == primary */ );
CREATE TABLE libraries ( libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL, archived INT NOT NULL DEFAULT 0 );
CREATE TABLE items ( itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL, version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key), FOREIGN KEY (libraryID) REFERENCES libraries(libraryID) ON DELETE CASCADE );
CREATE INDEX items_synced ON items(synced);
CREATE TABLE itemAttachments ( itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, charsetID INT, path TEXT, syncState INT DEFAULT 0, storageHash TEXT, FOREIGN KEY (itemID) REFERENCES items(itemID) ON DELETE CASCADE, FOREIGN KEY (parentItemID) REFERENCES items(itemID) ON DELETE CASCADE );
CREATE INDEX itemAttachments_parentItemID ON itemAttachments(parentItemID);
CREATE TABLE collections ( collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL, parentCollectionID INT DEFAULT NULL, clientDateModified TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL, libraryID INT NOT NULL, key TEXT NOT NULL DEFAULT '', UNIQUE (libraryID, collectionID), FOREIGN KEY (libraryID) REFERENCES libraries(libraryID) ON DELETE CASCADE, FOREIGN KEY (parentCollectionID) REFERENCES collections(collectionID) ON DELETE CASCADE );
CREATE TRIGGER fku_coll AFTER UPDATE OF parentCollectionID ON collections FOR EACH ROW BEGIN UPDATE items SET synced = 0 WHERE 0; END;
CREATE TABLE settings ( setting TEXT, key TEXT, value, PRIMARY KEY (setting, key) );
CREATE VIEW fieldsX AS SELECT i.itemID, t.typeName FROM items i JOIN itemTypes t USING (itemTypeID);
