CREATE TABLE version ( schema TEXT PRIMARY KEY, version INT NOT NULL );
CREATE INDEX schema ON version(schema);
CREATE TABLE itemTypes ( itemTypeID INTEGER PRIMARY KEY, typeName TEXT, templateItemTypeID INT, display INT DEFAULT 1 );
CREATE TABLE items ( itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL, UNIQUE (libraryID, key) );
CREATE TABLE itemAttachments ( itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, path TEXT, FOREIGN KEY (itemID) REFERENCES items(itemID) ON DELETE CASCADE, FOREIGN KEY (parentItemID) REFERENCES items(itemID) ON DELETE CASCADE );
CREATE TABLE collections ( collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL, parentCollectionID INT DEFAULT NULL, libraryID INT NOT NULL, FOREIGN KEY (parentCollectionID) REFERENCES collections(collectionID) ON DELETE CASCADE );
CREATE TRIGGER fki_items BEFORE INSERT ON itemAttachments FOR EACH ROW WHEN NEW.parentItemID IS NOT NULL BEGIN SELECT RAISE(ABORT, 'bad') WHERE (SELECT COUNT(*) FROM items WHERE itemID = NEW.parentItemID) = 0; END;
CREATE TRIGGER fku_coll AFTER UPDATE OF parentCollectionID ON collections FOR EACH ROW BEGIN UPDATE items SET dateAdded = dateAdded WHERE 0; END;
