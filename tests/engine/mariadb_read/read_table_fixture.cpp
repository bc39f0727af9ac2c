#include "read_table_fixture.hpp"

#include <regex>

#include "dialect/mariadb/show_create.hpp"
#include "dialect/read_schema.hpp"
#include "sql/quote.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

std::string backquoted(std::string_view name) {
  return sql::quote_name(name, sql::Quoting::Backquotes);
}

std::string names(const std::vector<std::string>& all, std::string_view separator) {
  std::vector<std::string> out;
  for (const auto& name : all) out.push_back(backquoted(name));
  return "(" + join(out, separator) + ")";
}

std::string parts(const std::vector<IndexPart>& all) {
  std::vector<std::string> out;
  for (const auto& part : all) {
    out.push_back(backquoted(part.column) + (part.length ? "(" + std::to_string(*part.length) + ")" : "") +
                  (part.descending ? " DESC" : ""));
  }
  return "(" + join(out, ",") + ")";
}

std::string option(const Table& table, std::string_view key) {
  const auto& options = table.options.at("mariadb");
  const auto found = options.find(key);
  return found == options.end() ? std::string() : found->second;
}

std::string column_line(const Column& column, const Table& table) {
  const bool is_timestamp = column.type.native.common.substr(0, 9) == "timestamp";
  std::string out = backquoted(column.name) + " " + column.type.native.common;
  if (!column.collation.empty() && column.collation != option(table, "collate")) {
    out += " CHARACTER SET " + column.charset + " COLLATE " + column.collation;
  }
  if (column.generated) {
    out += " GENERATED ALWAYS AS (" + column.generated->expression.common + ")";
    out += column.generated->stored ? " STORED" : " VIRTUAL";
  } else if (!column.nullable) {
    out += " NOT NULL";
  } else if (is_timestamp) {
    out += " NULL";
  }
  if (column.invisible) out += " INVISIBLE";
  if (column.default_value) {
    out += " DEFAULT " + column.default_value->sql.common;
  } else if (column.nullable && !column.generated) {
    out += " DEFAULT NULL";
  }
  if (column.extra == "WITHOUT SYSTEM VERSIONING") out += " " + column.extra;
  if (column.on_update_now) {
    const std::size_t open = column.type.native.common.find('(');
    out += " ON UPDATE current_timestamp" +
           (open == std::string::npos ? std::string("()") : column.type.native.common.substr(open));
  }
  if (column.auto_increment) out += " AUTO_INCREMENT";
  if (!column.comment.empty()) out += " COMMENT " + mariadb::string_literal(column.comment);
  if (column.extra.substr(0, 1) == "/") out += " " + column.extra;
  for (const auto& check : column.checks) out += " CHECK (" + check.expression.common + ")";
  return out;
}

std::string index_line(const Index& index) {
  std::string out;
  switch (index.kind) {
    case IndexKind::Plain:
      break;
    case IndexKind::Unique:
      out = "UNIQUE ";
      break;
    case IndexKind::Fulltext:
      out = "FULLTEXT ";
      break;
    case IndexKind::Spatial:
      out = "SPATIAL ";
      break;
  }
  out += "KEY " + backquoted(index.name.text) + " " + parts(index.parts);
  // IGNORED stands behind the comment, USING and KEY_BLOCK_SIZE before it
  const std::size_t ignored = index.extra.find("IGNORED");
  const std::string before(trim(std::string_view(index.extra).substr(0, ignored)));
  if (!before.empty()) out += " " + before;
  if (!index.comment.empty()) out += " COMMENT " + mariadb::string_literal(index.comment);
  if (ignored != std::string::npos) out += " " + index.extra.substr(ignored);
  return out;
}

std::string foreign_key_line(const ForeignKey& key) {
  std::string out =
      "CONSTRAINT " + backquoted(key.name.text) + " FOREIGN KEY " + names(key.columns, ", ") + " REFERENCES ";
  if (!key.database.empty()) out += backquoted(key.database) + ".";
  out += backquoted(key.table) + " " + names(key.referenced, ", ");
  for (const auto& [clause, action] :
       {std::pair(" ON DELETE ", key.on_delete), std::pair(" ON UPDATE ", key.on_update)}) {
    if (action == ForeignKeyAction::Cascade) out += std::string(clause) + "CASCADE";
    if (action == ForeignKeyAction::SetNull) out += std::string(clause) + "SET NULL";
  }
  return out;
}

}  // namespace

std::string printed_like_the_server(const Table& table) {
  std::vector<std::string> lines;
  for (const auto& column : table.columns) lines.push_back(column_line(column, table));
  if (table.primary_key) {
    const std::string& extra = table.primary_key->extra;
    lines.push_back("PRIMARY KEY " + parts(table.primary_key->parts) + (extra.empty() ? "" : " " + extra));
  }
  for (const auto& index : table.indexes) lines.push_back(index_line(index));
  for (const auto& key : table.foreign_keys) lines.push_back(foreign_key_line(key));
  for (const auto& check : table.checks) {
    lines.push_back("CONSTRAINT " + backquoted(check.name.text) + " CHECK (" + check.expression.common + ")");
  }
  return "CREATE TABLE " + backquoted(table.name) + " (\n  " + join(lines, ",\n  ") + "\n)";
}

Schema ReadTables::read() const {
  return mariadb::read_schema(*database().connect(db::OpenMode::ReadOnly));
}

Table ReadTables::table(std::string_view members, std::string_view options) {
  SCOPED_TRACE(members);
  try {
    run("CREATE OR REPLACE TABLE t (" + std::string(members) + ") " + std::string(options));
  } catch (const DatabaseError& error) {
    ADD_FAILURE() << error.what();
    return {};
  }
  const Schema schema = read();
  const auto found = schema.tables.find("t");
  if (found == schema.tables.end()) {
    const auto opaque = schema.opaque.find("t");
    ADD_FAILURE() << (opaque == schema.opaque.end() ? "table `t` was not read" : opaque->second.reason);
    return {};
  }
  const Table& table = found->second;
  // the server keeps a reference system and does not print it
  const std::string printed = replace_all(printed_like_the_server(table), " ref_system_id=4326", "");
  // NO ACTION is the one thing that the server prints and the model calls by another name; a sequence of the same
  // database loses the database's name.
  std::string server = replace_all(replace_all(table.written.text, " ON DELETE NO ACTION", ""), " ON UPDATE NO ACTION", "");
  server = std::regex_replace(server, std::regex("(UNIQUE KEY [^\n]*) USING HASH"), "$1");  // chosen by the server itself
  server = replace_all(server, "nextval(`" + database().name() + "`.", "nextval(");
  const std::string definition = server.substr(0, server.rfind("\n) ENGINE=") + 2);
  EXPECT_TRUE(printed == definition || mariadb::is_lossy_print(definition, printed)) << printed << "\n"
                                                                                     << server;
  return table;
}

Column ReadTables::column(std::string_view definition, std::string_view options) {
  const Table read = table("c " + std::string(definition), options);
  return read.columns.empty() ? Column() : read.columns.front();
}

}  // namespace plumb::test
