INSERT INTO event_data VALUES (1, 42, '{}');
INSERT INTO events VALUES (1, 'state_changed', NULL, 'LOCAL', '2022-01-01 00:00:00', 'abc', 1);
INSERT INTO states VALUES (1, 'sun.sun', 'above', NULL, 1, '2022-01-01', '2022-01-01', NULL), (2, 'sun.sun', 'below', NULL, NULL, NULL, '2022-01-02', 1);
INSERT INTO statistics_meta VALUES (1, 'energy', 'kWh', 1);
INSERT INTO statistics VALUES (1, '2022-01-01', '2022-01-01', 1.5, 1);
INSERT INTO schema_changes VALUES (1, 25, '2022-01-01');
