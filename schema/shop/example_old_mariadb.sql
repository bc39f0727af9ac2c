-- example_old.sql for MariaDB:
--   mariadb -e 'CREATE DATABASE shop CHARACTER SET utf8mb4'; mariadb shop < schema/shop/example_old_mariadb.sql

SET NAMES utf8mb4;

CREATE TABLE countries (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(190) NOT NULL UNIQUE,
  name VARCHAR(190) NOT NULL
);
INSERT INTO countries VALUES (1, 'DE', 'Deutschland'), (2, 'AT', 'Österreich'), (4, 'CH', 'Schweiz');

CREATE TABLE categories (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  slug VARCHAR(190) NOT NULL UNIQUE,
  name VARCHAR(190) NOT NULL,
  parent_id BIGINT REFERENCES categories (id)
);
INSERT INTO categories VALUES (1, 'getraenke', 'Getraenke', NULL), (2, 'tee', 'Tee', 1), (3, 'kaffee', 'Kaffee', 1), (7, 'geschirr', 'Geschirr', NULL);

CREATE TABLE articles (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  sku VARCHAR(190) NOT NULL UNIQUE,
  name VARCHAR(190) NOT NULL,
  category_id BIGINT NOT NULL REFERENCES categories (id),
  unit_price DECIMAL(10,2) NOT NULL
);
CREATE INDEX tmp_articles_name ON articles (name);
INSERT INTO articles VALUES
  (1, 'T-001', 'Kräutertee „Wiese am Süßbach“', 2, 3.90),
  (2, 'K-001', 'Hausröstung „Morgenrot“, 500 g', 3, 9.80),
  (5, 'S-002', 'Teekanne, weiß', 7, 34);

CREATE TABLE customers (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(190) NOT NULL UNIQUE,
  name VARCHAR(190) NOT NULL,
  country VARCHAR(190) NOT NULL DEFAULT 'DE',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO customers VALUES
  (1, 'jörg@example.org', 'Jörg Müßig', 'DE', '2025-03-01 09:12:00'),
  (2, 'anna@example.org', 'Anna O''Hara', 'AT', '2025-04-17 18:40:11'),
  (3, 'urs@example.org', 'Urs Zürcher', 'CH', '2025-11-30 07:00:59');

CREATE TABLE orders (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT NOT NULL REFERENCES customers (id),
  status VARCHAR(190) NOT NULL DEFAULT 'open',
  note TEXT,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO orders VALUES
  (1, 1, 'shipped', NULL, '2025-03-01 09:15:00'),
  (2, 2, 'paid', 'Bitte als Geschenk 🎁 – "ohne" Rechnung', '2025-04-17 18:44:02'),
  (3, 1, 'open', '', '2025-12-02 20:01:30');

CREATE TABLE order_items (
  order_id BIGINT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INT NOT NULL,
  product_id BIGINT NOT NULL REFERENCES articles (id),
  quantity INT NOT NULL DEFAULT 1,
  price DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
INSERT INTO order_items VALUES (1, 1, 1, 2, 3.90), (1, 2, 2, 1, 9.80), (2, 1, 5, 1, 34), (3, 1, 2, 3, 9.50);
