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
  equivalent_domains  TEXT     NOT NULL
);
CREATE TABLE devices (
  uuid          TEXT     NOT NULL PRIMARY KEY,
  created_at    DATETIME NOT NULL,
  user_uuid     TEXT     NOT NULL REFERENCES users (uuid),
  name          TEXT     NOT NULL,
  type          INTEGER  NOT NULL,
  refresh_token TEXT     NOT NULL
);
CREATE TABLE folders (
  uuid      TEXT NOT NULL PRIMARY KEY,
  user_uuid TEXT NOT NULL REFERENCES users (uuid),
  name      TEXT NOT NULL
);
CREATE TABLE organizations (uuid TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, billing_email TEXT NOT NULL);
CREATE TABLE ciphers (
  uuid              TEXT     NOT NULL PRIMARY KEY,
  user_uuid         TEXT     NOT NULL REFERENCES users (uuid),
  organization_uuid TEXT              REFERENCES organizations (uuid),
  folder_uuid       TEXT              REFERENCES folders (uuid),
  type              INTEGER  NOT NULL,
  data              TEXT     NOT NULL,
  favorite          BOOLEAN  NOT NULL
);
CREATE TABLE users_organizations (
  uuid       TEXT    NOT NULL PRIMARY KEY,
  user_uuid  TEXT    NOT NULL REFERENCES users (uuid),
  org_uuid   TEXT    NOT NULL REFERENCES organizations (uuid),
  access_all BOOLEAN NOT NULL,
  type       INTEGER NOT NULL,
  UNIQUE (user_uuid, org_uuid)
);
