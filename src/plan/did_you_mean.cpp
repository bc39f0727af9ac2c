#include "plan/did_you_mean.hpp"

#include <algorithm>
#include <set>

#include "plan/live_names.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

/// A pair with less of this in its favour is not asked about.
constexpr int likely = 3;

std::string plain(const std::string& name) { return replace_all(to_lower(name), "_", ""); }

/// One name is in the other, or few letters differ.
bool names_are_alike(const std::string& a, const std::string& b) {
  const std::string x = plain(a);
  const std::string y = plain(b);
  const std::string& shorter = x.size() < y.size() ? x : y;
  const std::string& longer = x.size() < y.size() ? y : x;
  constexpr std::size_t telling = 3;  // a letter or two are near to every other one
  if (shorter.size() < telling) return x == y;
  return longer.find(shorter) != std::string::npos || !closest_match(x, {y}).empty();
}

struct Likeness {
  int weight = 0;
  std::vector<std::string> evidence;
};

bool same_type(const Column& a, const Column& b) { return a.type.native.common == b.type.native.common; }

/// The name of the column before, "" for the first.
std::string neighbour(const Table& table, const std::string& column) {
  std::string before;
  for (const Column& one : table.columns) {
    if (one.name == column) return before;
    before = one.name;
  }
  return before;
}

Likeness likeness(const Table& from, const Column& old, const Table& to, const Column& wanted) {
  Likeness likeness;
  if (same_type(old, wanted)) {
    likeness.weight += 2;
    likeness.evidence.push_back("both are `" + wanted.type.native.common + "`");
  }
  if (names_are_alike(old.name, wanted.name)) {
    likeness.weight += 2;
    likeness.evidence.emplace_back("the names are alike");
  }
  if (equal_ignoring_case(neighbour(from, old.name), neighbour(to, wanted.name))) {
    likeness.weight += 1;
    likeness.evidence.emplace_back("they stand in the same place");
  }
  if (likeness.weight > 0 && old.nullable == wanted.nullable) likeness.weight += same_type(old, wanted) ? 0 : 1;
  return likeness;
}

Likeness likeness(const Table& old, const Table& wanted) {
  std::size_t shared = 0;
  std::size_t equal = 0;
  for (const Column& column : wanted.columns) {
    const Column* before = old.find_column(column.name);
    if (before == nullptr) continue;
    ++shared;
    if (same_type(*before, column)) ++equal;
  }
  const std::size_t most = std::max(old.columns.size(), wanted.columns.size());
  Likeness likeness;
  if (shared >= 2 && shared * 10 >= most * 6) likeness.weight += 3;
  else if (shared * 10 >= most * 3) likeness.weight += 1;
  if (shared > 0) {
    likeness.evidence.push_back(std::to_string(shared) + " of " + counted(most, "column") + (shared == 1 ? " has" : " have") + " the same name, " + std::to_string(equal) + " of these the same type");
  }
  if (names_are_alike(old.name, wanted.name)) {
    likeness.weight += 2;
    likeness.evidence.emplace_back("the names are alike");
  }
  return likeness;
}

/// A thing that vanishes, one that appears, and what speaks for their being one.
template <class Thing>
struct Candidate {
  const Thing* old;
  const Thing* wanted;
  Likeness likeness;
};

template <class Thing, class Compare>
std::vector<Candidate<Thing>> likeliest(const std::vector<const Thing*>& vanishing, const std::vector<const Thing*>& appearing, Compare compare) {
  std::vector<Candidate<Thing>> candidates;
  for (const Thing* old : vanishing) {
    for (const Thing* wanted : appearing) {
      Likeness likeness = compare(*old, *wanted);
      if (likeness.weight >= likely) candidates.push_back({old, wanted, std::move(likeness)});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.likeness.weight > b.likeness.weight; });
  std::set<const Thing*> taken;
  std::erase_if(candidates, [&](const auto& candidate) {
    if (taken.contains(candidate.old) || taken.contains(candidate.wanted)) return true;
    taken.insert({candidate.old, candidate.wanted});
    return false;
  });
  return candidates;
}

class Suggester {
 public:
  Suggester(const PlanInput& input, const Dialect& dialect) : input_(input), dialect_(dialect), names_(input.match, dialect.match_rules().lexis) {}

  std::vector<Suggestion> run() {
    suggest_tables();
    for (const auto& pair : input_.changes.tables_altered) suggest_columns(pair);
    return std::move(suggestions_);
  }

 private:
  bool is_declared_drop(DropKind kind, const std::string& table, const std::string& name) const {
    const auto& drops = input_.description.drops;
    return std::any_of(drops.begin(), drops.end(), [&](const Drop& drop) { return drop.kind == kind && equal_ignoring_case(drop.name, name) && (kind != DropKind::Column || drop.table == table); });
  }

  void suggest_tables() {
    std::vector<const Table*> vanishing;
    for (const auto& [name, table] : input_.match.from().tables) {
      if (!input_.description.schema.tables.contains(name) && !is_declared_drop(DropKind::Table, {}, name)) vanishing.push_back(&table);
    }
    std::vector<const Table*> appearing;
    for (const Table& table : input_.changes.tables_created) appearing.push_back(&table);
    const auto compare = [](const Table& old, const Table& wanted) { return likeness(old, wanted); };
    for (const auto& [old, wanted, likeness] : likeliest<Table>(vanishing, appearing, compare)) {
      Suggestion suggestion;
      suggestion.hint = "`table " + wanted->name + " was " + old->name + "`";
      suggestion.evidence = likeness.evidence;
      suggestion.unit = "row";
      suggestion.questions.push_back(question(QuestionKind::RowsIn, old->name, {}));
      const auto& dropped = input_.changes.tables_dropped;
      suggestion.would_be_lost = std::any_of(dropped.begin(), dropped.end(), [&, name = old->name](const Table& table) { return table.name == name; });
      suggestion.way_out = "`drop table " + old->name + "`";
      if (const auto intent = input_.description.tables.find(wanted->name); intent != input_.description.tables.end()) suggestion.origin = intent->second.origin;
      suggestions_.push_back(std::move(suggestion));
    }
  }

  void suggest_columns(const diff::Pair<Table>& pair) {
    const auto declared = input_.description.schema.tables.find(pair.after.name);
    if (declared == input_.description.schema.tables.end()) return;
    std::vector<const Column*> vanishing;
    for (const Column& column : pair.before.columns) {
      const bool is_declared = declared->second.find_column(column.name) != nullptr;
      if (!is_declared && !column.generated && !is_declared_drop(DropKind::Column, pair.after.name, column.name)) vanishing.push_back(&column);
    }
    std::vector<const Column*> appearing;
    for (const Column& column : pair.after.columns) {
      if (pair.before.find_column(column.name) == nullptr && !column.generated) appearing.push_back(&column);
    }
    const auto compare = [&](const Column& old, const Column& wanted) { return likeness(pair.before, old, declared->second, wanted); };
    for (const auto& [old, wanted, likeness] : likeliest<Column>(vanishing, appearing, compare)) suggest_column(pair, *old, *wanted, likeness);
  }

  void suggest_column(const diff::Pair<Table>& pair, const Column& old, const Column& wanted, const Likeness& likeness) {
    const std::string& table = pair.after.name;
    Suggestion suggestion;
    suggestion.hint = "`" + wanted.name + " … was " + old.name + "` in table `" + table + "`";
    suggestion.evidence = likeness.evidence;
    suggestion.unit = "value";
    Column live = old;
    live.name = names_.column(table, old.name);
    suggestion.questions.push_back(question(QuestionKind::Violates, table, dialect_.quote(live.name) + " IS NOT NULL"));
    std::vector<std::string> misfits;
    diff::Pair<Table> renamed = pair;
    renamed.before.find_column(old.name)->name = wanted.name;  // as the table would be if it were the same column
    for (const Question& narrowing : dialect_.narrowing({live, wanted}, renamed)) {
      if (!narrowing.condition.empty()) misfits.push_back("(" + narrowing.condition + ")");
    }
    if (!misfits.empty()) suggestion.questions.push_back(question(QuestionKind::Violates, table, join(misfits, " OR ")));
    suggestion.would_be_lost = pair.after.find_column(old.name) == nullptr;
    suggestion.way_out = "`drop column " + table + "." + old.name + "`";
    if (const auto intent = input_.description.tables.find(table); intent != input_.description.tables.end()) {
      const auto column = intent->second.columns.find(wanted.name);
      suggestion.origin = column == intent->second.columns.end() ? intent->second.origin : column->second.origin;
    }
    suggestions_.push_back(std::move(suggestion));
  }

  Question question(QuestionKind kind, const std::string& table, std::string condition) const {
    Question question;
    question.kind = kind;
    question.table = names_.table(table);
    question.condition = std::move(condition);
    return question;
  }

  const PlanInput& input_;
  const Dialect& dialect_;
  LiveNames names_;
  std::vector<Suggestion> suggestions_;
};

}  // namespace

std::vector<Suggestion> did_you_mean(const PlanInput& input, const Dialect& dialect) { return Suggester(input, dialect).run(); }

std::string in_words(const Suggestion& suggestion) {
  std::vector<std::string> evidence = suggestion.evidence;
  const auto answer = suggestion.questions.front().answer;
  if (answer) {
    std::string held = "it holds " + (*answer == 0 ? "no " + suggestion.unit + "s" : counted(*answer, suggestion.unit));
    const auto misfits = suggestion.questions.size() > 1 ? suggestion.questions[1].answer : std::optional<std::uint64_t>(0);
    if (*answer > 0 && suggestion.unit == "value" && misfits) held += *misfits == 0 ? ", which all fit" : ", " + grouped(*answer - std::min(*answer, *misfits)) + " of which fit";
    evidence.push_back(std::move(held));
  }
  return suggestion.hint + " (" + join(evidence, "; ") + ")";
}

}  // namespace plumb::plan
