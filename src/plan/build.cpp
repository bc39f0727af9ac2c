#include "plan/build.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "model/packages.hpp"
#include "plan/classify.hpp"
#include "plan/compatibility.hpp"
#include "plan/phase.hpp"
#include "plan/way_back.hpp"
#include "plan/wording.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

struct RiskWord {
  RiskKind kind;
  std::string_view word;
};

constexpr std::array risk_words{RiskWord{RiskKind::DropTable, "drop-table"}, RiskWord{RiskKind::DropColumn, "drop-column"},
                                RiskWord{RiskKind::DropView, "drop-view"}, RiskWord{RiskKind::Narrow, "narrow"},
                                RiskWord{RiskKind::RebuildOpaque, "rebuild-opaque"}};

std::string way_to_them(const Question& question) { return question.finds.empty() ? std::string() : "; they are found by " + code(question.finds); }

/// A trigger holds no rows, so dropping an undeclared one is no risk; it is permitted all the same.
constexpr std::string_view drop_trigger = "drop-trigger";

/// Loses nothing, and is not a part of "destructive" (plan/largest_rebuild.hpp).
constexpr std::string_view slow = "slow";

/// Loses nothing by itself (rehearse/rehearse.hpp); what is lost later could not be brought back.
constexpr std::string_view one_way = "one-way";

/// What an open risk needs, in the user's words.
std::string way_out(RiskKind kind) {
  switch (kind) {
    case RiskKind::DropTable: return "declare it with `drop table …` in the description, or say `--allow drop-table`";
    case RiskKind::DropColumn: return "declare it with `drop column …` in the description, or say `--allow drop-column`";
    case RiskKind::DropView: return "declare it with `drop view …` in the description, or say `--allow drop-view`";
    case RiskKind::Narrow: return "say `--allow narrow` if that is meant";
    case RiskKind::RebuildOpaque: return "no description can say it; say `--allow rebuild-opaque` if it may go";
  }
  return {};
}

void note_what_is_not_carried_out(const Description& description, const Dialect& dialect, std::vector<diff::Notice>& notices) {
  for (const auto& package : left_out_packages(description)) notices.push_back({diff::NoticeKind::NotCarriedOut, "package `" + package + "`, which --packages leaves out", {}});
  for (const auto& sentence : dialect.cannot_express(description)) notices.push_back({diff::NoticeKind::NotCarriedOut, sentence, {}});
}

/// What the engine holds and plumb cannot make, where a description that was read from an engine has it.
void note_what_is_not_made(const Schema& actual, const Schema& desired, const diff::Changes& changes, std::vector<diff::Notice>& notices) {
  for (const auto& [name, opaque] : desired.opaque) {
    if (changes.opaque_created.contains(name) || changes.opaque_altered.contains(name)) continue;
    const auto standing = actual.opaque.find(name);
    if (opaque.kind == "shadow table" || (standing != actual.opaque.end() && same_definition(standing->second, opaque))) continue;
    notices.push_back({diff::NoticeKind::NotCarriedOut, opaque.kind + " `" + opaque.name + "` is not " + (standing == actual.opaque.end() ? "made" : "changed") + ": " + opaque.reason, {}});
  }
}

/// Empty when no rename gave the table its name.
std::string name_before(const std::string& table, const std::vector<diff::Rename>& renames) {
  const auto gave_it = [&](const diff::Rename& rename) { return rename.kind == diff::Rename::Kind::Table && rename.to == table; };
  const auto found = std::find_if(renames.begin(), renames.end(), gave_it);
  return found == renames.end() ? std::string() : found->from;
}

diff::Refusal expand_first(const diff::Changes& changes) {
  std::vector<std::string> names;
  for (const auto& table : changes.tables_created) names.push_back("table `" + table.name + "`");
  for (const auto& pair : changes.tables_altered) names.push_back("table `" + pair.after.name + "`");
  for (const auto& view : changes.views_created) names.push_back("view `" + view.name + "`");
  for (const auto& trigger : changes.triggers_created) names.push_back("trigger `" + trigger.name + "`");
  return {"expand-first", "what the old application does not notice is still to be done (" + join(names, ", ") + "): apply a plan with `--phase expand` first", {}};
}

std::vector<PlannedAssertion> assertions_of(const Description& description, const Dialect& dialect) {
  std::vector<PlannedAssertion> planned;
  for (const Assertion& assertion : description.assertions) {
    std::string query(trim(assertion.query.text_for(dialect.name())));
    if (!query.empty()) planned.push_back({assertion.text, std::move(query), assertion.origin});
  }
  return planned;
}

}  // namespace

std::string_view risk_word(RiskKind kind) {
  for (const auto& entry : risk_words) {
    if (entry.kind == kind) return entry.word;
  }
  return {};
}

std::vector<std::string> allow_words() {
  std::vector<std::string> words;
  for (const auto& entry : risk_words) words.emplace_back(entry.word);
  words.emplace_back(drop_trigger);
  words.emplace_back(slow);
  words.emplace_back(one_way);
  words.emplace_back("destructive");
  return words;
}

bool permits(const Allowed& allowed, RiskKind kind) { return allowed.contains("destructive") || allowed.contains(risk_word(kind)); }

bool is_empty(const Plan& plan) { return plan.steps.empty() && plan.version_from == plan.version_to; }

Draft build(const CanonicalSchema& actual, const CanonicalSchema& desired, const Description& description, const Dialect& dialect, const Allowed& allowed, const std::string& attic, Phase phase) {
  diff::MatchRules rules = dialect.match_rules();
  rules.drop_undeclared_tables = permits(allowed, RiskKind::DropTable);
  rules.drop_undeclared_columns = permits(allowed, RiskKind::DropColumn);
  rules.drop_undeclared_views = permits(allowed, RiskKind::DropView);
  rules.drop_undeclared_triggers = allowed.contains(drop_trigger) || allowed.contains("destructive");
  Draft draft;
  draft.match = diff::match(actual.share(), desired.schema(), description, rules);
  std::optional<ExpandPart> part;
  if (phase != Phase::Whole) part = expand_part(actual.share(), draft.match, description, dialect);
  if (phase == Phase::Expand) draft.match = part->match;
  const Description& intent = phase == Phase::Expand ? part->description : description;
  Plan& plan = draft.plan;
  plan.phase = phase;
  plan.schema = description.name;
  plan.engine = std::string(dialect.name());
  plan.version_to = description.version;
  plan.version_after = description.after;
  plan.description = description.fingerprint;
  plan.allowed = allowed;
  if (phase != Phase::Expand) plan.assertions = assertions_of(description, dialect);
  plan.notices = draft.match.notices;
  note_what_is_not_carried_out(description, dialect, plan.notices);
  note_what_is_not_made(actual.schema(), desired.schema(), draft.match.changes, plan.notices);
  plan.blocked = draft.match.refusals;
  if (phase == Phase::Contract && !part->match.changes.empty()) plan.blocked.push_back(expand_first(part->match.changes));
  const PlanInput input{actual.schema(), draft.match, draft.match.changes, intent, {attic, permits(allowed, RiskKind::Narrow)}};
  if (!draft.match.changes.empty() || !draft.match.renames.empty()) plan.steps = dialect.expand(input);
  for (Step& step : plan.steps) {
    step.table_before = name_before(step.table, draft.match.renames);
    classify(step, input, dialect);
  }
  add_ways_back(plan.steps, actual.schema(), intent, dialect);
  judge_compatibility(plan.steps, actual.schema(), dialect);
  draft.suggestions = did_you_mean(input, dialect);
  return draft;
}

void tell_suggestions(Draft& draft) {
  auto& notices = draft.plan.notices;
  for (const Suggestion& suggestion : draft.suggestions) {
    const diff::Notice notice{diff::NoticeKind::DidYouMean, in_words(suggestion), suggestion.origin};
    const auto place = std::find_if(notices.begin(), notices.end(), [](const diff::Notice& one) { return one.kind > diff::NoticeKind::DidYouMean; });
    notices.insert(place, notice);
    const bool all_may_go = draft.plan.allowed.contains("destructive");
    if (!suggestion.would_be_lost || all_may_go || suggestion.questions.front().answer == 0) continue;
    draft.plan.blocked.push_back({"did-you-mean", "did you mean " + in_words(suggestion) + "? If not, say " + suggestion.way_out, suggestion.origin});
  }
}

void guard_what_was_answered(Plan& plan) {
  for (Step& step : plan.steps) {
    for (const Risk& risk : step.risks) {
      const auto number = static_cast<std::size_t>(risk.decided_by);
      if (risk.decided_by < 0 || number >= step.asked_again.size() || step.questions[number].answer != 0) continue;
      if (risk.kind == RiskKind::Narrow && permits(plan.allowed, risk.kind)) continue;
      Command guard = step.asked_again[number];
      guard.message = "{n} came since the plan was made, which counted none: " + step.questions[number].text + "; make a new plan";
      const auto stands = [&](const Command& command) { return command.sql == guard.sql; };
      if (std::none_of(step.commands.begin(), step.commands.end(), stands)) step.commands.insert(step.commands.begin(), std::move(guard));
    }
  }
}

bool fails_over_a_row(const Question& question) { return question.unanswered.starts_with(fails_over_rows); }

void assess(Plan& plan) {
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    ++number;
    const std::string where = "step " + std::to_string(number) + ": ";
    for (const Question& question : step.questions) {
      if (question.blocks && fails_over_a_row(question)) plan.blocked.push_back({"data-in-the-way", where + question.text + ": " + question.unanswered + "; change the rows that it fails over first", question.origin});
      if (!question.blocks || !question.answer || *question.answer == 0) continue;
      plan.blocked.push_back({"data-in-the-way", where + question.text + ": " + found_in_words(question) + "; " + question.advice + way_to_them(question), question.origin});
    }
    for (const Risk& risk : step.risks) {
      if (risk.declared || permits(plan.allowed, risk.kind)) continue;
      const Question* decides = risk.kind == RiskKind::Narrow && risk.decided_by >= 0 ? &step.questions[static_cast<std::size_t>(risk.decided_by)] : nullptr;
      if (decides != nullptr && decides->answer == 0) continue;
      std::string text = where + risk.text;
      if (decides != nullptr && decides->answer) text += " (" + found_in_words(*decides) + ")";
      text += "; " + way_out(risk.kind);
      if (decides != nullptr) text += way_to_them(*decides);
      plan.blocked.push_back({risk.kind == RiskKind::RebuildOpaque ? "opaque-object" : "needs-permission", std::move(text), risk.origin});
    }
  }
}

std::string summary(const Plan& plan) {
  const auto count = [&](StepSymbol symbol) { return static_cast<std::uint64_t>(std::count_if(plan.steps.begin(), plan.steps.end(), [&](const Step& s) { return s.symbol == symbol; })); };
  std::vector<std::string> parts;
  const auto add = [&](StepSymbol symbol, std::string_view singular, std::string_view plural) {
    if (const auto n = count(symbol)) parts.push_back(counted(n, singular, plural));
  };
  add(StepSymbol::Rename, "rename", "renames");
  add(StepSymbol::Create, "creation", "creations");
  add(StepSymbol::Change, "change", "changes");
  add(StepSymbol::Data, "data step", "data steps");
  add(StepSymbol::Drop, "drop", "drops");
  if (parts.empty()) return plan.version_from == plan.version_to ? "nothing to do" : "no change to the schema; the version is recorded";
  return counted(plan.steps.size(), "step") + ": " + join(parts, ", ");
}

}  // namespace plumb::plan
