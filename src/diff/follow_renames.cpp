#include "diff/follow_renames.hpp"

#include <algorithm>
#include <set>

#include "support/text.hpp"

namespace plumb::diff {
namespace {

bool is_keyword_after_table(std::string_view word) {
  static const std::set<std::string, std::less<>> words{"on",    "where", "join",  "left",  "right", "inner", "cross", "natural", "group", "order", "limit",
                                                        "using", "union", "having", "set",  "values", "select", "as",   "begin", "window", "indexed", "outer", "full"};
  return words.contains(to_lower(word));
}

/// The names by which `table` is known in `text`: its own, and the aliases that FROM and JOIN give it.
std::set<std::string> names_of_table(std::string_view text, const std::string& table, const sql::Lexis& lexis) {
  std::set<std::string> names{to_lower(table)};
  const auto tokens = sql::tokenize(text, lexis);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || !equal_ignoring_case(sql::unquoted(tokens[i].text), table)) continue;
    std::size_t next = i + 1;
    if (next < tokens.size() && equal_ignoring_case(tokens[next].text, "as")) ++next;
    if (next < tokens.size() && is_name(tokens[next]) && (tokens[next].kind == sql::TokenKind::QuotedName || !is_keyword_after_table(tokens[next].text))) {
      names.insert(to_lower(sql::unquoted(tokens[next].text)));
    }
  }
  return names;
}

/// Replaces the column where it is qualified by the table (or by NEW and OLD in the table's own triggers), and where it
/// stands alone in a text that names the table.
std::string with_column_renamed(const std::string& text, const std::string& table, const Rename& rename, bool own_trigger, const sql::Lexis& lexis) {
  std::set<std::string> qualifiers = names_of_table(text, table, lexis);
  if (own_trigger) qualifiers.insert({"new", "old"});
  const auto tokens = sql::tokenize(text, lexis);
  const bool names_table = own_trigger || std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& t) {
    return is_name(t) && equal_ignoring_case(sql::unquoted(t.text), table);
  });
  if (!names_table) return text;
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || !equal_ignoring_case(sql::unquoted(tokens[i].text), rename.from)) continue;
    if (i + 1 < tokens.size() && (tokens[i + 1].text == "(" || tokens[i + 1].text == ".")) continue;
    const bool qualified = i >= 2 && tokens[i - 1].text == ".";
    if (qualified && !qualifiers.contains(to_lower(sql::unquoted(tokens[i - 2].text)))) continue;
    const bool is_alias = !qualified && i >= 1 && equal_ignoring_case(tokens[i - 1].text, "as");
    if (is_alias || (!qualified && lexis.backslash_escapes && !own_trigger)) continue;  // MariaDB prints views qualified
    out += text.substr(copied, tokens[i].offset - copied);
    out += renamed_in_expression(tokens[i].text, rename.from, rename.to, lexis);
    copied = tokens[i].offset + tokens[i].text.size();
  }
  return out + text.substr(copied);
}

std::string followed(const std::string& text, const Rename& rename, bool own_trigger, const sql::Lexis& lexis) {
  switch (rename.kind) {
    case Rename::Kind::Table: return renamed_in_expression(text, rename.from, rename.to, lexis);
    case Rename::Kind::Column: return with_column_renamed(text, rename.table, rename, own_trigger, lexis);
    case Rename::Kind::Index: return text;
  }
  return text;
}

void take_texts(Table& table, const Table& from) {
  for (Column& column : table.columns) {
    const Column* read = from.find_column(column.name);
    if (read == nullptr) continue;
    column.default_value = read->default_value;
    column.generated = read->generated;
    column.checks = read->checks;
  }
  table.checks = from.checks;
  for (Index& index : table.indexes) {
    const Index* read = from.find_index(index.name.text);
    if (read == nullptr || index.name.text.empty()) continue;
    index.parts = read->parts;
    index.where = read->where;
  }
}

void take_texts(Schema& schema, const RenamedTexts& texts) {
  for (const auto& [name, view] : texts.views) {
    const auto found = schema.views.find(name);
    if (found == schema.views.end()) continue;
    found->second.query = view.query;
    found->second.written = view.written;
  }
  for (const auto& [name, trigger] : texts.triggers) {
    const auto found = schema.triggers.find(name);
    if (found == schema.triggers.end()) continue;
    found->second.body = trigger.body;
    found->second.when = trigger.when;
    found->second.written = trigger.written;
  }
}

/// Also where a bracket follows: "REFERENCES people(id)".
std::string with_table_renamed(const std::string& text, const std::string& from, const std::string& to, const sql::Lexis& lexis) {
  std::string out;
  std::size_t copied = 0;
  for (const sql::Token& token : sql::tokenize(text, lexis)) {
    if (!is_name(token) || !equal_ignoring_case(sql::unquoted(token.text), from)) continue;
    out += text.substr(copied, token.offset - copied) + '"' + replace_all(to, "\"", "\"\"") + '"';
    copied = token.offset + token.text.size();
  }
  return out + text.substr(copied);
}

/// Whether the name means one thing in the text of the table.
bool is_clear(const Table& table, const std::string& name) {
  const bool is_column = std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) { return equal_ignoring_case(column.name, name); });
  return is_column != equal_ignoring_case(table.name, name);
}

}  // namespace

void rename_table_and_text(Schema& schema, const std::string& from, const std::string& to, const sql::Lexis& lexis) {
  const Table& table = schema.tables.find(from)->second;
  const std::string text = is_clear(table, from) ? with_table_renamed(table.written.text, from, to, lexis) : std::string();
  rename_table(schema, from, to);
  schema.tables.find(to)->second.written.text = text;
}

void rename_column_and_text(Schema& schema, const std::string& table, const std::string& from, const std::string& to, const sql::Lexis& lexis) {
  const auto found = schema.tables.find(table);
  if (found == schema.tables.end()) return;
  std::string& text = found->second.written.text;
  text = is_clear(found->second, from) ? renamed_in_expression(text, from, to, lexis) : std::string();
  rename_column(schema, table, from, to, lexis);
}

void follow_renames(Schema& schema, const std::vector<Rename>& renames, const std::optional<RenamedTexts>& texts, const sql::Lexis& lexis) {
  if (texts) return take_texts(schema, *texts);
  for (const Rename& rename : renames) {
    for (auto& [name, view] : schema.views) {
      view.query.common = followed(view.query.common, rename, false, lexis);
      view.written.text = followed(view.written.text, rename, false, lexis);
    }
    for (auto& [name, trigger] : schema.triggers) {
      const bool own = rename.kind == Rename::Kind::Column && trigger.table == rename.table;
      trigger.body.common = followed(trigger.body.common, rename, own, lexis);
      trigger.when.common = followed(trigger.when.common, rename, own, lexis);
      trigger.written.text = followed(trigger.written.text, rename, own, lexis);
    }
  }
}

void take_texts_of_tables(Schema& schema, const std::optional<RenamedTexts>& texts) {
  if (!texts) return;
  for (const auto& [name, read] : texts->tables) {
    const auto table = schema.tables.find(name);
    if (table != schema.tables.end()) take_texts(table->second, read);
  }
}

}  // namespace plumb::diff
