-- The shop as version 1.1 left it, for a first plan:
--   sqlite3 shop.db < schema/shop/example_old.sql
--   plumb plan --db sqlite:shop.db --to schema/shop/shop.plumb
-- Products were still called articles, customers had their country as a bare code, and somebody left an index behind.

CREATE TABLE countries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);
INSERT INTO countries VALUES (1, 'DE', 'Deutschland'), (2, 'AT', 'Österreich'), (4, 'CH', 'Schweiz');

CREATE TABLE categories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES categories (id)
);
INSERT INTO categories VALUES (1, 'getraenke', 'Getraenke', NULL), (2, 'tee', 'Tee', 1), (3, 'kaffee', 'Kaffee', 1), (7, 'geschirr', 'Geschirr', NULL);

CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  unit_price NUMERIC NOT NULL
);
CREATE INDEX tmp_articles_name ON articles (name);
INSERT INTO articles VALUES
  (1, 'T-001', 'Kräutertee „Wiese am Süßbach“', 2, 3.90),
  (2, 'K-001', 'Hausröstung „Morgenrot“, 500 g', 3, 9.80),
  (5, 'S-002', 'Teekanne, weiß', 7, 34);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  country TEXT NOT NULL DEFAULT 'DE',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO customers VALUES
  (1, 'jörg@example.org', 'Jörg Müßig', 'DE', '2025-03-01 09:12:00'),
  (2, 'anna@example.org', 'Anna O''Hara', 'AT', '2025-04-17 18:40:11'),
  (3, 'urs@example.org', 'Urs Zürcher', 'CH', '2025-11-30 07:00:59');

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  status TEXT NOT NULL DEFAULT 'open',
  note TEXT,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO orders VALUES
  (1, 1, 'shipped', NULL, '2025-03-01 09:15:00'),
  (2, 2, 'paid', 'Bitte als Geschenk 🎁 – "ohne" Rechnung', '2025-04-17 18:44:02'),
  (3, 1, 'open', '', '2025-12-02 20:01:30');

CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES articles (id),
  quantity INTEGER NOT NULL DEFAULT 1,
  price NUMERIC NOT NULL,
  PRIMARY KEY (order_id, line)
);
INSERT INTO order_items VALUES (1, 1, 1, 2, 3.90), (1, 2, 2, 1, 9.80), (2, 1, 5, 1, 34), (3, 1, 2, 3, 9.50);
