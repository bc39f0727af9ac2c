-- bamort as version 0.4.0 left it on SQLite: made by an ORM that adds and never removes,
-- with three of nine tables renamed by hand (their old indexes and foreign keys stand beside the new ones),
-- one view and one trigger that somebody added for the evenings at the table, and one table that is nobody's.
--   sqlite3 bamort.db < old_sqlite.sql

PRAGMA foreign_keys = OFF;
BEGIN;

CREATE TABLE `users` (
  `user_id` integer PRIMARY KEY AUTOINCREMENT,
  `username` text,
  `password` text NOT NULL,
  `email` text,
  `role` text NOT NULL DEFAULT 'standard',
  `preferred_language` text NOT NULL DEFAULT 'en',
  `reset_pw_hash` text,
  `reset_pw_hash_expires` datetime,
  `created_at` datetime,
  `updated_at` datetime,
  `legacy_token` text,
  CONSTRAINT `uni_users_email` UNIQUE (`email`)
);
CREATE UNIQUE INDEX `idx_users_username` ON `users` (`username`);
CREATE INDEX `idx_users_reset_pw_hash` ON `users` (`reset_pw_hash`);

INSERT INTO `users` (`user_id`, `username`, `password`, `email`, `role`, `preferred_language`, `reset_pw_hash`, `reset_pw_hash_expires`, `created_at`, `updated_at`, `legacy_token`) VALUES
  (1, 'admin', '$argon2id$v=19$m=65536$1eef', 'thekla@example.org', 'admin', 'de', NULL, NULL, '2024-01-11 18:30:00.125', '2025-11-01 07:05:59.999', 'tok-1'),
  (2, 'jürgen', '$argon2id$v=19$m=65536$f778', 'juergen.weiß@example.org', 'maintainer', 'de', NULL, NULL, '2024-02-11 18:30:00.125', '2025-11-02 07:05:59.999', NULL),
  (3, 'O''Malley', '$argon2id$v=19$m=65536$34335', 'seán@example.org', 'standard', 'en', NULL, NULL, '2024-03-11 18:30:00.125', '2025-11-03 07:05:59.999', 'tok-3'),
  (5, 'Zoë "Zett"', '$argon2id$v=19$m=65536$f1ab3', 'zoe@example.org', 'standard', 'de', 'r-4711', '2026-01-31 12:00:00.000', '2024-04-11 18:30:00.125', '2025-11-04 07:05:59.999', NULL),
  (8, 'ørjan', '$argon2id$v=19$m=65536$3dde00', 'orjan@example.org', 'standard', 'nb', NULL, NULL, '2024-05-11 18:30:00.125', '2025-11-05 07:05:59.999', 'tok-8'),
  (9, 'leise', '$argon2id$v=19$m=65536$581697', 'leise@example.org', 'standard', 'de', NULL, NULL, '2024-06-11 18:30:00.125', NULL, NULL);

CREATE TABLE `learning_sources` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `code` text NOT NULL,
  `name` text NOT NULL,
  `full_name` text,
  `edition` text,
  `publisher` text,
  `publish_year` integer,
  `description` text,
  `is_core` numeric NOT NULL DEFAULT 0,
  `is_active` numeric NOT NULL DEFAULT 1,
  `game_system` text DEFAULT 'midgard'
);
CREATE UNIQUE INDEX `idx_learning_sources_code` ON `learning_sources` (`code`);
CREATE UNIQUE INDEX `idx_learning_sources_name` ON `learning_sources` (`name`);
CREATE INDEX `idx_learning_sources_game_system` ON `learning_sources` (`game_system`);

INSERT INTO `learning_sources` (`id`, `code`, `name`, `full_name`, `edition`, `publisher`, `publish_year`, `description`, `is_core`, `is_active`, `game_system`) VALUES
  (3, 'GLA', 'Glaube und Brauch', 'Glaube und Brauch in den Städten am Fluss', NULL, 'Edition Salzstraße', 2023, 'Götter, Feste, Gelübde.', 0, 1, 'midgard'),
  (4, 'ARK', 'Das Buch der stillen Künste', 'Das Buch der stillen Künste – Zauberei und Wunder', '2. Auflage', 'Verlag am Glockenturm', 2020, 'Zauber, Wunder und ihre Schulen.', 1, 1, 'midgard'),
  (5, 'HAU', 'Hausregeln der Donnerstagsrunde', NULL, NULL, NULL, NULL, 'Nur hier, nirgends sonst.', 0, 1, 'midgard'),
  (10, 'ALT', 'Blätter aus der Werkstatt', 'Blätter aus der Werkstatt, Heft 1 bis 12', 'Heft 1–12', 'Selbstverlag', 2011, 'Nur noch zum Nachschlagen.', 0, 0, NULL),
  (11, 'TIE', 'Tiere, Karren, Karawanen', NULL, '1. Auflage', 'Edition Salzstraße', 2021, 'Preise und Lasten für lange Reisen.', 0, 1, 'midgard'),
  (12, 'SCH', 'Schwellen und Schatten', 'Schwellen und Schatten – Reisen zwischen den Orten', '1. Auflage', 'Verlag am Glockenturm', 2022, 'Ergänzungen für Spione, Diebe und Grenzgänger (alte Fassung).', 0, 1, 'midgard'),
  (13, 'KOD', 'Das Buch der Wege', 'Das Buch der Wege – Grundregeln für Spieler', '3. Auflage', 'Verlag am Glockenturm', 2019, 'Grundregeln: Figuren, Fertigkeiten, Kampf.', 1, 1, 'midgard');

CREATE TABLE `gsm_character_classes` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `code` text NOT NULL,
  `name` text NOT NULL,
  `description` text,
  `source_id` integer NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `quelle` text NOT NULL DEFAULT 'KOD',
  CONSTRAINT `fk_learning_character_classes_source` FOREIGN KEY (`source_id`) REFERENCES `learning_sources` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `fk_gsm_character_classes_source_id` FOREIGN KEY (`source_id`) REFERENCES `learning_sources` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX `idx_learning_character_classes_code` ON `gsm_character_classes` (`code`);
CREATE UNIQUE INDEX `idx_learning_character_classes_name` ON `gsm_character_classes` (`name`);
CREATE INDEX `idx_learning_character_classes_game_system` ON `gsm_character_classes` (`game_system`);
CREATE INDEX `idx_learning_character_classes_source_id` ON `gsm_character_classes` (`source_id`);
CREATE INDEX `idx_learning_character_classes_quelle` ON `gsm_character_classes` (`quelle`);
CREATE UNIQUE INDEX `idx_gsm_character_classes_code` ON `gsm_character_classes` (`code`);
CREATE UNIQUE INDEX `idx_gsm_character_classes_name` ON `gsm_character_classes` (`name`);
CREATE INDEX `idx_gsm_character_classes_game_system` ON `gsm_character_classes` (`game_system`);
CREATE INDEX `idx_gsm_character_classes_source_id` ON `gsm_character_classes` (`source_id`);
CREATE INDEX `idx_gsm_character_classes_quelle` ON `gsm_character_classes` (`quelle`);

INSERT INTO `gsm_character_classes` (`id`, `code`, `name`, `description`, `source_id`, `game_system`, `quelle`) VALUES
  (3, 'Sö', 'Söldner', 'Kämpft für den, der zahlt.', 5, 'midgard', 'HAU'),
  (4, 'Or', 'Ordensritter', 'Dient einem Gelübde, das älter ist als die Burg.', 13, 'midgard', 'KOD'),
  (5, 'Sc', 'Schmugglerin', 'Kennt jede Furt und jeden Zöllner.', 12, 'midgard', 'SCH'),
  (6, 'Wa', 'Waldläuferin', 'Im Wald daheim, in der Stadt zu Gast.', 13, NULL, 'KOD'),
  (11, 'Hl', 'Heiler', 'Flickt zusammen, was andere zerschlagen.', 4, 'midgard', 'ARK'),
  (15, 'Kr', 'Kriegerin', 'Lebt vom Schwert und hofft, nicht dadurch zu sterben (alte Fassung).', 13, 'midgard', 'KOD'),
  (16, 'Dr', 'Druidin', 'Kennt die Kräuter und die alten Orte.', 4, 'midgard', 'ARK'),
  (17, 'Ba', 'Barde', 'Singt, erzählt und hört zu.', 3, 'midgard', 'GLA'),
  (18, 'Sp', 'Späher', 'Geht voraus und kommt meist zurück.', 12, 'midgard', 'SCH'),
  (19, 'Za', 'Zauberer', 'Hat mehr Bücher als Freunde.', 4, 'midgard', 'ARK'),
  (20, 'Hx', 'Hexe', 'Hat einen Pakt und manchmal eine Katze.', 4, NULL, 'ARK');

CREATE TABLE `char_chars` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `user_id` integer NOT NULL DEFAULT 1,
  `class_id` integer,
  `rasse` text,
  `typ` text,
  `anrede` text,
  `glaube` text,
  `hand` text,
  `gender` text,
  `social_class` text,
  `herkunft` text,
  `image` text,
  `alter` integer,
  `grad` integer NOT NULL,
  `groesse` integer,
  `gewicht` integer,
  `resistenz_koerper` integer,
  `resistenz_geist` integer,
  `abwehr` integer,
  `zaubern` integer,
  `raufen` integer,
  `public` numeric DEFAULT 0,
  `spezialisierung` text,
  `vtt_id` integer,
  CONSTRAINT `fk_char_chars_class_id` FOREIGN KEY (`class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX `idx_char_chars_game_system` ON `char_chars` (`game_system`);
CREATE INDEX `idx_char_chars_user_id` ON `char_chars` (`user_id`);
CREATE INDEX `idx_char_chars_class_id` ON `char_chars` (`class_id`);

INSERT INTO `char_chars` (`id`, `name`, `game_system`, `user_id`, `class_id`, `rasse`, `typ`, `anrede`, `glaube`, `hand`, `gender`, `social_class`, `herkunft`, `image`, `alter`, `grad`, `groesse`, `gewicht`, `resistenz_koerper`, `resistenz_geist`, `abwehr`, `zaubern`, `raufen`, `public`, `spezialisierung`, `vtt_id`) VALUES
  (1, 'Brûna vom Süßen Grund', 'midgard', 2, 15, 'Mensch', 'Kriegerin', 'sie', 'Die Alte am Brunnen', 'rechts', 'w', 'Volk', 'Küste', NULL, 24, 7, 150, 50, 10, 11, 13, 2, 6, 1, '["Langschwerter","Schilde"]', 90001),
  (2, 'Äskil Einauge', 'midgard', 2, 18, 'Mensch', 'Späher', 'er', NULL, 'links', 'm', 'Mittelschicht', 'Flusstal', NULL, 31, 4, 187, 73, 11, 12, 12, 2, 7, NULL, NULL, NULL),
  (3, 'Fenja', 'midgard', 3, 20, 'Elf', 'Hexe', 'sie', 'Kein Glaube', 'rechts', 'w', 'Unfreie', 'Hochland', 'data:image/png;base64,iVBORw0KGgo=', 112, 9, 174, 51, 12, 13, 14, 13, 8, 0, NULL, NULL),
  (4, 'Dorn', NULL, 5, 5, 'Halbling', 'Schmuggler', 'er', 'Der Fährmann', 'beidhändig', 'm', 'Adel', 'Große Stadt', NULL, 40, 3, 161, 74, 13, 14, 12, 2, 9, 1, '["Dolche"]', 90004),
  (7, 'Pater Wolfram', 'midgard', 2, 4, 'Mensch', 'Ordensritter', 'er', 'Sankt Wendelin vom Weg', 'rechts', 'm', 'Volk', NULL, NULL, 52, 11, 198, 52, 14, 11, 14, 13, 6, 0, NULL, NULL),
  (8, 'Ilse „die Säge“ Brandt', 'midgard', 8, 11, 'Mensch', 'Heilerin', 'sie', 'Mutter Ähre', 'links', 'w', 'Mittelschicht', 'Küste', NULL, 37, 5, 185, 75, 10, 12, 12, 11, 7, 0, NULL, NULL),
  (11, 'Grimmbold Öllampe', 'midgard', 8, 19, 'Zwerg', 'Zauberer', 'er', 'Ahnenverehrung', 'rechts', 'm', 'Unfreie', 'Flusstal', NULL, 148, 14, 172, 53, 11, 13, 15, 14, 8, NULL, NULL, 90011),
  (12, 'Nuala O''Shea', 'midgard', 3, 17, 'Gnom', 'Bardin', 'sie', 'Die Drei Schwestern', 'beidhändig', 'w', 'Adel', 'Hochland', NULL, 19, 2, 159, 76, 12, 14, 11, 10, 9, 0, NULL, NULL),
  (13, 'Rotmantel', 'midgard', 5, 3, 'Mensch', 'Söldner', 'er', 'Der Rote Hund', 'rechts', 'm', 'Volk', 'Große Stadt', NULL, 29, 6, 196, 54, 13, 11, 13, 2, 6, 0, NULL, NULL),
  (15, 'Yrsa', NULL, 9, 6, 'Mensch', 'Waldläuferin', NULL, NULL, 'links', NULL, 'Mittelschicht', NULL, NULL, NULL, 1, NULL, NULL, 14, 12, 11, 2, 7, 1, NULL, 90015),
  (16, 'Meister Quietsch 🎭', 'midgard', 9, NULL, 'Gnom', 'Gaukler', NULL, 'Kein Glaube', 'rechts', NULL, 'Unfreie', 'Küste', NULL, 66, 1, 170, 55, 10, 13, 11, 2, 8, 0, NULL, NULL),
  (21, 'Tjark der Älteste', 'midgard', 1, 16, 'Mensch', 'Druide', 'er', 'Der Schweigende', 'beidhändig', 'm', 'Adel', 'Flusstal', NULL, 81, 19, 157, 78, 11, 14, 17, 16, 9, NULL, NULL, NULL);

CREATE TABLE `char_eigenschaften` (
  `id` integer,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `name` text NOT NULL,
  `value` integer NOT NULL DEFAULT 0,
  PRIMARY KEY (`character_id`,`name`),
  CONSTRAINT `fk_char_eigenschaften_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_eigenschaften_id` ON `char_eigenschaften` (`id`);
CREATE INDEX `idx_char_eigenschaften_user_id` ON `char_eigenschaften` (`user_id`);
CREATE INDEX `idx_char_eigenschaften_character_id` ON `char_eigenschaften` (`character_id`);

INSERT INTO `char_eigenschaften` (`id`, `character_id`, `user_id`, `name`, `value`) VALUES
  (1, 1, NULL, 'St', 49),
  (2, 1, NULL, 'Gs', 78),
  (3, 1, NULL, 'Gw', 7),
  (4, 1, NULL, 'Ko', 36),
  (5, 1, NULL, 'In', 65),
  (6, 1, NULL, 'Zt', 94),
  (7, 1, NULL, 'Au', 23),
  (8, 1, NULL, 'pA', 52),
  (9, 1, NULL, 'Wk', 81),
  (10, 2, 2, 'St', 66),
  (11, 2, 2, 'Gs', 95),
  (12, 2, 2, 'Gw', 24),
  (13, 2, 2, 'Ko', 53),
  (14, 2, 2, 'In', 82),
  (15, 2, 2, 'Zt', 11),
  (16, 2, 2, 'Au', 40),
  (17, 2, 2, 'pA', 69),
  (18, 2, 2, 'Wk', 98),
  (19, 3, 3, 'St', 83),
  (20, 3, 3, 'Gs', 12),
  (21, 3, 3, 'Gw', 41),
  (22, 3, 3, 'Ko', 70),
  (23, 3, 3, 'In', 99),
  (24, 3, 3, 'Zt', 28),
  (25, 3, 3, 'Au', 57),
  (26, 3, 3, 'pA', 86),
  (27, 3, 3, 'Wk', 15),
  (28, 4, 5, 'St', 100),
  (29, 4, 5, 'Gs', 29),
  (30, 4, 5, 'Gw', 58),
  (31, 4, 5, 'Ko', 87),
  (32, 4, 5, 'In', 16),
  (33, 4, 5, 'Zt', 45),
  (34, 4, 5, 'Au', 74),
  (35, 4, 5, 'pA', 3),
  (36, 4, 5, 'Wk', 32),
  (37, 7, NULL, 'St', 51),
  (38, 7, NULL, 'Gs', 80),
  (39, 7, NULL, 'Gw', 9),
  (40, 7, NULL, 'Ko', 38),
  (41, 7, NULL, 'In', 67),
  (42, 7, NULL, 'Zt', 96),
  (43, 7, NULL, 'Au', 25),
  (44, 7, NULL, 'pA', 54),
  (45, 7, NULL, 'Wk', 83),
  (46, 8, 8, 'St', 68),
  (47, 8, 8, 'Gs', 97),
  (48, 8, 8, 'Gw', 26),
  (49, 8, 8, 'Ko', 55),
  (50, 8, 8, 'In', 84),
  (51, 8, 8, 'Zt', 13),
  (52, 8, 8, 'Au', 42),
  (53, 8, 8, 'pA', 71),
  (54, 8, 8, 'Wk', 100),
  (55, 11, 8, 'St', 19),
  (56, 11, 8, 'Gs', 48),
  (57, 11, 8, 'Gw', 77),
  (58, 11, 8, 'Ko', 6),
  (59, 11, 8, 'In', 35),
  (60, 11, 8, 'Zt', 64),
  (61, 11, 8, 'Au', 93),
  (62, 11, 8, 'pA', 22),
  (63, 11, 8, 'Wk', 51),
  (64, 12, 3, 'St', 36),
  (65, 12, 3, 'Gs', 65),
  (66, 12, 3, 'Gw', 94),
  (67, 12, 3, 'Ko', 23),
  (68, 12, 3, 'In', 52),
  (69, 12, 3, 'Zt', 81),
  (70, 12, 3, 'Au', 10),
  (71, 12, 3, 'pA', 39),
  (72, 12, 3, 'Wk', 68),
  (73, 13, NULL, 'St', 53),
  (74, 13, NULL, 'Gs', 82),
  (75, 13, NULL, 'Gw', 11),
  (76, 13, NULL, 'Ko', 40),
  (77, 13, NULL, 'In', 69),
  (78, 13, NULL, 'Zt', 98),
  (79, 13, NULL, 'Au', 27),
  (80, 13, NULL, 'pA', 56),
  (81, 13, NULL, 'Wk', 85),
  (NULL, 15, 9, 'St', 87),
  (NULL, 15, 9, 'Gs', 16),
  (NULL, 15, 9, 'Gw', 45),
  (NULL, 15, 9, 'Ko', 74),
  (NULL, 15, 9, 'In', 3),
  (NULL, 15, 9, 'Zt', 32),
  (NULL, 15, 9, 'Au', 61),
  (NULL, 15, 9, 'pA', 90),
  (NULL, 15, 9, 'Wk', 19),
  (91, 16, 9, 'St', 4),
  (92, 16, 9, 'Gs', 33),
  (93, 16, 9, 'Gw', 62),
  (94, 16, 9, 'Ko', 91),
  (95, 16, 9, 'In', 20),
  (96, 16, 9, 'Zt', 49),
  (97, 16, 9, 'Au', 78),
  (98, 16, 9, 'pA', 7),
  (99, 16, 9, 'Wk', 36),
  (100, 21, 1, 'St', 89),
  (101, 21, 1, 'Gs', 18),
  (102, 21, 1, 'Gw', 47),
  (103, 21, 1, 'Ko', 76),
  (104, 21, 1, 'In', 5),
  (105, 21, 1, 'Zt', 34),
  (106, 21, 1, 'Au', 63),
  (107, 21, 1, 'pA', 92),
  (108, 21, 1, 'Wk', 21);

CREATE TABLE `char_health` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_id` integer NOT NULL,
  `max` integer NOT NULL DEFAULT 0,
  `value` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_health_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_health_character_id` ON `char_health` (`character_id`);

INSERT INTO `char_health` (`id`, `character_id`, `max`, `value`) VALUES
  (1, 1, 13, 13),
  (2, 2, 16, 13),
  (3, 3, 10, 10),
  (4, 4, 13, 13),
  (5, 7, 13, 10),
  (6, 8, 16, 16),
  (7, 11, 16, 16),
  (8, 12, 10, 7),
  (9, 13, 13, 13),
  (10, 15, 10, 10),
  (11, 16, 13, 10),
  (12, 21, 10, 10);

CREATE TABLE `char_endurances` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_id` integer NOT NULL,
  `max` integer NOT NULL DEFAULT 0,
  `value` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_endurances_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_endurances_character_id` ON `char_endurances` (`character_id`);

INSERT INTO `char_endurances` (`id`, `character_id`, `max`, `value`) VALUES
  (5, 1, 27, 20),
  (6, 2, 24, 20),
  (7, 3, 28, 19),
  (8, 4, 19, 16),
  (9, 7, 35, 24),
  (10, 8, 26, 21),
  (11, 11, 44, 30),
  (12, 12, 14, 12),
  (13, 13, 25, 19),
  (14, 15, 12, 11),
  (15, 16, 15, 14),
  (16, 21, 48, 29);

CREATE TABLE `char_motionranges` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_id` integer NOT NULL,
  `max` integer NOT NULL DEFAULT 0,
  `value` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_motionranges_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_motionranges_character_id` ON `char_motionranges` (`character_id`);

INSERT INTO `char_motionranges` (`id`, `character_id`, `max`, `value`) VALUES
  (1, 1, 24, 24),
  (2, 2, 24, 23),
  (3, 3, 24, 22),
  (4, 4, 24, 21),
  (5, 7, 24, 20),
  (6, 8, 24, 24),
  (7, 11, 24, 23),
  (8, 12, 24, 22),
  (9, 13, 24, 21),
  (10, 15, 24, 20),
  (11, 16, 24, 24),
  (12, 21, 24, 23);

CREATE TABLE `char_characteristics` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `augenfarbe` text,
  `haarfarbe` text,
  `sonstige` text,
  `breite` text,
  `groesse` text,
  CONSTRAINT `fk_char_characteristics_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_characteristics_character_id` ON `char_characteristics` (`character_id`);
CREATE INDEX `idx_char_characteristics_user_id` ON `char_characteristics` (`user_id`);

INSERT INTO `char_characteristics` (`id`, `name`, `character_id`, `user_id`, `augenfarbe`, `haarfarbe`, `sonstige`, `breite`, `groesse`) VALUES
  (1, 'Brûna vom Süßen Grund', 1, 2, 'blau', 'schwarz', 'Hat Angst vor Brücken.', 'schlank', 'klein'),
  (2, 'Äskil Einauge', 2, 2, 'grün', 'rot', NULL, 'normal', 'mittel'),
  (3, 'Fenja', 3, 3, 'braun', 'weiß', 'Sammelt Löffel – 17 bisher 🥄', 'breit', 'groß'),
  (4, 'Dorn', 4, 5, 'grau', 'schwarz', 'Sagt immer: "Das war schon so."', 'schlank', 'klein'),
  (5, 'Pater Wolfram', 7, 2, 'blau', 'rot', 'Pfad zum Versteck: C:\Höhle\links', 'normal', 'mittel'),
  (6, 'Ilse „die Säge“ Brandt', 8, 8, 'grün', 'weiß', 'Zeile eins
Zeile zwei', 'breit', 'groß'),
  (7, 'Grimmbold Öllampe', 11, 8, 'braun', 'schwarz', '', 'schlank', 'klein'),
  (8, 'Nuala O''Shea', 12, 3, 'grau', 'rot', 'It''s complicated; DROP TABLE träume; --', 'normal', 'mittel'),
  (9, 'Rotmantel', 13, 5, 'blau', 'weiß', 'Narbe über dem linken Auge ⚔️', 'breit', 'groß'),
  (10, 'Meister Quietsch 🎭', 16, 9, 'braun', 'rot', NULL, 'normal', 'mittel'),
  (11, 'Tjark der Älteste', 21, 1, 'grau', 'weiß', 'Sammelt Löffel – 17 bisher 🥄', 'breit', 'groß');

CREATE TABLE `char_experiances` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `erfahrungsschatz` integer NOT NULL DEFAULT 0,
  `ep` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_experiances_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_experiances_character_id` ON `char_experiances` (`character_id`);
CREATE INDEX `idx_char_experiances_user_id` ON `char_experiances` (`user_id`);

INSERT INTO `char_experiances` (`id`, `name`, `character_id`, `user_id`, `erfahrungsschatz`, `ep`) VALUES
  (1, 'Brûna vom Süßen Grund', 1, 2, 1226, 331),
  (2, 'Äskil Einauge', 2, 2, 402, 662),
  (3, 'Fenja', 3, 3, 2028, 93),
  (4, 'Dorn', 4, 5, 229, 424),
  (5, 'Pater Wolfram', 7, 2, 3032, 517),
  (6, 'Ilse „die Säge“ Brandt', 8, 8, 633, 848),
  (7, 'Grimmbold Öllampe', 11, 8, 4911, 41),
  (8, 'Nuala O''Shea', 12, 3, 112, 372),
  (9, 'Rotmantel', 13, 5, 913, 703),
  (10, 'Yrsa', 15, 9, 40, 465),
  (11, 'Meister Quietsch 🎭', 16, 9, 41, 796),
  (12, 'Tjark der Älteste', 21, 1, 9046, 651);

CREATE TABLE `char_bennies` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text,
  `character_id` integer,
  `user_id` integer,
  `gg` integer NOT NULL DEFAULT 0,
  `gp` integer NOT NULL DEFAULT 0,
  `sg` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_chars_bennies` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_bennies_character_id` ON `char_bennies` (`character_id`);
CREATE INDEX `idx_char_bennies_user_id` ON `char_bennies` (`user_id`);

INSERT INTO `char_bennies` (`id`, `name`, `character_id`, `user_id`, `gg`, `gp`, `sg`) VALUES
  (1, 'Brûna vom Süßen Grund', 1, NULL, 0, 1, 0),
  (2, 'Äskil Einauge', 2, 2, 1, 2, 1),
  (3, 'Fenja', 3, NULL, 2, 1, 2),
  (4, 'Dorn', 4, 5, 0, 2, 3),
  (5, 'Pater Wolfram', 7, NULL, 1, 1, 0),
  (6, 'Ilse „die Säge“ Brandt', 8, 8, 2, 2, 1),
  (7, 'Grimmbold Öllampe', 11, NULL, 0, 1, 2),
  (8, 'Nuala O''Shea', 12, 3, 1, 2, 3),
  (9, 'Rotmantel', 13, NULL, 2, 1, 0),
  (10, 'Yrsa', 15, 9, 0, 2, 1),
  (11, 'Meister Quietsch 🎭', 16, NULL, 1, 1, 2),
  (12, 'Tjark der Älteste', 21, 1, 2, 2, 3);

CREATE TABLE `char_wealth` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text,
  `character_id` integer,
  `user_id` integer,
  `goldstuecke` integer NOT NULL DEFAULT 0,
  `silberstuecke` integer NOT NULL DEFAULT 0,
  `kupferstuecke` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_char_chars_vermoegen` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_char_wealth_character_id` ON `char_wealth` (`character_id`);
CREATE INDEX `idx_char_wealth_user_id` ON `char_wealth` (`user_id`);

INSERT INTO `char_wealth` (`id`, `name`, `character_id`, `user_id`, `goldstuecke`, `silberstuecke`, `kupferstuecke`) VALUES
  (1, 'Brûna vom Süßen Grund', 1, 2, 71, 13, 7),
  (2, 'Äskil Einauge', 2, 2, 142, 26, 14),
  (3, 'Fenja', 3, 3, 213, 39, 21),
  (4, 'Dorn', 4, 5, 284, 52, 28),
  (5, 'Pater Wolfram', 7, 2, 197, 31, 19),
  (6, 'Ilse „die Säge“ Brandt', 8, 8, 268, 44, 26),
  (7, 'Grimmbold Öllampe', 11, 8, 181, 23, 17),
  (8, 'Nuala O''Shea', 12, 3, 252, 36, 24),
  (9, 'Rotmantel', 13, 5, 23, 49, 1),
  (10, 'Yrsa', 15, 9, 165, 15, 15),
  (11, 'Meister Quietsch 🎭', 16, 9, 236, 28, 22),
  (12, 'Tjark der Älteste', 21, 1, 291, 33, 27);

CREATE TABLE `skill_skills` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `beschreibung` text,
  `fertigkeitswert` integer,
  `basis_wert` integer NOT NULL DEFAULT 0,
  `bonus` integer NOT NULL DEFAULT 0,
  `pp` integer NOT NULL DEFAULT 0,
  `bemerkungen` text,
  `improvable` numeric NOT NULL DEFAULT 1,
  `category` text,
  CONSTRAINT `fk_skill_skills_character` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_skill_skills_character_id` ON `skill_skills` (`character_id`);
CREATE INDEX `idx_skill_skills_user_id` ON `skill_skills` (`user_id`);

INSERT INTO `skill_skills` (`id`, `name`, `character_id`, `user_id`, `beschreibung`, `fertigkeitswert`, `basis_wert`, `bonus`, `pp`, `bemerkungen`, `improvable`, `category`) VALUES
  (11, 'Schreiben', 1, 2, NULL, 6, 0, -1, 0, 'Hat Angst vor Brücken.', 1, 'Alltag'),
  (12, 'Bootfahren', 1, 2, NULL, 9, 0, 0, 1, NULL, 1, 'Alltag'),
  (13, 'Reiten', 1, 2, NULL, 12, 0, 1, 2, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Alltag'),
  (14, 'Verhandeln', 1, 2, NULL, 15, 0, -1, 3, 'Sagt immer: "Das war schon so."', 1, 'Umgang'),
  (16, 'Beidhändiger Kampf', 2, 2, NULL, 13, 0, 0, 0, NULL, 1, 'Kampf'),
  (17, 'Verführen', 2, 2, NULL, 16, 0, 1, 1, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Umgang'),
  (18, 'Glücksspiel', 2, 2, NULL, 7, 0, -1, 2, 'Sagt immer: "Das war schon so."', 1, 'Gassen'),
  (19, 'Gassenwissen', 2, 2, NULL, 10, 0, 0, 3, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Gassen'),
  (20, 'Klettern', 2, 2, NULL, 13, 0, 1, 0, 'Zeile eins
Zeile zwei', 1, 'Körper'),
  (22, 'Schneidern', 3, 3, NULL, 8, 0, 1, 0, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Alltag'),
  (23, 'Rechtskunde', 3, 3, NULL, 11, 0, -1, 1, 'Sagt immer: "Das war schon so."', 1, 'Wissen'),
  (24, 'Kampf in Vollrüstung', 3, 3, NULL, 14, 0, 0, 2, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Kampf'),
  (25, 'Sehen', 3, 3, NULL, 17, 0, 1, 3, 'Zeile eins
Zeile zwei', 0, NULL),
  (26, 'Schlösser öffnen', 3, 3, NULL, 8, 0, -1, 0, '', 1, 'Gassen'),
  (27, 'Musizieren', 3, 3, NULL, 11, 0, 0, 1, 'It''s complicated; DROP TABLE träume; --', 1, 'Umgang'),
  (29, 'Musizieren', 4, 5, NULL, 15, 0, -1, 0, 'Sagt immer: "Das war schon so."', 1, 'Umgang'),
  (30, 'Sechster Sinn', 4, 5, NULL, 6, 0, 0, 1, 'Pfad zum Versteck: C:\Höhle\links', 0, NULL),
  (31, 'Kräuterkunde', 4, 5, NULL, 9, 0, 1, 2, 'Zeile eins
Zeile zwei', 1, 'Wildnis'),
  (32, 'Anführen', 4, 5, NULL, 12, 0, -1, 3, '', 1, 'Umgang'),
  (33, 'Schwimmen', 4, 5, NULL, 15, 0, 0, 0, 'It''s complicated; DROP TABLE träume; --', 1, 'Körper'),
  (34, 'Abrichten', 4, 5, NULL, 6, 0, 1, 1, 'Narbe über dem linken Auge ⚔️', 1, 'Alltag'),
  (35, 'Tarnen', 4, 5, NULL, 9, 0, -1, 2, 'Hat Angst vor Brücken.', 1, 'Wildnis'),
  (37, 'Abrichten', 7, 2, NULL, 10, 0, 0, 0, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Alltag'),
  (38, 'Tarnen', 7, 2, NULL, 13, 0, 1, 1, 'Zeile eins
Zeile zwei', 1, 'Wildnis'),
  (39, 'Seemannschaft', 7, 2, NULL, 16, 0, -1, 2, '', 1, 'Alltag'),
  (40, 'Spurensuche', 7, 2, NULL, 7, 0, 0, 3, 'It''s complicated; DROP TABLE träume; --', 1, 'Wildnis'),
  (42, 'Fallen stellen', 8, 8, NULL, 17, 0, 1, 0, 'Zeile eins
Zeile zwei', 1, 'Wildnis'),
  (43, 'Rechnen', 8, 8, NULL, 8, 0, -1, 1, '', 1, 'Alltag'),
  (44, 'Höhlenkunde', 8, 8, NULL, 11, 0, 0, 2, 'It''s complicated; DROP TABLE träume; --', 1, 'Tiefen'),
  (45, 'Kochen', 8, 8, NULL, 14, 0, 1, 3, 'Narbe über dem linken Auge ⚔️', 1, 'Alltag'),
  (46, 'Springen', 8, 8, NULL, 17, 0, -1, 0, 'Hat Angst vor Brücken.', 1, 'Körper'),
  (48, 'Heilkunde', 11, 8, NULL, 12, 0, -1, 0, '', 1, 'Wissen'),
  (49, 'Überleben im Wald', 11, 8, NULL, 15, 0, 0, 1, 'It''s complicated; DROP TABLE träume; --', 1, 'Wildnis'),
  (50, 'Glasbläserei', 11, 8, NULL, 6, 0, 1, 2, 'Narbe über dem linken Auge ⚔️', 1, 'Alltag'),
  (51, 'Sagenkunde', 11, 8, NULL, 9, 0, -1, 3, 'Hat Angst vor Brücken.', 1, 'Wissen'),
  (52, 'Menschenkenntnis', 11, 8, NULL, 12, 0, 0, 0, NULL, 1, 'Umgang'),
  (53, 'Schleichen', 11, 8, NULL, 15, 0, 1, 1, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Gassen'),
  (55, 'Schleichen', 12, 3, NULL, 7, 0, 0, 0, 'It''s complicated; DROP TABLE träume; --', 1, 'Gassen'),
  (56, 'Fallen entdecken', 12, 3, NULL, 10, 0, 1, 1, 'Narbe über dem linken Auge ⚔️', 1, 'Tiefen'),
  (57, 'Naturkunde', 12, 3, NULL, 13, 0, -1, 2, 'Hat Angst vor Brücken.', 1, 'Wissen'),
  (58, 'Verhören', 12, 3, NULL, 16, 0, 0, 3, NULL, 1, 'Umgang'),
  (59, 'Balancieren', 12, 3, NULL, 7, 0, 1, 0, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Körper'),
  (60, 'Taschendiebstahl', 12, 3, NULL, 10, 0, -1, 1, 'Sagt immer: "Das war schon so."', 1, 'Gassen'),
  (61, 'Fechten', 12, 3, NULL, 13, 0, 0, 2, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Kampf'),
  (63, 'Taschendiebstahl', 13, 5, NULL, 14, 0, 1, 0, 'Narbe über dem linken Auge ⚔️', 1, 'Gassen'),
  (64, 'Fechten', 13, 5, NULL, 17, 0, -1, 1, 'Hat Angst vor Brücken.', 1, 'Kampf'),
  (65, 'Etikette', 13, 5, NULL, 8, 0, 0, 2, NULL, 1, 'Umgang'),
  (66, 'Tierkunde', 13, 5, NULL, 11, 0, 1, 3, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Wildnis'),
  (68, 'Fuhrwerk lenken', 15, 9, NULL, 9, 0, -1, 0, 'Hat Angst vor Brücken.', 1, 'Alltag'),
  (69, 'Überleben im Gebirge', 15, 9, NULL, 12, 0, 0, 1, NULL, 1, 'Wildnis'),
  (70, 'Hören', 15, 9, NULL, 15, 0, 1, 2, 'Sammelt Löffel – 17 bisher 🥄', 0, NULL),
  (71, 'Zauberkunde', 15, 9, NULL, 6, 0, -1, 3, 'Sagt immer: "Das war schon so."', 1, 'Wissen'),
  (72, 'Laufen', 15, 9, NULL, 9, 0, 0, 0, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Körper'),
  (74, 'Schreiben', 16, 9, NULL, 16, 0, 0, 0, NULL, 1, 'Alltag'),
  (75, 'Bootfahren', 16, 9, NULL, 7, 0, 1, 1, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Alltag'),
  (76, 'Reiten', 16, 9, NULL, 10, 0, -1, 2, 'Sagt immer: "Das war schon so."', 1, 'Alltag'),
  (77, 'Verhandeln', 16, 9, NULL, 13, 0, 0, 3, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Umgang'),
  (78, 'Fährten verwischen', 16, 9, NULL, 16, 0, 1, 0, 'Zeile eins
Zeile zwei', 1, 'Wildnis'),
  (79, 'Beidhändiger Kampf', 16, 9, NULL, 7, 0, -1, 1, '', 1, 'Kampf'),
  (81, 'Beidhändiger Kampf', 21, 1, NULL, 11, 0, 1, 0, 'Sammelt Löffel – 17 bisher 🥄', 1, 'Kampf'),
  (82, 'Verführen', 21, 1, NULL, 14, 0, -1, 1, 'Sagt immer: "Das war schon so."', 1, 'Umgang'),
  (83, 'Glücksspiel', 21, 1, NULL, 17, 0, 0, 2, 'Pfad zum Versteck: C:\Höhle\links', 1, 'Gassen'),
  (84, 'Gassenwissen', 21, 1, NULL, 8, 0, 1, 3, 'Zeile eins
Zeile zwei', 1, 'Gassen'),
  (85, 'Klettern', 21, 1, NULL, 11, 0, -1, 0, '', 1, 'Körper'),
  (86, 'Schneidern', 21, 1, NULL, 14, 0, 0, 1, 'It''s complicated; DROP TABLE träume; --', 1, 'Alltag'),
  (87, 'Rechtskunde', 21, 1, NULL, 17, 0, 1, 2, 'Narbe über dem linken Auge ⚔️', 1, 'Wissen');

CREATE TABLE `skill_weaponskills` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `beschreibung` text,
  `fertigkeitswert` integer,
  `basis_wert` integer NOT NULL DEFAULT 0,
  `bonus` integer NOT NULL DEFAULT 0,
  `pp` integer NOT NULL DEFAULT 0,
  `bemerkungen` text,
  `improvable` numeric NOT NULL DEFAULT 1,
  `category` text,
  CONSTRAINT `fk_skill_weaponskills_character` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_skill_weaponskills_character_id` ON `skill_weaponskills` (`character_id`);
CREATE INDEX `idx_skill_weaponskills_user_id` ON `skill_weaponskills` (`user_id`);

INSERT INTO `skill_weaponskills` (`id`, `name`, `character_id`, `user_id`, `beschreibung`, `fertigkeitswert`, `basis_wert`, `bonus`, `pp`, `bemerkungen`, `improvable`, `category`) VALUES
  (1, 'Dolche', 1, 2, NULL, 5, 0, 0, 0, NULL, 1, 'Waffen'),
  (2, 'Stöcke', 1, 2, NULL, 7, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (3, 'Bögen', 2, 2, NULL, 6, 0, 0, 0, NULL, 1, 'Waffen'),
  (4, 'Kurzschwerter', 2, 2, NULL, 8, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (5, 'Zweihandäxte', 2, 2, NULL, 10, 0, 0, 0, NULL, 1, 'Waffen'),
  (6, 'Speere', 3, 3, NULL, 7, 0, 0, 0, NULL, 1, 'Waffen'),
  (7, 'Keulen und Kolben', 3, 3, NULL, 9, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (8, 'Anderthalbhänder', 4, 5, NULL, 8, 0, 0, 0, NULL, 1, 'Waffen'),
  (9, 'Langschwerter', 4, 5, NULL, 10, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (10, 'Schilde', 4, 5, NULL, 12, 0, 0, 0, NULL, 1, 'Waffen'),
  (11, 'Armbrüste', 7, 2, NULL, 9, 0, 0, 0, NULL, 1, 'Waffen'),
  (12, 'Schleudern', 7, 2, NULL, 11, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (13, 'Dolche', 8, 8, NULL, 10, 0, 0, 0, NULL, 1, 'Waffen'),
  (14, 'Stöcke', 8, 8, NULL, 12, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (15, 'Wurfwaffen', 8, 8, NULL, 14, 0, 0, 0, NULL, 1, 'Waffen'),
  (16, 'Bögen', 11, 8, NULL, 11, 0, 0, 0, NULL, 1, 'Waffen'),
  (17, 'Kurzschwerter', 11, 8, NULL, 13, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (18, 'Speere', 12, 3, NULL, 12, 0, 0, 0, NULL, 1, 'Waffen'),
  (19, 'Keulen und Kolben', 12, 3, NULL, 14, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (20, 'Äxte', 12, 3, NULL, 5, 0, 0, 0, NULL, 1, 'Waffen'),
  (21, 'Anderthalbhänder', 13, 5, NULL, 13, 0, 0, 0, NULL, 1, 'Waffen'),
  (22, 'Langschwerter', 13, 5, NULL, 15, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (23, 'Armbrüste', 15, 9, NULL, 14, 0, 0, 0, NULL, 1, 'Waffen'),
  (24, 'Schleudern', 15, 9, NULL, 5, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (25, 'Stangenwaffen', 15, 9, NULL, 7, 0, 0, 0, NULL, 1, 'Waffen'),
  (26, 'Dolche', 16, 9, NULL, 15, 0, 0, 0, NULL, 1, 'Waffen'),
  (27, 'Stöcke', 16, 9, NULL, 6, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (28, 'Bögen', 21, 1, NULL, 5, 0, 0, 0, NULL, 1, 'Waffen'),
  (29, 'Kurzschwerter', 21, 1, NULL, 7, 0, 0, 0, 'geerbt', 1, 'Waffen'),
  (30, 'Zweihandäxte', 21, 1, NULL, 9, 0, 0, 0, NULL, 1, 'Waffen');

CREATE TABLE `skill_spells` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `beschreibung` text,
  `bonus` integer NOT NULL DEFAULT 0,
  `quelle` text,
  CONSTRAINT `fk_skill_spells_character` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_skill_spells_character_id` ON `skill_spells` (`character_id`);
CREATE INDEX `idx_skill_spells_user_id` ON `skill_spells` (`user_id`);

INSERT INTO `skill_spells` (`id`, `name`, `character_id`, `user_id`, `beschreibung`, `bonus`, `quelle`) VALUES
  (200, 'Schlaflosigkeit', 3, 3, NULL, 0, 'Das Buch der stillen Künste'),
  (201, 'Fremdes Gesicht', 3, 3, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (202, 'Traum senden', 3, 3, NULL, 0, 'Das Buch der stillen Künste'),
  (203, 'Schattenspiel', 3, 3, NULL, 1, NULL),
  (204, 'Schweigen', 7, 2, NULL, 0, 'Das Buch der stillen Künste'),
  (205, 'Glas biegen', 7, 2, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (206, 'Rindenhaut', 7, 2, NULL, 0, 'Das Buch der stillen Künste'),
  (207, 'Vergessen', 7, 2, NULL, 1, NULL),
  (208, 'Wachsen lassen', 8, 8, NULL, 0, 'Das Buch der stillen Künste'),
  (209, 'Tiersprache', 8, 8, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (210, 'Gleißen', 8, 8, NULL, 0, 'Das Buch der stillen Künste'),
  (211, 'Bienenruf', 11, 8, NULL, 0, 'Das Buch der stillen Künste'),
  (212, 'Wiegenlied', 11, 8, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (213, 'Schwelle bannen', 11, 8, NULL, 0, 'Das Buch der stillen Künste'),
  (214, 'Nachtauge', 11, 8, NULL, 1, NULL),
  (215, 'Stillstand', 11, 8, NULL, 0, 'Das Buch der stillen Künste'),
  (216, 'Knoten', 12, 3, NULL, 0, 'Das Buch der stillen Künste'),
  (217, 'Klage', 12, 3, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (218, 'Angst', 21, 1, NULL, 0, 'Das Buch der stillen Künste'),
  (219, 'Marschlied', 21, 1, 'Sammelt Löffel – 17 bisher 🥄', 1, NULL),
  (220, 'Gedanken lesen', 21, 1, NULL, 0, 'Das Buch der stillen Künste'),
  (221, 'Wind rufen', 21, 1, NULL, 1, NULL),
  (222, 'Lied der Heimkehr', 21, 1, NULL, 0, 'Das Buch der stillen Künste'),
  (223, 'Zähmen', 21, 1, NULL, 1, NULL);

CREATE TABLE `char_char_creation_session` (
  `id` text NOT NULL,
  `user_id` integer NOT NULL,
  `name` text,
  `geschlecht` text,
  `rasse` text,
  `typ` text,
  `herkunft` text,
  `stand` text,
  `glaube` text,
  `attributes` text,
  `derived_values` text,
  `skills` text,
  `spells` text,
  `skill_points` text,
  `created_at` datetime,
  `updated_at` datetime,
  `expires_at` datetime,
  `current_step` integer NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`)
);
CREATE INDEX `idx_char_char_creation_session_user_id` ON `char_char_creation_session` (`user_id`);

INSERT INTO `char_char_creation_session` (`id`, `user_id`, `name`, `geschlecht`, `rasse`, `typ`, `herkunft`, `stand`, `glaube`, `attributes`, `derived_values`, `skills`, `spells`, `skill_points`, `created_at`, `updated_at`, `expires_at`, `current_step`) VALUES
  ('9f1c2d7e-0b1a-4d55-8a6e-5a1c0c7e7d01', 3, 'Mägde-Änne', 'w', 'Mensch', 'Hexe', 'Küste', 'Volk', NULL, '{"St": 44, "Gs": 81, "pA": 90}', '{"lp": 12, "ap": null}', '[{"name": "Kräuterkunde", "wert": 5}]', '[]', '{"Wissen": 6}', '2025-12-24 20:00:00.000', '2025-12-24 21:17:43.062', '2026-12-24 20:00:00.000', 4),
  ('alt-0001', 9, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2025-06-01 00:00:00.000', NULL, NULL, 1);

CREATE TABLE `learning_skill_categories` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `source_id` integer NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `quelle` text NOT NULL DEFAULT 'KOD',
  CONSTRAINT `fk_learning_skill_categories_source` FOREIGN KEY (`source_id`) REFERENCES `learning_sources` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX `idx_learning_skill_categories_name` ON `learning_skill_categories` (`name`);
CREATE INDEX `idx_learning_skill_categories_game_system` ON `learning_skill_categories` (`game_system`);
CREATE INDEX `idx_learning_skill_categories_source_id` ON `learning_skill_categories` (`source_id`);
CREATE INDEX `idx_learning_skill_categories_quelle` ON `learning_skill_categories` (`quelle`);

INSERT INTO `learning_skill_categories` (`id`, `name`, `source_id`, `game_system`, `quelle`) VALUES
  (2, 'Alltag', 13, 'midgard', 'KOD'),
  (3, 'Kampf', 13, 'midgard', 'KOD'),
  (4, 'Körper', 13, 'midgard', 'KOD'),
  (5, 'Umgang', 13, NULL, 'KOD'),
  (6, 'Wissen', 13, 'midgard', 'KOD'),
  (7, 'Gassen', 12, 'midgard', 'SCH'),
  (8, 'Waffen', 13, 'midgard', 'KOD'),
  (9, 'Wildnis', 13, 'midgard', 'KOD'),
  (10, 'Tiefen', 12, 'midgard', 'SCH');

CREATE TABLE `class_learning_points` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `skill_category_id` integer NOT NULL,
  `points` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_class_learning_points_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_class_learning_points_skill_category` FOREIGN KEY (`skill_category_id`) REFERENCES `learning_skill_categories` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX `idx_class_category` ON `class_learning_points` (`character_class_id`,`skill_category_id`);
CREATE INDEX `idx_class_learning_points_skill_category_id` ON `class_learning_points` (`skill_category_id`);

INSERT INTO `class_learning_points` (`id`, `character_class_id`, `skill_category_id`, `points`) VALUES
  (3, 6, 8, 14),
  (4, 20, 2, 2),
  (6, 6, 4, 4),
  (7, 19, 6, 10),
  (8, 15, 8, 24),
  (9, 18, 10, 5),
  (10, 18, 9, 5),
  (11, 6, 9, 10),
  (12, 17, 2, 4),
  (13, 3, 3, 7),
  (14, 11, 5, 3),
  (15, 18, 7, 4),
  (16, 19, 2, 2),
  (17, 15, 3, 7),
  (18, 4, 8, 20),
  (19, 11, 2, 3),
  (20, 15, 4, 5),
  (22, 16, 6, 6),
  (23, 17, 5, 8),
  (24, 17, 6, 4),
  (25, 11, 6, 9),
  (26, 5, 2, 3),
  (27, 4, 6, 3),
  (28, 20, 5, 4),
  (29, 4, 3, 6),
  (30, 5, 7, 9),
  (31, 20, 6, 6),
  (32, 5, 5, 3),
  (33, 4, 5, 5),
  (39, 16, 9, 7);

CREATE TABLE `gsm_cc_class_spell_points` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `spell_points` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_class_spell_points_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_gsm_cc_class_spell_points_character_class_id` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX `idx_class_spell_points_character_class_id` ON `gsm_cc_class_spell_points` (`character_class_id`);
CREATE UNIQUE INDEX `idx_gsm_cc_class_spell_points_character_class_id` ON `gsm_cc_class_spell_points` (`character_class_id`);

INSERT INTO `gsm_cc_class_spell_points` (`id`, `character_class_id`, `spell_points`) VALUES
  (1, 16, 5),
  (2, 19, 8),
  (3, 4, 2),
  (4, 17, 3),
  (5, 11, 4),
  (6, 20, 7);

CREATE TABLE `gsm_skills` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `initialwert` integer NOT NULL DEFAULT 5,
  `basis_wert` integer NOT NULL DEFAULT 0,
  `bonuseigenschaft` text,
  `improvable` numeric NOT NULL DEFAULT 1,
  `innate_skill` numeric NOT NULL DEFAULT 0,
  `category` text,
  `difficulty` text
);
CREATE INDEX `idx_gsm_skills_game_system` ON `gsm_skills` (`game_system`);
CREATE INDEX `idx_gsm_skills_source_id` ON `gsm_skills` (`source_id`);
CREATE INDEX `idx_gsm_skills_name` ON `gsm_skills` (`name`);

INSERT INTO `gsm_skills` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `initialwert`, `basis_wert`, `bonuseigenschaft`, `improvable`, `innate_skill`, `category`, `difficulty`) VALUES
  (101, 'Schreiben', 'midgard', 'Eine Schrift je Fertigkeit.', NULL, 13, 117, 8, 0, 'In', 1, 0, 'Alltag', 'leicht'),
  (102, 'Fechten', 'midgard', 'Nicht mit Äxten.', NULL, 13, 142, 5, 0, 'Gs', 1, 0, 'Kampf', 'schwer'),
  (103, 'Glasbläserei', 'midgard', 'Gläser, Perlen, Phiolen.', NULL, 10, 7, 5, 0, 'Gs', 1, 0, 'Alltag', 'schwer'),
  (104, 'Spurensuche', NULL, 'Wer ging hier, wann und wie schwer beladen?', NULL, 13, 121, 8, 0, 'In', 1, 0, 'Wildnis', 'normal'),
  (105, 'Schlösser öffnen', 'midgard', 'Mit Dietrich oder Haarnadel.', NULL, 12, 22, 8, 0, 'Gs', 1, 0, 'Gassen', 'schwer'),
  (106, 'Beidhändiger Kampf', 'midgard', NULL, NULL, 13, 143, 5, 0, 'Gs', 1, 0, 'Kampf', 'sehr schwer'),
  (107, 'Überleben im Gebirge', 'midgard', 'Wetterzeichen, Lawinen, dünne Luft.', NULL, 13, 122, 6, 0, 'In', 1, 0, 'Wildnis', 'normal'),
  (108, 'Naturkunde', 'midgard', NULL, NULL, 13, 151, 8, 0, 'In', 1, 0, 'Wissen', 'normal'),
  (109, 'Kochen', 'midgard', 'Aus wenig viel, aus Zähem Weiches.', NULL, 13, 118, 8, 0, 'Gs', 1, 0, 'Alltag', 'leicht'),
  (110, 'Schwimmen', 'midgard', 'Auch in Kleidern, aber nicht in Rüstung.', NULL, 13, 113, 8, 0, 'Gw', 1, 0, 'Körper', 'leicht'),
  (111, 'Schneidern', NULL, NULL, NULL, 13, 118, 8, 0, 'Gs', 1, 0, 'Alltag', 'normal'),
  (112, 'Bootfahren', 'midgard', NULL, NULL, 11, 34, 8, 0, 'Gs', 1, 0, 'Alltag', 'leicht'),
  (113, 'Etikette', 'midgard', 'Wie man einen Grafen anredet, und wann.', NULL, 13, 133, 8, 0, 'In', 1, 0, 'Umgang', 'leicht'),
  (114, 'Sagenkunde', 'midgard', NULL, NULL, 3, 14, 8, 0, 'In', 1, 0, 'Wissen', 'normal'),
  (115, 'Akrobatik', 'midgard', 'Überschlag, Rolle, Fall aus großer Höhe.', NULL, 13, 115, 8, 0, 'Gw', 1, 0, 'Körper', 'schwer'),
  (116, 'Musizieren', 'midgard', 'Ein Instrument je Fertigkeit.', NULL, 3, 40, 12, 0, 'Gs', 1, 0, 'Umgang', 'leicht'),
  (117, 'Verführen', 'midgard', NULL, NULL, 13, 133, 8, 0, 'pA', 1, 0, 'Umgang', 'leicht'),
  (121, 'Hören', NULL, 'Angeboren.', NULL, 13, 105, 6, 2, NULL, 0, 1, NULL, NULL),
  (122, 'Verhören', 'midgard', NULL, NULL, 12, 29, 8, 0, 'pA', 1, 0, 'Umgang', 'normal'),
  (123, 'Springen', 'midgard', NULL, NULL, 13, 114, 8, 0, 'Gw', 1, 0, 'Körper', 'normal'),
  (124, 'Abrichten', 'midgard', 'Hunde, Falken, notfalls Knappen.', 'Hausregel', 5, NULL, 8, 0, 'pA', 1, 0, 'Alltag', 'normal'),
  (125, 'Rechtskunde', 'midgard', NULL, NULL, 13, 154, 8, 0, 'In', 1, 0, 'Wissen', 'normal'),
  (126, 'Reiten', 'midgard', 'Auf Pferd, Maultier oder Esel.', NULL, 13, 116, 8, 0, 'Gw', 1, 0, 'Alltag', 'leicht'),
  (131, 'Tierkunde', 'midgard', NULL, NULL, 11, 11, 5, 0, 'In', 1, 0, 'Wildnis', 'normal'),
  (132, 'Menschenkenntnis', NULL, 'Merkt, wenn jemand lügt, der es nicht gut kann.', NULL, 13, 134, 8, 0, 'In', 1, 0, 'Umgang', 'schwer'),
  (133, 'Fallen stellen', 'midgard', NULL, NULL, 12, 24, 8, 0, 'Gs', 1, 0, 'Wildnis', 'normal'),
  (134, 'Sechster Sinn', 'midgard', 'Wer ihn hat, spricht nicht darüber.', NULL, 13, 106, 6, 2, NULL, 0, 1, NULL, NULL),
  (135, 'Glücksspiel', 'midgard', 'Würfel, Karten und Becher.', NULL, 12, 27, 8, 0, 'Gs', 1, 0, 'Gassen', 'leicht'),
  (136, 'Zauberkunde', 'midgard', 'Erkennt Zauber an Geste, Wort und Geruch.', NULL, 4, 9, 5, 0, 'In', 1, 0, 'Wissen', 'schwer'),
  (137, 'Balancieren', 'midgard', 'Auf Seil, First und Reling.', NULL, 13, 116, 8, 0, 'Gw', 1, 0, 'Körper', 'normal'),
  (138, 'Heilkunde', 'midgard', 'Verbinden, Schienen, Fieber senken.', NULL, 4, 16, 5, 0, 'In', 1, 0, 'Wissen', 'schwer'),
  (139, 'Tarnen', NULL, NULL, NULL, 12, 19, 8, 0, 'Gw', 1, 0, 'Wildnis', 'leicht'),
  (140, 'Kampf in Vollrüstung', 'midgard', 'Vierzig Pfund Stahl und trotzdem schnell.', NULL, 13, 143, 5, 0, 'St', 1, 0, 'Kampf', 'schwer'),
  (141, 'Verhandeln', 'midgard', 'Um Preise, Wege und Gefangene.', NULL, 13, 131, 8, 0, 'pA', 1, 0, 'Umgang', 'normal'),
  (142, 'Athletik', 'midgard', NULL, NULL, 13, 143, 8, 0, 'St', 1, 0, 'Kampf', 'normal'),
  (143, 'Schleichen', 'midgard', 'Leise, auf jedem Boden.', NULL, 12, 18, 8, 0, 'Gw', 1, 0, 'Gassen', 'normal'),
  (144, 'Rechnen', 'midgard', NULL, NULL, 13, 117, 8, 0, 'In', 1, 0, 'Alltag', 'leicht'),
  (145, 'Kräuterkunde', 'midgard', 'Findet und erkennt, was heilt und was nicht.', NULL, 4, 16, 5, 0, 'In', 1, 0, 'Wildnis', 'normal'),
  (146, 'Gassenwissen', NULL, 'Wer kauft, wer zahlt, wer schweigt.', NULL, 12, 26, 8, 0, 'In', 1, 0, 'Gassen', 'leicht'),
  (147, 'Laufen', 'midgard', NULL, NULL, 13, 113, 8, 0, 'Ko', 1, 0, 'Körper', 'leicht'),
  (148, 'Taschendiebstahl', 'midgard', 'Schneller als das Auge, meistens.', NULL, 12, 25, 8, 0, 'Gs', 1, 0, 'Gassen', 'schwer'),
  (149, 'Überleben im Wald', 'midgard', 'Feuer, Wasser, Unterstand.', NULL, 13, 122, 6, 0, 'In', 1, 0, 'Wildnis', 'leicht'),
  (150, 'Seemannschaft', 'midgard', 'Segel setzen, Knoten, Lotung.', NULL, 11, 36, 8, 0, 'Gs', 1, 0, 'Alltag', 'normal'),
  (151, 'Sehen', 'midgard', 'Angeboren.', NULL, 13, 105, 6, 2, NULL, 0, 1, NULL, NULL),
  (152, 'Fährten verwischen', 'midgard', NULL, NULL, 12, 31, 8, 0, 'Gs', 1, 0, 'Wildnis', 'schwer'),
  (153, 'Fuhrwerk lenken', NULL, 'Ein- bis vierspännig.', NULL, 11, 23, 8, 0, 'Gs', 1, 0, 'Alltag', 'leicht'),
  (154, 'Fallen entdecken', 'midgard', NULL, NULL, 12, 23, 8, 0, 'In', 1, 0, 'Tiefen', 'normal'),
  (155, 'Höhlenkunde', 'midgard', 'Wo Luft herkommt, und wo nicht.', NULL, 12, 44, 8, 0, 'In', 1, 0, 'Tiefen', 'leicht'),
  (156, 'Anführen', 'midgard', 'Damit die anderen nicht davonlaufen.', NULL, 13, 132, 8, 0, 'pA', 1, 0, 'Umgang', 'normal'),
  (157, 'Klettern', 'midgard', 'An Fels, Mauer und Takelage hinauf und wieder herunter.', NULL, 13, 112, 8, 0, 'Gw', 1, 0, 'Körper', 'leicht');

CREATE TABLE `gsm_cc_class_typical_skills` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `skill_id` integer NOT NULL,
  `bonus` integer NOT NULL DEFAULT 0,
  `attribute` text,
  `notes` text,
  CONSTRAINT `fk_class_typical_skills_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_gsm_cc_class_typical_skills_character_class_id` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_class_typical_skills_skill` FOREIGN KEY (`skill_id`) REFERENCES `gsm_skills` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_gsm_cc_class_typical_skills_skill_id` FOREIGN KEY (`skill_id`) REFERENCES `gsm_skills` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_class_typical_skills_skill_id` ON `gsm_cc_class_typical_skills` (`skill_id`);
CREATE INDEX `idx_class_typical_skills_character_class_id` ON `gsm_cc_class_typical_skills` (`character_class_id`);
CREATE INDEX `idx_gsm_cc_class_typical_skills_skill_id` ON `gsm_cc_class_typical_skills` (`skill_id`);
CREATE INDEX `idx_gsm_cc_class_typical_skills_character_class_id` ON `gsm_cc_class_typical_skills` (`character_class_id`);

INSERT INTO `gsm_cc_class_typical_skills` (`id`, `character_class_id`, `skill_id`, `bonus`, `attribute`, `notes`) VALUES
  (7, 6, 149, 2, 'In', NULL),
  (8, 4, 113, 0, 'In', NULL),
  (9, 19, 101, 1, 'In', 'In drei Schriften.'),
  (10, 6, 104, 2, 'In', NULL),
  (11, 11, 138, 2, 'In', NULL),
  (12, 15, 142, 1, 'St', 'Alte Fassung.'),
  (13, 5, 141, 0, 'pA', NULL),
  (14, 16, 108, 0, 'In', NULL),
  (15, 5, 112, 1, 'Gs', NULL),
  (16, 20, 136, 0, 'In', NULL),
  (17, 11, 145, 0, 'In', NULL),
  (18, 4, 126, 1, 'Gw', NULL),
  (19, 19, 136, 2, 'In', NULL),
  (20, 17, 114, 0, 'In', 'Alte Fassung.'),
  (21, 18, 104, 1, 'In', NULL),
  (24, 17, 116, 2, 'Gs', NULL),
  (27, 16, 145, 2, 'In', 'Auch die giftigen.'),
  (30, 15, 140, 0, 'St', 'Nur mit eigener Rüstung.'),
  (31, 5, 146, 2, 'In', NULL),
  (32, 3, 142, 1, 'St', NULL),
  (33, 20, 132, 1, 'In', NULL),
  (37, 18, 143, 2, 'Gw', 'Alte Fassung.');

CREATE TABLE `gsm_spells` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `bonus` integer NOT NULL DEFAULT 0,
  `stufe` integer NOT NULL DEFAULT 1,
  `ap` text NOT NULL DEFAULT '1',
  `art` text NOT NULL DEFAULT 'Gestenzauber',
  `zauberdauer` text NOT NULL DEFAULT '10 sec',
  `reichweite` text,
  `wirkungsziel` text,
  `wirkungsbereich` text,
  `wirkungsdauer` text,
  `ursprung` text,
  `category` text NOT NULL DEFAULT 'normal'
);
CREATE INDEX `idx_gsm_spells_game_system` ON `gsm_spells` (`game_system`);
CREATE INDEX `idx_gsm_spells_source_id` ON `gsm_spells` (`source_id`);
CREATE INDEX `idx_gsm_spells_name` ON `gsm_spells` (`name`);

INSERT INTO `gsm_spells` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `bonus`, `stufe`, `ap`, `art`, `zauberdauer`, `reichweite`, `wirkungsziel`, `wirkungsbereich`, `wirkungsdauer`, `ursprung`, `category`) VALUES
  (17, 'Wind rufen', 'midgard', NULL, NULL, 12, 80, 0, 4, '4', 'Gestenzauber', '10 sec', '-', 'Körper', '9 m Umkreis', '10 min', 'Finsternis', 'normal'),
  (18, 'Wiegenlied', 'midgard', 'Wer zuhört, schläft ein.', NULL, 3, 82, 0, 1, '2', 'Liedzauber', '5 sec', '15 m', 'Körper', '3 m Umkreis', '∞', 'Anderswelt', 'normal'),
  (19, 'Irrlicht', 'midgard', 'Ein kleines Licht, das vorausgeht.', NULL, 4, 72, 0, 1, '2', 'Wortzauber', '5 sec', '10 m', 'Körper', 'Zauberer', '1 h', 'Anderswelt', 'normal'),
  (20, 'Knoten', NULL, 'Ein Knoten, den nur löst, wer ihn gemacht hat.', NULL, 4, 71, 0, 1, '2', 'Gestenzauber', '1 min', '30 m', 'Umgebung', 'Strahl', 'bis zum Morgengrauen', 'Elemente', 'Bann'),
  (21, 'Nebel rufen', 'midgard', 'Dicht wie Wolle, eine Stunde lang.', NULL, 12, 79, 0, 2, '2', 'Gedankenzauber', '5 sec', 'Sichtweite', 'Geist', '1 Raum', '1 min', 'Finsternis', 'Ruf'),
  (22, 'Lied der Heimkehr', 'midgard', 'Den Weg zurück findet, wer es summt.', NULL, 3, 82, 0, 2, '3 je Wesen', 'Liedzauber', '10 sec', '10 m', 'Wesen', 'Zauberer', '10 min', 'Anderswelt', 'Lied'),
  (23, 'Schwelle bannen', 'midgard', 'Wer ungebeten kommt, bleibt draußen.', NULL, 4, 68, 0, 3, '3', 'Gedankenzauber', '1 min', '15 m', 'Körper', '3 m Umkreis', '∞', 'göttlich', 'normal'),
  (24, 'Eiserner Kreis', 'midgard', 'Keine Klinge überquert die Linie.', 'ALT 3', 4, 70, 0, 8, '8', 'Gedankenzauber', '10 min', 'Berührung', 'Wesen', '1 Wesen', '1 min', 'göttlich', 'Bann'),
  (25, 'Klage', 'midgard', 'Selbst Söldner weinen.', NULL, 3, 84, 0, 5, '4', 'Liedzauber', '5 sec', '50 m', 'Körper', '1 Gegenstand', '∞', 'Finsternis', 'normal'),
  (26, 'Fluch lösen', 'midgard', NULL, NULL, 4, 69, 0, 6, '6', 'Gedankenzauber', '5 sec', '-', 'Geist', '9 m Umkreis', '1 min', 'Anderswelt', 'Bann'),
  (27, 'Zähmen', NULL, 'Bei Pferden leichter als bei Vettern.', NULL, 4, 78, 0, 3, '3', 'Gedankenzauber', '10 sec', '15 m', 'Wesen', '3 m Umkreis', '∞', 'Finsternis', 'Geist'),
  (28, 'Nachtauge', 'midgard', 'Katzen brauchen dafür keinen Zauber.', NULL, 4, 75, 0, 1, '2', 'Wortzauber', '1 min', '15 m', 'Umgebung', '3 m Umkreis', '1 h', 'göttlich', 'Licht'),
  (29, 'Wahrheit', 'midgard', 'Für die Länge eines Gesprächs lügt niemand.', NULL, 4, 78, 0, 8, '8 je Wesen', 'Gedankenzauber', '10 min', '30 m', 'Körper', 'Strahl', '1 min', 'göttlich', 'normal'),
  (30, 'Ahnen rufen', 'midgard', 'Sie antworten, aber nicht immer auf die Frage.', NULL, 12, 80, 0, 6, '6', 'Gedankenzauber', '10 sec', '50 m', 'Wesen', '1 Gegenstand', '10 min', 'lebendige Welt', 'Ruf'),
  (35, 'Schlaflosigkeit', 'midgard', 'Drei Nächte lang.', NULL, 4, 71, 0, 4, '4', 'Gedankenzauber', '1 min', '15 m', 'Geist', '3 m Umkreis', '1 min', 'Anderswelt', 'Bann'),
  (36, 'Raben rufen', 'midgard', 'Einer kommt immer, manchmal sieben.', 'ALT 3', 12, 79, 0, 1, '2', 'Gedankenzauber', '1 min', '10 m', 'Umgebung', 'Zauberer', '∞', 'lebendige Welt', 'Ruf'),
  (37, 'Stillstand', 'midgard', 'Einer steht, alle anderen gehen weiter.', NULL, 4, 68, 0, 5, '4', 'Gestenzauber', '20 sec', '10 m', 'Wesen', 'Zauberer', 'bis zum Morgengrauen', 'göttlich', 'Bann'),
  (38, 'Großer Sprung', NULL, NULL, NULL, 4, 66, 0, 2, '2', 'Wortzauber', '1 min', '50 m', 'Wesen', '1 Gegenstand', '1 Runde', 'göttlich', 'Wandel'),
  (43, 'Baumtor', 'midgard', 'Hinein in die eine Linde, heraus aus der anderen.', NULL, 4, 63, 0, 9, '10', 'Gedankenzauber', '10 min', 'Berührung', 'Geist', '1 Wesen', '∞', 'lebendige Welt', 'Dweomer'),
  (44, 'Fremdes Gesicht', 'midgard', 'Hält, bis jemand den wahren Namen nennt.', NULL, 4, 65, 0, 4, '4', 'Gedankenzauber', '1 min', 'Sichtweite', 'Geist', '1 Raum', '1 min', 'Elemente', 'Wandel'),
  (48, 'Lied der Wunden', 'midgard', 'Schließt, was blutet; die Narbe bleibt.', NULL, 3, 84, 0, 4, '4', 'Liedzauber', '5 sec', 'Berührung', 'Wesen', '1 Wesen', 'solange gesungen wird', 'göttlich', 'Lied'),
  (49, 'Rankenpfad', 'midgard', 'Dornen biegen sich zur Seite und hinter einem wieder zurück.', NULL, 4, 60, 0, 1, '2', 'Gestenzauber', '20 sec', '30 m', 'Wesen', 'Strahl', '10 min', 'Finsternis', 'Dweomer'),
  (50, 'Größerer Diener', 'midgard', 'Ungefährlich, solange der Kreis hält.', NULL, 12, 81, 0, 10, '12', 'Gestenzauber', '10 min', '30 m', 'Geist', 'Strahl', '10 min', 'Finsternis', 'Ruf'),
  (51, 'Mut', 'midgard', NULL, NULL, 4, 76, 0, 1, '2', 'Wortzauber', '20 sec', '-', 'Wesen', '9 m Umkreis', '1 h', 'lebendige Welt', 'Geist'),
  (52, 'Traum senden', NULL, 'Kommt an, wenn der andere schläft.', NULL, 4, 75, 0, 4, '4', 'Gestenzauber', '1 min', '10 m', 'Geist', 'Zauberer', '10 min', 'Elemente', 'Geist'),
  (58, 'Rost', 'midgard', 'Eisen altert in einem Atemzug um ein Jahrhundert.', NULL, 4, 65, 0, 3, '3', 'Gedankenzauber', '5 sec', '10 m', 'Umgebung', 'Zauberer', '∞', 'Anderswelt', 'Wandel'),
  (59, 'Federfall', 'midgard', 'Gebremster Sturz.', NULL, 4, 66, 0, 1, '2', 'Wortzauber', '5 sec', '-', 'Körper', '9 m Umkreis', '1 h', 'Elemente', 'normal'),
  (60, 'Spiegelbild', 'midgard', 'Einer wird drei, zwei davon sind Luft.', NULL, 4, 74, 0, 5, '4', 'Wortzauber', '5 sec', 'Berührung', 'Körper', '1 Wesen', '1 h', 'Finsternis', 'normal'),
  (61, 'Schweigen', 'midgard', 'Kein Ton in diesem Raum.', NULL, 4, 69, 0, 2, '2 je Wesen', 'Gedankenzauber', '10 sec', 'Sichtweite', 'Umgebung', '1 Raum', '1 min', 'göttlich', 'Bann'),
  (62, 'Schattenspiel', 'midgard', NULL, NULL, 4, 73, 0, 1, '2', 'Gestenzauber', '10 sec', '-', 'Umgebung', '9 m Umkreis', '10 min', 'lebendige Welt', 'Licht'),
  (63, 'Feuer bannen', 'midgard', 'Löscht, was brennt, aber nicht, was glüht.', NULL, 4, 70, 0, 2, '2', 'Gestenzauber', '20 sec', '50 m', 'Körper', '1 Gegenstand', '10 min', 'Elemente', 'normal'),
  (68, 'Angst', NULL, 'Der Feind hört etwas hinter sich.', NULL, 4, 77, 0, 2, '2', 'Wortzauber', '10 sec', '50 m', 'Umgebung', '1 Gegenstand', '1 Runde', 'Finsternis', 'Geist'),
  (69, 'Unsichtbarkeit', 'midgard', 'Bis zum ersten Schlag.', NULL, 4, 74, 0, 7, '6', 'Gedankenzauber', '10 sec', '30 m', 'Wesen', 'Strahl', '∞', 'Finsternis', 'Licht'),
  (70, 'Glas biegen', 'midgard', 'Warm wie Wachs, klar wie vorher.', NULL, 4, 67, 0, 2, '2', 'Gedankenzauber', '5 sec', '30 m', 'Geist', 'Strahl', '1 min', 'Elemente', 'Wandel'),
  (73, 'Wetterfühlen', 'midgard', NULL, NULL, 4, 63, 0, 1, '2', 'Wortzauber', '1 min', '50 m', 'Umgebung', '1 Gegenstand', '1 h', 'Finsternis', 'Dweomer'),
  (74, 'Wachsen lassen', 'midgard', 'Ein Sommer in einer Stunde.', NULL, 4, 62, 0, 2, '2', 'Gestenzauber', '1 min', '-', 'Wesen', '9 m Umkreis', '10 min', 'Elemente', 'Dweomer'),
  (75, 'Marschlied', 'midgard', 'Eine Wegstunde mehr am Tag.', NULL, 3, 83, 0, 2, '2', 'Liedzauber', '10 sec', 'Sichtweite', 'Umgebung', '1 Raum', '1 Runde', 'lebendige Welt', 'Lied'),
  (76, 'Stein zu Lehm', 'midgard', 'Mauern werden weich und bleiben es.', NULL, 4, 64, 0, 5, '6 je Wesen', 'Gestenzauber', '1 min', '15 m', 'Wesen', '3 m Umkreis', '10 min', 'Anderswelt', 'Wandel'),
  (77, 'Rindenhaut', NULL, 'Die Haut wird zäh wie Eichenrinde – und juckt.', NULL, 4, 61, 0, 4, '4', 'Gedankenzauber', '20 sec', '15 m', 'Umgebung', '3 m Umkreis', '1 min', 'lebendige Welt', 'Dweomer'),
  (78, 'Wurzelgriff', 'midgard', 'Wurzeln halten fest, was auf ihnen steht.', NULL, 4, 60, 0, 2, '2 je Wesen', 'Gedankenzauber', '20 sec', 'Berührung', 'Körper', '1 Wesen', '1 min', 'Elemente', 'normal'),
  (79, 'Tiersprache', 'midgard', 'Fragen gehen leicht, Antworten sind kurz.', 'ALT 3', 4, 62, 0, 3, '3', 'Gedankenzauber', '1 min', 'Sichtweite', 'Körper', '1 Raum', '∞', 'lebendige Welt', 'normal'),
  (80, 'Gedanken lesen', 'midgard', 'Nur was gerade gedacht wird, und das ungeordnet.', NULL, 4, 77, 0, 5, '4', 'Gestenzauber', '10 sec', 'Berührung', 'Geist', '1 Wesen', 'bis zum Morgengrauen', 'lebendige Welt', 'Geist'),
  (86, 'Bienenruf', 'midgard', NULL, NULL, 4, 61, 0, 3, '3', 'Gestenzauber', '20 sec', '10 m', 'Geist', 'Zauberer', 'bis zum Morgengrauen', 'Elemente', 'Dweomer'),
  (87, 'Vergessen', 'midgard', 'Eine Stunde, und zwar genau diese.', NULL, 4, 76, 0, 6, '6', 'Wortzauber', '20 sec', 'Sichtweite', 'Körper', '1 Raum', '1 Runde', 'Elemente', 'normal'),
  (88, 'Wasser zu Eis', 'midgard', 'Ein Eimer, eine Pfütze oder ein schmaler Bach.', NULL, 4, 64, 0, 2, '2', 'Gestenzauber', '20 sec', '30 m', 'Körper', 'Strahl', '10 min', 'göttlich', 'normal'),
  (89, 'Gleißen', NULL, 'Alle, die hinsehen, sehen danach nichts.', NULL, 4, 72, 0, 2, '3', 'Gedankenzauber', '10 sec', 'Sichtweite', 'Wesen', '1 Raum', '10 min', 'Anderswelt', 'Licht');

CREATE TABLE `class_typical_spells` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `spell_id` integer NOT NULL,
  `notes` text,
  CONSTRAINT `fk_class_typical_spells_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_class_typical_spells_spell` FOREIGN KEY (`spell_id`) REFERENCES `gsm_spells` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_class_typical_spells_spell_id` ON `class_typical_spells` (`spell_id`);
CREATE INDEX `idx_class_typical_spells_character_class_id` ON `class_typical_spells` (`character_class_id`);

INSERT INTO `class_typical_spells` (`id`, `character_class_id`, `spell_id`, `notes`) VALUES
  (8, 16, 49, NULL),
  (9, 16, 79, NULL),
  (10, 20, 19, NULL),
  (11, 16, 73, NULL),
  (12, 17, 18, NULL),
  (13, 19, 20, 'Alte Fassung.'),
  (19, 19, 59, NULL),
  (20, 11, 48, NULL),
  (21, 19, 26, 'Meist die eigenen.'),
  (22, 4, 51, NULL);

CREATE TABLE `equi_equipments` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `ist_magisch` numeric DEFAULT 0,
  `abw` integer NOT NULL DEFAULT 0,
  `ausgebrannt` numeric DEFAULT 0,
  `beschreibung` text,
  `beinhaltet_in` text,
  `contained_in` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `anzahl` integer NOT NULL DEFAULT 1,
  `container_type` text,
  `bonus` integer NOT NULL DEFAULT 0,
  CONSTRAINT `fk_equi_equipments_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_equi_equipments_character_id` ON `equi_equipments` (`character_id`);
CREATE INDEX `idx_equi_equipments_user_id` ON `equi_equipments` (`user_id`);

INSERT INTO `equi_equipments` (`id`, `name`, `character_id`, `user_id`, `ist_magisch`, `abw`, `ausgebrannt`, `beschreibung`, `beinhaltet_in`, `contained_in`, `gewicht`, `wert`, `anzahl`, `container_type`, `bonus`) VALUES
  (1, 'Pergament, Bogen', 1, 2, 1, 30, 0, 'Leuchtet im Dunkeln ✨', NULL, NULL, 0.01, 0.1, 1, NULL, 0),
  (2, 'Pfeife und Tabak', 1, 2, NULL, 0, NULL, NULL, 'Rucksack', 2, 0.1, 0.6, 6, 'behaeltnis', 0),
  (3, 'Zelt, zwei Personen', 2, 2, NULL, 0, NULL, NULL, NULL, NULL, 8.0, 6.0, 1, NULL, 0),
  (4, 'Trommel', 2, 2, 0, 0, 0, NULL, 'Umhängetasche', 4, 2.0, 4.0, 6, 'behaeltnis', 0),
  (5, 'Stiefel, gefüttert', 2, 2, 0, 0, 0, NULL, 'Umhängetasche', 4, 1.8, 3.0, 5, 'behaeltnis', 0),
  (6, 'Heiltrank', 3, 3, 0, 0, 0, NULL, NULL, NULL, 0.3, 25.0, 1, NULL, 0),
  (7, 'Kochtopf, eisern', 3, 3, 0, 0, 0, NULL, 'Sack, grob', 6, 3.0, 1.8, 6, 'behaeltnis', 0),
  (8, 'Dietriche', 3, 3, 0, 0, 0, NULL, 'Sack, grob', 6, 0.2, 5.0, 5, 'behaeltnis', 0),
  (9, 'Satteldecke', 3, 3, 0, 0, 0, NULL, 'Sack, grob', 6, 2.0, 1.0, 4, 'behaeltnis', 0),
  (10, 'Würfel, ein Paar', 4, 5, 0, 0, 0, NULL, NULL, NULL, 0.02, 0.1, 1, NULL, 0),
  (11, 'Zunderdose', 4, 5, 0, 0, 0, NULL, 'Satteltaschen', 8, 0.2, 0.4, 6, 'behaeltnis', 0),
  (12, 'Weihwasser, Fläschchen', 7, 2, 0, 0, 0, NULL, NULL, NULL, 0.2, 5.0, 1, NULL, 0),
  (13, 'Fackel', 7, 2, 0, 0, 0, NULL, 'Rucksack', 10, 0.5, 0.02, 6, 'behaeltnis', 0),
  (14, 'Hufeisen, vier Stück', 7, 2, NULL, 0, NULL, NULL, 'Rucksack', 10, 2.0, 1.0, 5, 'behaeltnis', 0),
  (15, 'Seil, seiden, 15 m', 8, 8, 0, 0, 0, NULL, NULL, NULL, 0.8, 12.0, 1, NULL, 0),
  (16, 'Handschuhe', 8, 8, NULL, 0, NULL, NULL, 'Umhängetasche', 12, 0.2, 0.7, 6, 'behaeltnis', 0),
  (17, 'Glücksbringer vom Jahrmarkt', 8, 8, 0, 0, 0, NULL, 'Umhängetasche', 12, 0.05, 0.45, 5, 'behaeltnis', 0),
  (18, 'Reisekleidung', 8, 8, 0, 0, 0, NULL, 'Umhängetasche', 12, 2.5, 2.0, 4, 'behaeltnis', 0),
  (19, 'Löffel, hölzern', 11, 8, NULL, 0, NULL, NULL, NULL, NULL, 0.05, 0.02, 1, NULL, 0),
  (20, 'Sattel', 11, 8, 0, 0, 0, NULL, 'Sack, grob', 14, 12.0, 9.0, 6, 'behaeltnis', 0),
  (21, 'Festkleidung', 12, 3, 0, 0, 0, NULL, NULL, NULL, 3.0, 27.0, 1, NULL, 0),
  (22, 'Wurfhaken', 12, 3, 0, 0, 0, NULL, 'Satteltaschen', 16, 1.0, 1.5, 6, 'behaeltnis', 0),
  (23, 'Feuerstein und Stahl', 12, 3, 1, 30, 0, 'Leuchtet im Dunkeln ✨', 'Satteltaschen', 16, 0.3, 0.3, 5, 'behaeltnis', 0),
  (24, 'Wolfspelzmantel', 13, 5, 0, 0, 0, NULL, NULL, NULL, 4.0, 20.0, 1, NULL, 0),
  (25, 'Verbandszeug', 13, 5, 1, 30, 0, 'Leuchtet im Dunkeln ✨', 'Rucksack', 18, 0.5, 1.0, 6, 'behaeltnis', 0),
  (26, 'Pergament, Bogen', 13, 5, 0, 0, 0, NULL, 'Rucksack', 18, 0.01, 0.1, 5, 'behaeltnis', 0),
  (27, 'Pfeife und Tabak', 13, 5, NULL, 0, NULL, NULL, 'Rucksack', 18, 0.1, 0.6, 4, 'behaeltnis', 0),
  (28, 'Satteldecke', 15, 9, 1, 30, 0, 'Leuchtet im Dunkeln ✨', NULL, NULL, 2.0, 1.0, 1, NULL, 0),
  (29, 'Fischernetz', 15, 9, 0, 0, 0, NULL, 'Umhängetasche', 20, 4.0, 3.0, 6, 'behaeltnis', 0),
  (30, 'Tinte, Fässchen', 16, 9, 0, 0, 0, NULL, NULL, NULL, 0.2, 1.0, 1, NULL, 0),
  (31, 'Laute', 16, 9, NULL, 0, NULL, NULL, 'Sack, grob', 22, 1.5, 22.5, 6, 'behaeltnis', 0),
  (32, 'Heiltrank', 16, 9, 0, 0, 0, NULL, 'Sack, grob', 22, 0.3, 25.0, 5, 'behaeltnis', 0),
  (33, 'Schlafdecke', 21, 1, NULL, 0, NULL, NULL, NULL, NULL, 2.0, 0.8, 1, NULL, 0),
  (34, 'Seil, 15 m', 21, 1, 0, 0, 0, NULL, 'Satteltaschen', 24, 2.5, 0.5, 6, 'behaeltnis', 0),
  (35, 'Würfel, ein Paar', 21, 1, 0, 0, 0, NULL, 'Satteltaschen', 24, 0.02, 0.1, 5, 'behaeltnis', 0),
  (36, 'Zunderdose', 21, 1, 0, 0, 0, NULL, 'Satteltaschen', 24, 0.2, 0.4, 4, 'behaeltnis', 0);

CREATE TABLE `equi_weapons` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `ist_magisch` numeric DEFAULT 0,
  `abw` integer NOT NULL DEFAULT 0,
  `ausgebrannt` numeric DEFAULT 0,
  `beschreibung` text,
  `beinhaltet_in` text,
  `contained_in` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `anzahl` integer NOT NULL DEFAULT 1,
  `container_type` text,
  `abwb` integer NOT NULL DEFAULT 0,
  `anb` integer NOT NULL DEFAULT 0,
  `schb` integer NOT NULL DEFAULT 0,
  `name_fuer_spezialisierung` text,
  CONSTRAINT `fk_equi_weapons_character_id` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_equi_weapons_character_id` ON `equi_weapons` (`character_id`);
CREATE INDEX `idx_equi_weapons_user_id` ON `equi_weapons` (`user_id`);

INSERT INTO `equi_weapons` (`id`, `name`, `character_id`, `user_id`, `ist_magisch`, `abw`, `ausgebrannt`, `beschreibung`, `beinhaltet_in`, `contained_in`, `gewicht`, `wert`, `anzahl`, `container_type`, `abwb`, `anb`, `schb`, `name_fuer_spezialisierung`) VALUES
  (3, 'Krummsäbel', 1, 2, 0, 0, NULL, NULL, NULL, NULL, 1.4, 22.0, 1, NULL, 0, 0, 0, 'Langschwerter'),
  (4, 'Knüppel', 2, 2, 0, 0, 0, NULL, NULL, NULL, 1.2, 0.1, 1, NULL, 0, 0, 0, 'Keulen und Kolben'),
  (5, 'Morgenstern', 2, 2, 0, 0, 0, NULL, NULL, NULL, 2.4, 11.0, 1, NULL, 0, 0, 0, 'Keulen und Kolben'),
  (6, 'Bartaxt, zweihändig', 3, 3, 0, 0, NULL, NULL, NULL, NULL, 4.0, 16.0, 1, NULL, 0, 0, 0, 'Zweihandäxte'),
  (7, 'Kurzbogen', 4, 5, 0, 0, 0, NULL, NULL, NULL, 0.8, 8.0, 1, NULL, 0, 0, 0, 'Bögen'),
  (8, 'Wurfmesser', 4, 5, 0, 0, 0, NULL, NULL, NULL, 0.3, 2.0, 1, NULL, 0, 0, 0, 'Wurfwaffen'),
  (9, 'Rundschild', 7, 2, 0, 0, NULL, NULL, NULL, NULL, 3.0, 4.0, 1, NULL, 0, 0, 0, 'Schilde'),
  (10, 'Hellebarde', 8, 8, 0, 0, 0, NULL, NULL, NULL, 4.5, 12.0, 1, NULL, 0, 0, 0, 'Stangenwaffen'),
  (11, 'Streitaxt', 8, 8, 0, 0, 0, NULL, NULL, NULL, 2.5, 9.0, 1, NULL, 0, 0, 0, 'Äxte'),
  (12, 'Beil „Tränenquell“', 11, 8, 1, 10, NULL, '+1 gegen alles mit Flügeln', NULL, NULL, 0.9, 1.5, 1, NULL, 1, 1, 0, 'Äxte'),
  (13, 'Kampfstab', 12, 3, 0, 0, 0, NULL, NULL, NULL, 1.5, 0.5, 1, NULL, 0, 0, 0, 'Stöcke'),
  (14, 'Wurfspieß', 12, 3, 0, 0, 0, NULL, NULL, NULL, 1.0, 1.2, 1, NULL, 0, 0, 0, 'Wurfwaffen'),
  (15, 'Anderthalbhänder', 13, 5, 0, 0, NULL, NULL, NULL, NULL, 2.2, 35.0, 1, NULL, 0, 0, 0, 'Anderthalbhänder'),
  (16, 'Jagdspieß', 15, 9, 0, 0, 0, NULL, NULL, NULL, 2.2, 3.0, 1, NULL, 0, 0, 0, 'Speere'),
  (17, 'Krummsäbel', 15, 9, 0, 0, 0, NULL, NULL, NULL, 1.4, 22.0, 1, NULL, 0, 0, 0, 'Langschwerter'),
  (18, 'Dolch', 16, 9, 0, 0, NULL, NULL, NULL, NULL, 0.5, 2.0, 1, NULL, 0, 0, 0, 'Dolche'),
  (19, 'Langbogen', 21, 1, 0, 0, 0, NULL, NULL, NULL, 1.1, 15.0, 1, NULL, 0, 0, 0, 'Bögen'),
  (20, 'Bartaxt, zweihändig', 21, 1, 0, 0, 0, NULL, NULL, NULL, 4.0, 16.0, 1, NULL, 0, 0, 0, 'Zweihandäxte');

CREATE TABLE `equi_containers` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `character_id` integer NOT NULL,
  `user_id` integer,
  `ist_magisch` numeric DEFAULT 0,
  `abw` integer NOT NULL DEFAULT 0,
  `ausgebrannt` numeric DEFAULT 0,
  `beschreibung` text,
  `beinhaltet_in` text,
  `contained_in` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `is_transportation` numeric DEFAULT 0,
  `tragkraft` real NOT NULL DEFAULT 0,
  `volumen` real NOT NULL DEFAULT 0,
  `extern_id` text,
  CONSTRAINT `fk_char_chars_behaeltnisse` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_char_chars_transportmittel` FOREIGN KEY (`character_id`) REFERENCES `char_chars` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_equi_containers_character_id` ON `equi_containers` (`character_id`);
CREATE INDEX `idx_equi_containers_user_id` ON `equi_containers` (`user_id`);
CREATE INDEX `idx_equi_containers_extern_id` ON `equi_containers` (`extern_id`);

INSERT INTO `equi_containers` (`id`, `name`, `character_id`, `user_id`, `ist_magisch`, `abw`, `ausgebrannt`, `beschreibung`, `beinhaltet_in`, `contained_in`, `gewicht`, `wert`, `is_transportation`, `tragkraft`, `volumen`, `extern_id`) VALUES
  (2, 'Rucksack', 1, 2, 0, 0, 0, NULL, NULL, NULL, 1.5, 1.0, 0, 25.0, 40.0, 'moam-0037'),
  (3, 'Packpferd', 1, 2, 0, 0, 0, 'Heißt ''Graf''.', NULL, NULL, 480.0, 60.0, 1, 160.0, 0.0, NULL),
  (4, 'Umhängetasche', 2, 2, 0, 0, 0, NULL, NULL, NULL, 0.6, 0.9, 0, 8.0, 12.0, NULL),
  (6, 'Sack, grob', 3, 3, NULL, 0, NULL, NULL, NULL, NULL, 0.4, 0.1, 0, 30.0, 50.0, 'moam-0111'),
  (8, 'Satteltaschen', 4, 5, 0, 0, 0, NULL, NULL, NULL, 2.0, 3.0, 0, 20.0, 30.0, NULL),
  (10, 'Rucksack', 7, 2, 0, 0, 0, NULL, NULL, NULL, 1.5, 1.0, NULL, 25.0, 40.0, 'moam-0259'),
  (11, 'Maultier', 7, 2, 0, 0, 0, 'Heißt Lotte.', NULL, NULL, 300.0, 25.0, 1, 120.0, 0.0, NULL),
  (12, 'Umhängetasche', 8, 8, 0, 0, 0, NULL, NULL, NULL, 0.6, 0.9, 0, 8.0, 12.0, NULL),
  (14, 'Sack, grob', 11, 8, NULL, 0, NULL, NULL, NULL, NULL, 0.4, 0.1, 0, 30.0, 50.0, 'moam-0407'),
  (16, 'Satteltaschen', 12, 3, 0, 0, 0, NULL, NULL, NULL, 2.0, 3.0, 0, 20.0, 30.0, NULL),
  (18, 'Rucksack', 13, 5, 0, 0, 0, NULL, NULL, NULL, 1.5, 1.0, 0, 25.0, 40.0, 'moam-0481'),
  (19, 'Maultier', 13, 5, 0, 0, 0, 'Heißt Lotte.', NULL, NULL, 300.0, 25.0, 1, 120.0, 0.0, NULL),
  (20, 'Umhängetasche', 15, 9, 0, 0, 0, NULL, NULL, NULL, 0.6, 0.9, 0, 8.0, 12.0, NULL),
  (22, 'Sack, grob', 16, 9, NULL, 0, NULL, NULL, NULL, NULL, 0.4, 0.1, NULL, 30.0, 50.0, 'moam-0592'),
  (24, 'Satteltaschen', 21, 1, 0, 0, 0, NULL, NULL, NULL, 2.0, 3.0, 0, 20.0, 30.0, NULL);

CREATE TABLE `learning_skill_difficulties` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `description` text,
  `game_system` text DEFAULT 'midgard'
);
CREATE UNIQUE INDEX `idx_learning_skill_difficulties_name` ON `learning_skill_difficulties` (`name`);
CREATE INDEX `idx_learning_skill_difficulties_game_system` ON `learning_skill_difficulties` (`game_system`);

INSERT INTO `learning_skill_difficulties` (`id`, `name`, `description`, `game_system`) VALUES
  (8, 'schwer', 'Ohne Lehrmeister kaum zu lernen.', 'midgard'),
  (13, 'normal', NULL, 'midgard'),
  (14, 'leicht', 'Das lernt jeder, der Zeit hat.', 'midgard'),
  (15, 'sehr schwer', 'Auch mit Lehrmeister dauert es Jahre.', NULL);

CREATE TABLE `learning_spell_schools` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `description` text,
  `source_id` integer NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `quelle` text NOT NULL DEFAULT 'KOD',
  CONSTRAINT `fk_learning_spell_schools_source` FOREIGN KEY (`source_id`) REFERENCES `learning_sources` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX `idx_learning_spell_schools_name` ON `learning_spell_schools` (`name`);
CREATE INDEX `idx_learning_spell_schools_game_system` ON `learning_spell_schools` (`game_system`);
CREATE INDEX `idx_learning_spell_schools_source_id` ON `learning_spell_schools` (`source_id`);
CREATE INDEX `idx_learning_spell_schools_quelle` ON `learning_spell_schools` (`quelle`);

INSERT INTO `learning_spell_schools` (`id`, `name`, `description`, `source_id`, `game_system`, `quelle`) VALUES
  (8, 'Ruf', 'Was gerufen wird, kommt – meistens.', 12, 'midgard', 'SCH'),
  (9, 'Wandel', 'Aus einem wird ein anderes.', 4, 'midgard', 'ARK'),
  (10, 'Bann', 'Halten, hemmen, fernhalten.', 4, 'midgard', 'ARK'),
  (11, 'Dweomer', 'Die Magie der lebendigen Dinge.', 4, NULL, 'ARK'),
  (12, 'Geist', 'Gedanken, Träume, Erinnerung.', 4, 'midgard', 'ARK'),
  (13, 'Licht', 'Sehen und gesehen werden (alte Fassung).', 4, 'midgard', 'ARK'),
  (14, 'Lied', 'Zauber, die gesungen werden.', 3, 'midgard', 'GLA');

CREATE TABLE `learning_class_category_ep_costs` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `skill_category_id` integer NOT NULL,
  `ep_per_te` integer,
  `character_class` text NOT NULL DEFAULT 'Or',
  `skill_category` text NOT NULL DEFAULT 'Alltag',
  CONSTRAINT `fk_learning_class_category_ep_costs_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_class_category_ep_costs_skill_category` FOREIGN KEY (`skill_category_id`) REFERENCES `learning_skill_categories` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_learning_class_category_ep_costs_skill_category_id` ON `learning_class_category_ep_costs` (`skill_category_id`);
CREATE INDEX `idx_learning_class_category_ep_costs_cc_lass` ON `learning_class_category_ep_costs` (`character_class`);
CREATE INDEX `idx_learning_class_category_ep_costs_s_category` ON `learning_class_category_ep_costs` (`skill_category`);
CREATE INDEX `idx_learning_class_category_ep_costs_character_class_id` ON `learning_class_category_ep_costs` (`character_class_id`);

INSERT INTO `learning_class_category_ep_costs` (`id`, `character_class_id`, `skill_category_id`, `ep_per_te`, `character_class`, `skill_category`) VALUES
  (3, 17, 9, 30, 'Ba', 'Wildnis'),
  (4, 5, 9, 30, 'Sc', 'Wildnis'),
  (5, 18, 7, 10, 'Sp', 'Gassen'),
  (6, 18, 10, 10, 'Sp', 'Tiefen'),
  (7, 17, 7, 40, 'Ba', 'Gassen'),
  (8, 17, 4, 40, 'Ba', 'Körper'),
  (9, 20, 4, 30, 'Hx', 'Körper'),
  (10, 16, 6, 10, 'Dr', 'Wissen'),
  (12, 6, 2, 20, 'Wa', 'Alltag'),
  (13, 15, 3, 10, 'Kr', 'Kampf'),
  (14, 6, 7, 40, 'Wa', 'Gassen'),
  (15, 6, 10, 20, 'Wa', 'Tiefen'),
  (16, 16, 2, 20, 'Dr', 'Alltag'),
  (18, 19, 7, 50, 'Za', 'Gassen'),
  (19, 5, 5, 10, 'Sc', 'Umgang'),
  (20, 17, 2, 10, 'Ba', 'Alltag'),
  (21, 11, 6, 10, 'Hl', 'Wissen'),
  (22, 20, 5, 10, 'Hx', 'Umgang'),
  (23, 17, 5, 10, 'Ba', 'Umgang'),
  (24, 5, 7, 10, 'Sc', 'Gassen'),
  (29, 19, 5, 40, 'Za', 'Umgang'),
  (30, 19, 9, 40, 'Za', 'Wildnis'),
  (31, 11, 5, 10, 'Hl', 'Umgang'),
  (32, 6, 6, 40, 'Wa', 'Wissen'),
  (33, 17, 8, 30, 'Ba', 'Waffen'),
  (34, 4, 7, 40, 'Or', 'Gassen'),
  (35, 18, 2, 20, 'Sp', 'Alltag'),
  (36, 5, 6, 40, 'Sc', 'Wissen'),
  (42, 11, 3, 20, 'Hl', 'Kampf'),
  (43, 11, 10, 30, 'Hl', 'Tiefen'),
  (44, 5, 4, 30, 'Sc', 'Körper'),
  (45, 15, 10, 20, 'Kr', 'Tiefen'),
  (46, 5, 2, 10, 'Sc', 'Alltag'),
  (48, 16, 3, 20, 'Dr', 'Kampf'),
  (49, 4, 10, 20, 'Or', 'Tiefen'),
  (54, 16, 9, 10, 'Dr', 'Wildnis'),
  (55, 19, 8, 30, 'Za', 'Waffen'),
  (56, 18, 3, 30, 'Sp', 'Kampf'),
  (57, 16, 4, 30, 'Dr', 'Körper'),
  (58, 19, 6, 10, 'Za', 'Wissen'),
  (64, 6, 4, 10, 'Wa', 'Körper'),
  (65, 16, 8, 30, 'Dr', 'Waffen'),
  (66, 20, 9, 30, 'Hx', 'Wildnis'),
  (67, 6, 5, 40, 'Wa', 'Umgang'),
  (68, 20, 8, 30, 'Hx', 'Waffen'),
  (69, 15, 8, 20, 'Kr', 'Waffen'),
  (70, 4, 5, 10, 'Or', 'Umgang'),
  (71, 11, 2, 10, 'Hl', 'Alltag'),
  (72, 19, 2, 10, 'Za', 'Alltag'),
  (73, 18, 8, 30, 'Sp', 'Waffen'),
  (74, 5, 8, 30, 'Sc', 'Waffen'),
  (75, 16, 10, 20, 'Dr', 'Tiefen'),
  (76, 4, 2, 20, 'Or', 'Alltag'),
  (77, 11, 7, 50, 'Hl', 'Gassen'),
  (78, 15, 9, 30, 'Kr', 'Wildnis'),
  (79, 18, 4, 30, 'Sp', 'Körper'),
  (80, 15, 2, 20, 'Kr', 'Alltag'),
  (81, 4, 8, 10, 'Or', 'Waffen'),
  (82, 19, 4, 30, 'Za', 'Körper'),
  (83, 6, 9, 10, 'Wa', 'Wildnis'),
  (88, 20, 2, 10, 'Hx', 'Alltag'),
  (89, 4, 3, 20, 'Or', 'Kampf'),
  (90, 17, 6, 10, 'Ba', 'Wissen'),
  (91, 20, 6, 10, 'Hx', 'Wissen'),
  (92, 15, 4, 10, 'Kr', 'Körper'),
  (93, 4, 6, 10, 'Or', 'Wissen'),
  (94, 6, 3, 20, 'Wa', 'Kampf'),
  (96, 6, 8, 10, 'Wa', 'Waffen'),
  (98, 20, 7, 40, 'Hx', 'Gassen'),
  (99, 18, 9, 20, 'Sp', 'Wildnis');

CREATE TABLE `learning_class_spell_school_ep_costs` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_class_id` integer NOT NULL,
  `spell_school_id` integer NOT NULL,
  `ep_per_le` integer NOT NULL,
  `character_class` text NOT NULL DEFAULT 'Or',
  `spell_school` text NOT NULL DEFAULT 'Dweomer',
  CONSTRAINT `fk_learning_class_spell_school_ep_costs_character_class` FOREIGN KEY (`character_class_id`) REFERENCES `gsm_character_classes` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_class_spell_school_ep_costs_spell_school` FOREIGN KEY (`spell_school_id`) REFERENCES `learning_spell_schools` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_learning_class_spell_school_ep_costs_spell_school_id` ON `learning_class_spell_school_ep_costs` (`spell_school_id`);
CREATE INDEX `idx_learning_class_spell_school_ep_costs_cc_lass` ON `learning_class_spell_school_ep_costs` (`character_class`);
CREATE INDEX `idx_learning_class_spell_school_ep_costs_character_class_id` ON `learning_class_spell_school_ep_costs` (`character_class_id`);

INSERT INTO `learning_class_spell_school_ep_costs` (`id`, `character_class_id`, `spell_school_id`, `ep_per_le`, `character_class`, `spell_school`) VALUES
  (2, 16, 14, 90, 'Dr', 'Lied'),
  (3, 11, 10, 90, 'Hl', 'Bann'),
  (4, 11, 14, 90, 'Hl', 'Lied'),
  (5, 17, 12, 90, 'Ba', 'Geist'),
  (6, 4, 10, 60, 'Or', 'Bann'),
  (7, 20, 9, 90, 'Hx', 'Wandel'),
  (8, 19, 9, 60, 'Za', 'Wandel'),
  (9, 19, 11, 150, 'Za', 'Dweomer'),
  (13, 11, 11, 60, 'Hl', 'Dweomer'),
  (14, 4, 13, 90, 'Or', 'Licht'),
  (15, 20, 8, 90, 'Hx', 'Ruf'),
  (16, 20, 12, 90, 'Hx', 'Geist'),
  (21, 19, 10, 90, 'Za', 'Bann'),
  (22, 19, 13, 120, 'Za', 'Licht'),
  (23, 16, 8, 90, 'Dr', 'Ruf'),
  (24, 16, 11, 60, 'Dr', 'Dweomer'),
  (25, 19, 8, 120, 'Za', 'Ruf'),
  (26, 17, 14, 60, 'Ba', 'Lied'),
  (27, 19, 12, 120, 'Za', 'Geist'),
  (28, 20, 10, 120, 'Hx', 'Bann');

CREATE TABLE `learning_spell_level_le_costs` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `level` integer NOT NULL,
  `le_required` integer NOT NULL,
  `game_system` text DEFAULT 'midgard'
);
CREATE UNIQUE INDEX `idx_learning_spell_level_le_costs_level` ON `learning_spell_level_le_costs` (`level`);
CREATE INDEX `idx_learning_spell_level_le_costs_game_system` ON `learning_spell_level_le_costs` (`game_system`);

INSERT INTO `learning_spell_level_le_costs` (`id`, `level`, `le_required`, `game_system`) VALUES
  (3, 3, 2, 'midgard'),
  (4, 9, 25, 'midgard'),
  (6, 4, 3, 'midgard'),
  (11, 12, 70, NULL),
  (12, 5, 5, 'midgard'),
  (13, 6, 9, 'midgard'),
  (15, 11, 50, 'midgard'),
  (16, 8, 18, 'midgard'),
  (17, 2, 1, 'midgard'),
  (18, 10, 35, 'midgard'),
  (19, 1, 1, NULL),
  (20, 7, 12, 'midgard');

CREATE TABLE `learning_skill_category_difficulties` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `skill_id` integer NOT NULL,
  `skill_category_id` integer NOT NULL,
  `skill_difficulty_id` integer NOT NULL,
  `lern_kosten` integer NOT NULL,
  `skill_difficulty` text NOT NULL DEFAULT 'normal',
  `skill_category` text NOT NULL DEFAULT 'Alltag',
  CONSTRAINT `fk_learning_skill_category_difficulties_skill` FOREIGN KEY (`skill_id`) REFERENCES `gsm_skills` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_skill_category_difficulties_skill_category` FOREIGN KEY (`skill_category_id`) REFERENCES `learning_skill_categories` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_skill_category_difficulties_skill_difficulty` FOREIGN KEY (`skill_difficulty_id`) REFERENCES `learning_skill_difficulties` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_learning_skill_category_difficulties_skill_category_id` ON `learning_skill_category_difficulties` (`skill_category_id`);
CREATE INDEX `idx_learning_skill_category_difficulties_skill_difficulty_id` ON `learning_skill_category_difficulties` (`skill_difficulty_id`);
CREATE INDEX `idx_learning_skill_category_difficulties_skill_id` ON `learning_skill_category_difficulties` (`skill_id`);

INSERT INTO `learning_skill_category_difficulties` (`id`, `skill_id`, `skill_category_id`, `skill_difficulty_id`, `lern_kosten`, `skill_difficulty`, `skill_category`) VALUES
  (3, 117, 5, 14, 1, 'leicht', 'Umgang'),
  (7, 112, 9, 13, 1, 'normal', 'Wildnis'),
  (8, 131, 9, 13, 1, 'normal', 'Wildnis'),
  (9, 106, 3, 15, 11, 'sehr schwer', 'Kampf'),
  (15, 154, 7, 8, 3, 'schwer', 'Gassen'),
  (16, 148, 7, 8, 4, 'schwer', 'Gassen'),
  (17, 126, 2, 14, 1, 'leicht', 'Alltag'),
  (18, 116, 5, 14, 1, 'leicht', 'Umgang'),
  (19, 133, 10, 8, 4, 'schwer', 'Tiefen'),
  (20, 101, 2, 14, 1, 'leicht', 'Alltag'),
  (26, 152, 7, 8, 3, 'schwer', 'Gassen'),
  (27, 104, 9, 13, 1, 'normal', 'Wildnis'),
  (28, 105, 7, 8, 3, 'schwer', 'Gassen'),
  (34, 116, 2, 14, 2, 'leicht', 'Alltag'),
  (35, 149, 9, 14, 1, 'leicht', 'Wildnis'),
  (36, 145, 9, 13, 1, 'normal', 'Wildnis'),
  (37, 140, 3, 8, 4, 'schwer', 'Kampf'),
  (38, 122, 7, 8, 3, 'schwer', 'Gassen'),
  (39, 144, 2, 14, 1, 'leicht', 'Alltag'),
  (40, 143, 9, 13, 1, 'normal', 'Wildnis'),
  (41, 155, 10, 14, 2, 'leicht', 'Tiefen'),
  (42, 115, 4, 8, 4, 'schwer', 'Körper'),
  (43, 154, 10, 13, 2, 'normal', 'Tiefen'),
  (44, 108, 6, 13, 1, 'normal', 'Wissen'),
  (45, 150, 2, 13, 1, 'normal', 'Alltag'),
  (46, 109, 2, 14, 1, 'leicht', 'Alltag'),
  (47, 124, 2, 13, 2, 'normal', 'Alltag'),
  (48, 112, 2, 14, 1, 'leicht', 'Alltag'),
  (49, 143, 7, 13, 1, 'normal', 'Gassen'),
  (50, 157, 7, 13, 2, 'normal', 'Gassen'),
  (51, 139, 9, 14, 1, 'leicht', 'Wildnis'),
  (52, 101, 6, 14, 1, 'leicht', 'Wissen'),
  (53, 133, 9, 13, 1, 'normal', 'Wildnis'),
  (59, 147, 4, 14, 1, 'leicht', 'Körper'),
  (60, 139, 7, 13, 1, 'normal', 'Gassen'),
  (61, 156, 3, 13, 2, 'normal', 'Kampf'),
  (62, 135, 5, 13, 1, 'normal', 'Umgang'),
  (63, 135, 7, 14, 2, 'leicht', 'Gassen'),
  (64, 107, 9, 13, 1, 'normal', 'Wildnis'),
  (65, 114, 5, 13, 1, 'normal', 'Umgang'),
  (66, 111, 2, 13, 1, 'normal', 'Alltag'),
  (67, 105, 10, 8, 4, 'schwer', 'Tiefen'),
  (70, 122, 5, 13, 1, 'normal', 'Umgang'),
  (71, 152, 9, 8, 3, 'schwer', 'Wildnis'),
  (72, 115, 7, 8, 3, 'schwer', 'Gassen'),
  (74, 114, 6, 13, 2, 'normal', 'Wissen'),
  (75, 156, 5, 13, 1, 'normal', 'Umgang'),
  (76, 125, 6, 13, 1, 'normal', 'Wissen'),
  (77, 138, 6, 8, 3, 'schwer', 'Wissen'),
  (78, 155, 6, 13, 1, 'normal', 'Wissen'),
  (79, 157, 4, 14, 1, 'leicht', 'Körper'),
  (80, 103, 2, 8, 3, 'schwer', 'Alltag'),
  (81, 132, 5, 8, 3, 'schwer', 'Umgang'),
  (82, 145, 6, 13, 2, 'normal', 'Wissen'),
  (83, 141, 5, 13, 1, 'normal', 'Umgang'),
  (84, 136, 6, 8, 3, 'schwer', 'Wissen'),
  (85, 142, 4, 14, 1, 'leicht', 'Körper'),
  (86, 126, 3, 13, 2, 'normal', 'Kampf'),
  (87, 108, 9, 13, 1, 'normal', 'Wildnis'),
  (88, 143, 10, 13, 2, 'normal', 'Tiefen'),
  (89, 153, 2, 14, 1, 'leicht', 'Alltag'),
  (94, 131, 6, 13, 2, 'normal', 'Wissen'),
  (95, 110, 4, 14, 1, 'leicht', 'Körper'),
  (96, 137, 4, 13, 1, 'normal', 'Körper'),
  (97, 113, 5, 14, 1, 'leicht', 'Umgang'),
  (98, 123, 4, 13, 1, 'normal', 'Körper'),
  (99, 102, 3, 8, 4, 'schwer', 'Kampf'),
  (100, 146, 7, 14, 1, 'leicht', 'Gassen'),
  (101, 142, 3, 13, 2, 'normal', 'Kampf');

CREATE TABLE `gsm_weaponskills` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `initialwert` integer NOT NULL DEFAULT 5,
  `basis_wert` integer NOT NULL DEFAULT 0,
  `bonuseigenschaft` text,
  `improvable` numeric NOT NULL DEFAULT 1,
  `innate_skill` numeric NOT NULL DEFAULT 0,
  `category` text,
  `difficulty` text
);
CREATE INDEX `idx_gsm_weaponskills_game_system` ON `gsm_weaponskills` (`game_system`);
CREATE INDEX `idx_gsm_weaponskills_source_id` ON `gsm_weaponskills` (`source_id`);
CREATE INDEX `idx_gsm_weaponskills_name` ON `gsm_weaponskills` (`name`);

INSERT INTO `gsm_weaponskills` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `initialwert`, `basis_wert`, `bonuseigenschaft`, `improvable`, `innate_skill`, `category`, `difficulty`) VALUES
  (6, 'Dolche', 'midgard', 'Alle Waffen dieser Art.', NULL, 13, 160, 5, 0, 'Gs', 1, 0, 'Waffen', 'leicht'),
  (7, 'Schleudern', 'midgard', 'Alle Waffen dieser Art.', NULL, 13, 164, 4, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (11, 'Schilde', 'midgard', NULL, NULL, 13, 164, 1, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (12, 'Bögen', NULL, NULL, NULL, 13, 163, 5, 0, 'Gs', 1, 0, 'Waffen', 'schwer'),
  (13, 'Stöcke', 'midgard', 'Alle Waffen dieser Art.', NULL, 13, 163, 5, 0, 'Gs', 1, 0, 'Waffen', 'leicht'),
  (14, 'Stangenwaffen', 'midgard', NULL, NULL, 13, 164, 5, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (15, 'Speere', 'midgard', NULL, NULL, 13, 162, 5, 0, 'Gs', 1, 0, 'Waffen', 'leicht'),
  (16, 'Kurzschwerter', 'midgard', NULL, NULL, 13, 160, 5, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (17, 'Wurfwaffen', 'midgard', NULL, NULL, 13, 164, 4, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (18, 'Anderthalbhänder', 'midgard', 'Alle Waffen dieser Art.', NULL, 13, 161, 4, 0, 'Gs', 1, 0, 'Waffen', 'schwer'),
  (19, 'Keulen und Kolben', NULL, 'Alle Waffen dieser Art.', NULL, 13, 162, 5, 0, 'St', 1, 0, 'Waffen', 'leicht'),
  (20, 'Zweihandäxte', 'midgard', NULL, NULL, 13, 161, 4, 0, 'St', 1, 0, 'Waffen', 'schwer'),
  (21, 'Armbrüste', 'midgard', NULL, NULL, 13, 163, 5, 0, 'Gs', 1, 0, 'Waffen', 'leicht'),
  (22, 'Langschwerter', 'midgard', NULL, NULL, 13, 162, 5, 0, 'Gs', 1, 0, 'Waffen', 'normal'),
  (23, 'Äxte', 'midgard', NULL, NULL, 13, 161, 5, 0, 'St', 1, 0, 'Waffen', 'normal');

CREATE TABLE `learning_weaponskill_category_difficulties` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `weapon_skill_id` integer NOT NULL,
  `skill_category_id` integer NOT NULL,
  `skill_difficulty_id` integer NOT NULL,
  `lern_kosten` integer NOT NULL,
  `skill_difficulty` text NOT NULL DEFAULT 'normal',
  `skill_category` text NOT NULL DEFAULT 'Waffen',
  CONSTRAINT `fk_learning_weaponskill_category_difficulties_weapon_skill` FOREIGN KEY (`weapon_skill_id`) REFERENCES `gsm_weaponskills` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_weaponskill_category_difficulties_skill_category` FOREIGN KEY (`skill_category_id`) REFERENCES `learning_skill_categories` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_learning_weaponskill_category_difficulties_skill_difficulty` FOREIGN KEY (`skill_difficulty_id`) REFERENCES `learning_skill_difficulties` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_learning_weaponskill_category_difficulties_skill_category_id` ON `learning_weaponskill_category_difficulties` (`skill_category_id`);
CREATE INDEX `idx_learning_weaponskill_category_difficulties_skill_dif38d6617c` ON `learning_weaponskill_category_difficulties` (`skill_difficulty_id`);
CREATE INDEX `idx_learning_weaponskill_category_difficulties_weapon_skill_id` ON `learning_weaponskill_category_difficulties` (`weapon_skill_id`);

INSERT INTO `learning_weaponskill_category_difficulties` (`id`, `weapon_skill_id`, `skill_category_id`, `skill_difficulty_id`, `lern_kosten`, `skill_difficulty`, `skill_category`) VALUES
  (6, 16, 8, 13, 4, 'normal', 'Waffen'),
  (7, 12, 8, 8, 6, 'schwer', 'Waffen'),
  (8, 11, 8, 13, 4, 'normal', 'Waffen'),
  (9, 19, 8, 14, 2, 'leicht', 'Waffen'),
  (10, 7, 8, 13, 4, 'normal', 'Waffen'),
  (11, 22, 8, 13, 5, 'normal', 'Waffen'),
  (12, 13, 8, 14, 2, 'leicht', 'Waffen'),
  (13, 17, 8, 13, 4, 'normal', 'Waffen'),
  (14, 20, 8, 8, 6, 'schwer', 'Waffen'),
  (15, 23, 8, 13, 4, 'normal', 'Waffen'),
  (17, 18, 8, 8, 6, 'schwer', 'Waffen'),
  (18, 6, 8, 14, 2, 'leicht', 'Waffen'),
  (21, 15, 8, 14, 2, 'leicht', 'Waffen'),
  (22, 21, 8, 14, 3, 'leicht', 'Waffen'),
  (23, 14, 8, 13, 4, 'normal', 'Waffen');

CREATE TABLE `learning_skill_improvement_costs` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `current_level` integer NOT NULL,
  `te_required` integer NOT NULL,
  `skill_category_difficulty_id` integer NOT NULL,
  CONSTRAINT `fk_learning_skill_improvement_costs_skill_category_difficulty` FOREIGN KEY (`skill_category_difficulty_id`) REFERENCES `learning_skill_category_difficulties` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `idx_learning_skill_improvement_costs_current_level` ON `learning_skill_improvement_costs` (`current_level`);
CREATE INDEX `idx_learning_skill_improvement_costs_skill_category_diff411ad55b` ON `learning_skill_improvement_costs` (`skill_category_difficulty_id`);

INSERT INTO `learning_skill_improvement_costs` (`id`, `current_level`, `te_required`, `skill_category_difficulty_id`) VALUES
  (5, 9, 1, 17),
  (6, 10, 1, 17),
  (7, 11, 1, 17),
  (8, 12, 2, 17),
  (9, 13, 2, 17),
  (10, 14, 3, 17),
  (11, 15, 6, 17),
  (12, 16, 5, 17),
  (13, 9, 1, 45),
  (14, 10, 1, 45),
  (15, 11, 1, 45),
  (16, 12, 2, 45),
  (17, 13, 2, 45),
  (18, 14, 2, 45),
  (19, 15, 5, 45),
  (20, 16, 5, 45),
  (21, 9, 4, 15),
  (22, 10, 4, 15),
  (23, 11, 5, 15),
  (24, 12, 8, 15),
  (28, 13, 9, 15),
  (29, 14, 8, 15),
  (30, 15, 20, 15),
  (31, 16, 20, 15),
  (32, 9, 10, 9),
  (33, 10, 10, 9),
  (34, 11, 10, 9),
  (35, 12, 21, 9),
  (36, 9, 1, 59),
  (37, 10, 1, 59),
  (38, 11, 1, 59),
  (39, 12, 2, 59),
  (40, 13, 2, 59),
  (41, 14, 2, 59),
  (42, 15, 5, 59),
  (43, 16, 5, 59),
  (44, 9, 3, 42),
  (49, 10, 3, 42),
  (50, 11, 4, 42),
  (56, 12, 6, 42),
  (61, 13, 6, 42),
  (62, 14, 7, 42),
  (63, 15, 15, 42),
  (64, 16, 15, 42),
  (65, 9, 2, 7),
  (68, 10, 2, 7),
  (69, 11, 2, 7),
  (70, 12, 4, 7),
  (71, 13, 4, 7),
  (72, 14, 4, 7),
  (73, 15, 10, 7),
  (74, 16, 10, 7),
  (75, 9, 3, 77),
  (76, 10, 4, 77),
  (77, 11, 3, 77),
  (78, 12, 6, 77),
  (79, 13, 6, 77),
  (80, 14, 6, 77),
  (81, 15, 15, 77),
  (82, 16, 15, 77);

CREATE TABLE `gsm_equipments` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `personal_item` numeric NOT NULL DEFAULT 0,
  `kategorie_alt` text
);
CREATE INDEX `idx_gsm_equipments_game_system` ON `gsm_equipments` (`game_system`);
CREATE INDEX `idx_gsm_equipments_source_id` ON `gsm_equipments` (`source_id`);
CREATE INDEX `idx_gsm_equipments_name` ON `gsm_equipments` (`name`);

INSERT INTO `gsm_equipments` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `gewicht`, `wert`, `personal_item`, `kategorie_alt`) VALUES
  (8, 'Pergament, Bogen', 'midgard', NULL, NULL, 11, 53, 0.01, 0.1, 0, 'Haushalt'),
  (9, 'Angelhaken', 'midgard', NULL, NULL, 11, 54, 0.01, 0.05, 0, 'Reise'),
  (10, 'Seil, 15 m', 'midgard', 'Hanf, trägt drei Personen, wenn sie stillhalten.', NULL, 13, 50, 2.5, 0.5, 0, NULL),
  (11, 'Zelt, zwei Personen', NULL, NULL, NULL, 13, 53, 8.0, 6.0, 0, 'Haushalt'),
  (12, 'Gänsefeder', 'midgard', NULL, NULL, 11, 53, 0.01, 0.02, 0, 'Reise'),
  (13, 'Gegengift', 'midgard', 'Gegen Schlangen, nicht gegen Köche.', NULL, 11, 55, 0.1, 60.0, 0, NULL),
  (14, 'Heiltrank', 'midgard', 'Schmeckt nach nassem Hund, hilft aber.', NULL, 11, 55, 0.3, 25.0, 0, 'Haushalt'),
  (15, 'Pfeife und Tabak', 'midgard', NULL, NULL, 13, 56, 0.1, 0.6, 1, 'Reise'),
  (21, 'Kerze', 'midgard', NULL, NULL, 11, 51, 0.1, 0.01, 0, NULL),
  (22, 'Würfel, ein Paar', 'midgard', NULL, NULL, 11, 56, 0.02, 0.1, 1, 'Haushalt'),
  (23, 'Trommel', NULL, NULL, NULL, 11, 57, 2.0, 4.0, 0, 'Reise'),
  (24, 'Flöte', 'midgard', NULL, NULL, 11, 57, 0.2, 2.0, 0, NULL),
  (27, 'Weihwasser, Fläschchen', 'midgard', NULL, NULL, 11, 55, 0.2, 5.0, 0, 'Haushalt'),
  (28, 'Kochtopf, eisern', 'midgard', NULL, NULL, 11, 54, 3.0, 1.8, 0, 'Reise'),
  (29, 'Lampenöl, Krug', 'midgard', NULL, NULL, 13, 51, 1.2, 0.3, 0, NULL),
  (30, 'Seil, seiden, 15 m', 'midgard', NULL, NULL, 11, 50, 0.8, 12.0, 0, 'Haushalt'),
  (31, 'Zunderdose', 'midgard', NULL, NULL, 11, 51, 0.2, 0.4, 0, 'Reise'),
  (32, 'Stiefel, gefüttert', NULL, NULL, NULL, 11, 59, 1.8, 3.0, 1, NULL),
  (33, 'Löffel, hölzern', 'midgard', NULL, NULL, 11, 54, 0.05, 0.02, 1, 'Haushalt'),
  (34, 'Fackel', 'midgard', NULL, NULL, 11, 50, 0.5, 0.02, 0, 'Reise'),
  (35, 'Dietriche', 'midgard', NULL, NULL, 11, 52, 0.2, 5.0, 0, NULL),
  (36, 'Festkleidung', 'midgard', NULL, NULL, 11, 59, 3.0, 27.0, 1, 'Haushalt'),
  (38, 'Handschuhe', 'midgard', NULL, NULL, 11, 59, 0.2, 0.7, 1, 'Reise'),
  (43, 'Spiegel, klein', 'midgard', NULL, NULL, 11, 56, 0.2, 8.0, 0, NULL),
  (44, 'Wolfspelzmantel', NULL, NULL, NULL, 11, 58, 4.0, 20.0, 1, 'Haushalt'),
  (45, 'Sattel', 'midgard', NULL, NULL, 11, 57, 12.0, 9.0, 0, 'Reise'),
  (46, 'Hufeisen, vier Stück', 'midgard', NULL, NULL, 13, 57, 2.0, 1.0, 0, NULL),
  (47, 'Satteldecke', 'midgard', NULL, NULL, 11, 58, 2.0, 1.0, 0, 'Haushalt'),
  (48, 'Wurfhaken', 'midgard', NULL, NULL, 11, 50, 1.0, 1.5, 0, 'Reise'),
  (49, 'Glücksbringer vom Jahrmarkt', 'midgard', 'Hilft, wenn man daran glaubt. 🍀', NULL, NULL, NULL, 0.05, 0.45, 1, NULL),
  (50, 'Tinte, Fässchen', 'midgard', NULL, NULL, 11, 52, 0.2, 1.0, 0, 'Haushalt'),
  (51, 'Verbandszeug', NULL, NULL, NULL, 13, 55, 0.5, 1.0, 0, 'Reise'),
  (52, 'Öllampe', 'midgard', NULL, NULL, 11, 51, 0.6, 0.8, 0, NULL),
  (53, 'Schlafdecke', 'midgard', NULL, NULL, 11, 53, 2.0, 0.8, 0, 'Haushalt'),
  (54, 'Fischernetz', 'midgard', NULL, NULL, 11, 54, 4.0, 3.0, 0, 'Reise'),
  (55, 'Feuerstein und Stahl', 'midgard', NULL, NULL, 11, 52, 0.3, 0.3, 0, NULL),
  (56, 'Reisekleidung', 'midgard', NULL, NULL, 13, 58, 2.5, 2.0, 1, 'Haushalt'),
  (57, 'Laute', 'midgard', NULL, NULL, 11, 56, 1.5, 22.5, 0, 'Reise');

CREATE TABLE `gsm_weapons` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `personal_item` numeric NOT NULL DEFAULT 0,
  `skill_required` text,
  `damage` text,
  `reichweite_nah` integer,
  `reichweite_mittel` integer,
  `reichweite_fern` integer
);
CREATE INDEX `idx_gsm_weapons_game_system` ON `gsm_weapons` (`game_system`);
CREATE INDEX `idx_gsm_weapons_source_id` ON `gsm_weapons` (`source_id`);
CREATE INDEX `idx_gsm_weapons_name` ON `gsm_weapons` (`name`);

INSERT INTO `gsm_weapons` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `gewicht`, `wert`, `personal_item`, `skill_required`, `damage`, `reichweite_nah`, `reichweite_mittel`, `reichweite_fern`) VALUES
  (9, 'Krummsäbel', 'midgard', NULL, NULL, 13, 181, 1.4, 22.0, 0, 'Langschwerter', '1W6+1', NULL, NULL, NULL),
  (10, 'Schleuder', 'midgard', NULL, NULL, 13, 184, 0.1, 0.2, 0, 'Schleudern', '1W6-2', 10, 30, 60),
  (11, 'Knüppel', 'midgard', NULL, NULL, 13, 182, 1.2, 0.1, 0, 'Keulen und Kolben', '1W6-1', NULL, NULL, NULL),
  (12, 'Streitkolben', NULL, NULL, NULL, 13, 182, 2.0, 6.0, 0, 'Keulen und Kolben', '1W6', NULL, NULL, NULL),
  (13, 'Bartaxt, zweihändig', 'midgard', 'Zweihändig zu führen.', NULL, 13, 181, 4.0, 16.0, 0, 'Zweihandäxte', '2W6', NULL, NULL, NULL),
  (14, 'Hirschfänger', 'midgard', NULL, NULL, 13, 180, 0.9, 21.0, 0, 'Kurzschwerter', '1W6', NULL, NULL, NULL),
  (15, 'Kurzbogen', 'midgard', NULL, NULL, 13, 183, 0.8, 8.0, 0, 'Bögen', '1W6-1', 15, 45, 90),
  (16, 'Morgenstern', 'midgard', NULL, NULL, 13, 182, 2.4, 11.0, 0, 'Keulen und Kolben', '1W6+1', NULL, NULL, NULL),
  (17, 'Rundschild', 'midgard', NULL, NULL, 13, 184, 3.0, 4.0, 0, 'Schilde', '1W6-2', NULL, NULL, NULL),
  (18, 'Schwere Armbrust', 'midgard', NULL, NULL, 13, 184, 6.0, 35.0, 0, 'Armbrüste', '1W6+2', 30, 80, 200),
  (19, 'Hellebarde', NULL, 'Zweihändig zu führen.', NULL, 13, 182, 4.5, 12.0, 0, 'Stangenwaffen', '2W6-1', NULL, NULL, NULL),
  (20, 'Wurfmesser', 'midgard', NULL, NULL, 13, 180, 0.3, 2.0, 0, 'Wurfwaffen', '1W6-2', 3, 6, 12),
  (21, 'Beil', 'midgard', NULL, NULL, 13, 181, 0.9, 1.5, 0, 'Äxte', '1W6', NULL, NULL, NULL),
  (22, 'Kurzschwert', 'midgard', NULL, NULL, 13, 180, 1.0, 15.0, 0, 'Kurzschwerter', '1W6', NULL, NULL, NULL),
  (23, 'Kampfstab', 'midgard', NULL, NULL, 13, 183, 1.5, 0.5, 0, 'Stöcke', '1W6-1', NULL, NULL, NULL),
  (24, 'Streitaxt', 'midgard', NULL, NULL, 13, 181, 2.5, 9.0, 0, 'Äxte', '1W6+1', NULL, NULL, NULL),
  (25, 'Anderthalbhänder', 'midgard', NULL, NULL, 13, 181, 2.2, 35.0, 0, 'Anderthalbhänder', '1W6+2', NULL, NULL, NULL),
  (26, 'Langschwert', NULL, NULL, NULL, 13, 180, 1.5, 20.0, 0, 'Langschwerter', '1W6+1', NULL, NULL, NULL),
  (27, 'Jagdspieß', 'midgard', NULL, NULL, 13, 183, 2.2, 3.0, 0, 'Speere', '1W6+1', NULL, NULL, NULL),
  (33, 'Wurfspieß', 'midgard', NULL, NULL, 13, 183, 1.0, 1.2, 0, 'Wurfwaffen', '1W6', 10, 20, 40),
  (34, 'Dolch', 'midgard', NULL, NULL, 13, 180, 0.5, 2.0, 0, 'Dolche', '1W6-1', NULL, NULL, NULL),
  (35, 'Leichte Armbrust', 'midgard', NULL, NULL, 13, 184, 3.0, 27.0, 0, 'Armbrüste', '1W6', 20, 60, 120),
  (36, 'Langbogen', 'midgard', NULL, NULL, 13, 183, 1.1, 15.0, 0, 'Bögen', '1W6', 30, 90, 180);

CREATE TABLE `gsm_containers` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `personal_item` numeric NOT NULL DEFAULT 0,
  `tragkraft` real NOT NULL DEFAULT 0,
  `volumen` real NOT NULL DEFAULT 0
);
CREATE INDEX `idx_gsm_containers_game_system` ON `gsm_containers` (`game_system`);
CREATE INDEX `idx_gsm_containers_source_id` ON `gsm_containers` (`source_id`);
CREATE INDEX `idx_gsm_containers_name` ON `gsm_containers` (`name`);

INSERT INTO `gsm_containers` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `gewicht`, `wert`, `personal_item`, `tragkraft`, `volumen`) VALUES
  (8, 'Kräuterkästchen', 'midgard', NULL, NULL, 11, 62, 0.8, 6.0, 0, 2.0, 3.0),
  (9, 'Sack, grob', 'midgard', NULL, NULL, 11, 62, 0.4, 0.1, 0, 30.0, 50.0),
  (10, 'Satteltaschen', 'midgard', NULL, NULL, 11, 62, 2.0, 3.0, 0, 20.0, 30.0),
  (15, 'Fass, 30 Liter', NULL, NULL, NULL, 11, 62, 5.0, 1.5, 0, 35.0, 30.0),
  (16, 'Köcher', 'midgard', NULL, NULL, 11, 62, 0.5, 1.0, 0, 3.0, 4.0),
  (17, 'Umhängetasche', 'midgard', NULL, NULL, 11, 62, 0.6, 0.9, 0, 8.0, 12.0),
  (18, 'Weinschlauch', 'midgard', NULL, NULL, 11, 62, 0.3, 0.5, 0, 5.0, 5.0),
  (19, 'Truhe, klein', 'midgard', NULL, NULL, 11, 62, 6.0, 4.0, 0, 40.0, 60.0),
  (20, 'Truhe, groß', 'midgard', NULL, NULL, 11, 62, 18.0, 12.0, 0, 120.0, 200.0),
  (21, 'Geldbeutel', 'midgard', NULL, NULL, 11, 62, 0.1, 0.2, 1, 2.0, 1.0),
  (22, 'Rucksack', NULL, NULL, NULL, 11, 62, 1.5, 1.0, 0, 25.0, 40.0);

CREATE TABLE `gsm_transportations` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer,
  `gewicht` real NOT NULL DEFAULT 0,
  `wert` real NOT NULL DEFAULT 0,
  `personal_item` numeric NOT NULL DEFAULT 0,
  `tragkraft` real NOT NULL DEFAULT 0,
  `volumen` real NOT NULL DEFAULT 0
);
CREATE INDEX `idx_gsm_transportations_game_system` ON `gsm_transportations` (`game_system`);
CREATE INDEX `idx_gsm_transportations_source_id` ON `gsm_transportations` (`source_id`);
CREATE INDEX `idx_gsm_transportations_name` ON `gsm_transportations` (`name`);

INSERT INTO `gsm_transportations` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`, `gewicht`, `wert`, `personal_item`, `tragkraft`, `volumen`) VALUES
  (7, 'Ruderboot', 'midgard', NULL, NULL, 11, 70, 120.0, 30.0, 0, 400.0, 900.0),
  (8, 'Schlitten', 'midgard', NULL, NULL, 11, 70, 40.0, 10.0, 0, 300.0, 800.0),
  (9, 'Handkarren', 'midgard', NULL, NULL, 11, 70, 25.0, 5.0, 0, 150.0, 400.0),
  (10, 'Maultier', NULL, NULL, NULL, 11, 70, 300.0, 25.0, 0, 120.0, 0.0),
  (11, 'Planwagen', 'midgard', 'Braucht zwei Pferde und eine Straße.', NULL, 11, 70, 400.0, 80.0, 0, 1200.0, 4000.0),
  (12, 'Esel', 'midgard', 'Geht, wohin er will, und trägt es dorthin.', NULL, 11, 70, 150.0, 18.0, 0, 60.0, 0.0),
  (13, 'Flusskahn', 'midgard', 'Mit Segel und vier Mann.', NULL, 11, 70, 2500.0, 400.0, 0, 9000.0, 20000.0),
  (14, 'Reitpferd', 'midgard', NULL, NULL, 11, 70, 450.0, 120.0, 0, 110.0, 0.0),
  (15, 'Packpferd', 'midgard', 'Ruhig, breit, hungrig.', NULL, 11, 70, 480.0, 60.0, 0, 160.0, 0.0);

CREATE TABLE `gsm_believes` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `game_system` text DEFAULT 'midgard',
  `beschreibung` text,
  `quelle` text,
  `source_id` integer,
  `page_number` integer
);
CREATE INDEX `idx_gsm_believes_game_system` ON `gsm_believes` (`game_system`);
CREATE INDEX `idx_gsm_believes_source_id` ON `gsm_believes` (`source_id`);
CREATE INDEX `idx_gsm_believes_name` ON `gsm_believes` (`name`);

INSERT INTO `gsm_believes` (`id`, `name`, `game_system`, `beschreibung`, `quelle`, `source_id`, `page_number`) VALUES
  (2, 'Der Fährmann', 'midgard', 'Begleiter der Toten, Schutzherr der Zöllner.', NULL, 3, 20),
  (6, 'Mutter Ähre', 'midgard', 'Göttin der Felder und der Backöfen.', NULL, 3, 20),
  (7, 'Sankt Wendelin vom Weg', 'midgard', 'Bewahrt Reisende vor Umwegen.', NULL, 3, 20),
  (11, 'Kein Glaube', NULL, 'Auch das ist eine Angabe.', NULL, 3, 20),
  (12, 'Der Schweigende', 'midgard', 'Hat keine Priester, nur Gläubige.', NULL, 3, 20),
  (13, 'Ahnenverehrung', 'midgard', NULL, NULL, 3, 22),
  (17, 'Der Rote Hund', 'midgard', 'Gott des Krieges, hungrig.', NULL, 3, 20),
  (18, 'Die Drei Schwestern', 'midgard', 'Anfang, Mitte und Schluss.', NULL, 3, 20),
  (19, 'Die Alte am Brunnen', 'midgard', 'Sie hört zu und vergisst nichts.', NULL, 3, 20);

CREATE TABLE `gsm_misc` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `key` text NOT NULL,
  `value` text NOT NULL,
  `source_id` integer,
  `page_number` integer
);
CREATE INDEX `idx_gsm_misc_source_id` ON `gsm_misc` (`source_id`);
CREATE INDEX `idx_gsm_misc_key` ON `gsm_misc` (`key`);

INSERT INTO `gsm_misc` (`id`, `key`, `value`, `source_id`, `page_number`) VALUES
  (9, 'herkunft', 'Küste', NULL, NULL),
  (10, 'stand', 'Unfreie', 13, 41),
  (11, 'hand', 'beidhändig', NULL, NULL),
  (12, 'rasse', 'Wolkenriese', 5, NULL),
  (13, 'stand', 'Volk', 13, 41),
  (19, 'stand', 'Mittelschicht', 13, 43),
  (21, 'augenfarbe', 'braun', NULL, NULL),
  (22, 'anrede', 'sie', NULL, NULL),
  (23, 'herkunft', 'Hochland', NULL, NULL),
  (24, 'rasse', 'Zwerg', 13, 30),
  (25, 'augenfarbe', 'blau', NULL, NULL),
  (26, 'haarfarbe', 'blond', NULL, NULL),
  (27, 'hand', 'links', NULL, NULL),
  (28, 'rasse', 'Elf', 13, 32),
  (29, 'herkunft', 'Große Stadt', NULL, NULL),
  (30, 'rasse', 'Mensch', 13, 30),
  (31, 'haarfarbe', 'braun', NULL, NULL),
  (32, 'rasse', 'Halbling', 13, 30),
  (33, 'haarfarbe', 'weiß', NULL, NULL),
  (37, 'gewichtseinheit', 'Pfund', NULL, NULL),
  (38, 'haarfarbe', 'rot', NULL, NULL),
  (39, 'herkunft', 'Salzwüste', NULL, 2),
  (40, 'gewichtseinheit', 'kg', NULL, NULL),
  (41, 'stand', 'Adel', 13, 41),
  (42, 'augenfarbe', 'grau', NULL, NULL),
  (48, 'haarfarbe', 'schwarz', NULL, NULL),
  (49, 'anrede', 'er', NULL, NULL),
  (50, 'herkunft', 'Flusstal', NULL, NULL),
  (51, 'hand', 'rechts', NULL, NULL),
  (52, 'augenfarbe', 'grün', NULL, 2),
  (53, 'rasse', 'Gnom', 13, 30);

CREATE TABLE `schema_version` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `version` text NOT NULL,
  `migration_number` integer NOT NULL,
  `applied_at` integer,
  `backend_version` text NOT NULL,
  `description` text,
  `checksum` text
);
CREATE INDEX `idx_schema_version_version` ON `schema_version` (`version`);
CREATE INDEX `idx_schema_version_migration_number` ON `schema_version` (`migration_number`);

INSERT INTO `schema_version` (`id`, `version`, `migration_number`, `applied_at`, `backend_version`, `description`, `checksum`) VALUES
  (1, '0.3.9', 0, 1748736000, '0.3.9', 'vor der Zählung', NULL),
  (2, '0.4.0', 1, 1764547200, '0.4.0', 'Initial schema version tracking', NULL);

CREATE TABLE `migration_history` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `migration_number` integer NOT NULL,
  `version` text NOT NULL,
  `description` text NOT NULL,
  `applied_at` integer,
  `applied_by` text,
  `execution_time_ms` integer,
  `success` numeric NOT NULL DEFAULT 1,
  `error_message` text,
  `rollback_available` numeric NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX `idx_migration_history_migration_number` ON `migration_history` (`migration_number`);
CREATE INDEX `idx_migration_history_version` ON `migration_history` (`version`);

INSERT INTO `migration_history` (`id`, `migration_number`, `version`, `description`, `applied_at`, `applied_by`, `execution_time_ms`, `success`, `error_message`, `rollback_available`) VALUES
  (1, 1, '0.4.0', 'Initial schema version tracking', 1764547200, 'deploy', 412, 1, NULL, 1);

CREATE TABLE `audit_log_entries` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `character_id` integer NOT NULL,
  `field_name` text NOT NULL,
  `old_value` integer,
  `new_value` integer,
  `difference` integer,
  `reason` text,
  `user_id` integer,
  `timestamp` datetime,
  `notes` text
);
CREATE INDEX `idx_audit_log_entries_character_id` ON `audit_log_entries` (`character_id`);

INSERT INTO `audit_log_entries` (`id`, `character_id`, `field_name`, `old_value`, `new_value`, `difference`, `reason`, `user_id`, `timestamp`, `notes`) VALUES
  (1, 1, 'ep', 120, 95, -25, 'Gelernt: Reiten +8', 2, '2025-11-01 19:41:00.000', NULL),
  (2, 1, 'lp', 14, 11, -3, 'Sturz vom Pferd', 2, '2025-12-02 19:42:00.000', NULL),
  (3, 3, 'ap', 30, 24, -6, 'Zauber: Gleißen', 2, '2025-10-03 19:43:00.000', 'Sagt immer: "Das war schon so."'),
  (4, 7, 'goldstuecke', 300, 12, -288, 'Spende an den Orden 🙏', 2, '2025-11-04 19:44:00.000', NULL),
  (5, 11, 'grad', 13, 14, 1, NULL, 2, '2025-12-05 19:45:00.000', 'Zeile eins
Zeile zwei'),
  (6, 99, 'ep', 10, 0, -10, 'Figur gelöscht', NULL, '2025-10-06 19:46:00.000', NULL),
  (7, 13, 'sg', 0, 1, 1, 'Rotmantels "Glück"', 2, '2025-11-07 19:47:00.000', 'It''s complicated; DROP TABLE träume; --');

-- The new improvement costs were tried out under another name first.
CREATE TABLE `skill_improvement_cost2` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `skill_category_id` integer NOT NULL DEFAULT 1,
  `skill_difficulty_id` integer NOT NULL DEFAULT 1,
  `current_level` integer NOT NULL,
  `te_required` integer NOT NULL
);
CREATE INDEX `idx_skill_improvement_cost2_current_level` ON `skill_improvement_cost2` (`current_level`);
INSERT INTO `skill_improvement_cost2` (`id`, `skill_category_id`, `skill_difficulty_id`, `current_level`, `te_required`) VALUES
  (1, 1, 1, 9, 1),
  (2, 1, 1, 10, 1),
  (3, 1, 2, 9, 2);

-- No description declares this one: queries that the administrators keep for themselves.
CREATE TABLE `admin_bookmarks` (
  `id` integer PRIMARY KEY AUTOINCREMENT,
  `label` text NOT NULL,
  `query` text NOT NULL
);
INSERT INTO `admin_bookmarks` (`id`, `label`, `query`) VALUES
  (1, 'Wer spielt noch?', 'SELECT username FROM users WHERE updated_at IS NOT NULL'),
  (2, 'Größte Börse 💰', 'SELECT name, goldstuecke FROM char_wealth ORDER BY goldstuecke DESC LIMIT 1');

CREATE VIEW `tischrunde` AS
  SELECT c.id AS figur_id, c.name AS figur, c.grad, u.username AS spieler
  FROM char_chars c JOIN users u ON u.user_id = c.user_id;

CREATE TRIGGER `grad_merken` AFTER UPDATE OF `grad` ON `char_chars` WHEN NEW.grad IS NOT OLD.grad BEGIN
  INSERT INTO `audit_log_entries` (`character_id`, `field_name`, `old_value`, `new_value`, `difference`, `user_id`, `timestamp`)
  VALUES (NEW.id, 'grad', OLD.grad, NEW.grad, NEW.grad - OLD.grad, NEW.user_id, strftime('%Y-%m-%d %H:%M:%f', 'now'));
END;

COMMIT;
