#include "deploy/preflight.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "dialect/locks.hpp"
#include "introspect/live_state.hpp"
#include "support/error.hpp"
#include "support/version.hpp"

namespace plumb::deploy {
namespace {

const char* word_of(CheckLevel level) {
  switch (level) {
    case CheckLevel::Good: return "ok";
    case CheckLevel::Warning: return "warning";
    case CheckLevel::Bad: return "error";
  }
  return "error";
}

PreflightCheck lock(db::Connection& connection, const Dialect& dialect) {
  if (!run_lock_is_held(connection, dialect)) return {"lock", CheckLevel::Good, "no other run of plumb"};
  const std::string who = in_words(holders_of_run_lock(connection, dialect));
  return {"lock", CheckLevel::Bad, "another run of plumb holds it" + (who.empty() ? std::string() : ": " + who)};
}

PreflightCheck transactions(db::Connection& connection, const Dialect& dialect) {
  const auto open = open_transactions(connection, dialect);
  if (open.empty()) return {"transactions", CheckLevel::Good, "none of other clients is seen open"};
  return {"transactions", CheckLevel::Warning, "a change of what these use waits for them: " + in_words(open)};
}

PreflightCheck interrupted(db::Connection& connection, const Dialect& dialect) {
  const auto open = apply::half_done(connection, dialect);
  if (!open) return {"deployments", CheckLevel::Good, "none is half done"};
  return {"deployments", CheckLevel::Bad, "#" + std::to_string(open->number) + " is half done: `plumb resume` goes on with it, `plumb rollback` undoes it"};
}

PreflightCheck version(db::Connection& connection, const Dialect& dialect, const Aim& aim) {
  const std::string recorded = recorded_version(connection, dialect);
  const std::string from = recorded.empty() ? "none" : recorded;
  if (aim.version.empty()) return {"version", CheckLevel::Good, "recorded: " + from};
  if (is_older(aim.version, recorded)) return {"version", CheckLevel::Bad, "the database is newer: " + recorded + " > " + aim.version};
  const std::string way = from + " to " + aim.version;
  if (!aim.after.empty() && !recorded.empty() && recorded != aim.after && recorded != aim.version) return {"version", CheckLevel::Warning, way + ", and " + aim.version + " comes after " + aim.after};
  return {"version", CheckLevel::Good, recorded == aim.version ? "already " + recorded : way};
}

}  // namespace

std::vector<PreflightCheck> preflight(db::Connection& connection, const Dialect& dialect, const Aim& aim) {
  std::vector<PreflightCheck> checks{{"connection", CheckLevel::Good, connection.display_name() + ", " + std::string(dialect.name()) + " " + connection.server_version()}};
  for (auto& check : dialect.preflight(connection)) checks.push_back(std::move(check));
  checks.push_back(version(connection, dialect, aim));
  checks.push_back(interrupted(connection, dialect));
  checks.push_back(lock(connection, dialect));
  checks.push_back(transactions(connection, dialect));
  return checks;
}

CheckLevel worst(const std::vector<PreflightCheck>& checks) {
  CheckLevel level = CheckLevel::Good;
  for (const auto& check : checks) level = std::max(level, check.level);
  return level;
}

std::string to_text(const std::vector<PreflightCheck>& checks, bool color) {
  std::string out;
  for (const auto& check : checks) {
    const char* paint = check.level == CheckLevel::Bad ? "\x1b[1;31m" : check.level == CheckLevel::Warning ? "\x1b[33m" : "\x1b[32m";
    const std::string word = word_of(check.level);
    out += (color ? paint + word + "\x1b[0m" : word) + std::string(9 - word.size(), ' ') + check.name + std::string(check.name.size() < 14 ? 14 - check.name.size() : 1, ' ') + check.text + "\n";
  }
  return out;
}

std::string to_json(const std::vector<PreflightCheck>& checks) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& check : checks) json.push_back({{"name", check.name}, {"level", word_of(check.level)}, {"text", check.text}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::deploy
