// Laws of master data, over generated descriptions (circles, composite keys, keys made of references, details) and rows, on both
// engines. PLUMB_LAW_SEEDS says how many.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "data/master_data.hpp"
#include "db/target.hpp"
#include "dialect/dialect.hpp"
#include "language/load.hpp"
#include "support/file.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::ordered_json;

/// A description with master tables `t0`…, one of them perhaps inside of another, and a package of rows for it.
class World {
 public:
  explicit World(std::uint32_t seed) : random_(seed) {
    const std::size_t count = 2 + pick(3);
    for (std::size_t i = 0; i < count; ++i) add_table(i);
    for (std::size_t i = 0; i < count; ++i) add_rows(i);
    set_open_references();
  }

  std::string text() const {
    std::string out = "schema laws version 1.0.0\noption mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_bin)\n";
    for (const auto& table : tables_) out += "master table " + table.name + " {\n" + table.text + "}\n";
    for (const auto& table : tables_) out += "user table u_" + table.name + " {\n  id serial\n  r ref(" + table.name + ")\n  note varchar(20)\n}\n";
    return out;
  }

  /// Writes the package; the order of rows and fields is `shuffle`'s.
  void write(const std::string& folder, std::optional<std::uint32_t> shuffle = {}) const {
    make_folders(folder);
    write_file(folder + "/metadata.json", R"({"format": 2, "schema": "laws", "version": "1.0.0"})");
    std::mt19937 order(shuffle.value_or(0));
    for (const auto& table : tables_) {
      if (table.owner) continue;
      std::vector<Json> rows;
      for (const auto& row : table.rows) rows.push_back(whole(table, row));
      if (shuffle) std::shuffle(rows.begin(), rows.end(), order);
      write_file(folder + "/" + table.name + ".json", Json(rows).dump(1));
    }
  }

  const std::string& table_name(std::size_t i) const { return tables_[i % tables_.size()].name; }
  std::size_t tables() const { return tables_.size(); }

 private:
  struct Column {
    std::string name;
    std::string type;
    std::optional<std::size_t> parent;
    bool in_key = false;
  };
  struct MadeTable {
    std::string name;
    std::string text;
    std::vector<Column> columns;
    std::vector<Json> rows;
    std::optional<std::size_t> owner;
  };

  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  bool chance(std::size_t percent) { return pick(100) < percent; }

  void add_table(std::size_t i) {
    MadeTable table;
    table.name = "t" + std::to_string(i);
    table.columns.push_back({"k", "varchar(20)", {}, true});
    if (chance(30)) table.columns.push_back({"n", "int", {}, true});
    const bool is_detail = i > 0 && chance(40) && !tables_[i - 1].owner;
    if (i > 0 && (is_detail || chance(40))) table.columns.push_back({"p", "ref(" + tables_[i - 1].name + ")", i - 1, true});
    static const std::vector<std::string> types{"int?", "varchar(50)?", "bool", "decimal(8,2)?", "double?", "date?", "datetime(3)?", "blob?", "bigint", "text?", "enum(\"a\", \"b\")?"};
    for (std::size_t c = 0; c < 1 + pick(4); ++c) table.columns.push_back({"c" + std::to_string(c), types[pick(types.size())], {}, false});
    if (chance(50)) table.columns.push_back({"self", "ref(" + table.name + ")?", i, false});
    const std::size_t others = is_detail ? i - 1 : i;  // a detail refers to its owner once
    if (others > 0 && chance(50)) table.columns.push_back({"other", "ref(t" + std::to_string(pick(others)) + ")?", {}, false});
    if (table.columns.back().name == "other") table.columns.back().parent = static_cast<std::size_t>(table.columns.back().type[5] - '0');
    table.text = "  id serial\n";
    std::vector<std::string> key;
    for (const auto& column : table.columns) {
      table.text += "  " + column.name + " " + column.type + "\n";
      if (column.in_key) key.push_back(column.name);
    }
    table.text += "  natural key (" + join(key, ", ") + ")\n  sync mirror\n";
    if (is_detail) {
      table.owner = i - 1;
      table.text += "  nested in " + tables_[i - 1].name + " as details_" + table.name + "\n";
    }
    tables_.push_back(std::move(table));
  }

  Json value(const std::string& type) {
    if (type.ends_with('?') && chance(20)) return nullptr;
    if (type.starts_with("int") || type.starts_with("bigint")) return static_cast<std::int64_t>(pick(2000)) - 1000;
    if (type.starts_with("bool")) return chance(50);
    if (type.starts_with("decimal")) return std::to_string(pick(9999)) + "." + std::to_string(pick(9)) + "5";
    if (type.starts_with("double")) return static_cast<double>(pick(100000)) / 7.0;
    if (type.starts_with("datetime")) return "20" + std::to_string(10 + pick(20)) + "-02-03 04:05:0" + std::to_string(pick(9)) + ".120";
    if (type.starts_with("date")) return "20" + std::to_string(10 + pick(20)) + "-02-03";
    if (type.starts_with("blob")) return Json{{"base64", chance(50) ? "AP8=" : ""}};
    if (type.starts_with("enum")) return chance(50) ? "a" : "b";
    static const std::vector<std::string> texts{"", "x", "Ä ö", "it's \"q\" \\ ", "😀", "two\nlines", "%_", " lead"};
    return texts[pick(texts.size())] + std::to_string(pick(50));
  }

  Json key_of(const MadeTable& table, const Json& row) const {
    Json key = Json::object();
    for (const auto& column : table.columns) {
      if (column.in_key) key[column.name] = row[column.name];
    }
    return key;
  }

  void add_rows(std::size_t i) {
    MadeTable& table = tables_[i];
    std::map<std::string, bool> known;
    for (std::size_t r = 0; r < 3 + pick(20); ++r) {
      Json row = Json::object();
      for (const auto& column : table.columns) {
        if (!column.parent) {
          row[column.name] = column.name == "k" ? Json("k" + std::to_string(pick(30))) : value(column.type);
        } else if (column.in_key) {
          const MadeTable& parent = tables_[*column.parent];
          row[column.name] = key_of(parent, parent.rows[pick(parent.rows.size())]);
        } else {
          row[column.name] = nullptr;
        }
      }
      if (known.emplace(key_of(table, row).dump(), true).second) table.rows.push_back(std::move(row));
    }
  }

  void set_open_references() {
    for (auto& table : tables_) {
      for (const auto& column : table.columns) {
        if (!column.parent || column.in_key) continue;
        const MadeTable& parent = tables_[*column.parent];
        for (auto& row : table.rows) {
          if (chance(60)) row[column.name] = key_of(parent, parent.rows[pick(parent.rows.size())]);
        }
      }
    }
  }

  Json whole(const MadeTable& table, const Json& row) const {
    Json out = row;
    if (table.owner) out.erase("p");
    for (const auto& detail : tables_) {
      if (!detail.owner || &tables_[*detail.owner] != &table) continue;
      Json list = Json::array();
      for (const auto& one : detail.rows) {
        if (one["p"] == key_of(table, row)) list.push_back(whole(detail, one));
      }
      out["details_" + detail.name] = std::move(list);
    }
    return out;
  }

  std::mt19937 random_;
  std::vector<MadeTable> tables_;
};

struct Database {
  std::optional<FreshDatabase> fresh;
  std::unique_ptr<db::Connection> connection;
  const Dialect* dialect = nullptr;

  Database(const std::string& engine, const Description& description) : dialect(&dialect_for(engine)) {
    if (engine == "sqlite") {
      connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
    } else {
      fresh.emplace(MariaDbServer::shared().fresh_database("laws"));
      connection = fresh->connect();
    }
    for (const auto& statement : dialect->create_statements(dialect->canonicalise(description.schema).schema())) connection->execute(statement);
  }

  std::string sync(const Description& description, const std::string& where, std::uint64_t* changes = nullptr) {
    data::SyncOptions options;
    options.most_lost = 100;
    options.overwrite_own = true;
    options.on_conflict = data::OnConflict::Theirs;
    const auto done = data::sync(*connection, *dialect, description, where, options);
    if (changes != nullptr) *changes = done.changes();
    return join(done.problems, "\n");
  }
  std::string exported(const Description& description, const std::string& where) {
    data::export_rows(*connection, *dialect, description, where);
    std::string text;
    for (const auto& path : files_below(where, ".json")) {
      if (!path.ends_with("metadata.json")) text += path.substr(where.size()) + read_file(path);
    }
    return text;
  }
  std::string rows(const std::string& query) {
    std::string text;
    for (const auto& row : connection->query(query).rows) {
      for (const auto& value : row) text += db::as_text(value) + "|";
      text += "\n";
    }
    return text;
  }
};

std::size_t seeds() {
  const char* given = std::getenv("PLUMB_LAW_SEEDS");
  return given == nullptr ? 12 : std::strtoul(given, nullptr, 10);
}

class DataLaws : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "mariadb" && !mariadb_is_wanted()) GTEST_SKIP() << "MariaDB is not wanted";
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, DataLaws, testing::Values("sqlite", "mariadb"), [](const auto& one) { return one.param; });

Description description_of(const World& world) {
  std::vector<SourceText> sources;
  sources.emplace_back("laws.plumb", world.text());
  auto loaded = language::load(std::move(sources));
  EXPECT_TRUE(loaded.description) << render(loaded.diagnostics, loaded.sources, false) << world.text();
  return loaded.description.value_or(Description{});
}

TEST_P(DataLaws, HoldForGeneratedDescriptionsAndRows) {
  const std::string other_engine = GetParam() == "sqlite" && mariadb_is_wanted() ? "mariadb" : "sqlite";
  for (std::uint32_t seed = 1; seed <= seeds(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const World world(seed);
    const Description description = description_of(world);
    const ScratchFolder scratch;
    world.write(scratch / "in");
    Database first(GetParam(), description);
    ASSERT_EQ(first.sync(description, scratch / "in"), "") << world.text();
    const std::string content = first.exported(description, scratch / "first");
    // a second sync changes nothing, and the order of rows does not matter
    std::uint64_t changes = 1;
    world.write(scratch / "shuffled", seed);
    EXPECT_EQ(first.sync(description, scratch / "shuffled", &changes), "");
    EXPECT_EQ(changes, 0U);
    // into the other engine and out of it: the same bytes
    Database second(other_engine, description);
    ASSERT_EQ(second.sync(description, scratch / "first"), "");
    EXPECT_EQ(second.exported(description, scratch / "second"), content);
    // a production with other ids and rows of users
    Database production(GetParam(), description);
    for (std::size_t i = 0; i < world.tables(); ++i) {  // ids begin elsewhere
      const std::string name = world.table_name(i);
      production.connection->execute(production.dialect->name() == "sqlite" ? "INSERT INTO sqlite_sequence (name, seq) VALUES ('" + name + "', 500)" : "ALTER TABLE " + name + " AUTO_INCREMENT = 500");
    }
    ASSERT_EQ(production.sync(description, scratch / "first"), "");
    std::map<std::string, std::string> ids;
    std::string users;
    for (std::size_t i = 0; i < world.tables(); ++i) {
      const std::string name = world.table_name(i);
      production.connection->execute("INSERT INTO u_" + name + " (r, note) SELECT id, 'mine' FROM " + name);
      ids[name] = production.rows("SELECT id, k FROM " + name + " ORDER BY id");
      users += production.rows("SELECT * FROM u_" + name + " ORDER BY id");
    }
    ASSERT_EQ(production.sync(description, scratch / "first", &changes), "");
    EXPECT_EQ(changes, 0U);
    std::string users_after;
    for (std::size_t i = 0; i < world.tables(); ++i) {
      const std::string name = world.table_name(i);
      EXPECT_EQ(production.rows("SELECT id, k FROM " + name + " ORDER BY id"), ids[name]);
      users_after += production.rows("SELECT * FROM u_" + name + " ORDER BY id");
    }
    EXPECT_EQ(users_after, users);
    if (HasFailure()) return;
  }
}

/// Every kind of change at once: half of the rows go, the rest get other values; then it is undone.
TEST_P(DataLaws, AndSoDoesUndoing) {
  for (std::uint32_t seed = 1; seed <= seeds(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const World world(seed);
    const Description description = description_of(world);
    const ScratchFolder scratch;
    world.write(scratch / "in");
    Database database(GetParam(), description);
    ASSERT_EQ(database.sync(description, scratch / "in"), "");
    const auto everything = [&] {
      std::string all;
      for (std::size_t i = 0; i < world.tables(); ++i) all += database.rows("SELECT * FROM " + world.table_name(i) + " ORDER BY id");
      return all;
    };
    const std::string before = everything();
    // another package: only the first table's rows, with everything that can be null left null
    make_folders(scratch / "next");
    write_file(scratch / "next/metadata.json", R"({"format": 2, "schema": "laws", "version": "1.0.0"})");
    for (const auto& path : files_below(scratch / "in", ".json")) {
      if (path.ends_with("metadata.json")) continue;
      Json rows = Json::parse(read_file(path));
      Json kept = Json::array();
      for (auto& row : rows) {
        for (auto& [name, value] : row.items()) {
          if (name == "self" || name == "other") value = nullptr;
          if (value.is_number_integer() && name.starts_with("c")) value = value.get<std::int64_t>() + 1;
        }
        kept.push_back(row);
      }
      write_file(scratch / "next" + path.substr((scratch / "in").size()), kept.dump());
    }
    data::prepare_sync(*database.connection, *database.dialect);
    database.connection->execute(database.dialect->rows_aside("plumb_attic_laws"));
    data::SyncOptions options;
    options.aside = "plumb_attic_laws";
    options.most_lost = 100;
    const auto done = data::sync(*database.connection, *database.dialect, description, scratch / "next", options);
    ASSERT_TRUE(done.problems.empty()) << join(done.problems, "\n");
    ASSERT_EQ(done.conflicts(), 0U);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < world.tables(); ++i) names.push_back(world.table_name(i));
    {
      db::Transaction transaction(*database.connection);
      data::undo(*database.connection, *database.dialect, "plumb_attic_laws", names);
      transaction.commit();
    }
    EXPECT_EQ(everything(), before);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::test
