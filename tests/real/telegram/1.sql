CREATE TABLE dialogs(did INTEGER PRIMARY KEY, date INTEGER, unread_count INTEGER, last_mid INTEGER);
CREATE TABLE messages(mid INTEGER PRIMARY KEY, uid INTEGER, read_state INTEGER, date INTEGER, data BLOB, out INTEGER, ttl INTEGER);
CREATE TABLE enc_chats(uid INTEGER PRIMARY KEY, user INTEGER, name TEXT, data BLOB, g BLOB, authkey BLOB);
CREATE TABLE keyvalue(id TEXT PRIMARY KEY, value TEXT);
CREATE INDEX uid_date_mid_idx_messages ON messages(uid, date ASC, mid DESC);
CREATE INDEX last_mid_idx_dialogs ON dialogs(last_mid);
CREATE TABLE users_data(uid INTEGER PRIMARY KEY, about TEXT);
