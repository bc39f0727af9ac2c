// The schemas of applications, simplified, in the versions that they went through: tests/real. Every version is loaded with the
// engine's own client, described, reached from the one before with its rows kept, and left again.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

struct History {
  const char* engine;
  const char* application;
  int versions;
  /// new name -> old name, as --rename takes them; the way back turns them round
  std::vector<std::pair<std::string, std::string>> renamed = {};
  /// the way back adds columns that must have a value and have none to give
  bool has_no_rows_on_the_way_back = false;
};

std::ostream& operator<<(std::ostream& out, const History& history) { return out << history.application; }

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("there is no file " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(db::Connection& connection, const std::string& query) {
  std::vector<std::string> lines;
  for (const sql::Row& row : connection.query(query).rows) {
    std::string line;
    for (const sql::Value& value : row) line += (sql::is_null(value) ? std::string("NULL") : db::as_text(value)) + "|";
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// What the engine itself tells about tables, columns, indexes and keys; the order of columns and names that the engine gave are left out.
std::vector<std::string> catalogue(db::Connection& connection) {
  static const std::map<std::string, std::vector<std::string>> queries{
      {"sqlite",
       {"SELECT l.name, l.type, l.ncol, l.wr, l.strict FROM pragma_table_list l WHERE l.schema = 'main' AND l.name NOT LIKE 'plumb\\_%' ESCAPE '\\' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        "SELECT l.name, x.name, upper(x.type), x.\"notnull\" OR (x.pk AND x.type LIKE 'int%'), nullif(lower(replace(x.dflt_value, '\"', '''')), 'null'), x.pk, x.hidden FROM pragma_table_list l, pragma_table_xinfo(l.name) x "
        "WHERE l.schema = 'main' AND l.type IN ('table', 'view') AND l.name NOT LIKE 'plumb\\_%' ESCAPE '\\' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        "SELECT l.name, iif(i.origin = 'c', i.name, ''), i.\"unique\", i.origin, i.partial, (SELECT group_concat(coalesce(x.name, '') || x.desc || upper(x.coll)) FROM pragma_index_xinfo(i.name) x WHERE x.key) "
        "FROM pragma_table_list l, pragma_index_list(l.name) i WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'plumb\\_%' ESCAPE '\\'",
        "SELECT l.name, f.seq, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete FROM pragma_table_list l, pragma_foreign_key_list(l.name) f WHERE l.schema = 'main' AND l.type = 'table'",
        "SELECT type, name, tbl_name FROM sqlite_schema WHERE type IN ('view', 'trigger')"}},
      {"mariadb",
       {"SELECT table_name, table_type, engine, row_format, table_collation, create_options, table_comment FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'plumb\\_%'",
        "SELECT table_name, column_name, column_default, is_nullable, column_type, collation_name, extra, column_comment, generation_expression FROM information_schema.columns "
        "WHERE table_schema = DATABASE() AND table_name NOT LIKE 'plumb\\_%'",
        "SELECT table_name, non_unique, index_name, seq_in_index, column_name, collation, sub_part, index_type, ignored FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'plumb\\_%'",
        "SELECT k.table_name, k.constraint_name, k.ordinal_position, k.column_name, k.referenced_table_name, k.referenced_column_name, r.update_rule, r.delete_rule FROM information_schema.key_column_usage k "
        "JOIN information_schema.referential_constraints r USING (constraint_schema, constraint_name) WHERE k.constraint_schema = DATABASE()",
        "SELECT table_name, constraint_name, level, check_clause FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND table_name NOT LIKE 'plumb\\_%'",
        "SELECT table_name, partition_name, partition_method, partition_expression, partition_description FROM information_schema.partitions WHERE table_schema = DATABASE() AND partition_name IS NOT NULL",
        "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_order, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
        "SELECT table_name, replace(view_definition, DATABASE(), ''), check_option, security_type FROM information_schema.views WHERE table_schema = DATABASE()"}}};
  std::vector<std::string> all;
  for (const std::string& query : queries.at(std::string(connection.engine()))) {
    for (std::string& line : lines_of(connection, query)) all.push_back(std::move(line));
  }
  return all;
}

class RealSchema : public testing::TestWithParam<History> {
 protected:
  void SetUp() override {
    if (GetParam().engine == std::string("mariadb") && !mariadb_is_wanted()) GTEST_SKIP();
    place_.emplace(GetParam().engine);
    for (int version = 1; version <= GetParam().versions; ++version) place().write(file_of(version), text_of(file_of(version)));
  }

  Workplace& place() { return *place_; }
  static std::string file_of(int version) { return std::to_string(version) + ".sql"; }
  static std::string text_of(const std::string& file) {
    return file_text(std::string(PLUMB_SOURCE_DIR) + "/tests/real/" + GetParam().application + "/" + file);
  }

  void nothing_is_left_to_do(int version) {
    for (const char* out : {"inspected.plumb", "inspected.sql"}) {
      EXPECT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", out})));
      const RunResult planned = place().plumb_on_db({"plan", "--to", out});
      EXPECT_TRUE(ended_with(0, planned));
      EXPECT_TRUE(contains(planned.out, "Nothing blocked."));
      EXPECT_FALSE(planned.out.find(" step") != std::string::npos) << out << ": " << planned.out;
    }
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--allow", "destructive", "--to", file_of(version)})));
    EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), file_of(version)})));
  }

  void is_as_if_made_anew(int version) {
    const Workplace anew(place().engine());
    anew.sql((place().is_sqlite() ? "" : "SET SESSION foreign_key_checks = 0;\n") + text_of(file_of(version)));
    EXPECT_EQ(catalogue(*place().connect()), catalogue(*anew.connect()));
  }

  void brings(int from, int to) {
    const bool is_back = to < from;
    std::vector<std::string> call{"apply", "--yes", "--allow", "destructive", "--to", file_of(to)};
    for (const auto& [now, before] : GetParam().renamed) {
      const std::string table = now.substr(0, now.find('.') == std::string::npos ? 0 : now.find('.') + 1);
      const std::string name = now.substr(table.size());
      call.insert(call.end(), {"--rename", is_back ? table + name + "=" + before : table + before + "=" + name});
    }
    EXPECT_TRUE(ended_with(0, place().plumb_on_db(call)));
  }

 private:
  std::optional<Workplace> place_;
};

/// The values of each column, by "table.column"; those of tables without rows are left out.
std::map<std::string, std::vector<std::string>> values_of(db::Connection& connection) {
  const bool is_sqlite = connection.engine() == "sqlite";
  const std::string columns = is_sqlite ? "SELECT l.name, x.name, x.type FROM pragma_table_list l, pragma_table_xinfo(l.name) x WHERE l.schema = 'main' AND l.type = 'table' AND x.hidden = 0 AND l.name NOT LIKE 'plumb%' AND l.name NOT LIKE 'sqlite%'"
                                        : "SELECT c.table_name, c.column_name, c.column_type FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) WHERE table_schema = DATABASE() AND "
                                          "t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND table_name NOT LIKE 'plumb%'";
  const std::string mark = is_sqlite ? "\"" : "`";
  const auto quoted = [&](const sql::Value& name) { return mark + replace_all(db::as_text(name), mark, mark + mark) + mark; };
  std::map<std::string, std::vector<std::string>> values;
  for (const sql::Row& row : connection.query(columns).rows) {
    auto lines = lines_of(connection, "SELECT " + quoted(row[1]) + " FROM " + quoted(row[0]));
    // the type is in the key: another type may print the same value in another way
    if (!lines.empty()) values[db::as_text(row[0]) + "." + db::as_text(row[1]) + " " + to_lower(db::as_text(row[2]))] = std::move(lines);
  }
  return values;
}

TEST_P(RealSchema, GoesThroughItsVersionsAndBack) {
  if (IsSkipped()) return;
  const History& history = GetParam();
  place().sql(text_of("1.sql") + "\n" + text_of("rows.sql"));
  nothing_is_left_to_do(1);
  std::vector<int> way;
  for (int version = 2; version <= history.versions; ++version) way.push_back(version);
  for (int version = history.versions - 1; version >= 1; --version) way.push_back(version);
  int here = 1;
  for (const int next : way) {
    SCOPED_TRACE(std::string(history.application) + " " + std::to_string(here) + " to " + std::to_string(next));
    if (next < here && history.has_no_rows_on_the_way_back) {
      const std::string name = place().is_sqlite() ? "SELECT '\"' || name || '\"' FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'plumb%' AND name NOT LIKE 'sqlite%'"
                                                   : "SELECT concat('`', table_name, '`') FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'plumb%'";
      std::string script = place().is_sqlite() ? "" : "SET SESSION foreign_key_checks = 0;";
      for (const std::string& table : place().list(name)) script += "DELETE FROM " + table + ";";
      place().sql(script);
    }
    const auto before = values_of(*place().connect());
    brings(here, next);
    nothing_is_left_to_do(next);
    is_as_if_made_anew(next);
    const auto after = values_of(*place().connect());
    for (const auto& [column, values] : before) {
      const auto found = after.find(column);
      if (found == after.end()) continue;
      EXPECT_EQ(found->second, values) << column;
    }
    if (HasFailure()) return;
    here = next;
  }
}

const std::vector<History> histories = {
    {"sqlite", "firefox_places", 2, {}, true},
    {"sqlite", "firefox_cookies", 3},
    {"sqlite", "chromium_history", 2},
    {"sqlite", "signal", 2},
    {"sqlite", "django", 2},
    {"sqlite", "rails", 2, {{"articles", "posts"}, {"users.email_address", "email"}}},
    {"sqlite", "room_podcasts", 2},
    {"sqlite", "calibre", 2},
    {"sqlite", "grafana", 2, {{"user.org_id", "account_id"}, {"dashboard.org_id", "account_id"}}},
    {"sqlite", "zotero", 2, {}, true},
    {"sqlite", "darktable", 2, {{"masks_history", "mask"}}},
    {"sqlite", "roundcube", 2},
    {"sqlite", "plex", 2},
    {"sqlite", "telegram", 2, {{"messages_v2", "messages"}}},
    {"sqlite", "home_assistant", 2, {{"states.last_updated_ts", "last_updated"}, {"events.time_fired_ts", "time_fired"}}},
    {"sqlite", "vaultwarden", 2, {{"devices.atype", "type"}, {"ciphers.atype", "type"}, {"users_organizations.atype", "type"}}, true},
    {"sqlite", "freshrss", 2},
    {"mariadb", "wordpress", 2},
    {"mariadb", "woocommerce", 2},
    {"mariadb", "mattermost", 2},
    {"mariadb", "joomla", 2, {{"jos_extensions.custom_data", "system_data"}}},
    {"mariadb", "keycloak", 2, {{"CLIENT.CLIENT_ID", "NAME"}, {"KEYCLOAK_ROLE.CLIENT_REALM_CONSTRAINT", "APP_REALM_CONSTRAINT"}, {"KEYCLOAK_ROLE.CLIENT_ROLE", "APPLICATION_ROLE"}, {"KEYCLOAK_ROLE.CLIENT", "APPLICATION"}}},
    {"mariadb", "ghost", 2, {{"posts.lexical", "mobiledoc"}}, true},
    {"mariadb", "mediawiki", 2, {}, true},
    {"mariadb", "nextcloud", 2},
    {"mariadb", "moodle", 2},
    {"mariadb", "zabbix", 2},
    {"mariadb", "magento", 2, {{"catalog_product_entity_decimal.row_id", "entity_id"}}},
    {"mariadb", "drupal", 2, {{"cache_default", "cache"}, {"node.langcode", "language"}}, true},
    {"mariadb", "laravel", 2, {{"password_reset_tokens", "password_resets"}, {"posts.author_id", "user_id"}}},
    {"mariadb", "gitea", 2},
    {"mariadb", "matomo", 2},
    {"mariadb", "phpbb", 2, {{"phpbb_posts.post_visibility", "post_approved"}}},
    {"mariadb", "redmine", 2},
    {"mariadb", "glpi", 2},
    {"mariadb", "powerdns", 2},
    {"mariadb", "icinga", 2},
};

INSTANTIATE_TEST_SUITE_P(, RealSchema, testing::ValuesIn(histories), [](const auto& history) { return std::string(history.param.engine) + "_" + history.param.application; });

/// Customers, orders and the like, over and over: many tables that refer to each other, with an index each.
std::string large_schema(bool is_second, int tables) {
  std::string sql;
  for (int i = 0; i < tables; ++i) {
    const std::string name = "t" + std::to_string(i);
    const std::string parent = "t" + std::to_string(i / 3);
    sql += "CREATE TABLE " + name + " (id integer NOT NULL PRIMARY KEY, code varchar(" + (is_second && i % 4 == 0 ? "40" : "20") + ") NOT NULL DEFAULT '', parent_id integer, amount decimal(10,2) DEFAULT 0";
    if (is_second && i % 4 == 0) sql += ", note varchar(100), state integer NOT NULL DEFAULT 1 CHECK (state > 0)";
    if (!is_second && i % 5 == 0) sql += ", obsolete varchar(10)";
    sql += ", FOREIGN KEY (parent_id) REFERENCES " + parent + " (id)" + (is_second && i % 7 == 0 ? " ON DELETE CASCADE" : "") + ");\n";
    sql += "CREATE " + std::string(i % 2 == 0 ? "UNIQUE " : "") + "INDEX " + name + "_code ON " + name + " (code, " + (is_second && i % 6 == 0 ? "amount" : "id") + ");\n";
  }
  for (int i = 0; i < tables; i += 10) sql += "CREATE VIEW v" + std::to_string(i) + " AS SELECT id, code FROM t" + std::to_string(i) + (is_second ? " WHERE amount > 0" : "") + ";\n";
  return sql;
}

class LargeSchema : public OnBothEngines {};
PLUMB_ON_BOTH_ENGINES(LargeSchema);

TEST_P(LargeSchema, GoesToItsNextVersion) {
  constexpr int tables = 210;
  place().write("1.sql", large_schema(false, tables));
  place().write("2.sql", large_schema(true, tables));
  place().sql(large_schema(false, tables));
  place().sql("INSERT INTO t0 VALUES (1, 'a', 1, 2.5, 'x'); INSERT INTO t1 VALUES (1, 'b', 1, 3);");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "1.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "2.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), "2.sql"})));
  const Workplace anew(place().engine());
  anew.sql(large_schema(true, tables));
  EXPECT_EQ(catalogue(*place().connect()), catalogue(*anew.connect()));
  EXPECT_EQ(place().number("SELECT count(*) FROM t0 WHERE id = 1 AND code = 'a' AND amount = 2.5"), 1);
}

// A column of a compressed table, and one whose charset and type change together.
TEST(RealSchemaOnMariaDb, SaysWhatDoesNotFitAnotherCharsetAndType) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.sql("CREATE TABLE t (id int PRIMARY KEY, a text COLLATE utf8mb4_unicode_520_ci) CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci ROW_FORMAT=COMPRESSED; INSERT INTO t VALUES (1, repeat('x', 300)), (2, 'ok'), (3, '\xF0\x9F\x98\x80');");
  place.write("to.sql", "CREATE TABLE t (id int PRIMARY KEY, a tinytext) CHARSET=utf8mb3 ROW_FORMAT=COMPRESSED;");
  const RunResult refused = place.plumb_on_db({"plan", "--to", "to.sql", "--exit-code"});
  EXPECT_TRUE(contains(refused.out, "that do not fit tinytext in utf8mb3: 2"));
  place.sql("DELETE FROM t WHERE id <> 2");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "to.sql"})));
  EXPECT_EQ(place.text("SELECT a FROM t"), "ok");
}

// A trigger that a plain file made keeps the mode in which the engine's own client ran that file.
TEST(RealSchemaOnMariaDb, ATriggerOfAPlainFileIsNoDifference) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  const std::string sql = "CREATE TABLE t (id int PRIMARY KEY, a int);\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\n";
  place.sql(sql);
  place.write("same.sql", sql);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "same.sql"})));
}

}  // namespace
}  // namespace plumb::test
