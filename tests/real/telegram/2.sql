CREATE TABLE dialogs(did INTEGER PRIMARY KEY, date INTEGER, unread_count INTEGER, last_mid INTEGER, inbox_max INTEGER, pts INTEGER, pinned INTEGER DEFAULT 0, flags INTEGER, folder_id INTEGER, data BLOB);
CREATE TABLE messages_v2(mid INTEGER, uid INTEGER, read_state INTEGER, date INTEGER, data BLOB, out INTEGER, ttl INTEGER, media INTEGER, imp INTEGER, is_channel INTEGER, group_id INTEGER, PRIMARY KEY(mid, uid)); -- plumb: was messages
CREATE TABLE enc_chats(uid INTEGER PRIMARY KEY, user INTEGER, name TEXT, data BLOB, g BLOB, authkey BLOB, in_seq_no INTEGER, layer INTEGER);
CREATE TABLE keyvalue(id TEXT PRIMARY KEY, value TEXT);
CREATE INDEX uid_date_mid_idx_messages_v2 ON messages_v2(uid, date ASC, mid DESC);
CREATE INDEX bot_keyboard_idx ON messages_v2(mid, uid) WHERE media = 1 AND imp <> 'x';
CREATE INDEX last_mid_idx_dialogs ON dialogs(last_mid);
CREATE TABLE params(id INTEGER PRIMARY KEY, seq INTEGER, pts INTEGER, "date" INTEGER, lsv INTEGER DEFAULT (1 + 2), sg INTEGER DEFAULT -5, pbytes BLOB DEFAULT x'00ff');
