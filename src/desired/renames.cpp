#include "desired/renames.hpp"

#include <algorithm>

#include "model/earlier_names.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

/// Takes one name, in backquotes or up to one of `ends`.
std::string take_name(std::string_view& text, std::string_view ends) {
  if (text.starts_with('`')) {
    const sql::Token token = sql::next_token(text, 0, sql::common_lexis);
    if (token.kind != sql::TokenKind::QuotedName) return {};
    text.remove_prefix(token.text.size());
    return sql::unquoted(token.text);
  }
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  std::string name(trim(text.substr(0, end)));
  text.remove_prefix(end);
  return name;
}

CommandRename parse_rename(const std::string& text) {
  CommandRename made;
  made.text = text;
  std::string_view rest = text;
  made.from = take_name(rest, ".=");
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    made.table = std::move(made.from);
    made.from = take_name(rest, "=");
  }
  if (rest.starts_with('=')) {
    rest.remove_prefix(1);
    made.to = take_name(rest, "");
    // TABLE.OLD=TABLE.NEW is what some write
    if (!made.table.empty() && made.to.starts_with(made.table + ".")) made.to.erase(0, made.table.size() + 1);
  }
  if (made.from.empty() || made.to.empty() || !rest.empty()) throw UsageError("--rename takes OLD=NEW or TABLE.OLD=NEW, not `" + text + "`");
  return made;
}

template <class T>
std::vector<std::string> keys_of(const ByName<T>& objects) {
  std::vector<std::string> names;
  for (const auto& [name, object] : objects) names.push_back(name);
  return names;
}

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return equal_ignoring_case(one, name); });
}

std::string nearest(const std::string& name, const std::vector<std::string>& known) {
  const std::string near = closest_match(name, known);
  return near.empty() ? std::string() : "; did you mean `" + near + "`?";
}

[[noreturn]] void refuse(const CommandRename& rename, const std::string& why) { throw UsageError("--rename " + rename.text + ": " + why); }

const Table* find_table(const Schema& schema, const std::string& name) {
  for (const auto& [own, table] : schema.tables) {
    if (equal_ignoring_case(own, name)) return &table;
  }
  return nullptr;
}

void add_inside_table(const CommandRename& rename, Description& description) {
  const Table* table = find_table(description.schema, rename.table);
  if (table == nullptr) refuse(rename, "the description has no table `" + rename.table + "`" + nearest(rename.table, keys_of(description.schema.tables)));
  TableIntent& intent = description.tables[table->name];
  if (const Column* column = table->find_column(rename.to)) {
    auto& was = intent.columns[column->name].was;
    was.insert(was.begin(), rename.from);
    return;
  }
  if (table->find_index(rename.to) == nullptr) refuse(rename, "table `" + table->name + "` of the description has no column `" + rename.to + "`" + nearest(rename.to, column_names(*table)));
  auto& was = intent.object_was[rename.to];
  was.insert(was.begin(), rename.from);
}

/// When all renames are known.
void check_old_name(const CommandRename& rename, const Description& description) {
  if (rename.from != rename.to && equal_ignoring_case(rename.from, rename.to)) return;
  if (rename.table.empty()) {
    if (!is_left_by_table(description, rename.from)) refuse(rename, "the description still has `" + rename.from + "`");
    return;
  }
  const Table* table = find_table(description.schema, rename.table);
  const bool stays = table->find_column(rename.to) != nullptr ? !is_left_by_column(*table, description.tables.at(table->name), rename.from) : table->find_column(rename.from) != nullptr;
  if (stays) refuse(rename, "the description still has a column `" + table->name + "." + rename.from + "`");
}

}  // namespace

std::vector<CommandRename> parse_renames(const std::vector<std::string>& texts) {
  std::vector<CommandRename> renames;
  for (const std::string& text : texts) renames.push_back(parse_rename(text));
  return renames;
}

void add_renames(const std::vector<CommandRename>& renames, Description& description) {
  for (const CommandRename& rename : renames) {
    if (!rename.table.empty()) {
      add_inside_table(rename, description);
      continue;
    }
    const Schema& schema = description.schema;
    if (const Table* table = find_table(schema, rename.to)) {
      auto& was = description.tables[table->name].was;
      was.insert(was.begin(), rename.from);
    } else if (schema.views.contains(rename.to)) {
      description.view_was[rename.to].push_back(rename.from);
    } else {
      auto known = keys_of(schema.tables);
      const auto views = keys_of(schema.views);
      known.insert(known.end(), views.begin(), views.end());
      refuse(rename, "the description has no table `" + rename.to + "`" + nearest(rename.to, known));
    }
  }
  for (const CommandRename& rename : renames) check_old_name(rename, description);
}

void check_renames(const std::vector<CommandRename>& renames, const Description& description, const Schema& actual) {
  for (const CommandRename& rename : renames) {
    if (rename.table.empty()) {
      auto known = keys_of(actual.tables);
      const auto views = keys_of(actual.views);
      known.insert(known.end(), views.begin(), views.end());
      if (!holds(known, rename.from) && !holds(known, rename.to)) refuse(rename, "the database has no table `" + rename.from + "`" + nearest(rename.from, known));
      continue;
    }
    const Table* table = find_table(actual, rename.table);
    if (const auto intent = description.tables.find(rename.table); table == nullptr && intent != description.tables.end()) {
      for (const std::string& old : intent->second.was) {
        if (table == nullptr) table = find_table(actual, old);
      }
    }
    if (table == nullptr) refuse(rename, "the database has no table `" + rename.table + "`" + nearest(rename.table, keys_of(actual.tables)));
    const auto columns = column_names(*table);
    const bool is_index = table->find_index(rename.from) != nullptr || table->find_index(rename.to) != nullptr;
    if (!is_index && !holds(columns, rename.from) && !holds(columns, rename.to)) {
      refuse(rename, "table `" + table->name + "` of the database has no column `" + rename.from + "`" + nearest(rename.from, columns));
    }
  }
}

}  // namespace plumb::desired
