// dialect/mariadb/lift.cpp: MariaDB's spelling as a portable one, for inspect.
#include <algorithm>

#include "dialect/lift_names.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/sizes.hpp"
#include "dialect/mariadb/types.hpp"
#include "diff/foreign_key_indexes.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// 'text' without its quotes and escapes; nothing where it holds one that has no plain character.
std::optional<std::string> plain_string(std::string_view quoted) {
  std::string out;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\'') ++i;
    if (quoted[i] != '\\') {
      out.push_back(quoted[i]);
      continue;
    }
    ++i;
    switch (quoted[i]) {
      case 'n': out.push_back('\n'); break;
      case 't': out.push_back('\t'); break;
      case '\\': out.push_back('\\'); break;
      case '\'': out.push_back('\''); break;
      default: return std::nullopt;
    }
  }
  return out;
}

std::optional<Default> lifted_default(const Default& given, const ColumnType& type, const std::string& native) {
  const std::string& text = given.sql.common;
  const auto tokens = sql::tokenize(text, sql::mariadb_lexis);
  Default made;
  if (type.kind == TypeKind::Bool && (text == "0" || text == "1")) {
    made.kind = DefaultKind::Bool;
    made.text = text == "1" ? "true" : "false";
  } else if (tokens.size() == 1 && tokens[0].kind == sql::TokenKind::String && text.front() == '\'') {
    auto plain = plain_string(text);
    if (!plain) return given;
    made.kind = DefaultKind::Literal;
    made.text = std::move(*plain);
  } else if (!tokens.empty() && tokens.size() <= 2 && tokens.back().kind == sql::TokenKind::Number && (tokens.size() == 1 || tokens[0].text == "-")) {
    made.kind = DefaultKind::Number;
    made.text = tokens.size() == 2 ? "-" + std::string(tokens[1].text) : text;
  } else {
    made.kind = DefaultKind::Now;
  }
  // only what comes back as the same text may stand in plumb's own words
  return default_text(made, native) == text ? made : given;
}

bool is_json_check(const Check& check, const std::string& column) {
  const auto tokens = sql::tokenize(check.expression.common, sql::mariadb_lexis);
  return tokens.size() == 4 && equal_ignoring_case(tokens[0].text, "json_valid") && tokens[1].text == "(" &&
         equal_ignoring_case(sql::unquoted(tokens[2].text), column) && tokens[3].text == ")";
}

void lift_column(Column& column, const Options& table) {
  const std::string native = column.type.native.common;
  const auto collate = table.find("collate");
  if (native == "longtext" && column.collation == "utf8mb4_bin" && !column.checks.empty() && is_json_check(column.checks.front(), column.name)) {
    column.type = ColumnType{};
    column.type.kind = TypeKind::Json;
    column.checks.erase(column.checks.begin());
    column.charset.clear();
    column.collation.clear();
  } else {
    column.type = portable_type(native);
    if (collate != table.end() && column.collation == collate->second) {
      column.charset.clear();
      column.collation.clear();
    } else if (!column.collation.empty() && column.collation.starts_with(column.charset + "_")) {
      column.charset.clear();  // the collation says it
    }
  }
  if (column.default_value) column.default_value = lifted_default(*column.default_value, column.type, native);
}

void lift_key(Table& table) {
  if (!table.primary_key || table.primary_key->parts.size() != 1 || !table.primary_key->extra.empty() || table.primary_key->parts[0].length) return;
  Column* column = table.find_column(table.primary_key->parts[0].column);
  if (column != nullptr && column->auto_increment && column->type.kind == TypeKind::BigInt && column->type.is_unsigned && !column->invisible) {
    column->type = ColumnType{};
    column->type.kind = TypeKind::Serial;
  }
}

void lift_references(Table& table, const Schema& schema) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.columns.size() != 1 || key.referenced.size() != 1 || !key.database.empty()) continue;
    const auto parent = schema.tables.find(key.table);
    if (parent == schema.tables.end()) continue;
    const Column* referenced = parent->second.find_column(key.referenced[0]);
    Column* column = table.find_column(key.columns[0]);
    if (referenced == nullptr || column == nullptr || referenced->type.kind != TypeKind::Serial) continue;
    if (column->type.kind == TypeKind::BigInt && column->type.is_unsigned) {
      column->type = ColumnType{};
      column->type.kind = TypeKind::SerialRef;
    }
  }
}

/// The index that the server makes for a foreign key by itself need not be declared, unless the key has another one.
void leave_out_indexes_of_foreign_keys(Table& table) {
  const auto is_made_for = [](const Index& index, const ForeignKey& key) {
    if (index.kind != IndexKind::Plain || !index.extra.empty() || !index.comment.empty() || key.name != index.name) return false;
    return std::equal(key.columns.begin(), key.columns.end(), index.parts.begin(), index.parts.end(),
                      [](const std::string& name, const IndexPart& part) { return equal_ignoring_case(name, part.column) && !part.length && !part.descending; });
  };
  for (const ForeignKey& key : table.foreign_keys) {
    const auto made = std::find_if(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return is_made_for(index, key); });
    if (made == table.indexes.end()) continue;
    Table without = table;
    without.indexes.erase(without.indexes.begin() + (made - table.indexes.begin()));
    if (!diff::is_covered(without, key.columns, is_hashed)) table.indexes = std::move(without.indexes);
  }
}

/// A column that counts within another one, which `auto` does not say.
void lift_inner_counter(Table& table) {
  const auto leads = [](const std::vector<IndexPart>& parts, const Column& column) { return !parts.empty() && equal_ignoring_case(parts[0].column, column.name); };
  for (Column& column : table.columns) {
    if (!column.auto_increment || !column.extra.empty() || (table.primary_key && leads(table.primary_key->parts, column))) continue;
    if (std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return leads(index.parts, column); })) continue;
    column.auto_increment = false;
    column.extra = automatic;
  }
}

/// Leaves out what a trigger is created with anyway: the server's own sql_mode, and its turn when all of the same
/// moment come in the order of their names.
void lift_triggers(Schema& schema) {
  const auto same_moment = [](const Trigger& a, const Trigger& b) { return a.table == b.table && a.timing == b.timing && a.event == b.event; };
  const Schema given = schema;
  for (auto& [name, trigger] : schema.triggers) {
    Options& options = trigger.options["mariadb"];
    if (const auto mode = options.find("sql_mode"); mode != options.end() && mode->second == default_sql_mode) options.erase(mode);
    const bool in_order = std::all_of(given.triggers.begin(), given.triggers.end(), [&, &one = trigger](const auto& entry) {
      if (!same_moment(entry.second, one)) return true;
      const auto& of_other = entry.second.options;
      const auto found = of_other.find("mariadb");
      if (found == of_other.end() || !found->second.contains("follows")) return true;
      return found->second.at("follows") < entry.first;
    });
    if (in_order) options.erase("follows");
    if (options.empty()) trigger.options.erase("mariadb");
  }
}

Options options_of(const std::map<std::string, Options, std::less<>>& options) {
  const auto found = options.find("mariadb");
  return found == options.end() ? Options() : found->second;
}

}  // namespace

Schema MariaDbDialect::lift(const Schema& schema) const {
  Schema made = schema;
  Options defaults = options_of(schema.options);
  if (!made.tables.empty()) defaults.emplace("engine", "InnoDB");
  for (auto& [name, table] : made.tables) {
    const Options options = options_of(table.options);
    for (Column& column : table.columns) lift_column(column, options);
    lift_key(table);
    lift_inner_counter(table);
    leave_out_indexes_of_foreign_keys(table);
    mark_generated_names(table);
    const bool same_collation = options.contains("collate") && defaults.contains("collate") && options.at("collate") == defaults.at("collate");
    Options rest;
    for (const auto& [key, value] : options) {
      const auto common = defaults.find(key);
      const bool is_default = common != defaults.end() && common->second == value;
      const bool of_collation = key == "charset" || key == "collate";
      if (!is_default || (of_collation && !same_collation)) rest.emplace(key, value);
    }
    table.options.clear();
    if (!rest.empty()) table.options.emplace("mariadb", std::move(rest));
  }
  for (auto& [name, table] : made.tables) lift_references(table, made);
  lift_triggers(made);
  made.options.clear();
  if (!defaults.empty()) made.options.emplace("mariadb", std::move(defaults));
  return made;
}

}  // namespace plumb::mariadb
