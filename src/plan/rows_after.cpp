#include "plan/rows_after.hpp"

#include <algorithm>

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::plan {

std::string RowsAfter::backfill_of(const std::string& table, const std::string& column) const {
  const auto intent = input_.description.tables.find(table);
  if (intent == input_.description.tables.end()) return {};
  const auto hints = intent->second.columns.find(column);
  if (hints == intent->second.columns.end() || !hints->second.backfill) return {};
  return std::string(trim(hints->second.backfill->text_for(dialect_.name())));
}

std::vector<std::string> RowsAfter::named_in(const std::string& sql, const Table& table) const {
  std::vector<std::string> columns;
  for (const sql::Token& token : sql::tokenize(sql, dialect_.match_rules().lexis)) {
    const Column* column = is_name(token) ? table.find_column(sql::unquoted(token.text)) : nullptr;
    if (column != nullptr && std::find(columns.begin(), columns.end(), column->name) == columns.end()) columns.push_back(column->name);
  }
  return columns;
}

bool RowsAfter::can_be_asked(const std::string& sql, const diff::Pair<Table>& pair) const {
  const auto tokens = sql::tokenize(sql, dialect_.match_rules().lexis);
  return std::none_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
    if (!is_name(token)) return false;
    const std::string name = sql::unquoted(token.text);
    const bool new_column = pair.after.find_column(name) != nullptr && pair.before.find_column(name) == nullptr;
    const auto& created = input_.changes.tables_created;
    const bool new_table = std::any_of(created.begin(), created.end(), [&](const Table& t) { return equal_ignoring_case(t.name, name); });
    const auto& renames = input_.match.renames;
    const bool renamed_table = std::any_of(renames.begin(), renames.end(), [&](const auto& rename) { return rename.kind == diff::Rename::Kind::Table && equal_ignoring_case(rename.to, name); });
    return new_column || new_table || renamed_table;
  });
}

std::string RowsAfter::over_live_names(const diff::Pair<Table>& pair, const std::string& sql) const {
  return can_be_asked(sql, pair) ? "(" + names_.expression(pair.after.name, sql) + ")" : std::string();
}

std::string RowsAfter::value(const diff::Pair<Table>& pair, const Column& column) const {
  if (!column.generated) return stored_value(pair, column);
  const std::string computed = computed_value(pair, column, pair.after.columns.size());
  return computed.empty() || computed == plain(pair, column.name) ? computed : collated(column, computed);
}

/// What is computed compares by the column that holds it, and not by what it is computed from.
std::string RowsAfter::collated(const Column& column, const std::string& computed) const {
  if (column.collation.empty()) return computed;
  Column open = column;
  open.name = "plumb_value";
  open.generated.reset();
  open.collation.clear();
  return replace_all(dialect_.converted({open, column}), dialect_.quote(open.name), computed);
}

/// `depth` ends what would be computed from itself.
std::string RowsAfter::computed_value(const diff::Pair<Table>& pair, const Column& column, std::size_t depth) const {
  if (depth == 0) return {};
  const std::string& sql = column.generated->expression.common;
  std::vector<SeenAs> sources;
  bool all_plain = true;
  for (const std::string& name : named_in(sql, pair.after)) {
    const Column& source = *pair.after.find_column(name);
    sources.push_back({name, source.generated ? computed_value(pair, source, depth - 1) : stored_value(pair, source)});
    all_plain = all_plain && sources.back().expression == plain(pair, name);
  }
  const Column* before = pair.before.find_column(column.name);
  const bool stays = before != nullptr && before->generated && before->generated->expression == column.generated->expression && before->type == column.type;
  if (all_plain) return stays ? plain(pair, column.name) : over_live_names(pair, sql);
  return with_values(sql, sources);
}

/// An expression with what stands in `sources` in place of their names; empty where a name may mean something else.
std::string RowsAfter::with_values(const std::string& sql, const std::vector<SeenAs>& sources) const {
  const auto tokens = sql::tokenize(sql, dialect_.match_rules().lexis);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto source = std::find_if(sources.begin(), sources.end(), [&](const SeenAs& one) { return is_name(tokens[i]) && equal_ignoring_case(sql::unquoted(tokens[i].text), one.column); });
    const bool is_function = i + 1 < tokens.size() && tokens[i + 1].text == "(" && tokens[i].kind == sql::TokenKind::Word;
    if (source == sources.end() || is_function) continue;
    const std::string_view previous = i == 0 ? std::string_view() : tokens[i - 1].text;
    const bool is_no_column = previous == "." || equal_ignoring_case(previous, "as") || equal_ignoring_case(previous, "collate");
    if (is_no_column || source->expression.empty()) return {};
    out += sql.substr(copied, tokens[i].offset - copied) + "(" + source->expression + ")";
    copied = tokens[i].offset + tokens[i].text.size();
  }
  return "(" + out + sql.substr(copied) + ")";
}

std::string RowsAfter::stored_value(const diff::Pair<Table>& pair, const Column& column) const {
  const Column* before = pair.before.find_column(column.name);
  const std::string& table = pair.after.name;
  const std::string fill = backfill_of(table, column.name);
  if (before == nullptr) {
    if (column.auto_increment || dialect_.fills_by_itself(column, pair)) return {};
    if (!fill.empty()) return over_live_names(pair, fill);
    if (column.default_value) return over_live_names(pair, column.default_value->sql.common);
    return column.nullable ? "NULL" : "";
  }
  Column live = *before;
  live.name = names_.column(table, before->name);
  const std::string value = dialect_.converted({live, column});
  if (value.empty() || !before->nullable || column.nullable || fill.empty()) return value;
  const std::string filled = over_live_names(pair, fill);
  return filled.empty() ? std::string() : "coalesce(" + value + ", " + filled + ")";
}

std::optional<Seen> RowsAfter::see(const diff::Pair<Table>& pair, const std::vector<std::string>& columns) const {
  Seen seen;
  bool all_plain = true;
  for (const auto& name : columns) {
    const Column* column = pair.after.find_column(name);
    const std::string expression = column == nullptr ? std::string() : value(pair, *column);
    if (expression.empty()) return std::nullopt;
    all_plain = all_plain && expression == plain(pair, name);
    seen.columns.push_back(name);
    seen.seen_as.push_back({name, expression});
  }
  if (!all_plain) return seen;
  return Seen{names_.columns(pair.after.name, columns), {}};
}

std::optional<diff::Pair<Table>> RowsAfter::table(const std::string& name) const {
  for (const auto& pair : input_.changes.tables_altered) {
    if (pair.after.name == name) return pair;
  }
  const auto standing = input_.match.from().tables.find(name);
  if (standing == input_.match.from().tables.end()) return std::nullopt;
  return diff::Pair<Table>{standing->second, standing->second};
}

}  // namespace plumb::plan
