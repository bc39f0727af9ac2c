#include "diff/rename.hpp"

#include <algorithm>
#include <utility>

#include "model/period.hpp"
#include "sql/reserved_words.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

bool plain_word(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  if (sql::is_reserved_on_mariadb(name) || sql::is_reserved_on_sqlite(name)) return false;  // quotes too many do no harm
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void rename_in(sql::EngineSql& sql, std::string_view from, std::string_view to, const sql::Lexis& lexis) {
  sql.common = renamed_in_expression(sql.common, from, to, lexis);
  for (auto& [engine, text] : sql.variants) text = renamed_in_expression(text, from, to, lexis);
}

void rename_in(std::vector<std::string>& names, std::string_view from, const std::string& to) {
  for (auto& name : names) {
    if (equal_ignoring_case(name, from)) name = to;
  }
}

void rename_in(std::vector<IndexPart>& parts, std::string_view from, const std::string& to, const sql::Lexis& lexis) {
  for (auto& part : parts) {
    if (equal_ignoring_case(part.column, from)) part.column = to;
    if (part.expression) rename_in(*part.expression, from, to, lexis);
  }
}

void rename_column_of_table(Table& table, const std::string& from, const std::string& to, const sql::Lexis& lexis) {
  for (auto& column : table.columns) {
    if (equal_ignoring_case(column.name, from)) column.name = to;
    column.written = {};
    if (column.generated) rename_in(column.generated->expression, from, to, lexis);
    if (column.default_value) rename_in(column.default_value->sql, from, to, lexis);
    for (auto& check : column.checks) rename_in(check.expression, from, to, lexis);
  }
  if (table.primary_key) rename_in(table.primary_key->parts, from, to, lexis);
  for (auto& index : table.indexes) {
    rename_in(index.parts, from, to, lexis);
    index.written = {};
    if (index.where) rename_in(*index.where, from, to, lexis);
  }
  for (auto& check : table.checks) rename_in(check.expression, from, to, lexis);
  for (auto& key : table.foreign_keys) rename_in(key.columns, from, to);
  for (auto& [engine, options] : table.options) {
    for (auto& [option, value] : options) {
      if (is_period(option)) value = renamed_in_expression(value, from, to, lexis);
    }
  }
  table.extra = renamed_in_expression(table.extra, from, to, lexis);
}

}  // namespace

namespace {

/// PARTITION `p0`: a name that is no column's.
bool introduces_partition(std::string_view word) { return equal_ignoring_case(word, "partition") || equal_ignoring_case(word, "subpartition"); }

}  // namespace

std::string live_table(const std::vector<Rename>& renames, const std::string& name) {
  for (const Rename& rename : renames) {
    if (rename.kind == Rename::Kind::Table && rename.to == name) return rename.from;
  }
  return name;
}

std::string live_column(const std::vector<Rename>& renames, const std::string& table, const std::string& name) {
  for (const Rename& rename : renames) {
    if (rename.kind == Rename::Kind::Column && rename.table == table && equal_ignoring_case(rename.to, name)) return rename.from;
  }
  return name;
}

std::string renamed_in_expression(std::string_view sql, std::string_view from, std::string_view to,
                                  const sql::Lexis& lexis) {
  std::string out;
  std::size_t copied = 0;
  sql::Token token = sql::next_token(sql, 0, lexis);
  std::string_view previous;
  while (!token.text.empty()) {
    const sql::Token next = sql::next_token(sql, token.offset + token.text.size(), lexis);
    const bool name = (token.kind == sql::TokenKind::QuotedName && !introduces_partition(previous)) ||
                      (token.kind == sql::TokenKind::Word && (next.text != "(" || equal_ignoring_case(previous, "into")));
    if (name && equal_ignoring_case(sql::unquoted(token.text), from)) {
      out.append(sql.substr(copied, token.offset - copied));
      if (token.kind == sql::TokenKind::Word && plain_word(to)) {
        out.append(to);
      } else {
        const char open = token.kind == sql::TokenKind::Word ? (lexis.double_quotes_are_names ? '"' : '`') : token.text.front();
        const char close = open == '[' ? ']' : open;
        out.push_back(open);
        for (const char c : to) {
          if (c == close) out.push_back(c);
          out.push_back(c);
        }
        out.push_back(close);
      }
      copied = token.offset + token.text.size();
    }
    previous = token.text;
    token = next;
  }
  return out.append(sql.substr(copied));
}

void rename_table(Schema& schema, const std::string& from, const std::string& to) {
  auto node = schema.tables.extract(from);
  node.key() = to;
  node.mapped().name = to;
  const std::string automatic = from + "_ibfk_";
  for (auto& key : node.mapped().foreign_keys) {
    if (key.name.text.starts_with(automatic)) key.name.text = to + "_ibfk_" + key.name.text.substr(automatic.size());
  }
  node.mapped().written = {};
  for (auto& index : node.mapped().indexes) index.written = {};
  schema.tables.insert(std::move(node));
  for (auto& [name, table] : schema.tables) {
    for (auto& key : table.foreign_keys) {
      if (key.database.empty() && equal_ignoring_case(key.table, from)) key.table = to;
    }
  }
  for (auto& [name, trigger] : schema.triggers) {
    if (equal_ignoring_case(trigger.table, from)) trigger.table = to;
  }
}

void rename_column(Schema& schema, const std::string& table, const std::string& from, const std::string& to,
                   const sql::Lexis& lexis) {
  const auto found = schema.tables.find(table);
  if (found == schema.tables.end()) return;
  rename_column_of_table(found->second, from, to, lexis);
  for (auto& [name, other] : schema.tables) {
    for (auto& key : other.foreign_keys) {
      if (key.database.empty() && equal_ignoring_case(key.table, table)) rename_in(key.referenced, from, to);
    }
  }
  for (auto& [name, trigger] : schema.triggers) {
    if (equal_ignoring_case(trigger.table, table)) rename_in(trigger.update_of, from, to);
  }
}

}  // namespace plumb::diff
