CREATE TABLE IF NOT EXISTS "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE IF NOT EXISTS "users" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "email_address" varchar DEFAULT '' NOT NULL, /* plumb: was email */
"password_digest" varchar DEFAULT '' NOT NULL, "admin" boolean DEFAULT FALSE NOT NULL, "balance" decimal(12,4) DEFAULT '0.0', "created_at" datetime(6) DEFAULT CURRENT_TIMESTAMP NOT NULL, "settings" json DEFAULT '{}', "lock_version" integer DEFAULT 0 NOT NULL);
CREATE UNIQUE INDEX "index_users_on_email_address" ON "users" ("email_address");
CREATE TABLE IF NOT EXISTS "articles" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" integer NOT NULL, "title" varchar(255) COLLATE "NOCASE", "body" text, "published_at" datetime(6), "slug" varchar GENERATED ALWAYS AS (lower(title)) STORED, CONSTRAINT "fk_rails_5b5ddfd518" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE, CONSTRAINT title_len CHECK (length(title) > 0)); -- plumb: was posts
CREATE INDEX "index_articles_on_user_id" ON "articles" ("user_id");
CREATE INDEX "index_articles_on_slug" ON "articles" ("slug") WHERE published_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS "active_storage_blobs" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "key" varchar NOT NULL, "byte_size" bigint NOT NULL, "checksum" varchar);
CREATE TABLE IF NOT EXISTS "active_storage_attachments" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "record_type" varchar NOT NULL, "record_id" bigint NOT NULL, "blob_id" bigint NOT NULL, CONSTRAINT "fk_rails_c3b3935057" FOREIGN KEY ("blob_id") REFERENCES "active_storage_blobs" ("id"));
CREATE UNIQUE INDEX "index_attachments_uniqueness" ON "active_storage_attachments" ("record_type", "record_id", "name", "blob_id");
CREATE VIEW recent AS SELECT a.id, u.email_address FROM articles a JOIN users u ON u.id = a.user_id;
