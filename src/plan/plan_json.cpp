// plan/plan_json.cpp: a plan as JSON and back. The shape is documented in docs/plan_format.md.
#include <nlohmann/json.hpp>

#include <array>

#include "plan/document.hpp"
#include "plan/plan_json.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::plan {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 2;

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

constexpr std::array symbols{Word<StepSymbol>{StepSymbol::Create, "create"}, Word<StepSymbol>{StepSymbol::Change, "change"},
                             Word<StepSymbol>{StepSymbol::Rename, "rename"}, Word<StepSymbol>{StepSymbol::Drop, "drop"}, Word<StepSymbol>{StepSymbol::Data, "data"}};
constexpr std::array commands{Word<CommandKind>{CommandKind::Statement, "statement"}, Word<CommandKind>{CommandKind::Session, "session"}, Word<CommandKind>{CommandKind::Fill, "fill"},
                              Word<CommandKind>{CommandKind::Guard, "guard"}, Word<CommandKind>{CommandKind::Sync, "sync"}};
constexpr std::array questions{Word<QuestionKind>{QuestionKind::RowsIn, "rows"}, Word<QuestionKind>{QuestionKind::NullsIn, "nulls"},
                               Word<QuestionKind>{QuestionKind::Violates, "violates"}, Word<QuestionKind>{QuestionKind::Duplicates, "duplicates"},
                               Word<QuestionKind>{QuestionKind::OrphansOf, "orphans"}, Word<QuestionKind>{QuestionKind::Answers, "answers"}};
constexpr std::array risks{Word<RiskKind>{RiskKind::DropTable, "drop-table"}, Word<RiskKind>{RiskKind::DropColumn, "drop-column"},
                           Word<RiskKind>{RiskKind::DropView, "drop-view"}, Word<RiskKind>{RiskKind::Narrow, "narrow"},
                           Word<RiskKind>{RiskKind::RebuildOpaque, "rebuild-opaque"}};
constexpr std::array notices{Word<diff::NoticeKind>{diff::NoticeKind::HintUsed, "hint-used"}, Word<diff::NoticeKind>{diff::NoticeKind::HintApplied, "hint-applied"},
                             Word<diff::NoticeKind>{diff::NoticeKind::HintUnused, "hint-unused"}, Word<diff::NoticeKind>{diff::NoticeKind::DidYouMean, "did-you-mean"},
                             Word<diff::NoticeKind>{diff::NoticeKind::Undeclared, "undeclared"}, Word<diff::NoticeKind>{diff::NoticeKind::Opaque, "opaque"},
                             Word<diff::NoticeKind>{diff::NoticeKind::NotCarriedOut, "not-carried-out"}};

constexpr std::array backs{Word<BackKind>{BackKind::Nothing, "nothing"}, Word<BackKind>{BackKind::Exact, "exact"}, Word<BackKind>{BackKind::Loses, "loses"},
                           Word<BackKind>{BackKind::None, "none"}};
constexpr std::array rehearsals{Word<Rehearsal::Outcome>{Rehearsal::Outcome::NotDone, "not-done"}, Word<Rehearsal::Outcome>{Rehearsal::Outcome::Passed, "passed"},
                                Word<Rehearsal::Outcome>{Rehearsal::Outcome::UpOnly, "up-only"}, Word<Rehearsal::Outcome>{Rehearsal::Outcome::Failed, "failed"}};
constexpr std::array phases{Word<Phase>{Phase::Whole, "whole"}, Word<Phase>{Phase::Expand, "expand"}, Word<Phase>{Phase::Contract, "contract"}};

template <class Enum, std::size_t N>
std::string word_of(Enum value, const std::array<Word<Enum>, N>& words) {
  for (const auto& entry : words) {
    if (entry.value == value) return std::string(entry.word);
  }
  return {};
}

template <class Enum, std::size_t N>
Enum value_of(const Json& json, const std::array<Word<Enum>, N>& words) {
  const auto text = json.get<std::string>();
  for (const auto& entry : words) {
    if (entry.word == text) return entry.value;
  }
  throw Error("`" + text + "` is not a word of a plan");
}

template <class T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::optional<std::uint64_t> number_from(const Json& json) { return json.is_null() ? std::nullopt : std::optional(json.get<std::uint64_t>()); }

Json origin_json(const Origin& origin) { return origin.file.empty() ? Json(nullptr) : Json{{"file", origin.file}, {"line", origin.line}}; }

Origin origin_from(const Json& json) {
  if (json.is_null()) return {};
  return {json.at("file").get<std::string>(), json.at("line").get<std::uint32_t>()};
}

Json question_json(const Question& question) {
  Json json{{"kind", word_of(question.kind, questions)}, {"table", question.table}, {"columns", question.columns}};
  if (!question.condition.empty()) json["condition"] = question.condition;
  if (!question.parent.empty()) json["parent"] = Json{{"table", question.parent}, {"columns", question.parent_columns}};
  const auto seen_json = [](const std::vector<SeenAs>& seen) {
    Json columns = Json::array();
    for (const SeenAs& one : seen) columns.push_back(Json{{"column", one.column}, {"expression", one.expression}});
    return columns;
  };
  if (!question.seen_as.empty()) json["seen_as"] = seen_json(question.seen_as);
  if (question.with_history) json["with_history"] = true;
  if (!question.parent_seen_as.empty()) json["parent"]["seen_as"] = seen_json(question.parent_seen_as);
  json["text"] = question.text;
  json["blocks"] = question.blocks;
  json["advice"] = question.advice;
  json["answer"] = optional_json(question.answer);
  if (!question.unanswered.empty()) json["unanswered"] = question.unanswered;
  if (!question.examples.empty()) json["examples"] = question.examples;
  json["origin"] = origin_json(question.origin);
  if (!question.finds.empty()) json["finds"] = question.finds;
  return json;
}

Question question_from(const Json& json) {
  Question question;
  question.kind = value_of(json.at("kind"), questions);
  question.table = json.at("table").get<std::string>();
  question.columns = json.at("columns").get<std::vector<std::string>>();
  if (json.contains("condition")) question.condition = json.at("condition").get<std::string>();
  if (json.contains("parent")) {
    question.parent = json.at("parent").at("table").get<std::string>();
    question.parent_columns = json.at("parent").at("columns").get<std::vector<std::string>>();
  }
  const auto seen_from = [](const Json& columns) {
    std::vector<SeenAs> seen;
    for (const Json& one : columns) seen.push_back({one.at("column").get<std::string>(), one.at("expression").get<std::string>()});
    return seen;
  };
  if (json.contains("seen_as")) question.seen_as = seen_from(json.at("seen_as"));
  question.with_history = json.value("with_history", false);
  if (json.contains("parent") && json.at("parent").contains("seen_as")) question.parent_seen_as = seen_from(json.at("parent").at("seen_as"));
  question.text = json.at("text").get<std::string>();
  question.blocks = json.at("blocks").get<bool>();
  question.advice = json.at("advice").get<std::string>();
  question.answer = number_from(json.at("answer"));
  if (json.contains("unanswered")) question.unanswered = json.at("unanswered").get<std::string>();
  if (json.contains("examples")) question.examples = json.at("examples").get<std::vector<std::string>>();
  question.origin = origin_from(json.at("origin"));
  if (json.contains("finds")) question.finds = json.at("finds").get<std::string>();
  return question;
}

Json commands_json(const std::vector<Command>& commands_of_it);
std::vector<Command> commands_from(const Json& json);

Json company_json(const Company& company) {
  Json json{{"before", company.before}, {"after", company.after}};
  if (!company.lock.empty()) json["lock"] = company.lock;
  if (!company.unlock.empty()) json["unlock"] = company.unlock;
  if (!company.guards.empty()) json["guards"] = commands_json(company.guards);
  return json;
}

Company company_from(const Json& json) {
  Company company;
  company.before = json.at("before").get<std::vector<std::string>>();
  company.after = json.at("after").get<std::vector<std::string>>();
  if (json.contains("lock")) company.lock = json.at("lock").get<std::string>();
  if (json.contains("unlock")) company.unlock = json.at("unlock").get<std::string>();
  if (json.contains("guards")) company.guards = commands_from(json.at("guards"));
  return company;
}

Json commands_json(const std::vector<Command>& commands_of_it) {
  Json json = Json::array();
  for (const Command& command : commands_of_it) {
    Json one{{"kind", word_of(command.kind, commands)}, {"sql", command.sql}};
    if (!command.message.empty()) one["message"] = command.message;
    if (!command.program.empty()) one["program"] = command.program;
    if (!command.finds.empty()) one["finds"] = command.finds;
    if (command.batches) one["batches"] = Json{{"table", command.batches->table}, {"column", command.batches->column}};
    if (command.company) one["company"] = company_json(*command.company);
    json.push_back(std::move(one));
  }
  return json;
}

std::vector<Command> commands_from(const Json& json) {
  std::vector<Command> read;
  for (const Json& one : json) {
    Command command{value_of(one.at("kind"), commands), one.at("sql").get<std::string>(), one.contains("message") ? one.at("message").get<std::string>() : ""};
    if (one.contains("finds")) command.finds = one.at("finds").get<std::string>();
    if (one.contains("program")) command.program = one.at("program").get<std::vector<std::string>>();
    if (one.contains("batches")) command.batches = Batches{one.at("batches").at("table").get<std::string>(), one.at("batches").at("column").get<std::string>()};
    if (one.contains("company")) command.company = company_from(one.at("company"));
    read.push_back(std::move(command));
  }
  return read;
}

Json touched_json(const Touched& touched) {
  Json json = Json::object();
  const auto add = [&](const char* key, const std::vector<std::string>& names) {
    if (!names.empty()) json[key] = names;
  };
  add("tables", touched.tables);
  add("views", touched.views);
  add("triggers", touched.triggers);
  add("aside", touched.aside);
  json["before"] = touched.before;
  json["after"] = touched.after;
  return json;
}

Touched touched_from(const Json& json) {
  const auto names = [&](const char* key) { return json.contains(key) ? json.at(key).get<std::vector<std::string>>() : std::vector<std::string>(); };
  return {names("tables"), names("views"), names("triggers"), names("aside"), json.at("before").get<std::string>(), json.at("after").get<std::string>()};
}

Json back_json(const Back& back) {
  Json json{{"kind", word_of(back.kind, backs)}, {"commands", commands_json(back.commands)}};
  if (!back.text.empty()) json["text"] = back.text;
  return json;
}

Back back_from(const Json& json) {
  return {value_of(json.at("kind"), backs), commands_from(json.at("commands")), json.contains("text") ? json.at("text").get<std::string>() : ""};
}

Json cost_json(const Cost& cost) {
  return Json{{"algorithm", cost.algorithm}, {"lock", cost.lock}, {"bytes", optional_json(cost.bytes)}, {"seconds", optional_json(cost.seconds)}};
}

Cost cost_from(const Json& json) {
  return {json.at("algorithm").get<std::string>(), json.at("lock").get<std::string>(), number_from(json.at("bytes")), number_from(json.at("seconds"))};
}

Json compatibility_json(const Compatibility& compatibility) {
  Json json{{"old_application", compatibility.old_application}, {"new_application", compatibility.new_application}};
  if (!compatibility.reason.empty()) json["reason"] = compatibility.reason;
  return json;
}

Compatibility compatibility_from(const Json& json) {
  return {json.at("old_application").get<bool>(), json.at("new_application").get<bool>(), json.contains("reason") ? json.at("reason").get<std::string>() : ""};
}

Json once_json(const Once& once) {
  return Json{{"name", once.name}, {"version", once.version}, {"checksum", once.checksum}, {"optional", once.optional}, {"undo", once.undo}};
}

Once once_from(const Json& json) {
  return {json.at("name").get<std::string>(), json.at("version").get<std::string>(), json.at("checksum").get<std::string>(), json.at("optional").get<bool>(), json.at("undo").get<bool>()};
}

Json step_json(const Step& step) {
  Json json{{"symbol", word_of(step.symbol, symbols)}, {"what", step.what}, {"how", step.how}, {"table", step.table}};
  if (!step.table_before.empty()) json["table_before"] = step.table_before;
  json["rows"] = optional_json(step.rows);
  json["cost"] = cost_json(step.cost);
  json["compatibility"] = compatibility_json(step.compatibility);
  json["commands"] = commands_json(step.commands);
  if (!step.aside.empty()) json["aside"] = step.aside;
  json["touches"] = touched_json(step.touched);
  json["back"] = back_json(step.back);
  if (step.once) json["once"] = once_json(*step.once);
  json["risks"] = Json::array();
  for (const Risk& risk : step.risks) {
    json["risks"].push_back(Json{{"kind", word_of(risk.kind, risks)}, {"text", risk.text}, {"declared", risk.declared}, {"decided_by", risk.decided_by}, {"origin", origin_json(risk.origin)}});
  }
  json["questions"] = Json::array();
  for (const Question& question : step.questions) json["questions"].push_back(question_json(question));
  json["remarks"] = step.remarks;
  return json;
}

Step step_from(const Json& json) {
  Step step;
  step.symbol = value_of(json.at("symbol"), symbols);
  step.what = json.at("what").get<std::string>();
  step.how = json.at("how").get<std::string>();
  step.table = json.at("table").get<std::string>();
  if (json.contains("table_before")) step.table_before = json.at("table_before").get<std::string>();
  step.rows = number_from(json.at("rows"));
  step.cost = cost_from(json.at("cost"));
  step.compatibility = compatibility_from(json.at("compatibility"));
  step.commands = commands_from(json.at("commands"));
  if (json.contains("aside")) step.aside = json.at("aside").get<std::string>();
  step.touched = touched_from(json.at("touches"));
  step.back = back_from(json.at("back"));
  if (json.contains("once")) step.once = once_from(json.at("once"));
  for (const Json& one : json.at("risks")) {
    step.risks.push_back({value_of(one.at("kind"), risks), one.at("text").get<std::string>(), one.at("declared").get<bool>(), one.at("decided_by").get<int>(), origin_from(one.at("origin"))});
  }
  for (const Json& one : json.at("questions")) step.questions.push_back(question_from(one));
  step.remarks = json.at("remarks").get<std::vector<std::string>>();
  return step;
}

}  // namespace

namespace {

std::string written(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json policy_json(const UnderPolicy& policy) {
  if (policy.name.empty()) return nullptr;
  return Json{{"name", policy.name}, {"fingerprint", policy.fingerprint}, {"approvals", policy.approvals}, {"reasons", policy.reasons}};
}

UnderPolicy policy_from(const Json& json) {
  if (json.is_null()) return {};
  return {json.at("name").get<std::string>(), json.at("fingerprint").get<std::string>(), json.at("approvals").get<std::uint32_t>(), json.at("reasons").get<std::vector<std::string>>()};
}

Json plan_json(const Plan& plan) {
  Json json{{"plan", format_version}, {"schema", plan.schema}, {"engine", plan.engine}, {"engine_version", plan.engine_version}};
  json["version"] = Json{{"from", plan.version_from}, {"to", plan.version_to}};
  if (!plan.version_after.empty()) json["version"]["after"] = plan.version_after;
  json["fingerprint"] = Json{{"from", plan.from}, {"to", plan.to}, {"description", plan.description}};
  json["allowed"] = std::vector<std::string>(plan.allowed.begin(), plan.allowed.end());
  json["phase"] = word_of(plan.phase, phases);
  json["rehearsal"] = Json{{"outcome", word_of(plan.rehearsal.outcome, rehearsals)}, {"text", plan.rehearsal.text}};
  json["steps"] = Json::array();
  for (const Step& step : plan.steps) json["steps"].push_back(step_json(step));
  for (const auto& one : plan.assertions) json["assertions"].push_back(Json{{"text", one.text}, {"sql", one.sql}, {"origin", origin_json(one.origin)}});
  json["notices"] = Json::array();
  for (const auto& notice : plan.notices) json["notices"].push_back(Json{{"kind", word_of(notice.kind, notices)}, {"text", notice.text}, {"origin", origin_json(notice.origin)}});
  json["blocked"] = Json::array();
  for (const auto& refusal : plan.blocked) json["blocked"].push_back(Json{{"code", refusal.code}, {"text", refusal.text}, {"origin", origin_json(refusal.origin)}});
  json["policy"] = policy_json(plan.policy);
  json["approvals"] = Json::array();
  for (const Approval& approval : plan.approvals) json["approvals"].push_back(Json{{"by", approval.by}, {"note", approval.note}, {"at", approval.at}, {"checksum", approval.checksum}});
  return json;
}

}  // namespace

std::string to_json(const Plan& plan) {
  Json json = plan_json(plan);
  json["checksum"] = sha256_hex(written(json));
  return written(json);
}

Plan plan_from_json(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("plan").get<int>() != format_version) throw Error("the plan's format is " + json.at("plan").dump() + "; this plumb reads format " + std::to_string(format_version));
    Plan plan;
    plan.schema = json.at("schema").get<std::string>();
    plan.engine = json.at("engine").get<std::string>();
    plan.engine_version = json.at("engine_version").get<std::string>();
    plan.version_from = json.at("version").at("from").get<std::string>();
    plan.version_to = json.at("version").at("to").get<std::string>();
    if (json.at("version").contains("after")) plan.version_after = json.at("version").at("after").get<std::string>();
    plan.from = json.at("fingerprint").at("from").get<std::string>();
    plan.to = json.at("fingerprint").at("to").get<std::string>();
    plan.description = json.at("fingerprint").at("description").get<std::string>();
    for (const Json& word : json.at("allowed")) plan.allowed.insert(word.get<std::string>());
    plan.phase = value_of(json.at("phase"), phases);
    plan.rehearsal = {value_of(json.at("rehearsal").at("outcome"), rehearsals), json.at("rehearsal").at("text").get<std::string>()};
    for (const Json& step : json.at("steps")) plan.steps.push_back(step_from(step));
    for (const Json& one : json.value("assertions", Json::array())) plan.assertions.push_back({one.at("text").get<std::string>(), one.at("sql").get<std::string>(), origin_from(one.at("origin"))});
    for (const Json& notice : json.at("notices")) plan.notices.push_back({value_of(notice.at("kind"), notices), notice.at("text").get<std::string>(), origin_from(notice.at("origin"))});
    for (const Json& refusal : json.at("blocked")) plan.blocked.push_back({refusal.at("code").get<std::string>(), refusal.at("text").get<std::string>(), origin_from(refusal.at("origin"))});
    plan.policy = policy_from(json.at("policy"));
    for (const Json& one : json.at("approvals")) plan.approvals.push_back({one.at("by").get<std::string>(), one.at("note").get<std::string>(), one.at("at").get<std::string>(), one.at("checksum").get<std::string>()});
    return plan;
  } catch (const Json::exception& error) {
    throw Error(std::string("the machine part cannot be read: ") + error.what());
  }
}

}  // namespace plumb::plan
