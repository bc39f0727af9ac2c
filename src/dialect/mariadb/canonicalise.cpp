// dialect/mariadb/canonicalise.cpp: a state in MariaDB's own spelling. The only place where that is decided. What it
// cannot know without the server (how an expression is printed) is settled by respell.
#include <algorithm>

#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "dialect/mariadb/types.hpp"
#include "model/period.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view engine = "mariadb";

sql::EngineSql own(const sql::EngineSql& sql) { return sql::EngineSql(std::string(trim(sql.text_for(engine)))); }

/// "utf8mb4" of "utf8mb4_unicode_ci"; the uca1400 collations fit several charsets, utf8mb4 is the usual one.
std::string charset_of(const std::string& collation) {
  if (collation == "binary") return "binary";
  if (collation.starts_with("uca1400")) return "utf8mb4";
  return collation.substr(0, collation.find('_'));
}

/// SHOW CREATE prints utf8 as utf8mb3 (old_mode UTF8_IS_UTF8MB3), and the short uca1400 names in full.
std::string printed_collation(std::string collation) {
  if (collation.starts_with("utf8_")) collation = "utf8mb3_" + collation.substr(5);
  if (collation.starts_with("uca1400")) collation = "utf8mb4_" + collation;
  return collation;
}

std::string printed_charset(const std::string& charset) { return charset == "utf8" ? "utf8mb3" : charset; }

/// A comment as the server keeps it: characters outside the basic plane become "?", and what is longer than the
/// server allows is cut (mariadb.com/kb/en/create-table: 1024 characters for columns, 2048 for tables).
std::string stored_comment(std::string_view comment, std::size_t longest) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < comment.size() && characters < longest; ++characters) {
    const auto byte = static_cast<unsigned char>(comment[i]);
    const std::size_t width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    if (width == 4) {
      out.push_back('?');
    } else {
      out.append(comment.substr(i, width));
    }
    i += width;
  }
  return out;
}

constexpr std::size_t longest_column_comment = 1024;
constexpr std::size_t longest_table_comment = 2048;

/// An option of a storage engine's own is printed as a string (mariadb.com/kb/en/engine-defined-new-tablefieldindex-attributes).
bool is_of_storage_engine(std::string_view option) {
  return option == "page_compressed" || option == "page_compression_level" || option == "encrypted" || option == "encryption_key_id";
}

/// Engine names are printed in their own case whatever was written.
std::string printed_engine(const std::string& name) {
  for (const std::string_view known : {"InnoDB", "Aria", "MyISAM", "MEMORY", "CSV", "ARCHIVE", "BLACKHOLE", "MRG_MyISAM", "SEQUENCE", "S3", "ROCKSDB"}) {
    if (equal_ignoring_case(name, known)) return std::string(known);
  }
  return name;
}

Options canonical_options(const Options& given) {
  Options made;
  for (const auto& [key, value] : given) {
    std::string name = to_lower(key);
    if (name == "character set" || name == "default charset" || name == "default character set") name = "charset";
    if (name == "collation" || name == "default collate") name = "collate";
    if (name == "auto_increment" || name == "comment") continue;
    if (name == "engine") made[name] = printed_engine(value);
    else if (name == "collate") made[name] = printed_collation(value);
    else if (name == "charset") made[name] = printed_charset(value);
    else if (name == "row_format") made[name] = to_upper(value);
    else if (is_of_storage_engine(name) && !value.starts_with('\'')) made[name] = sql::quote_string(value, true);
    else made[name] = value;
  }
  if (made.contains("collate") && !made.contains("charset")) made["charset"] = charset_of(made["collate"]);
  if (made.contains("charset") && !made.contains("collate")) made["collate"] = default_collation(made["charset"]);
  return made;
}

void canonicalise_collation(Column& made, const Column& given, const Options& table) {
  made.charset.clear();
  made.collation.clear();
  if (given.type.kind == TypeKind::Json) {
    made.charset = "utf8mb4";
    made.collation = "utf8mb4_bin";
    return;
  }
  if (!is_character_type(made.type.native.common)) return;
  const bool foreign = !given.collation.empty() && given.collation.find('_') == std::string::npos && given.collation != "binary" &&
                       given.collation != diff::inherited;  // a collation of SQLite: NOCASE
  if (!given.collation.empty() && !foreign) {
    made.collation = printed_collation(given.collation);
    made.charset = given.charset.empty() ? (given.collation == diff::inherited ? std::string(diff::inherited) : charset_of(made.collation)) : printed_charset(given.charset);
  } else if (!given.charset.empty()) {
    made.charset = printed_charset(given.charset);
    made.collation = default_collation(made.charset);
  } else if (const auto collate = table.find("collate"); collate != table.end()) {
    made.collation = collate->second;
    const auto charset = table.find("charset");
    made.charset = charset != table.end() ? charset->second : charset_of(made.collation);
  } else {
    made.charset = diff::inherited;
    made.collation = diff::inherited;
  }
}

std::optional<Default> canonical_default(const Column& given, const std::string& type) {
  if (!given.default_value) return std::nullopt;
  Default made;
  made.sql = sql::EngineSql(default_text(*given.default_value, type));
  if (made.sql.common.empty() || equal_ignoring_case(made.sql.common, "null")) return std::nullopt;
  return made;
}

Column canonical_column(const Column& given, const Options& table) {
  Column made = given;
  made.written = {};
  made.comment = stored_comment(given.comment, longest_column_comment);
  made.type = native_type(type_text(given.type));
  made.default_value = canonical_default(given, made.type.native.common);
  canonicalise_collation(made, given, table);
  if (given.generated) {
    made.generated = Generated{own(given.generated->expression), given.generated->stored};
    made.nullable = true;  // NOT NULL on a generated column is a syntax error
    made.default_value.reset();
  }
  if (equal_ignoring_case(made.extra, automatic)) {
    made.auto_increment = true;
    made.extra.clear();
  }
  made.checks.clear();
  for (const Check& check : given.checks) {
    if (check.expression.is_for(engine)) made.checks.push_back({ObjectName("", true), own(check.expression)});
  }
  if (given.type.kind == TypeKind::Json) {
    made.checks.insert(made.checks.begin(), Check{ObjectName("", true), sql::EngineSql("json_valid(" + quoted(given.name) + ")")});
  }
  return made;
}

/// A column has room for one check of its own; further ones become the table's.
void move_surplus_checks(Table& table) {
  for (Column& column : table.columns) {
    while (column.checks.size() > 1) {
      Check check = column.checks.back();
      column.checks.pop_back();
      check.name = ObjectName(generated_name("ck", table.name, {column.name, std::to_string(column.checks.size())}), true);
      table.checks.push_back(std::move(check));
    }
  }
}

void canonicalise_parts(std::vector<IndexPart>& parts, const Table& table) {
  for (IndexPart& part : parts) {
    part.collation.clear();
    if (part.expression) part.expression = own(*part.expression);
    if (!part.length) continue;
    const Column* column = table.find_column(part.column);
    if (column == nullptr) continue;
    // a prefix as long as the column is dropped by the server
    const std::string& type = column->type.native.common;
    if (type == "varchar(" + std::to_string(*part.length) + ")" || type == "char(" + std::to_string(*part.length) + ")") part.length.reset();
  }
}

std::string row_end_of(const Table& table) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(), holds_row_end);
  return found == table.columns.end() ? std::string() : found->name;
}

/// The server adds the end of a row's time to every unique key of a versioned table that has it as a column, so that
/// the past versions have their places (mariadb.com/kb/en/system-versioned-tables).
void add_row_end(Table& table) {
  const std::string row_end = row_end_of(table);
  if (row_end.empty()) return;
  const auto add = [&](std::vector<IndexPart>& parts) {
    const bool stands = std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, row_end); });
    if (!stands) parts.emplace_back().column = row_end;
  };
  if (table.primary_key) add(table.primary_key->parts);
  for (Index& index : table.indexes) {
    if (index.kind == IndexKind::Unique) add(index.parts);
  }
}

Table canonical_table(const Table& given, const Options& defaults) {
  Table made;
  made.name = given.name;
  made.comment = stored_comment(given.comment, longest_table_comment);
  made.extra = given.extra;
  made.written = given.written;
  Options options = defaults;
  if (const auto mine = given.options.find(engine); mine != given.options.end()) {
    const Options own_options = canonical_options(mine->second);
    if (own_options.contains("charset")) {  // the schema's collation must not survive beside the table's charset
      options.erase("collate");
      options.erase("charset");
    }
    for (const auto& [key, value] : own_options) options[key] = value;
  }
  if (given.extra == without_versioning) options["system_period"].clear();
  if (!options.empty()) made.options.emplace(engine, options);
  made.columns.reserve(given.columns.size());
  for (const Column& column : given.columns) made.columns.push_back(canonical_column(column, options));
  made.primary_key = given.primary_key;
  if (made.primary_key) {
    made.primary_key->name = {};
    canonicalise_parts(made.primary_key->parts, made);
    for (const auto& part : made.primary_key->parts) {
      if (Column* column = made.find_column(part.column)) column->nullable = false;
    }
  }
  for (const Index& index : given.indexes) {
    Index mine = index;
    mine.constraint = false;
    mine.where.reset();
    canonicalise_parts(mine.parts, made);
    if (has_expression(mine.parts)) continue;  // see cannot_express
    made.indexes.push_back(std::move(mine));
  }
  add_row_end(made);
  made.foreign_keys = given.foreign_keys;
  for (ForeignKey& key : made.foreign_keys) {
    // InnoDB takes NO ACTION for RESTRICT (mariadb.com/kb/en/foreign-keys)
    if (key.on_delete == ForeignKeyAction::Restrict) key.on_delete = ForeignKeyAction::NoAction;
    if (key.on_update == ForeignKeyAction::Restrict) key.on_update = ForeignKeyAction::NoAction;
    // and accepts SET DEFAULT but stores RESTRICT
    if (key.on_delete == ForeignKeyAction::SetDefault) key.on_delete = ForeignKeyAction::NoAction;
    if (key.on_update == ForeignKeyAction::SetDefault) key.on_update = ForeignKeyAction::NoAction;
    key.extra.clear();
  }
  for (const Check& check : given.checks) {
    if (check.expression.is_for(engine)) made.checks.push_back({check.name, own(check.expression)});
  }
  move_surplus_checks(made);
  return made;
}

}  // namespace

bool has_expression(const std::vector<IndexPart>& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const IndexPart& part) {
    return part.expression && !to_upper(trim(part.expression->text_for(engine))).ends_with(without_overlaps);
  });
}

Schema MariaDbDialect::in_own_spelling(const Schema& schema, ByName<Table> as_read) const {
  Schema made;
  made.tables = std::move(as_read);
  made.opaque = schema.opaque;
  Options defaults;
  if (const auto given = schema.options.find(engine); given != schema.options.end()) {
    defaults = canonical_options(given->second);
    made.options.emplace(engine, defaults);
  }
  // what a live database has as its default says nothing about its tables, which always print their own
  for (const auto& [name, table] : schema.tables) {
    if (!is_as_read(table)) made.tables.emplace_hint(made.tables.end(), name, canonical_table(table, defaults));
  }
  for (const auto& [name, view] : schema.views) {
    if (!view.query.is_for(engine)) continue;
    View mine = view;
    mine.query = own(view.query);
    mine.comment.clear();
    made.views.emplace_hint(made.views.end(), name, std::move(mine));
  }
  for (const auto& [name, trigger] : schema.triggers) {
    if (!trigger.body.is_for(engine)) continue;
    Trigger mine = trigger;
    mine.body = own(trigger.body);
    mine.when = {};
    mine.update_of.clear();
    std::erase_if(mine.options, [](const auto& entry) { return entry.first != engine; });
    made.triggers.emplace_hint(made.triggers.end(), name, std::move(mine));
  }
  return made;
}

}  // namespace plumb::mariadb
