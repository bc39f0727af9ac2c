#include "dialect/sqlite/cross_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dialect/sqlite/rebuild.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/stored_create_type.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// What is compared: sentences about one table, in lower case. Those of columns and foreign keys keep their
/// order; those of indexes are a set, as the engine leaves out a constraint that says what another one says.
struct Facts {
  std::vector<std::string> table;
  std::vector<std::string> columns;
  std::vector<std::string> foreign_keys;
  std::set<std::string> indexes;
  /// Of constraints with the same columns in different order the engine keeps the one written first, which
  /// the model does not tell for a primary key: other sentences for the same index.
  std::map<std::string, std::string> same_index;
};

/// One index of the engine or the model: its order is not a part of what makes two constraints the same.
struct IndexFacts {
  std::string head;  ///< "index `i` unique", "primary key", "unique"
  std::vector<std::pair<std::string, std::string>>
      parts;          ///< column or "expression", collation; in lower case
  std::string order;  ///< a letter for each part

  std::string sentence() const {
    std::string text = head + " (";
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i != 0) text += ", ";
      text += parts[i].first + " collate " + parts[i].second + (order[i] == 'd' ? " desc" : "");
    }
    return text + ")";
  }

  void drop_repeated_parts() {
    for (std::size_t i = parts.size(); i-- > 0;) {
      const auto here = parts.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(parts.begin(), here, *here) == here) continue;
      parts.erase(here);
      order.erase(i, 1);
    }
  }
};

constexpr std::string_view engine_name = "sqlite";

bool has_option(const Table& table, std::string_view option) {
  const auto options = table.options.find(engine_name);
  return options != table.options.end() && options->second.contains(option);
}

std::string quoted(std::string_view name) {
  return "`" + to_lower(name) + "`";
}

/// A default that was written as `text`, in a form in which equal ones are equal. The engine tells an
/// expression without its brackets.
std::string normal_default(std::string_view text) {
  constexpr std::string_view head = "CREATE TABLE t(c DEFAULT ";
  const StoredObject object = parse_stored_create(std::string(head) + std::string(text) + ")");
  std::string expression(text);
  if (const auto* table = std::get_if<Table>(&object)) {
    const auto& value = table->columns.front().default_value;
    expression = value ? value->sql.common : "null";
  }
  const std::string normal = sql::normal_form(expression, sql::sqlite_lexis);
  return normal == "null" ? std::string() : normal;
}

std::string column_sentence(std::string_view name, std::string_view type, bool not_null,
                            std::string_view default_text, std::int64_t key_place,
                            std::string_view generated) {
  std::string text = "column " + quoted(name) + " type `" + stored::normal_type(type) + "`";
  if (not_null) text += " not null";
  if (!default_text.empty()) text += " default " + std::string(default_text);
  if (key_place != 0) text += " key " + std::to_string(key_place);
  if (!generated.empty()) text += " generated " + std::string(generated);
  return text;
}

std::vector<IndexPart> key_parts(const Table& table) {
  if (!table.primary_key) return {};
  std::vector<IndexPart> parts = table.primary_key->parts;
  if (!has_option(table, "without rowid")) return parts;
  std::vector<IndexPart> once;  // the engine drops what comes again
  for (auto& part : parts) {
    const bool again = std::any_of(once.begin(), once.end(), [&](const IndexPart& p) {
      return p.column == part.column && p.collation == part.collation;
    });
    if (!again) once.push_back(std::move(part));
  }
  return once;
}

IndexFacts index_facts(const Table& table, std::string head, const std::vector<IndexPart>& parts) {
  IndexFacts facts;
  facts.head = std::move(head);
  for (const auto& part : parts) {
    const Column* const column = part.expression ? nullptr : table.find_column(part.column);
    std::string collation = part.collation;
    if (collation.empty() && column != nullptr) collation = column->collation;
    if (collation.empty()) collation = "binary";
    facts.parts.emplace_back(part.expression ? "expression" : quoted(part.column),
                             to_lower(stored::name_text(collation)));
    facts.order.push_back(part.descending ? 'd' : 'a');
  }
  return facts;
}

std::string index_head(std::string_view name, bool unique, bool partial) {
  return "index " + quoted(name) + (unique ? " unique" : "") + (partial ? " partial" : "");
}

std::string foreign_key_sentence(const std::vector<std::string>& columns, std::string_view table,
                                 const std::vector<std::string>& referenced, std::string_view on_update,
                                 std::string_view on_delete) {
  const auto list = [](const std::vector<std::string>& names) {
    return "(" + to_lower(join(names, ", ")) + ")";
  };
  return "foreign key " + list(columns) + " references " + quoted(table) +
         (referenced.empty() ? "" : " " + list(referenced)) + " on update " + to_lower(on_update) +
         " on delete " + to_lower(on_delete);
}

std::string_view action_words(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction:
      return "no action";
    case ForeignKeyAction::Restrict:
      return "restrict";
    case ForeignKeyAction::Cascade:
      return "cascade";
    case ForeignKeyAction::SetNull:
      return "set null";
    case ForeignKeyAction::SetDefault:
      return "set default";
  }
  return {};
}

/// The indexes of constraints: of those with the same columns and collations the engine keeps one.
class ConstraintIndexes {
 public:
  void add(IndexFacts facts, bool primary) {
    const auto same = [&](const std::vector<IndexFacts>& group) {
      return group.front().parts == facts.parts;
    };
    auto group = std::find_if(groups_.begin(), groups_.end(), same);
    if (group == groups_.end()) group = groups_.emplace(group);  // an empty one
    facts.head = primary ? primary_key_ : "unique";
    if (primary) {
      for (auto& other : *group) other.head = facts.head;
    }
    group->push_back(std::move(facts));
  }
  /// In a table without rowids the engine drops what comes again in the key, after it has compared the
  /// constraints.
  void tell(Facts& facts, bool without_rowid) {
    for (auto& group : groups_) {
      if (without_rowid && group.front().head == primary_key_) {
        for (auto& index : group) index.drop_repeated_parts();
      }
      const std::string sentence = group.front().sentence();
      facts.indexes.insert(sentence);
      for (const auto& other : group) facts.same_index.emplace(other.sentence(), sentence);
    }
  }

 private:
  static constexpr const char* primary_key_ = "primary key";
  std::vector<std::vector<IndexFacts>> groups_;
};

Facts facts_of(const Table& table) {
  Facts facts;
  facts.table.push_back(has_option(table, "strict") ? "strict" : "not strict");
  facts.table.push_back(has_option(table, "without rowid") ? "without rowid" : "with rowid");
  const Column* const alias = rowid_alias(table);
  const std::vector<IndexPart> key = key_parts(table);
  for (const auto& column : table.columns) {
    const auto place =
        std::find_if(key.begin(), key.end(), [&](const IndexPart& p) { return p.column == column.name; });
    // the engine looks for a column in a key no further than the table has columns
    const auto farthest = static_cast<std::int64_t>(table.columns.size()) + 1;
    const std::int64_t key_place = place == key.end() ? 0 : std::min<std::int64_t>(place - key.begin() + 1, farthest);
    const std::string default_text =
        column.default_value
            ? normal_default(stored::without_outer_brackets(column.default_value->sql.common, 1))
            : std::string();
    const std::string_view generated = !column.generated          ? ""
                                       : column.generated->stored ? "stored"
                                                                  : "virtual";
    facts.columns.push_back(column_sentence(column.name, stored::kept_type(column.type.native.common),
                                            !column.nullable && &column != alias, default_text, key_place,
                                            generated));
  }
  for (const auto& foreign : table.foreign_keys) {
    facts.foreign_keys.push_back(foreign_key_sentence(foreign.columns, foreign.table, foreign.referenced,
                                                      action_words(foreign.on_update),
                                                      action_words(foreign.on_delete)));
  }
  ConstraintIndexes constraints;
  for (const auto& index : table.indexes) {
    const bool unique = index.kind == IndexKind::Unique;
    IndexFacts one =
        index_facts(table, index_head(index.name.text, unique, index.where.has_value()), index.parts);
    if (index.constraint) {
      constraints.add(std::move(one), false);
    } else {
      facts.indexes.insert(one.sentence());
    }
  }
  if (table.primary_key && alias == nullptr) {
    constraints.add(index_facts(table, {}, table.primary_key->parts), true);
  }
  constraints.tell(facts, has_option(table, "without rowid"));
  return facts;
}

/// What the engine says, by table.
class EngineFacts {
 public:
  EngineFacts(db::Connection& connection, const Schema& schema) : connection_(connection), schema_(schema) {
    read_tables();
    read_columns();
    read_indexes();
    read_foreign_keys();
  }
  const std::map<std::string, Facts, std::less<>>& tables() const { return tables_; }

 private:
  static std::int64_t number(const sql::Value& value) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    return integer != nullptr ? *integer : 0;
  }

  /// Runs `sql`, whose first column is a table's name; `from` stands for the ordinary tables of the schema,
  /// as m.
  template <class Visit>
  void for_each(std::string_view columns, std::string_view from, std::string_view order, Visit visit) {
    const std::string sql =
        "SELECT m.name, " + std::string(columns) + " FROM main.sqlite_schema m, " + std::string(from) +
        " WHERE m.type = 'table' AND m.sql NOT LIKE 'create virtual table %' ORDER BY m.name, " +
        std::string(order);
    connection_.for_each_row(sql, [&](const sql::Row& row) {
      const auto found = tables_.find(db::as_text(row[0]));
      if (found != tables_.end()) visit(found->first, found->second, row);
    });
  }

  void read_tables() {
    connection_.for_each_row(
        "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
        [&](const sql::Row& row) {
          const std::string name = db::as_text(row[0]);
          const std::string lower = to_lower(name);
          if (lower.starts_with("sqlite_") || lower.starts_with("plumb_") || schema_.opaque.contains(name))
            return;
          tables_[name].table = {number(row[1]) != 0 ? "strict" : "not strict",
                                 number(row[2]) != 0 ? "without rowid" : "with rowid"};
        });
  }

  void read_columns() {
    for_each(
        "x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden", "pragma_table_xinfo(m.name, 'main') x",
        "x.cid", [&](const std::string& name, Facts& facts, const sql::Row& row) {
          const auto table = schema_.tables.find(name);
          const Column* const alias = table == schema_.tables.end() ? nullptr : rowid_alias(table->second);
          const std::string column = db::as_text(row[1]);
          const bool is_alias = alias != nullptr && equal_ignoring_case(alias->name, column);
          const std::string default_text = sql::is_null(row[4]) ? "" : normal_default(db::as_text(row[4]));
          const std::int64_t hidden = number(row[6]);
          facts.columns.push_back(column_sentence(
              column, db::as_text(row[2]), number(row[3]) != 0 && !is_alias, default_text, number(row[5]),
              hidden == 2   ? "virtual"
              : hidden == 3 ? "stored"
                            : ""));
        });
  }

  void read_indexes() {
    IndexFacts index;
    Facts* owner = nullptr;
    const auto finish = [&] {
      if (owner != nullptr) owner->indexes.insert(index.sentence());
    };
    for_each("l.name, l.\"unique\", l.origin, l.partial, x.seqno, x.cid, x.name, x.coll, x.\"desc\"",
             "pragma_index_list(m.name, 'main') l JOIN pragma_index_xinfo(l.name, 'main') x ON x.key = 1",
             "l.seq, x.seqno", [&](const std::string&, Facts& facts, const sql::Row& row) {
               if (number(row[5]) == 0) {
                 finish();
                 owner = &facts;
                 const std::string origin = db::as_text(row[3]);
                 index = {};
                 index.head = origin == "pk" ? "primary key"
                              : origin == "u"
                                  ? "unique"
                                  : index_head(db::as_text(row[1]), number(row[2]) != 0, number(row[4]) != 0);
               }
               constexpr std::int64_t expression = -2;
               index.parts.emplace_back(
                   number(row[6]) == expression ? "expression" : quoted(db::as_text(row[7])),
                   to_lower(db::as_text(row[8])));
               index.order.push_back(number(row[9]) != 0 ? 'd' : 'a');
             });
    finish();
  }

  void read_foreign_keys() {
    struct Key {
      std::vector<std::string> columns;
      std::string table;
      std::vector<std::string> referenced;
      std::string on_update;
      std::string on_delete;
    } key;
    Facts* owner = nullptr;
    const auto finish = [&] {
      if (owner == nullptr) return;
      owner->foreign_keys.push_back(
          foreign_key_sentence(key.columns, key.table, key.referenced, key.on_update, key.on_delete));
    };
    for_each("f.seq, f.\"from\", f.\"table\", f.\"to\", f.on_update, f.on_delete",
             "pragma_foreign_key_list(m.name, 'main') f", "f.id DESC, f.seq",
             [&](const std::string&, Facts& facts, const sql::Row& row) {
               if (number(row[1]) == 0) {
                 finish();
                 owner = &facts;
                 key = {{}, db::as_text(row[3]), {}, db::as_text(row[5]), db::as_text(row[6])};
               }
               key.columns.push_back(db::as_text(row[2]));
               if (!sql::is_null(row[4])) key.referenced.push_back(db::as_text(row[4]));
             });
    finish();
  }

  db::Connection& connection_;
  const Schema& schema_;
  std::map<std::string, Facts, std::less<>> tables_;
};

class Comparison {
 public:
  void lists(const std::string& table, const std::vector<std::string>& read,
             const std::vector<std::string>& engine) {
    const std::size_t count = std::max(read.size(), engine.size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& ours = i < read.size() ? read[i] : nothing_;
      const std::string& theirs = i < engine.size() ? engine[i] : nothing_;
      if (ours == theirs) continue;
      std::string difference = "the engine says `";
      say(table, difference.append(theirs).append("` where `").append(ours).append("` was read"));
    }
  }
  void indexes(const std::string& table, const Facts& read, const Facts& engine) {
    std::set<std::string> theirs;
    for (const auto& fact : engine.indexes) {
      const auto same = read.same_index.find(fact);
      theirs.insert(same == read.same_index.end() ? fact : same->second);
    }
    for (const auto& fact : theirs) {
      if (!read.indexes.contains(fact)) say(table, "the engine says `" + fact + "`, which was not read");
    }
    for (const auto& fact : read.indexes) {
      if (!theirs.contains(fact)) say(table, "`" + fact + "` was read, which the engine does not say");
    }
  }
  void say(const std::string& table, const std::string& difference) {
    differences_.push_back("table `" + table + "`: " + difference);
  }
  std::vector<std::string> take() { return std::move(differences_); }

 private:
  const std::string nothing_ = "nothing";
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> cross_check(db::Connection& connection, const Schema& schema) {
  const EngineFacts engine(connection, schema);
  Comparison comparison;
  for (const auto& [name, table] : schema.tables) {
    const auto found = engine.tables().find(name);
    if (found == engine.tables().end()) {
      comparison.say(name, "the engine does not know it");
      continue;
    }
    const Facts read = facts_of(table);
    comparison.lists(name, read.table, found->second.table);
    comparison.lists(name, read.columns, found->second.columns);
    comparison.lists(name, read.foreign_keys, found->second.foreign_keys);
    comparison.indexes(name, read, found->second);
  }
  for (const auto& [name, facts] : engine.tables()) {
    if (!schema.tables.contains(name)) comparison.say(name, "it was not read");
  }
  return comparison.take();
}

}  // namespace plumb::sqlite
