#include "serve/look.hpp"

#include <algorithm>

#include "db/connection.hpp"
#include "desired/load_database.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"

namespace plumb::serve {
namespace {

constexpr std::size_t shown_deployments = 20;
constexpr std::chrono::seconds longest_question{30};

std::unique_ptr<db::Connection> open(const Subject& subject, const GoOn& go_on) {
  auto connection = db::open(subject.target, db::OpenMode::ReadOnly);
  connection->limit_time(longest_question);
  connection->on_progress(go_on);
  return connection;
}

/// The plan of a deployment that led to this description and to this state.
bool leads_here(const apply::Deployment& last, const std::string& fingerprint, const Description& description) {
  if (last.outcome != "done" || last.undoes != 0 || last.to_fingerprint != fingerprint) return false;
  const auto read = plan::read_plan(last.plan);
  const auto* plan = std::get_if<plan::Plan>(&read);
  return plan != nullptr && plan->phase == plan::Phase::Whole && plan->description == description.fingerprint && plan->version_to == description.version;
}

plan::Plan nothing_to_do(const Subject& subject, const LiveState& live, const std::string& fingerprint) {
  plan::Plan plan;
  plan.schema = subject.description.name;
  plan.engine = subject.dialect->name();
  plan.engine_version = live.engine_version;
  plan.version_from = live.version;
  plan.version_to = live.version;
  plan.from = fingerprint;
  plan.to = fingerprint;
  plan.description = subject.description.fingerprint;
  return plan;
}

plan::Plan pending(db::Connection& connection, const Subject& subject, const LiveState& live) {
  PlanOptions options;
  options.allowed = subject.allowed;
  options.keep_aside = true;
  options.ask_rows = false;
  options.asks_server_spelling = false;
  return make_plan(connection, *subject.dialect, live, subject.description, options).plan;
}

void read_history(db::Connection& connection, const Subject& subject, Facts& facts) {
  facts.history = apply::deployments(connection, *subject.dialect, shown_deployments);
  facts.changed_records.clear();
  for (apply::Deployment& deployment : facts.history) {
    if (!apply::is_unchanged(deployment)) facts.changed_records.push_back(deployment.number);
    deployment.plan.clear();
    deployment.statements.clear();
  }
}

bool is_same(const std::vector<apply::Deployment>& newest, const std::vector<apply::Deployment>& known) {
  if (newest.empty() || known.empty()) return newest.empty() && known.empty();
  return newest.front().number == known.front().number && newest.front().outcome == known.front().outcome;
}

/// Planning is left out while neither the schema nor the history has changed.
void read_state(db::Connection& connection, const Subject& subject, Facts& facts) {
  const Dialect& dialect = *subject.dialect;
  const LiveState live = introspect(connection, dialect);
  const std::string fingerprint = diff::fingerprint(live.schema.schema(), dialect.match_rules().lexis);
  const auto newest = apply::deployments(connection, dialect, 1);
  const bool is_known = !facts.checked_at.empty() && fingerprint == facts.fingerprint && live.version == facts.version && is_same(newest, facts.history);
  facts.database_name = desired::schema_name(connection);
  facts.engine_version = connection.server_version();
  const auto open = apply::open_deployment(connection, dialect);
  facts.half_done = open ? std::optional(open->deployment) : std::nullopt;
  facts.is_running = open && open->is_running;
  if (is_known) return;
  facts.version = live.version;
  facts.fingerprint = fingerprint;
  facts.is_as_deployed = !newest.empty() && leads_here(newest.front(), fingerprint, subject.description);
  facts.plan = facts.is_as_deployed ? nothing_to_do(subject, live, fingerprint) : pending(connection, subject, live);
  read_history(connection, subject, facts);
}

}  // namespace

Facts look(const Subject& subject, const Facts& before, const GoOn& go_on) {
  Facts facts = before;
  const auto begin = Clock::now();
  facts.problem.clear();
  facts.is_locked = false;
  try {
    const auto connection = open(subject, go_on);
    read_state(*connection, subject, facts);
    facts.checked_at = apply::now_utc();
  } catch (const DatabaseError& error) {
    facts = before;
    facts.is_locked = error.kind() == DatabaseErrorKind::Locked;
    facts.problem = error.what();
  } catch (const std::exception& error) {
    facts = before;
    facts.is_locked = false;
    facts.problem = error.what();
  }
  facts.looked = Clock::now();
  facts.took = std::chrono::duration_cast<std::chrono::milliseconds>(facts.looked - begin);
  return facts;
}

Checked check(const Subject& subject, const GoOn& go_on) {
  Checked checked;
  const auto begin = Clock::now();
  try {
    const auto connection = open(subject, go_on);
    checked.report = validate::check(*connection, *subject.dialect, subject.description, false);
    const auto newest = apply::deployments(*connection, *subject.dialect, 1);
    // without the server's own spelling another spelling of the same looks like a difference
    checked.fingerprint = diff::fingerprint(introspect(*connection, *subject.dialect).schema.schema(), subject.dialect->match_rules().lexis);
    if (!newest.empty() && leads_here(newest.front(), checked.fingerprint, subject.description)) std::erase_if(checked.report.findings, [](const validate::Finding& one) { return one.code == "drift"; });
  } catch (const std::exception& error) {
    checked.problem = error.what();
  }
  checked.checked_at = apply::now_utc();
  checked.looked = Clock::now();
  checked.took = std::chrono::duration_cast<std::chrono::milliseconds>(checked.looked - begin);
  return checked;
}

Shelf look_at_backups(const Subject& subject) {
  Shelf shelf;
  if (!subject.backup_dir.empty()) shelf.backups = backup::list(subject.backup_dir);
  std::erase_if(shelf.backups, [&](const backup::Shelved& one) { return one.problem.empty() && one.manifest.engine != subject.dialect->name(); });
  shelf.looked = Clock::now();
  return shelf;
}

}  // namespace plumb::serve
