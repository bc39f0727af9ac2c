#include "dialect/mariadb/side_by_side.hpp"

#include <map>
#include <set>
#include <thread>

#include "support/error.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::size_t most_sessions = 6;
constexpr std::size_t worth_it = 8;  ///< pieces, below which the sessions cost more than they bring

}  // namespace

void SideBySide::set(const std::string& setting) {
  settings_.push_back(setting);
  try {
    for (const auto& session : sessions_) session->execute(setting);
  } catch (const DatabaseError&) {
    sessions_.clear();
    open_ = nullptr;
  }
}

void SideBySide::open_sessions() {
  try {
    while (open_ && sessions_.size() < most_sessions) {
      auto session = open_();
      if (!session) return;
      for (const std::string& setting : settings_) session->execute(setting);
      sessions_.push_back(std::move(session));
    }
  } catch (const DatabaseError&) {
    open_ = nullptr;  // fewer will do
  }
}

std::vector<char> SideBySide::run(const std::vector<std::string>& groups, const Work& work) {
  std::vector<char> done(groups.size(), 0);
  if (groups.size() < worth_it) return done;
  open_sessions();
  if (sessions_.size() < 2) return done;
  std::map<std::string, std::size_t> lanes;
  std::vector<std::vector<std::size_t>> pieces(sessions_.size());
  for (std::size_t i = 0; i < groups.size(); ++i) pieces[lanes.emplace(groups[i], lanes.size() % sessions_.size()).first->second].push_back(i);
  const auto run_lane = [&](std::size_t lane) {
    std::set<std::string> ended;
    for (const std::size_t i : pieces[lane]) {
      if (ended.contains(groups[i])) continue;
      try {
        done[i] = work(*sessions_[lane], i) ? 1 : 0;
      } catch (const DatabaseError& error) {
        if (error.kind() == DatabaseErrorKind::Connection) return;
      }
      if (done[i] == 0) ended.insert(groups[i]);
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t lane = 0; lane < pieces.size(); ++lane) threads.emplace_back(run_lane, lane);
  threads.clear();  // waits for them
  return done;
}

}  // namespace plumb::mariadb
