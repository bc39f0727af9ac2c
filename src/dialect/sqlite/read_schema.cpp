// dialect/sqlite/read_schema.cpp: a SQLite file's schema from the texts that it stores, which one query
// gives.
#include "dialect/read_schema.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "dialect/sqlite/stored_create.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

struct StoredRow {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;
};

/// Every row that has a text; the indexes of UNIQUE and PRIMARY KEY have none.
std::vector<StoredRow> stored_rows(db::Connection& connection) {
  std::vector<StoredRow> rows;
  connection.for_each_row(
      "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL",
      [&](const sql::Row& row) {
        rows.push_back({db::as_text(row[0]), db::as_text(row[1]), db::as_text(row[2]), db::as_text(row[3])});
      });
  return rows;
}

bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
  return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

/// The engine's own tables and ours.
bool is_left_out(std::string_view table) {
  return starts_ignoring_case(table, "sqlite_") || starts_ignoring_case(table, "plumb_");
}

/// What ANALYZE fills; sqlite_stat2 and sqlite_stat3 are of versions long gone (sqlite.org/fileformat2.html#stat1tab).
bool is_statistics(std::string_view table) { return table == "sqlite_stat1" || table == "sqlite_stat4"; }

/// "line 3, column 7" of a text; columns in bytes.
std::string place(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(offset - line_start + 1);
}

class Reader {
 public:
  Reader(db::Connection& connection, std::vector<StoredRow> rows)
      : connection_(connection), rows_(std::move(rows)) {}

  Schema read() {
    for (const StoredRow* row : by_name("table")) add_table(*row);
    if (has_virtual_tables_) set_shadow_tables_aside();
    for (const StoredRow& row : rows_) {
      if (row.type == "index") add_index(row);
    }
    for (const StoredRow* row : by_name("view")) add_view(*row);
    for (const StoredRow* row : by_name("trigger")) add_trigger(*row);
    for (const StoredRow& row : rows_) {
      if (row.type != "table" && row.type != "index" && row.type != "view" && row.type != "trigger") {
        add_opaque({"unknown object", row.name, "a `" + row.type + "`, which plumb does not know", row.sql, {}});
      }
    }
    for (const StoredRow& row : rows_) {
      if (row.type == "table" && is_statistics(row.name)) schema_.statistics.names.push_back(row.name);
    }
    settle_foreign_keys();
    say_what_belongs_to_opaque_tables();
    return std::move(schema_);
  }

 private:
  /// In the order of the maps, so that each goes in at the end.
  std::vector<const StoredRow*> by_name(std::string_view type) const {
    std::vector<const StoredRow*> found;
    for (const StoredRow& row : rows_) {
      if (row.type == type && !is_left_out(row.table)) found.push_back(&row);
    }
    std::sort(found.begin(), found.end(),
              [](const StoredRow* a, const StoredRow* b) { return a->name < b->name; });
    return found;
  }

  /// Names of different kinds may be the same (a trigger may be called like a table).
  void add_opaque(Opaque opaque) {
    std::string key = opaque.name;
    while (schema_.opaque.contains(key)) key.insert(0, opaque.kind + " ");
    schema_.opaque.emplace(std::move(key), std::move(opaque));
  }

  /// What the row's text says; where that is not the `Kind` that the row says it is, it becomes opaque.
  template <class Kind>
  std::optional<Kind> understood(const StoredRow& row, StoredObject object,
                                 std::string_view name_in_text(const Kind&)) {
    std::string reason;
    if (auto* found = std::get_if<Kind>(&object)) {
      if (equal_ignoring_case(name_in_text(*found), row.name)) return std::move(*found);
      reason = "its stored text is that of `" + std::string(name_in_text(*found)) + "`";
    } else if (const auto* problem = std::get_if<ParseProblem>(&object)) {
      reason =
          "its stored text is not understood at " + place(row.sql, problem->offset) + ": " + problem->reason;
    } else {
      reason = "its stored text creates something that is no " + row.type;
    }
    add_opaque({row.type, row.name, std::move(reason), row.sql, owner_of(row)});
    return std::nullopt;
  }

  /// The table of an index or trigger.
  static std::string owner_of(const StoredRow& row) { return row.type == "index" || row.type == "trigger" ? row.table : std::string(); }

  void add_table(const StoredRow& row) {
    StoredObject object = parse_stored_create(row.sql);
    if (auto* opaque = std::get_if<Opaque>(&object)) {
      has_virtual_tables_ = true;
      opaque->name = row.name;
      return add_opaque(std::move(*opaque));
    }
    if (auto table = understood<Table>(row, std::move(object),
                                       [](const Table& t) -> std::string_view { return t.name; })) {
      table->name = row.name;
      schema_.tables.emplace_hint(schema_.tables.end(), row.name, std::move(*table));
    }
  }

  /// The tables in which a virtual table's module keeps its data: the engine knows them as long as it knows
  /// the module, and then protects them. Source: https://www.sqlite.org/vtab.html#the_xshadowname_method
  void set_shadow_tables_aside() {
    std::set<std::string, std::less<>> known;
    for (const auto& row : connection_.query("SELECT lower(name) FROM pragma_module_list").rows) {
      known.insert(db::as_text(row[0]));
    }
    std::vector<std::pair<std::string, std::string>> unknown;  // prefix of the names, virtual table
    for (auto& [name, opaque] : schema_.opaque) {
      if (opaque.kind != "virtual table") continue;
      opaque.makeable.set = known.contains(to_lower(virtual_table_module(opaque.definition)));
      if (!opaque.makeable.set) unknown.emplace_back(name + "_", name);
    }
    for (const auto& row : connection_
                               .query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND "
                                      "type = 'shadow'")
                               .rows) {
      set_aside(db::as_text(row[0]), "a virtual table keeps its data in it");
    }
    for (const auto& [prefix, owner] : unknown) {
      std::vector<std::string> candidates;
      for (const auto& [name, table] : schema_.tables) {
        if (starts_ignoring_case(name, prefix)) candidates.push_back(name);
      }
      for (const auto& name : candidates) {
        set_aside(name,
                  "named like a table of the virtual table `" + owner + "`, whose module is not loaded");
      }
    }
  }

  /// The virtual table with the longest name that the shadow table's name begins with; empty where its module is not there.
  std::string owner_of_shadow(const std::string& name) const {
    const Opaque* owner = nullptr;
    for (const auto& [key, opaque] : schema_.opaque) {
      if (opaque.kind != "virtual table" || !starts_ignoring_case(name, opaque.name + "_")) continue;
      if (owner == nullptr || opaque.name.size() > owner->name.size()) owner = &opaque;
    }
    return owner == nullptr || !owner->makeable.set ? std::string() : owner->name;
  }

  void set_aside(const std::string& name, std::string reason) {
    const auto found = schema_.tables.find(name);
    if (found == schema_.tables.end()) return;
    Opaque shadow{"shadow table", name, std::move(reason), std::move(found->second.written.text), owner_of_shadow(name)};
    shadow.makeable.set = !shadow.table.empty();
    add_opaque(std::move(shadow));
    schema_.tables.erase(found);
  }

  void add_index(const StoredRow& row) {
    if (is_left_out(row.table)) return;
    Table* const table = find_table(row.table);
    if (table == nullptr) return note_belonging(row, row.table);
    auto stored =
        understood<StoredIndex>(row, parse_stored_create(row.sql),
                                [](const StoredIndex& i) -> std::string_view { return i.index.name.text; });
    if (!stored) return;
    stored->index.name.text = row.name;
    settle_index(stored->index, *table);
    table->indexes.push_back(std::move(stored->index));
  }

  void add_view(const StoredRow& row) {
    auto view = understood<View>(row, parse_stored_create(row.sql),
                                 [](const View& v) -> std::string_view { return v.name; });
    if (!view) return;
    view->name = row.name;
    schema_.views.emplace_hint(schema_.views.end(), row.name, std::move(*view));
  }

  void add_trigger(const StoredRow& row) {
    auto trigger = understood<Trigger>(row, parse_stored_create(row.sql),
                                       [](const Trigger& t) -> std::string_view { return t.name; });
    if (!trigger) return;
    trigger->name = row.name;
    // as written after ON, unlike an index's
    trigger->table = spelling_of_owner(row.table);
    if (const Table* table = find_table(trigger->table)) {
      for (auto& name : trigger->update_of) take_spelling(name, *table);
    } else if (!schema_.views.contains(trigger->table)) {
      note_belonging(row, trigger->table);
      if (!schema_.opaque.contains(trigger->table)) return;
    }
    schema_.triggers.emplace_hint(schema_.triggers.end(), row.name, std::move(*trigger));
  }

  Table* find_table(const std::string& name) {
    if (last_ == nullptr || last_->name != name) {
      const auto found = schema_.tables.find(name);
      last_ = found == schema_.tables.end() ? nullptr : &found->second;
    }
    return last_;
  }

  static void take_spelling(std::string& name, const Table& table) {
    if (const Column* column = table.find_column(name)) name = column->name;
  }

  /// References are written in any case; the model's are the names themselves.
  void settle_foreign_keys() {
    for (auto& [name, table] : schema_.tables) {
      for (auto& key : table.foreign_keys) {
        const Table* parent = find_table(key.table);
        if (parent == nullptr) parent = find_table(spelling_of_owner(key.table));
        if (parent == nullptr) continue;
        key.table = parent->name;
        for (auto& column : key.referenced) take_spelling(column, *parent);
      }
    }
  }

  /// The table, view or opaque thing that `name` means in any case; the name itself where there is none.
  const std::string& spelling_of_owner(const std::string& name) {
    const auto is = [&](const auto& map) { return map.contains(name); };
    if (is(schema_.tables) || is(schema_.views) || is(schema_.opaque)) return name;
    if (spellings_.empty()) {
      const auto note = [&](const auto& map) {
        for (const auto& [real, object] : map) spellings_.emplace(to_lower(real), real);
      };
      note(schema_.tables);
      note(schema_.views);
      note(schema_.opaque);
    }
    const auto found = spellings_.find(to_lower(name));
    return found == spellings_.end() ? name : found->second;
  }

  /// An object whose table or view is opaque is told with it; one without either is opaque itself.
  void note_belonging(const StoredRow& row, const std::string& owner) {
    if (!schema_.opaque.contains(owner)) {
      return add_opaque({row.type, row.name, "its table `" + owner + "` is not there", row.sql, {}});
    }
    belongings_[owner].push_back(row.type + " `" + row.name + "`");
  }

  void say_what_belongs_to_opaque_tables() {
    for (auto& [table, names] : belongings_) {
      schema_.opaque.find(table)->second.reason += "; to it belong " + join(names, ", ");
    }
  }

  db::Connection& connection_;
  std::vector<StoredRow> rows_;
  Schema schema_;
  Table* last_ = nullptr;  ///< rows of one table often follow each other
  bool has_virtual_tables_ = false;
  std::map<std::string, std::string> spellings_;  ///< by lower case; made when tables and views are known
  std::map<std::string, std::vector<std::string>, std::less<>> belongings_;  ///< of opaque tables
};

}  // namespace

Schema read_schema(db::Connection& connection) {
  return Reader(connection, stored_rows(connection)).read();
}

}  // namespace plumb::sqlite
