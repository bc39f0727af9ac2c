#include "dialect/keep_aside.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>

#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

bool is_integer(const ColumnType& type) {
  constexpr std::array<std::string_view, 6> words{"tinyint", "smallint", "mediumint", "int", "integer", "bigint"};
  const std::string text = to_lower(type.native.common);
  return type.kind == TypeKind::Native && std::find(words.begin(), words.end(), text.substr(0, text.find_first_of("( "))) != words.end();
}

/// A type of text, moment or decimal number taken apart: `varchar(10)` is varchar with 10.
struct SizedType {
  std::string word;
  std::vector<int> sizes;
};

SizedType sized(const ColumnType& type) {
  const std::string text = to_lower(type.native.common);
  const std::size_t open = text.find('(');
  SizedType taken{text.substr(0, open), {}};
  if (open == std::string::npos) return taken;
  for (const auto part : split(std::string_view(text).substr(open + 1, text.find(')') - open - 1), ',')) taken.sizes.push_back(std::atoi(std::string(trim(part)).c_str()));
  return taken;
}

/// The same kind of value with room for more: each is what it was.
bool only_grows(const ColumnType& before, const ColumnType& after) {
  constexpr std::array<std::string_view, 6> words{"varchar", "varbinary", "datetime", "timestamp", "time", "decimal"};
  const SizedType old = sized(before);
  const SizedType wanted = sized(after);
  if (before.kind != TypeKind::Native || after.kind != TypeKind::Native || old.word != wanted.word || std::find(words.begin(), words.end(), old.word) == words.end()) return false;
  const auto size = [](const SizedType& type, std::size_t number) { return number < type.sizes.size() ? type.sizes[number] : 0; };
  if (old.word == "decimal") return size(wanted, 1) >= size(old, 1) && size(wanted, 0) - size(wanted, 1) >= size(old, 0) - size(old, 1);
  return size(wanted, 0) >= size(old, 0);
}

/// An integer of another width or sign is the same number, or the change is refused.
bool same_values(const ColumnType& before, const ColumnType& after) { return before == after || (is_integer(before) && is_integer(after)) || only_grows(before, after); }

std::vector<std::string> plain_columns(const std::vector<IndexPart>& parts) {
  std::vector<std::string> columns;
  for (const IndexPart& part : parts) {
    if (part.expression || part.length) return {};
    columns.push_back(part.column);
  }
  return columns;
}

bool has_backfill(const TableIntent& intent, const std::string& column, std::string_view engine) {
  const auto hints = intent.columns.find(column);
  return hints != intent.columns.end() && hints->second.backfill && !trim(hints->second.backfill->text_for(engine)).empty();
}

bool never_null(const Table& table, const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = table.find_column(name);
    return column != nullptr && !column->nullable;
  });
}

/// A primary key that the change makes of columns that stand: rows that are the same in it would stop the change.
std::vector<std::string> new_key(const diff::Pair<Table>& pair, const std::function<bool(const std::vector<std::string>&)>& lasts) {
  if (!pair.after.primary_key) return {};
  auto columns = plain_columns(pair.after.primary_key->parts);
  return never_null(pair.before, columns) && lasts(columns) ? columns : std::vector<std::string>();
}

}  // namespace

bool is_left_alone(const diff::Pair<Table>& pair, const std::string& column) {
  const Column* before = pair.before.find_column(column);
  const Column* after = pair.after.find_column(column);
  return before != nullptr && after != nullptr && same_values(before->type, after->type) && before->collation == after->collation && before->charset == after->charset && !before->generated && !after->generated;
}

bool is_automatic(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return column.auto_increment; });
}

bool is_narrowed(const KeptValues& values) {
  return std::any_of(values.columns.begin(), values.columns.end(), [](const KeptColumn& column) { return column.narrowed; });
}

std::vector<std::string> lasting_key(const diff::Pair<Table>& pair) {
  const auto lasts = [&](const std::vector<std::string>& columns) {
    return !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](const std::string& column) { return is_left_alone(pair, column); });
  };
  std::vector<std::string> of_before;  // a key that goes: where its values come twice by then, it cannot come back
  if (pair.before.primary_key) {
    auto columns = plain_columns(pair.before.primary_key->parts);
    const bool same_key = pair.after.primary_key && plain_columns(pair.after.primary_key->parts) == columns;
    if (same_key && lasts(columns)) return columns;
    if (lasts(columns)) of_before = std::move(columns);
  }
  for (const Index& index : pair.before.indexes) {
    if (index.kind != IndexKind::Unique || index.where) continue;
    auto columns = plain_columns(index.parts);
    if (!never_null(pair.before, columns) || !lasts(columns)) continue;
    if (std::find(pair.after.indexes.begin(), pair.after.indexes.end(), index) != pair.after.indexes.end()) return columns;
    if (of_before.empty()) of_before = std::move(columns);
  }
  return of_before.empty() ? new_key(pair, lasts) : of_before;
}

std::vector<KeptColumn> columns_to_keep(const diff::Pair<Table>& pair, const TableIntent& intent, std::string_view engine,
                                        const std::function<std::string(std::string_view)>& quote) {
  std::vector<KeptColumn> kept;
  const diff::TableDelta delta = diff::compare(pair.before, pair.after);
  for (const Column& column : delta.columns_dropped) {
    if (!column.generated && !is_of_system_period(column)) kept.push_back({column.name, quote(column.name) + " IS NOT NULL", true});
  }
  for (const auto& change : delta.columns_altered) {
    const bool becomes_generated = !change.before.generated && change.after.generated;
    const bool is_filled = change.before.nullable && !change.after.nullable && !change.after.generated && has_backfill(intent, change.after.name, engine);
    if (becomes_generated) kept.push_back({change.before.name, "1 = 1", true});  // also a NULL is replaced
    else if (is_filled) kept.push_back({change.before.name, quote(change.before.name) + " IS NULL", false, true});
  }
  return kept;
}

namespace {

std::string numbered(char letter, std::size_t number) { return letter + std::to_string(number + 1); }

/// "k1 = `t`.`id` AND …"
std::string same_row(const KeptValues& values, const KeepingForms& forms) {
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < values.key.size(); ++i) pairs.push_back("aside." + numbered('k', i) + " = " + forms.quote(values.table) + "." + forms.quote(values.key[i]));
  return join(pairs, " AND ");
}

std::string present_value(const KeptValues& values, std::size_t column, const KeepingForms& forms) { return forms.quote(values.table) + "." + forms.quote(values.columns[column].column); }

std::string from_aside(const KeptValues& values, const KeepingForms& forms) { return " FROM " + forms.quote(values.aside) + " AS aside WHERE " + same_row(values, forms); }

}  // namespace

std::string every_column(const Table& table, const std::function<std::string(std::string_view)>& quote) {
  std::string columns = "*";
  for (const Column& column : table.columns) {
    if (column.invisible) columns += ", " + quote(column.name);
  }
  return columns;
}

std::string selection_to_keep(const KeptValues& values, const KeepingForms& forms, const std::string& among) {
  std::vector<std::string> columns;
  std::vector<std::string> conditions;
  if (values.key.empty()) return "SELECT " + values.every_column + " FROM " + forms.quote(values.table);
  for (const ColumnAside& column : columns_aside(values, forms)) {
    const bool takes_any_type = column.name.front() == 'w' && !forms.step_by_step;  // an expression has no affinity (sqlite.org/datatype3.html#column_affinity)
    columns.push_back((takes_any_type ? "+" : "") + forms.quote(column.source) + " AS " + column.name);
  }
  for (const KeptColumn& column : values.columns) conditions.push_back(values.columns.size() == 1 ? column.condition : "(" + column.condition + ")");
  const std::string condition = join(conditions, " OR ");
  return "SELECT " + join(columns, ", ") + " FROM " + forms.quote(values.table) + " WHERE " + (among.empty() ? condition : "(" + condition + ") AND " + among);
}

std::string insertion_to_keep(const KeptValues& values, const KeepingForms& forms, const std::string& among) {
  std::vector<std::string> columns;
  if (!values.key.empty()) {
    for (const ColumnAside& column : columns_aside(values, forms)) columns.push_back(column.name);
  }
  return "INSERT INTO " + forms.quote(values.aside) + (columns.empty() ? "" : " (" + join(columns, ", ") + ")") + " " + selection_to_keep(values, forms, among);
}

std::vector<ColumnAside> columns_aside(const KeptValues& values, const KeepingForms& forms) {
  std::vector<ColumnAside> columns;
  for (std::size_t i = 0; i < values.key.size(); ++i) columns.push_back({numbered('k', i), values.key[i]});
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    const KeptColumn& column = values.columns[i];
    columns.push_back({numbered('v', i), column.column});
    if (!column.dropped) columns.push_back({numbered('w', i), column.column});
    if (column.narrowed && forms.step_by_step) columns.push_back({numbered('n', i), column.column});
  }
  return columns;
}

std::vector<std::string> key_aside(const KeptValues& values) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < values.key.size(); ++i) columns.push_back(numbered('k', i));
  return columns;
}

std::string note_of_kept_values(const KeptValues& values, const KeepingForms& forms) {
  const std::string table = forms.quote(values.table);
  const std::string aside = forms.quote(values.aside);
  std::vector<std::string> settings;
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < values.key.size(); ++i) rows.push_back(table + "." + forms.quote(values.key[i]) + " = " + aside + "." + numbered('k', i));
  for (std::size_t i = 0; i < values.columns.size() && !values.key.empty(); ++i) {
    if (!values.columns[i].dropped) settings.push_back(numbered('w', i) + " = (SELECT " + forms.quote(values.columns[i].column) + " FROM " + table + " WHERE " + join(rows, " AND ") + ")");
  }
  return settings.empty() ? std::string() : "UPDATE " + aside + " SET " + join(settings, ", ");
}

std::string still_stands(const KeptValues& values, std::size_t column, const KeepingForms& forms) {
  const char made = values.columns[column].narrowed && forms.step_by_step ? 'n' : 'w';
  return "EXISTS (SELECT 1" + from_aside(values, forms) + " AND " + forms.identical("aside." + numbered(made, column), present_value(values, column, forms)) + ")";
}

std::string kept_value(const KeptValues& values, std::size_t column, std::string_view otherwise, const KeepingForms& forms) {
  const std::string value = "(SELECT aside." + numbered('v', column) + from_aside(values, forms) + ")";
  return otherwise.empty() ? value : "coalesce(" + value + ", " + std::string(otherwise) + ")";
}

std::string rows_not_kept(const KeptValues& values, const KeepingForms& forms) {
  return "SELECT count(*) FROM " + forms.quote(values.table) + " WHERE NOT EXISTS (SELECT 1" + from_aside(values, forms) + ")";
}

std::string can_be_restored(const KeptValues& values, std::size_t column, const KeepingForms& forms) {
  const KeptColumn& kept = values.columns[column];
  if (kept.dropped) return "EXISTS (SELECT 1" + from_aside(values, forms) + ")";
  const std::string marked = kept.narrowed && forms.step_by_step ? " AND aside." + numbered('u', column) : std::string();
  return "EXISTS (SELECT 1" + from_aside(values, forms) + marked + " AND " + forms.identical("aside." + numbered('w', column), present_value(values, column, forms)) + ")";
}

std::string restored_value(const KeptValues& values, std::size_t column, const KeepingForms& forms) {
  return "CASE WHEN " + can_be_restored(values, column, forms) + " THEN " + kept_value(values, column, {}, forms) + " ELSE " + present_value(values, column, forms) + " END";
}

}  // namespace plumb
