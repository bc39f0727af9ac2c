INSERT INTO jos_content (id, title, alias, introtext, attribs, language) VALUES (1, 'Über uns', 'ueber-uns', '<p>x</p>', '{}', '*');
INSERT INTO jos_session (session_id, time) VALUES ('abc', '1600000000');
INSERT INTO jos_extensions (name, type, element, folder, client_id, params, system_data) VALUES ('files_joomla', 'file', 'joomla', '', 0, '', '');
