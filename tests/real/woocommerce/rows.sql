INSERT INTO wp_woocommerce_sessions VALUES (7, 'abc', 'a:0:{}', 1600000000);
INSERT INTO wp_woocommerce_api_keys (user_id, description, permissions, consumer_key, truncated_key) VALUES (1, 'shop', 'read', 'x', '1234567');
INSERT INTO wp_woocommerce_tax_rates VALUES (1, 'DE', '19.0000', 1);
INSERT INTO wp_woocommerce_downloadable_product_permissions VALUES ('d1', 1, 2, 'wc_order_1', 'a@example.org', NULL, '2020-01-01 00:00:00');
INSERT INTO wp_woocommerce_order_items VALUES (1, 'Hat', 'line_item', 2);
