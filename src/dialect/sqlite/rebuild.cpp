#include "dialect/sqlite/rebuild.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "dialect/sqlite/edited_create.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/unqualified.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {

std::string restore_of(const KeptValues* undone, const Table& table, const std::string& column) {
  if (undone == nullptr || undone->table != table.name || undone->key.empty()) return {};
  for (std::size_t i = 0; i < undone->columns.size(); ++i) {
    if (undone->columns[i].column == column) return restored_value(*undone, i, SqliteDialect().keeping_forms());
  }
  return {};
}

namespace {

struct Copied {
  std::string column;
  std::string expression;
};

/// Which columns are copied, and from what.
std::vector<Copied> copied_columns(const Table& before, const Table& after, const TableIntent& intent, const KeptValues* undone) {
  std::vector<Copied> copied;
  for (const Column& column : after.columns) {
    if (column.generated) continue;
    const Column* old = before.find_column(column.name);
    const std::string fill = backfill_of(intent, column.name);
    if (old == nullptr) {
      if (!fill.empty()) copied.push_back({column.name, "(" + fill + ")"});
    } else if (const std::string restore = restore_of(undone, before, column.name); !restore.empty()) {
      copied.push_back({column.name, restore});
    } else if (!fill.empty() && old->nullable && !column.nullable) {
      copied.push_back({column.name, "coalesce(" + quoted(column.name) + ", (" + fill + "))"});
    } else {
      copied.push_back({column.name, quoted(column.name)});
    }
  }
  return copied;
}

/// A key that is another name of the row number and is new says what the rows were known by.
bool takes_rowid(const Column& alias, const Table& before, const std::vector<Copied>& copied) {
  return before.find_column(alias.name) == nullptr && std::none_of(copied.begin(), copied.end(), [&](const Copied& one) { return one.column == alias.name; });
}

/// So that there are as many rows as before where no column is copied.
Copied without_a_value(const Table& after) {
  const auto stored = std::find_if(after.columns.begin(), after.columns.end(), [](const Column& column) { return !column.generated; });
  const Column& column = stored == after.columns.end() ? after.columns.front() : *stored;
  return {column.name, column.default_value ? "(" + column.default_value->sql.text_for("sqlite") + ")" : "NULL"};
}

/// The rows of the old table. Where one backfill names another new column, that one is made in a select inside.
std::string source_of_rows(const Table& before, const std::vector<Copied>& copied, bool with_rowid, const std::string& rowid) {
  std::vector<Copied> inner;
  for (const Copied& filled : copied) {
    if (before.find_column(filled.column) != nullptr) continue;
    const bool used = std::any_of(copied.begin(), copied.end(), [&](const Copied& other) {
      return other.column != filled.column && before.find_column(other.column) == nullptr && sql::names(other.expression, filled.column, sql::sqlite_lexis);
    });
    if (used) inner.push_back(filled);
  }
  if (inner.empty()) return quoted(before.name);
  std::string text = "(SELECT ";
  if (with_rowid) text += rowid + " AS " + rowid + ", ";
  text += "*";
  for (const Copied& filled : inner) text += ", " + filled.expression + " AS " + quoted(filled.column);
  return text + " FROM " + quoted(before.name) + ") AS " + quoted(before.name);
}

}  // namespace

bool is_without_rowid(const Table& table) {
  const auto options = table.options.find("sqlite");
  return options != table.options.end() && options->second.contains("without rowid");
}

const Column* rowid_alias(const Table& table) {
  if (is_without_rowid(table) || !table.primary_key || table.primary_key->parts.size() != 1 || table.primary_key->parts[0].descending) return nullptr;
  const Column* column = table.find_column(table.primary_key->parts[0].column);
  return column != nullptr && column->type.native.common == "integer" ? column : nullptr;
}

bool has_rowid_alias(const Table& table) { return rowid_alias(table) != nullptr; }

/// A name by which the rowid can be reached in both tables; empty when all three names are taken.
std::string rowid_name(const Table& before, const Table& after) {
  static constexpr std::array<std::string_view, 3> names{"rowid", "_rowid_", "oid"};
  for (const auto name : names) {
    if (before.find_column(name) == nullptr && after.find_column(name) == nullptr) return std::string(name);
  }
  return {};
}

std::string backfill_of(const TableIntent& intent, const std::string& column) {
  const auto hints = intent.columns.find(column);
  if (hints == intent.columns.end() || !hints->second.backfill) return {};
  return std::string(trim(hints->second.backfill->text_for("sqlite")));
}

std::string create_again(const View& view) { return view.written.text.empty() ? create_view(view) : stored::verbatim(view.written.text); }

std::string create_again(const Trigger& trigger) { return trigger.written.text.empty() ? create_trigger(trigger) : stored::verbatim(trigger.written.text); }

std::vector<Command> rebuild(const Table& before, const Table& after, const TableIntent& intent, const Surroundings& surroundings, const KeptValues* undone) {
  const std::string beside = "plumb_new_" + after.name;
  std::vector<Command> commands;
  const auto statement = [&](std::string sql) { commands.push_back({CommandKind::Statement, std::move(sql), {}}); };

  // a state that stood before comes back by its own text
  std::optional<std::string> created = edited_create_table(after, after, beside);
  if (!created) created = edited_create_table(before, after, beside);
  statement(unqualified(created ? *created : create_table(after, beside)));

  std::vector<Copied> copied = copied_columns(before, after, intent, undone);
  const std::string rowid = rowid_name(before, after);
  const bool have_rowids = !is_without_rowid(before) && !is_without_rowid(after) && !rowid.empty();
  const bool keep_rowids = have_rowids && !has_rowid_alias(after);
  if (const Column* alias = rowid_alias(after); have_rowids && alias != nullptr && takes_rowid(*alias, before, copied)) copied.push_back({alias->name, rowid});
  if (copied.empty() && !keep_rowids) copied.push_back(without_a_value(after));
  const std::string source = source_of_rows(before, copied, have_rowids, rowid);
  std::vector<std::string> columns;
  std::vector<std::string> expressions;
  if (keep_rowids) {
    columns.push_back(rowid);
    expressions.push_back(rowid);
  }
  for (const Copied& one : copied) {
    const bool made_inside = source.front() == '(' && before.find_column(one.column) == nullptr && one.expression != rowid &&
                             source.find(" AS " + quoted(one.column)) != std::string::npos;
    columns.push_back(quoted(one.column));
    expressions.push_back(made_inside ? quoted(one.column) : one.expression);
  }
  if (!columns.empty()) {
    commands.push_back({CommandKind::Fill, "INSERT INTO " + quoted(beside) + " (" + join(columns, ", ") + ") SELECT " +
                                               join(expressions, ", ") + " FROM " + source, {}});
  }
  commands.push_back({CommandKind::Guard,
                      "SELECT (SELECT count(*) FROM " + quoted(before.name) + ") - (SELECT count(*) FROM " + quoted(beside) + ")",
                      "the copy of table `" + before.name + "` has another number of rows than the table"});

  if (is_automatic(before) && is_automatic(after)) {
    const std::string mark = sql::quote_string(beside, false);
    statement("DELETE FROM sqlite_sequence WHERE name = " + mark);
    statement("INSERT INTO sqlite_sequence (name, seq) SELECT " + mark + ", seq FROM sqlite_sequence WHERE name = " + sql::quote_string(before.name, false));
  }
  // DROP TABLE takes what ANALYZE found out along
  const auto move_statistics = [&](const std::string& from, const std::string& to) {
    for (const auto& table : surroundings.statistics) {
      statement("UPDATE " + table + " SET tbl = " + sql::quote_string(to, false) + " WHERE tbl = " + sql::quote_string(from, false));
    }
  };
  move_statistics(before.name, beside);
  statement("DROP TABLE " + quoted(before.name));
  // so that views and triggers which name the table are left as they are (sqlite.org/pragma.html#pragma_legacy_alter_table)
  statement("PRAGMA legacy_alter_table = ON");
  statement("ALTER TABLE " + quoted(beside) + " RENAME TO " + quoted(after.name));
  statement("PRAGMA legacy_alter_table = OFF");
  for (const Index& index : after.indexes) {
    if (index.constraint) continue;
    const Index* old = before.find_index(index.name.text);
    const bool unchanged = old != nullptr && *old == index && !old->written.text.empty();
    statement(unchanged ? stored::verbatim(old->written.text) : create_index(index, after.name));
  }
  for (const auto& table : surroundings.statistics) {
    statement("DELETE FROM " + table + " WHERE tbl = " + sql::quote_string(beside, false) + " AND idx NOT IN (SELECT name FROM sqlite_schema WHERE type = 'index')");
  }
  move_statistics(beside, after.name);
  for (const auto& text : surroundings.texts) statement(stored::verbatim(text));
  for (const Trigger& trigger : surroundings.triggers) statement(create_again(trigger));
  return commands;
}

}  // namespace plumb::sqlite
