#include "plan/noticed.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "dialect/describe.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

void append(Reasons& reasons, Reasons more) { std::move(more.begin(), more.end(), std::back_inserter(reasons)); }

/// The word of a type without its length and attributes.
std::string base_word(const std::string& type) { return to_lower(type.substr(0, type.find_first_of(" ("))); }

enum class Family { Integer, Number, Text, Bytes, Other };

/// The kinds of value among which an application does not see the difference of two types. The words of all engines
/// together: none of them means two things.
Family family_of(const std::string& type) {
  const std::string word = base_word(type);
  const auto holds = [&](std::string_view part) { return word.find(part) != std::string::npos; };
  if (holds("point")) return Family::Other;
  if (holds("int")) return Family::Integer;
  if (holds("char") || holds("text") || holds("clob")) return Family::Text;
  if (holds("blob") || holds("binary")) return Family::Bytes;
  if (holds("real") || holds("floa") || holds("doub") || holds("dec") || holds("numeric")) return Family::Number;
  return Family::Other;
}

/// An enum or set with further members at its end.
bool only_gains_members(const std::string& before, const std::string& after) {
  const bool has_members = base_word(before) == "enum" || base_word(before) == "set";
  return has_members && before.ends_with(")") && after.starts_with(before.substr(0, before.size() - 1) + ",");
}

Reasons noticed_in_type(const diff::Pair<Column>& pair, const std::string& place, const Dialect& dialect) {
  const std::string& before = pair.before.type.native.common;
  const std::string& after = pair.after.type.native.common;
  if (before == after || only_gains_members(before, after)) return {};
  const Family family = family_of(after);
  const bool same_kind = family == family_of(before) && (family != Family::Other || base_word(before) == base_word(after));
  if (!same_kind) return {"it reads and writes " + place + " as `" + before + "`"};
  diff::Pair<Table> alone;  // what a strict table refuses is noticed with its options
  alone.before.columns = {pair.before};
  alone.before.columns.front().name = pair.after.name;
  alone.after.columns = {pair.after};
  if (!dialect.narrowing(pair, alone).empty()) return {"it may write into " + place + " what `" + after + "` does not hold"};
  return {};
}

/// No default and the default NULL are one.
std::string default_text(const Column& column) {
  if (!column.default_value) return {};
  const std::string& text = column.default_value->sql.common;
  return equal_ignoring_case(text, "null") ? std::string() : text;
}

bool is_given_by_the_engine(const Column& column) { return column.auto_increment || column.generated.has_value(); }

Reasons noticed_in_default(const Column& before, const Column& after, const std::string& place) {
  if (default_text(before) == default_text(after) || is_given_by_the_engine(before) || is_given_by_the_engine(after)) return {};
  if (default_text(before).empty() && !before.nullable) return {};  // it had to give a value itself
  return {"what it leaves out of " + place + " becomes another value"};
}

Reasons noticed_in_generation(const Column& before, const Column& after, const std::string& place) {
  if (before.generated && after.generated) {
    const bool same = before.generated->expression.common == after.generated->expression.common;
    return same ? Reasons() : Reasons{place + " is computed in another way"};
  }
  if (after.generated) return {"it writes " + place + ", which is computed now"};
  if (before.generated || (before.auto_increment && !after.auto_increment)) return {"it leaves " + place + " to the database"};
  return {};
}

bool is_new(const std::string& column, const Table& before) { return before.find_column(column) == nullptr; }

}  // namespace

Reasons noticed_in_column(const diff::Pair<Column>& pair, const std::string& place, const Dialect& dialect) {
  const Column& before = pair.before;
  const Column& after = pair.after;
  Reasons reasons = noticed_in_type(pair, place, dialect);
  if (before.collation != after.collation && reasons.empty()) reasons.push_back("it compares and sorts " + place + " in another way");
  if (before.nullable && !after.nullable && !is_given_by_the_engine(after)) reasons.push_back("it may leave " + place + " NULL");
  append(reasons, noticed_in_default(before, after, place));
  append(reasons, noticed_in_generation(before, after, place));
  if (before.on_update_now != after.on_update_now) reasons.push_back("an update sets " + place + " in another way");
  for (const Check& check : after.checks) {
    if (std::find(before.checks.begin(), before.checks.end(), check) == before.checks.end()) reasons.push_back("it may write what the check on " + place + " refuses");
  }
  return reasons;
}

Reasons noticed_in_new_column(const Column& column, const std::string& place) {
  if (column.nullable || column.default_value || is_given_by_the_engine(column)) return {};
  return {"it gives " + place + " no value"};
}

Reasons noticed_in_new_key(const std::vector<IndexPart>& parts, const std::string& name, const Table& before, const Table& after) {
  const auto stays_null = [&](const IndexPart& part) {
    const Column* column = after.find_column(part.column);
    return column != nullptr && is_new(part.column, before) && column->nullable && default_text(*column).empty() && !column->generated;
  };
  if (std::any_of(parts.begin(), parts.end(), stays_null)) return {};  // NULLs are no duplicates
  return {"it may write duplicates that " + name + " refuses"};
}

Reasons noticed_in_dropped_index(const Index& index) {
  switch (index.kind) {
    case IndexKind::Unique: return {"it may rely on " + called(index)};
    case IndexKind::Fulltext: return {"it may search with index `" + index.name.text + "`"};
    case IndexKind::Plain: case IndexKind::Spatial: return {};
  }
  return {};
}

Reasons noticed_in_new_check(const Check& check, const Table& before, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(check.expression.common, lexis);
  const bool names_old_column = std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
    const bool is_name = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
    return is_name && !is_new(sql::unquoted(token.text), before);
  });
  if (!names_old_column) return {};
  return {"it may write what " + (check.name.empty() ? std::string("the check") : "check `" + check.name.text + "`") + " refuses"};
}

Reasons noticed_in_new_foreign_key(const ForeignKey& key, const Table& before) {
  if (std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) { return is_new(column, before); })) return {};
  return {"it may write or leave rows that " + called(key) + " refuses"};
}

Reasons noticed_in_dropped_foreign_key(const ForeignKey& key) {
  const auto acts = [](ForeignKeyAction action) { return action != ForeignKeyAction::NoAction && action != ForeignKeyAction::Restrict; };
  if (!acts(key.on_delete) && !acts(key.on_update)) return {};
  return {"it may rely on " + called(key) + ", which deletes or changes rows by itself"};
}

Reasons noticed_in_options(const diff::Pair<Table>& pair) {
  static constexpr std::array<std::string_view, 3> words{"engine", "strict", "without rowid"};
  const auto value = [](const Table& table, std::string_view engine, std::string_view word) {
    const auto options = table.options.find(engine);
    if (options == table.options.end()) return std::string("-");
    const auto found = options->second.find(word);
    return found == options->second.end() ? std::string("-") : to_lower(found->second);
  };
  Reasons reasons;
  for (const auto& [engine, options] : pair.after.options) {
    for (const std::string_view word : words) {
      if (value(pair.before, engine, word) != value(pair.after, engine, word)) reasons.push_back("table `" + pair.after.name + "` is kept in another way (" + std::string(word) + ")");
    }
  }
  return reasons;
}

Reasons noticed_in_new_trigger(const Trigger& trigger, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(trigger.body.common, lexis);
  const bool may_refuse = std::any_of(tokens.begin(), tokens.end(), [](const sql::Token& token) {
    return token.kind == sql::TokenKind::Word && (equal_ignoring_case(token.text, "raise") || equal_ignoring_case(token.text, "signal"));
  });
  return may_refuse ? Reasons{"trigger `" + trigger.name + "` may refuse what it writes"} : Reasons();
}

Reasons noticed_in_table(const diff::Pair<Table>& pair, const Dialect& dialect) {
  const std::string table = pair.after.name;
  const sql::Lexis lexis = dialect.match_rules().lexis;
  const diff::TableDelta delta = diff::compare(pair.before, pair.after);
  const auto place = [&](const Column& column) { return "`" + table + "." + column.name + "`"; };
  Reasons reasons;
  for (const Column& column : delta.columns_dropped) reasons.push_back("it names " + place(column));
  for (const Column& column : delta.columns_added) append(reasons, noticed_in_new_column(column, place(column)));
  for (const auto& changed : delta.columns_altered) append(reasons, noticed_in_column(changed, place(changed.after), dialect));
  if (delta.primary_key_changed) {
    if (pair.before.primary_key) reasons.push_back("it may rely on the primary key of `" + table + "`");
    else append(reasons, noticed_in_new_key(pair.after.primary_key->parts, "the primary key of `" + table + "`", pair.before, pair.after));
  }
  for (const Index& index : delta.indexes_created) {
    if (index.kind == IndexKind::Unique) append(reasons, noticed_in_new_key(index.parts, called(index), pair.before, pair.after));
  }
  for (const Index& index : delta.indexes_dropped) append(reasons, noticed_in_dropped_index(index));
  for (const Check& check : delta.checks_added) append(reasons, noticed_in_new_check(check, pair.before, lexis));
  for (const ForeignKey& key : delta.foreign_keys_added) append(reasons, noticed_in_new_foreign_key(key, pair.before));
  for (const ForeignKey& key : delta.foreign_keys_dropped) append(reasons, noticed_in_dropped_foreign_key(key));
  if (delta.options_changed) append(reasons, noticed_in_options(pair));
  return reasons;
}

}  // namespace plumb::plan
