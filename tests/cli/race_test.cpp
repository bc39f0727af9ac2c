// Two runs at once, again and again: one does it, the other is locked out or finds that it is done; nothing interleaves.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

constexpr int rounds = 100;
constexpr std::chrono::seconds longest(20);  // on a busy machine it ends earlier; PLUMB_RACES=n: exactly so many

class Rounds {
 public:
  bool another(int round) const {
    if (wanted_ != nullptr) return round <= std::stoi(wanted_);
    return round <= rounds && std::chrono::steady_clock::now() - begin_ < longest;
  }

 private:
  const char* wanted_ = std::getenv("PLUMB_RACES");
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Several statements lead from each version to the next: a table and a column change their names, an index comes or goes.
std::string version(int number) {
  const std::string n = std::to_string(number);
  const std::string before = std::to_string(number - 1);
  std::string text = "schema race version 1." + n + ".0\ntable people {\n  id  bigint primary key\n";
  text += "  word" + n + "  varchar(40)?" + (number == 0 ? "" : " was word" + before) + "\n";
  if (number % 2 == 0) text += "  index idx_word (word" + n + ")\n";
  text += "}\ntable step" + n + (number == 0 ? "" : " was step" + before) + " {\n  id  bigint primary key\n}\n";
  return text;
}

class Race : public OnBothEngines {
 protected:
  std::array<RunResult, 2> at_once(const std::vector<std::string>& arguments) {
    std::array<RunResult, 2> results;
    std::array<std::thread, 2> runs;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      runs[i] = std::thread([&, i] { results[i] = place().plumb_on_db(arguments); });
    }
    for (auto& run : runs) run.join();
    return results;
  }

  std::string value(const std::string& query) { return place().text(query); }
};
PLUMB_ON_BOTH_ENGINES(Race);

/// A plan file that is tried by two: the one that comes second may wait for the lock, and sees then that the plan is not for
/// this database any more (4); without patience it says who is there (5). From a description it may also find nothing to do.
void expect_one_winner(const std::array<RunResult, 2>& results, bool from_description, int& locked_out) {
  const auto applied = [](const RunResult& result) { return result.out.find("; verified") != std::string::npos; };
  ASSERT_EQ(std::count_if(results.begin(), results.end(), applied), 1) << results[0].out << results[0].err << "\n--\n" << results[1].out << results[1].err;
  for (const RunResult& result : results) {
    if (applied(result)) {
      EXPECT_TRUE(ended_with(0, result));
      continue;
    }
    const bool found_it_done = from_description && result.exit_code == 0 && result.out.find("nothing to do") != std::string::npos;
    EXPECT_TRUE(result.exit_code == 5 || result.exit_code == 4 || found_it_done) << result.exit_code << ": " << result.out << result.err;
    if (result.exit_code != 0) {
      EXPECT_TRUE(contains(result.err, "nothing was run") || contains(result.err, "rolled back") || contains(result.err, "make a new plan"));
    }
    locked_out += result.exit_code == 5 ? 1 : 0;
  }
}

TEST_P(Race, OneOfTwoRunsDoesItAHundredTimes) {
  place().bring_to(version(0));
  place().sql("INSERT INTO people (id, word0) VALUES (1, 'Ada'), (2, 'Grace');");
  int locked_out = 0;
  const Rounds limit;
  for (int round = 1; limit.another(round); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    place().write("next.plumb", version(round));
    const bool from_description = round % 3 == 0;
    std::vector<std::string> arguments{"apply", "plan.json", "--lock-timeout", round % 2 == 0 || place().is_sqlite() ? "5s" : "0s"};
    if (from_description) arguments = {"apply", "--to", "next.plumb", "--yes", "--lock-timeout", "5s"};
    else ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "-o", "plan.json", "--quiet"})));
    expect_one_winner(at_once(arguments), from_description, locked_out);
    const std::string n = std::to_string(round);
    EXPECT_EQ(value("SELECT count(*) FROM plumb_history WHERE outcome = 'done' AND version = '1." + n + ".0'"), "1");
    EXPECT_EQ(value("SELECT count(*) FROM plumb_history"), std::to_string(round + 1)) << "whoever came second left no trace";
    EXPECT_EQ(value("SELECT min(word" + n + ") FROM people"), "Ada");
    EXPECT_EQ(value("SELECT count(*) FROM step" + n), "0");
    if (HasFailure()) return;
  }
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "next.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
  RecordProperty("locked_out", locked_out);
}

// Whoever looks while a run begins or ends never calls it half done, and keeps nobody from the lock.
TEST_P(Race, WhoLooksOnIsNotInTheWay) {
  place().bring_to(version(0));
  for (int round = 1; round <= 8; ++round) {
    place().write("next.plumb", version(round));
    RunResult applied;
    std::thread run([&] { applied = place().plumb_on_db({"apply", "--to", "next.plumb", "--yes", "--quiet", "--lock-timeout", place().is_sqlite() ? "5s" : "0s"}); });
    std::array<std::thread, 2> lookers;
    for (auto& looker : lookers) {
      looker = std::thread([&] {
        for (int i = 0; i < 4; ++i) EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
      });
    }
    run.join();
    for (auto& looker : lookers) looker.join();
    EXPECT_TRUE(ended_with(0, applied));
    if (HasFailure()) return;
  }
}

// A deployment is not undone by somebody who saw it running.
TEST_P(Race, ARollbackDoesNotWaitForARunAndUndoIt) {
  if (place().is_sqlite()) GTEST_SKIP() << "on SQLite nobody sees a deployment that has not ended";
  place().bring_to(version(0));
  place().write("next.plumb", version(1));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "next.plumb", "--yes"})));
  place().sql("UPDATE plumb_history SET outcome = 'running' WHERE number = 2;");
  auto runner = place().connect();
  ASSERT_EQ(db::single_integer(*runner, "SELECT GET_LOCK(concat('plumb:', database()), 0)"), 1);
  for (const char* verb : {"rollback", "resume"}) {
    std::vector<std::string> arguments{verb, "--lock-timeout", "1s"};
    if (std::string(verb) == "rollback") arguments.emplace_back("--yes");
    const RunResult result = place().plumb_on_db(arguments);
    EXPECT_TRUE(ended_with(5, result));
    EXPECT_TRUE(contains(result.err, "is running just now"));
  }
  runner->execute("UPDATE plumb_history SET outcome = 'done' WHERE number = 2");
  runner.reset();
  EXPECT_EQ(value("SELECT count(*) FROM step1"), "0");
}

// Two who mend the same deployment at once: one does, the other finds it mended or is locked out.
TEST_P(Race, OneOfTwoMendsWhatWasCutOff) {
  if (place().is_sqlite()) GTEST_SKIP() << "a deployment of SQLite is never half done";
  for (int round = 0; round < 6; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Workplace own("mariadb");
    own.bring_to(version(0));
    own.write("next.plumb", version(1));
    ASSERT_TRUE(ended_with(0, own.plumb_on_db({"apply", "--to", "next.plumb", "--yes"})));
    own.sql("UPDATE plumb_history SET outcome = 'running' WHERE number = 2;");
    const std::string verb = round % 2 == 0 ? "rollback" : "resume";
    std::array<RunResult, 2> results;
    std::thread other([&] { results[1] = own.plumb_on_db({"rollback", "--yes"}); });
    results[0] = own.plumb_on_db(verb == "rollback" ? std::vector<std::string>{verb, "--yes"} : std::vector<std::string>{verb});
    other.join();
    for (const RunResult& result : results) EXPECT_TRUE(result.exit_code == 0 || result.exit_code == 4 || result.exit_code == 5 || result.exit_code == 1) << result.exit_code << result.err;
    EXPECT_TRUE(results[0].exit_code == 0 || results[1].exit_code == 0) << results[0].err << results[1].err;
    EXPECT_TRUE(ended_with(0, own.plumb_on_db({"status"})));
    const std::string standing = own.text("SELECT coalesce(max(number), 0) FROM plumb_history WHERE outcome = 'done' AND undoes IS NULL");
    EXPECT_EQ(own.text("SELECT coalesce(group_concat(TABLE_NAME), '') FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'step%'"), standing == "2" ? "step1" : standing == "1" ? "step0" : "");
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::test
