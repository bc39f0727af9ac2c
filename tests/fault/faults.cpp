#include "faults.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <regex>
#include <thread>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "support/error.hpp"

namespace plumb::test {

namespace {

/// A default of `now` gives each run another moment.
std::string without_moments_of_today(const std::string& text) {
  const auto day = [](std::time_t time) {
    std::array<char, 16> written{};
    std::strftime(written.data(), written.size(), "%Y-%m-%d", std::gmtime(&time));
    return std::string(written.data());
  };
  static const std::time_t begin = std::time(nullptr);  // a run may go past midnight, and the server's clock has a zone
  std::string rest = text;
  for (const int days : {-1, 0, 1}) {
    static const std::string pattern = R"( \d\d:\d\d:\d\d(\.\d+)?)";
    if (const std::string date = day(begin + days * 24L * 60 * 60); rest.find(date) != std::string::npos) rest = std::regex_replace(rest, std::regex(date + pattern), "today");
  }
  return rest;
}

}  // namespace

Contents contents_of(db::Connection& connection, const Dialect& dialect) {
  Contents contents;
  for (const auto& [name, table] : dialect.read(connection).tables) {
    for (const auto& row : connection.query("SELECT * FROM " + dialect.quote(name) + " ORDER BY 1").rows) {
      std::string text;
      for (const auto& value : row) text += std::to_string(value.index()) + ":" + db::as_text(value) + "|";
      contents[name].push_back(without_moments_of_today(text));
    }
  }
  return contents;
}

State state_of(db::Connection& connection, const Dialect& dialect) {
  return {diff::fingerprint(dialect.canonicalise(dialect.read(connection)).schema(), dialect.match_rules().lexis), contents_of(connection, dialect)};
}

namespace {

/// Prints how many there were once all tests have run.
class Strikes final : public testing::Environment {
 public:
  std::map<std::string, std::size_t> counts;
  void TearDown() override {
    for (const auto& [what, count] : counts) std::cout << what << ": " << count << "\n";
  }
};

Strikes& strikes = *static_cast<Strikes*>(testing::AddGlobalTestEnvironment(new Strikes));

}  // namespace

void count_strike(const std::string& what) { ++strikes.counts[what]; }

bool apply_until_killed(const db::Target& target, const Dialect& dialect, const plan::Plan& plan, FaultPoint point) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    FaultyConnection faulty(*session, point, [] { std::raise(SIGKILL); });
    apply::apply(faulty, dialect, plan, {});
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) count_strike(std::string("the tool killed at a call, ") + (target.engine == "sqlite" ? "SQLite" : "MariaDB"));
  return WIFSIGNALED(status);
}

void apply_and_strike(const db::Target& target, const Dialect& dialect, const plan::Plan& plan, std::chrono::microseconds time, const std::function<void(int)>& strike) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      apply::apply(*db::open(target, db::OpenMode::ReadWrite), dialect, plan, {});
    } catch (const DatabaseError&) {
      // the server is gone
    }
    ::_exit(0);
  }
  std::this_thread::sleep_for(time);
  strike(child);
  int status = 0;
  ::waitpid(child, &status, 0);
}

std::size_t stride(std::size_t ordinary) {
  const char* value = std::getenv("PLUMB_FAULT_STRIDE");
  return value == nullptr ? ordinary : std::stoul(value);
}

void expect_made_whole(db::Connection& connection, const Dialect& dialect, const Ends& ends, bool back, std::size_t once_steps) {
  const auto open = apply::half_done(connection, dialect);
  if (!open) {
    const State state = state_of(connection, dialect);
    const State& nearest = state.fingerprint == ends.old.fingerprint ? ends.old : ends.done;
    EXPECT_TRUE(state == ends.old || state == ends.done) << "nothing is half done, and yet the state is neither the old nor the new one: the schema is " << (state.fingerprint == nearest.fingerprint ? "" : "not ") << "one of the two, and of the rows "
                                                         << testing::PrintToString(state.contents) << "\n should be " << testing::PrintToString(nearest.contents);
    return;
  }
  const auto read = plan::read_plan(open->plan);
  ASSERT_TRUE(std::holds_alternative<plan::Plan>(read));
  const plan::Plan& plan = std::get<plan::Plan>(read);
  const apply::Result result = back ? apply::go_back(connection, dialect, plan, open->number, {}) : apply::resume(connection, dialect, plan, open->number, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  const State state = state_of(connection, dialect);
  const State& wanted = back ? ends.old : ends.done;
  EXPECT_EQ(state.fingerprint, wanted.fingerprint);
  EXPECT_EQ(state.contents, wanted.contents);
  EXPECT_FALSE(apply::half_done(connection, dialect));
  EXPECT_EQ(once_runs(connection, dialect).size(), back ? 0U : once_steps);
  if (back) {
    EXPECT_TRUE(connection.query(dialect.attic_query()).rows.empty());
  }
}

}  // namespace plumb::test
