#include "cli/fleet_states.hpp"

#include <algorithm>
#include <map>

#include "apply/history.hpp"
#include "cli/session.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/keep_aside.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::cli {
namespace {

/// Whether attic tables stand there whose names a new plan from this state would have to avoid.
std::string attic_of(const Session& session, const std::string& fingerprint) {
  const std::string begin = std::string(attic_prefix) + fingerprint.substr(0, 8);
  std::string names;
  for (const auto& row : session.connection->query(session.dialect->attic_query()).rows) {
    if (const std::string name = db::as_text(row.at(0)); name.starts_with(begin)) names += name + "\n";
  }
  return names;
}

/// Whether something else has changed the schema since plumb's last deployment; false where there was none.
bool has_drifted(const Session& session, const std::string& fingerprint) {
  const auto all = apply::deployments(*session.connection, *session.dialect);
  const auto last = std::find_if(all.begin(), all.end(), [](const apply::Deployment& one) { return one.outcome == "done"; });
  return last != all.end() && !last->to_fingerprint.empty() && last->to_fingerprint != fingerprint;
}

Look unfit(std::string problem, int exit_code) {
  Look look;
  look.problem = std::move(problem);
  look.exit_code = exit_code;
  return look;
}

Look found_in(const Session& session) {
  const auto open = apply::open_deployment(*session.connection, *session.dialect);
  if (open && open->is_running) return unfit("a deployment is running just now", LockedExit);
  if (open) return unfit("deployment #" + std::to_string(open->deployment.number) + " is half done; " + apply::ways_out(open->deployment), InterruptedExit);
  const LiveState live = introspect(*session.connection, *session.dialect);
  Look look;
  look.engine = std::string(session.dialect->name());
  look.version = live.version;
  look.fingerprint = diff::fingerprint(live.schema.schema(), session.dialect->match_rules().lexis);
  look.is_drifted = has_drifted(session, look.fingerprint);
  std::string all = look.engine + (look.is_drifted ? " drifted\n" : "\n") + live.engine_version + "\n" + live.version + "\n" + look.fingerprint + "\n" + attic_of(session, look.fingerprint);
  for (const auto& [name, run] : once_runs(*session.connection, *session.dialect)) all += "once " + name + "\n";
  if (session.dialect->capabilities().needs_server) all += desired::defaults_of(*session.connection);
  look.state = sha256_hex(all);
  return look;
}

}  // namespace

Look look_at_member(const Arguments& arguments, const fleet::Member& member) {
  try {
    Arguments one = arguments;
    one.db = member.url;
    return found_in(open_session(one, db::OpenMode::ReadOnly));
  } catch (const DatabaseError& error) {
    return unfit(error.what(), error.kind() == DatabaseErrorKind::Locked ? LockedExit : ErrorExit);
  } catch (const std::exception& error) {
    return unfit(error.what(), ErrorExit);
  }
}

std::vector<Group> groups_of(const std::vector<Look>& looks) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (looks[i].state.empty()) continue;
    const auto [place, is_new] = places.try_emplace(looks[i].state, groups.size());
    if (is_new) groups.push_back({looks[i], {}, {}, {}});
    groups[place->second].members.push_back(i);
  }
  return groups;
}

}  // namespace plumb::cli
