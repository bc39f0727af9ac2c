#include "engine/sqlite_read/generated_schema.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

using namespace std::string_view_literals;

constexpr std::array blanks{
    " "sv,    "\n"sv,           "\t "sv, "  "sv, "\r\n"sv, "/* c, ) ' */"sv, " -- x ( \" [\n"sv,
    "/**/"sv, " /* a\n b */ "sv};
constexpr std::array column_names{
    "id"sv,        "name"sv,  "Straße"sv,    "a b"sv, "select"sv, "x'y"sv,   "q\"r"sv,  "br]ak"sv,
    "new\nline"sv, "--c"sv,   "CamelCase"sv, "key"sv, "desc"sv,   "_1"sv,    "end"sv,   "`tick`"sv,
    "/*no*/"sv,    "check"sv, "日本"sv,      "a,b"sv, "(c)"sv,    "begin"sv, "rowid"sv, "generated"sv};
constexpr std::array constraint_names{"c1"sv, "my constraint"sv, "Unique"sv, "ck'x"sv, "é"sv, "primary"sv};
constexpr std::array conflicts{"ROLLBACK"sv, "ABORT"sv, "FAIL"sv, "IGNORE"sv, "REPLACE"sv};
constexpr std::array collations{"BINARY"sv, "NOCASE"sv, "RTRIM"sv};

struct Spelling {
  std::string_view written;
  std::string_view read;
};
constexpr auto types = std::to_array<Spelling>({{"", ""},
                                                {"INTEGER", "integer"},
                                                {"Int", "int"},
                                                {"TEXT", "text"},
                                                {"varchar ( 20 )", "varchar(20)"},
                                                {"DECIMAL(10 ,2)", "decimal(10,2)"},
                                                {"double\n precision", "double precision"},
                                                {"[my type]", "my type"},
                                                {"\"weird-type\"", "\"weird-type\""},
                                                {"'integer'", "integer"},
                                                {"odd(-1)", "odd(-1)"},
                                                {"key action", "key action"}});
constexpr auto strict_types = std::to_array<Spelling>({{"INT", "int"},
                                                       {"INTEGER", "integer"},
                                                       {"TEXT", "text"},
                                                       {"Blob", "blob"},
                                                       {"REAL", "real"},
                                                       {"any", "any"}});
constexpr auto defaults = std::to_array<Spelling>({{"1", "1"},
                                                   {"-1", "-1"},
                                                   {"- /* m */ 1.5", "-1.5"},
                                                   {"+3", "3"},
                                                   {"'x'", "'x'"},
                                                   {"'it''s, )'", "'it''s, )'"},
                                                   {"X'AB'", "x'ab'"},
                                                   {"NULL", ""},
                                                   {"current_timestamp", "CURRENT_TIMESTAMP"},
                                                   {"TRUE", "true"},
                                                   {"bare", "'bare'"},
                                                   {"\"d'q\"", "'d''q'"},
                                                   {"(1 + 2)", "(1 + 2)"},
                                                   {"( 'a' || ')' /* ) */ )", "( 'a' || ')' /* ) */ )"},
                                                   {"1E3", "1e3"},
                                                   {"(NULL)", "(NULL)"},
                                                   {"0x1F", "0x1f"}});

struct ActionSpelling {
  std::string_view written;
  ForeignKeyAction read;
};
constexpr auto actions = std::to_array<ActionSpelling>({{"NO ACTION", ForeignKeyAction::NoAction},
                                                        {"RESTRICT", ForeignKeyAction::Restrict},
                                                        {"CASCADE", ForeignKeyAction::Cascade},
                                                        {"SET NULL", ForeignKeyAction::SetNull},
                                                        {"SET DEFAULT", ForeignKeyAction::SetDefault}});

bool is_plain(std::string_view text) {
  constexpr std::array safe{"id"sv,   "name"sv,    "CamelCase"sv, "_1"sv,     "Straße"sv,
                            "日本"sv, "c1"sv,      "é"sv,         "Parent"sv, "X"sv,
                            "key"sv,  "begin"sv,   "BINARY"sv,    "NOCASE"sv, "RTRIM"sv,
                            "FULL"sv, "PARTIAL"sv, "desc"sv,      "end"sv,    "rowid"sv};
  const bool numbered = text.starts_with("t_") || text.starts_with("i_");
  return (numbered && text.find(' ') == std::string_view::npos) ||
         std::find(safe.begin(), safe.end(), text) != safe.end();
}

IndexPart column_part(const std::string& column) {
  IndexPart made;
  made.column = column;
  return made;
}

}  // namespace

std::string SchemaGenerator::blank() {
  if (chance(0.6)) return " ";
  return std::string(pick(blanks));
}

/// The words in any case with something between them.
std::string SchemaGenerator::words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == ' ' ? blank()
                    : std::string(1, chance(0.5) && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  return out;
}

std::string SchemaGenerator::any_case(std::string_view text) {
  if (chance(0.7)) return std::string(text);
  return chance(0.5) ? to_upper(text) : to_lower(text);
}

std::string SchemaGenerator::name(std::string_view text) {
  if (is_plain(text) && chance(0.5)) return std::string(text);
  switch (below(4)) {
    case 0:
      return sql::quote_name(text, sql::Quoting::Backquotes);
    case 1:
      return sql::quote_string(text, false);
    case 2:
      if (text.find(']') == std::string_view::npos) return "[" + std::string(text) + "]";
      break;
    default:
      break;
  }
  return sql::quote_name(text, sql::Quoting::DoubleQuotes);
}

std::string SchemaGenerator::bracketed(const std::string& inside) {
  return perhaps_blank() + "(" + inside + ")" + perhaps_blank();
}

/// A CONSTRAINT clause, or a name without anything behind it, or nothing.
std::string SchemaGenerator::constraint_name(ObjectName& out) {
  out = ObjectName(std::string(), true);
  if (chance(0.6)) return {};
  std::string text = words("CONSTRAINT ") + name(pick(constraint_names)) + blank();
  out = ObjectName(std::string(pick(constraint_names)));
  return (chance(0.2) ? text : std::string()) + words("CONSTRAINT ") + name(out.text) + blank();
}

std::string SchemaGenerator::conflict(std::string& extra, std::string_view before) {
  const std::string_view how = before.empty() ? std::string_view(conflict_of_keys_) : pick(conflicts);
  if (how.empty() || chance(0.6)) return {};
  if (how != "ABORT") extra = std::string(before) + "ON CONFLICT " + std::string(how);
  return blank() + words("ON CONFLICT ") + words(how);
}

std::string SchemaGenerator::expression(const Table& table) {
  const std::string column = sql::quote_name(pick(table.columns).name, sql::Quoting::DoubleQuotes);
  switch (below(6)) {
    case 0:
      return column + " > 1";
    case 1:
      return "length(" + column + ") < 10 /* ) */ OR 1";
    case 2:
      return column + " IS NOT 'it''s, )'";
    case 3:
      return "(" + column + ") <> (" + column + ")";
    case 4:
      return "CASE WHEN " + column + " THEN\n 1 ELSE 0 END";
    default:
      return "NOT " + column + " -- why\n AND " + column;
  }
}

std::string SchemaGenerator::part(const Table& table, IndexPart& out, bool may_be_expression) {
  std::string text;
  if (may_be_expression && chance(0.25)) {
    const std::string column = sql::quote_name(pick(table.columns).name, sql::Quoting::DoubleQuotes);
    const std::array<std::string, 4> expressions{"lower(" + column + ")", column + " || ','",
                                                 "(" + column + " + 1)",
                                                 "CASE " + column + " WHEN 1 THEN 2 END"};
    const std::size_t which = below(expressions.size());
    const std::string& whole = expressions[which];
    out.expression = sql::EngineSql(whole.starts_with('(') ? whole.substr(1, whole.size() - 2) : whole);
    text = expressions[which];
    if (which != 1 && chance(0.3)) {
      out.collation = std::string(pick(collations));
      text += blank() + words("COLLATE ") + name(out.collation);
    }
  } else {
    out.column = pick(table.columns).name;
    text = name(out.column);
    if (chance(0.2)) {
      out.collation = std::string(pick(collations));
      text += blank() + words("COLLATE ") + any_case(name(out.collation));
    }
    if (chance(0.1)) text = "(" + text + ")";
  }
  if (chance(0.3)) {
    out.descending = chance(0.5);
    text += blank() + words(out.descending ? "DESC" : "ASC");
  }
  return perhaps_blank() + text + perhaps_blank();
}

std::string SchemaGenerator::references(ForeignKey& key, std::size_t columns) {
  key.table = "Parent";
  std::string text = words("REFERENCES ") + any_case(name("Parent"));
  if (chance(0.7)) {
    key.referenced = columns == 1 ? std::vector<std::string>{"X"} : std::vector<std::string>{"X", "y z"};
    std::string list = name("X");
    if (columns == 2) list += comma() + name("y z");
    text += bracketed(list);
  }
  while (chance(0.3)) {
    const auto& action = pick(actions);
    const bool on_delete = chance(0.5);
    (on_delete ? key.on_delete : key.on_update) = action.read;
    text += blank() + words(on_delete ? "ON DELETE " : "ON UPDATE ") + words(action.written);
  }
  if (chance(0.15)) {
    key.extra = "MATCH FULL";
    text += blank() + words("MATCH ") + name("FULL");
  }
  if (chance(0.3)) {
    constexpr std::array deferrals{"DEFERRABLE INITIALLY DEFERRED"sv, "DEFERRABLE"sv, "NOT DEFERRABLE"sv,
                                   "NOT DEFERRABLE INITIALLY DEFERRED"sv, "DEFERRABLE INITIALLY IMMEDIATE"sv};
    const std::size_t which = below(deferrals.size());
    if (which == 0)
      key.extra += key.extra.empty() ? "DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE INITIALLY DEFERRED";
    text += blank() + words(deferrals[which]);
  }
  return text;
}

void SchemaGenerator::add_columns(Table& table, bool strict) {
  std::vector<std::string_view> names(column_names.begin(), column_names.end());
  std::shuffle(names.begin(), names.end(), random_);
  const std::size_t count = 1 + below(7);
  for (std::size_t i = 0; i < count; ++i) {
    Column column;
    column.name = std::string(names[i]);
    column.nullable = true;
    if (i > 0 && chance(0.12)) {
      column.generated =
          Generated{sql::quote_name(table.columns[0].name, sql::Quoting::DoubleQuotes) + " + 1",
                    !strict && chance(0.5)};
    }
    table.columns.push_back(std::move(column));
  }
}

std::string SchemaGenerator::column_text(Table& table, std::size_t number, bool strict, bool without_rowid) {
  Column& column = table.columns[number];
  const auto& type = strict ? pick(strict_types) : pick(types);
  column.type = native_type(std::string(type.read));
  std::vector<std::function<std::string()>> clauses;
  if (chance(0.3)) {
    clauses.emplace_back([&] {
      column.nullable = false;
      std::string clause = words("NOT NULL") + conflict(column.extra, "NOT NULL ");
      if (column.generated && column.extra.empty()) column.extra = "NOT NULL";
      return clause;
    });
  }
  if (chance(0.1)) clauses.emplace_back([&] { return words("NULL"); });
  if (!column.generated && chance(0.3)) {
    clauses.emplace_back([&] {
      const auto& value = pick(defaults);
      if (!value.read.empty())
        column.default_value = Default{DefaultKind::Expression, {}, std::string(value.read)};
      return words("DEFAULT ") + std::string(value.written);
    });
  }
  if (chance(0.2)) {
    clauses.emplace_back([&] {
      const std::string_view collation = pick(collations);
      if (collation != "BINARY") column.collation = std::string(collation);
      return words("COLLATE ") + any_case(name(collation));
    });
  }
  for (int i = 0; i < 2; ++i) {
    if (!chance(0.15)) continue;
    clauses.emplace_back([&] {
      Check check;
      std::string text = constraint_name(check.name);
      const std::string inside = expression(table);
      check.expression = inside;
      column.checks.push_back(std::move(check));
      return text + words("CHECK") + bracketed(inside);
    });
  }
  if (chance(0.15)) {
    clauses.emplace_back([&] {
      Index index;
      index.kind = IndexKind::Unique;
      index.constraint = true;
      std::string text = constraint_name(index.name);
      index.parts = {column_part(column.name)};
      text += words("UNIQUE") + conflict(index.extra, {});
      table.indexes.push_back(std::move(index));
      return text;
    });
  }
  if (chance(0.15)) {
    clauses.emplace_back([&] {
      ForeignKey key;
      std::string text = constraint_name(key.name);
      key.columns = {column.name};
      text += references(key, 1);
      table.foreign_keys.push_back(std::move(key));
      return text;
    });
  }
  if (!column.generated && !table.primary_key && chance(0.2)) {
    clauses.emplace_back([&] {
      PrimaryKey key;
      std::string text = constraint_name(key.name);
      IndexPart made = column_part(column.name);
      made.descending = chance(0.2);
      text += words("PRIMARY KEY") + (made.descending ? blank() + words("DESC")
                                      : chance(0.2)   ? blank() + words("ASC")
                                                      : "");
      text += conflict(key.extra, {});
      if (column.type.native.common == "integer" && !made.descending && !without_rowid && chance(0.5)) {
        column.auto_increment = true;
        text += blank() + words("AUTOINCREMENT");
      }
      key.parts = {made};
      table.primary_key = std::move(key);
      key_behind_column_ = true;
      return text;
    });
  }
  if (column.generated) {
    clauses.emplace_back([&] {
      const std::string inside = column.generated->expression.common;
      // a comment between the type and ALWAYS would become a part of the type
      const bool comment_matters = strict || type.written.starts_with("'") || type.written.starts_with("[") ||
                                   column.type.native.common == "integer";
      std::string text =
          !comment_matters && chance(0.5) ? words("GENERATED") + " " + words("ALWAYS AS") : words("AS");
      text += bracketed(inside);
      if (column.generated->stored) return text + words("STORED");
      return text + (chance(0.5) ? words("VIRTUAL") : std::string());
    });
  }
  std::shuffle(clauses.begin(), clauses.end(), random_);
  std::string text = name(column.name) + (type.written.empty() ? "" : blank() + std::string(type.written));
  for (const auto& clause : clauses) text += blank() + clause();
  return text;
}

std::string SchemaGenerator::key_clause(Table& table) {
  PrimaryKey key;
  std::string text = constraint_name(key.name);
  std::vector<std::string_view> names;
  for (const auto& column : table.columns) {
    if (!column.generated) names.push_back(column.name);
  }
  std::shuffle(names.begin(), names.end(), random_);
  names.resize(1 + below(std::min<std::size_t>(3, names.size())));
  std::string list;
  for (const auto column : names) {
    IndexPart made = column_part(std::string(column));
    list += (list.empty() ? "" : comma()) + name(column);
    if (chance(0.2)) {
      made.descending = true;
      list += blank() + words("DESC");
    }
    key.parts.push_back(std::move(made));
  }
  text += words("PRIMARY KEY") + bracketed(list) + conflict(key.extra, {});
  table.primary_key = std::move(key);
  return text;
}

std::vector<std::string> SchemaGenerator::table_clauses(Table& table) {
  std::vector<std::string> clauses;
  while (chance(0.45)) {
    switch (below(4)) {
      case 0: {
        Check check;
        std::string text = constraint_name(check.name);
        const std::string inside = expression(table);
        check.expression = inside;
        table.checks.push_back(std::move(check));
        clauses.push_back(text + words("CHECK") + bracketed(inside));
        break;
      }
      case 1: {
        Index index;
        index.kind = IndexKind::Unique;
        index.constraint = true;
        std::string text = constraint_name(index.name) + words("UNIQUE");
        std::string list;
        const std::size_t count = 1 + below(3);
        for (std::size_t i = 0; i < count; ++i)
          list += (i == 0 ? "" : ",") + part(table, index.parts.emplace_back(), false);
        text += bracketed(list) + conflict(index.extra, {});
        table.indexes.push_back(std::move(index));
        clauses.push_back(std::move(text));
        break;
      }
      case 2: {
        ForeignKey key;
        std::string text = constraint_name(key.name) + words("FOREIGN KEY");
        const std::size_t count = table.columns.size() > 1 && chance(0.3) ? 2 : 1;
        std::string list;
        for (std::size_t i = 0; i < count; ++i) {
          key.columns.push_back(table.columns[i].name);
          list += (i == 0 ? "" : comma()) + name(table.columns[i].name);
        }
        text += bracketed(list) + references(key, count);
        table.foreign_keys.push_back(std::move(key));
        clauses.push_back(std::move(text));
        break;
      }
      default:
        clauses.push_back(words("CONSTRAINT ") + name(pick(constraint_names)) + ",");  // a name of nothing
    }
  }
  return clauses;
}

std::string SchemaGenerator::index_text(Table& table, std::size_t number) {
  Index index;
  index.name = ObjectName("i_" + std::to_string(number) + "_" + std::to_string(table.indexes.size()));
  index.kind = chance(0.3) ? IndexKind::Unique : IndexKind::Plain;
  std::string text = index.kind == IndexKind::Unique ? words("CREATE UNIQUE INDEX ") : words("CREATE INDEX ");
  text += name(index.name.text) + blank() + words("ON ") + any_case(name(table.name));
  std::string list;
  const std::size_t count = 1 + below(4);
  for (std::size_t i = 0; i < count; ++i)
    list += (i == 0 ? "" : ",") + part(table, index.parts.emplace_back(), true);
  text += bracketed(list);
  if (chance(0.25)) {
    const std::string where = expression(table);
    index.where = sql::EngineSql(where);
    text += words("WHERE ") + where;
  }
  table.indexes.push_back(std::move(index));
  return text + "\n;";
}

/// What the engine makes of the whole.
void SchemaGenerator::settle(Table& table) {
  for (auto& index : table.indexes) {
    for (auto& made : index.parts) {
      const Column* column = made.expression ? nullptr : table.find_column(made.column);
      const bool own = column != nullptr && !column->collation.empty();
      if (made.collation == (own ? column->collation : "BINARY")) made.collation.clear();
    }
  }
}

GeneratedTable SchemaGenerator::next(std::size_t number) {
  GeneratedTable made;
  Table& table = made.table;
  table.name = "t_" + std::to_string(number) + (chance(0.2) ? " x\"y" : "");
  const bool strict = chance(0.15);
  const bool without_rowid = chance(0.2);
  conflict_of_keys_ = chance(0.3) ? std::string(pick(conflicts)) : std::string();
  key_behind_column_ = false;
  add_columns(table, strict);
  std::string body;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    body += (i == 0 ? perhaps_blank() : comma()) + column_text(table, i, strict, without_rowid);
  }
  std::vector<std::string> clauses = table_clauses(table);
  if (!table.primary_key && (without_rowid || chance(0.3))) clauses.push_back(key_clause(table));
  bool first = true;
  for (const auto& clause : clauses) {
    const bool comma_there = body.ends_with(',');
    body += (comma_there ? perhaps_blank() : first || chance(0.8) ? comma() : blank()) + clause;
    first = false;
  }
  if (body.ends_with(',')) body.pop_back();
  made.script =
      words("CREATE TABLE ") + name(table.name) + perhaps_blank() + "(" + body + perhaps_blank() + ")";
  std::vector<std::string> options;
  if (strict) options.push_back(words("STRICT"));
  if (without_rowid) options.push_back(words("WITHOUT ROWID"));
  std::shuffle(options.begin(), options.end(), random_);
  made.script += perhaps_blank() + join(options, comma()) + "\n;";
  if (strict) table.options["sqlite"]["strict"] = "";
  if (without_rowid) table.options["sqlite"]["without rowid"] = "";

  if (table.primary_key) {
    auto& parts = table.primary_key->parts;
    Column* const only = parts.size() == 1 ? table.find_column(parts[0].column) : nullptr;
    const bool integer = only != nullptr && only->type.native.common == "integer" && !without_rowid;
    if (integer && (!key_behind_column_ || !parts[0].descending)) {
      only->nullable = false;
      parts[0].descending = false;
    }
    for (const auto& key_part : parts) {
      if (strict || without_rowid) table.find_column(key_part.column)->nullable = false;
    }
  }
  for (std::size_t count = below(4); count > 0; --count) made.script += index_text(table, number);
  settle(table);
  return made;
}

}  // namespace plumb::sqlite
