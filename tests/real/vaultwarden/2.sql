CREATE TABLE users (
  uuid                TEXT     NOT NULL PRIMARY KEY,
  created_at          DATETIME NOT NULL,
  updated_at          DATETIME NOT NULL,
  email               TEXT     NOT NULL UNIQUE,
  name                TEXT     NOT NULL,
  password_hash       BLOB     NOT NULL,
  salt                BLOB     NOT NULL,
  password_iterations INTEGER  NOT NULL,
  password_hint       TEXT,
  totp_secret         TEXT,
  equivalent_domains  TEXT     NOT NULL,
  client_kdf_type INTEGER NOT NULL DEFAULT 0,
  client_kdf_iter INTEGER NOT NULL DEFAULT 100000,
  enabled BOOLEAN DEFAULT 1 NOT NULL,
  stamp_exception TEXT DEFAULT NULL
);
CREATE TABLE devices (
  uuid          TEXT     NOT NULL,
  created_at    DATETIME NOT NULL,
  user_uuid     TEXT     NOT NULL,
  name          TEXT     NOT NULL,
  atype         INTEGER  NOT NULL,
  refresh_token TEXT     NOT NULL,
  push_uuid     TEXT,
  PRIMARY KEY(uuid, user_uuid),
  FOREIGN KEY(user_uuid) REFERENCES users(uuid)
);
CREATE TABLE folders (
  uuid      TEXT NOT NULL PRIMARY KEY,
  user_uuid TEXT NOT NULL REFERENCES users (uuid),
  name      TEXT NOT NULL
);
CREATE TABLE folders_ciphers (
  cipher_uuid TEXT NOT NULL REFERENCES ciphers (uuid),
  folder_uuid TEXT NOT NULL REFERENCES folders (uuid),
  PRIMARY KEY (cipher_uuid, folder_uuid)
);
CREATE TABLE organizations (uuid TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, billing_email TEXT NOT NULL, private_key TEXT, public_key TEXT);
CREATE TABLE ciphers (
  uuid              TEXT     NOT NULL PRIMARY KEY,
  user_uuid         TEXT     REFERENCES users (uuid),
  organization_uuid TEXT     REFERENCES organizations (uuid),
  atype             INTEGER  NOT NULL,
  data              TEXT     NOT NULL,
  deleted_at        DATETIME,
  "key"             TEXT
);
CREATE TABLE favorites (
  user_uuid   TEXT NOT NULL REFERENCES users(uuid),
  cipher_uuid TEXT NOT NULL REFERENCES ciphers(uuid),
  PRIMARY KEY (user_uuid, cipher_uuid)
);
CREATE TABLE users_organizations (
  uuid       TEXT    NOT NULL PRIMARY KEY,
  user_uuid  TEXT    NOT NULL REFERENCES users (uuid),
  org_uuid   TEXT    NOT NULL REFERENCES organizations (uuid),
  access_all BOOLEAN NOT NULL,
  atype      INTEGER NOT NULL,
  external_id TEXT,
  UNIQUE (user_uuid, org_uuid)
);
CREATE TABLE event (
  uuid TEXT NOT NULL PRIMARY KEY, event_type INTEGER NOT NULL, user_uuid TEXT, event_date DATETIME NOT NULL, UNIQUE (uuid)
);
