// Manual pages and completions: what the programs that read them make of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

class Papers : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* shell : {"bash", "zsh", "fish"}) {
      const auto script = place_.plumb({"completion", shell});
      ASSERT_TRUE(ended_with(0, script));
      place_.write(std::string("plumb.") + shell, script.out);
    }
  }

  /// What is offered behind these words; the last one is the one that is being typed.
  std::vector<std::string> bash_offers(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += " '" + word + "'";
    const auto result = run({"bash", "-c", "source plumb.bash; COMP_WORDS=(plumb" + line + "); COMP_CWORD=" + std::to_string(words.size()) + "; _plumb; printf '%s\\n' \"${COMPREPLY[@]}\""}, {.folder = place_.folder()});
    return lines_of(result);
  }
  std::vector<std::string> fish_offers(const std::string& line) {
    const auto result = run({"fish", "--no-config", "-c", "source plumb.fish; complete -C '" + line + "'"}, {.folder = place_.folder()});
    return lines_of(result);
  }

  static std::vector<std::string> lines_of(const RunResult& result) {
    EXPECT_TRUE(ended_with(0, result));
    EXPECT_EQ(result.err, "");
    std::vector<std::string> lines;
    for (const std::string_view line : split_lines(result.out)) {
      const std::string word(line.substr(0, line.find_first_of("\t\n")));
      if (!word.empty()) lines.push_back(word);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  Workplace place_{"sqlite"};
};

using Words = std::vector<std::string>;

TEST_F(Papers, BashOffersVerbsOptionsValuesAndFiles) {
  EXPECT_EQ(bash_offers({"pl"}), Words{"plan"});
  EXPECT_EQ(bash_offers({"data", "e"}), Words{"export"});
  EXPECT_EQ(bash_offers({"plan", "--exit"}), Words{"--exit-code"});
  EXPECT_EQ(bash_offers({"status", "--exit"}), Words{});
  EXPECT_EQ(bash_offers({"apply", "--rehearse", ""}), (Words{"data", "schema"}));
  place_.write("a description.plumb", "schema s\n");
  EXPECT_EQ(bash_offers({"plan", "--to", "a"}), Words{"a description.plumb"});
  EXPECT_EQ(bash_offers({"fmt", "a"}), Words{"a description.plumb"});
  EXPECT_EQ(bash_offers({"status", "--require", ""}), Words{});
  EXPECT_EQ(bash_offers({"plan", "--to", "a.plumb", "--json-"}), Words{"--json-schema"});
}

TEST_F(Papers, FishOffersVerbsOptionsAndValues) {
  EXPECT_EQ(fish_offers("plumb pl"), Words{"plan"});
  EXPECT_EQ(fish_offers("plumb data e"), Words{"export"});
  EXPECT_EQ(fish_offers("plumb plan --exit"), Words{"--exit-code"});
  EXPECT_EQ(fish_offers("plumb apply --rehearse "), (Words{"data", "schema"}));
}

TEST_F(Papers, ZshLoadsAFunctionForEveryVerb) {
  const auto result = run({"zsh", "-f", "-c", "autoload -U compinit; compinit -u -D; source ./plumb.zsh; print $+functions[_plumb] $+functions[_plumb_plan] $+functions[_plumb_data_export] ${_comps[plumb]}"},
                          {.folder = place_.folder()});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_EQ(result.out, "1 1 1 _plumb\n");
  EXPECT_EQ(result.err, "");
}

TEST_F(Papers, AnUnknownShellIsRefused) {
  const auto result = place_.plumb({"completion", "tcsh"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "bash, zsh and fish"));
}

TEST_F(Papers, EveryVerbHasAManualPageWithoutAFault) {
  ASSERT_TRUE(ended_with(0, place_.plumb({"manual", "man"})));
  std::vector<std::string> lint{"mandoc", "-T", "lint", "-W", "warning"};
  int pages = 0;
  for (const auto& page : std::filesystem::directory_iterator(place_.path("man"))) {
    lint.push_back(page.path());
    ++pages;
  }
  EXPECT_GT(pages, 40);
  const auto faults = run(lint);
  EXPECT_EQ(faults.out, "");
  const auto plan = run({"mandoc", "-T", "ascii", place_.path("man/plumb-plan.1")});
  EXPECT_TRUE(contains(plan.out, "plumb-plan - what would be done to make the database"));
  const auto help = place_.plumb({"plan", "--help"});
  EXPECT_TRUE(contains(help.out, "--largest-rebuild"));
  EXPECT_TRUE(contains(place_.read("man/plumb-plan.1"), "\\-\\-largest\\-rebuild"));
  EXPECT_TRUE(contains(place_.read("man/plumb-data.1"), "plumb\\-data\\-export"));
}

/// scripts/review-plan on a database that has, and then has not, the description of the main branch.
class Review : public OnBothEngines {
 protected:
  RunResult review(const std::string& current, const std::string& proposed) {
    return run({std::string(PLUMB_SOURCE_DIR) + "/scripts/review-plan", current, proposed, "out"},
               {.folder = place().folder(), .environment = {{"PLUMB", plumb_program()}, {"PLUMB_DB", place().url()}}});
  }
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().write("main.plumb", "schema notes version 1.0.0\n\ntable notes {\n  id     serial\n  title  varchar(100)?\n}\n");
    place().write("wide.plumb", "schema notes version 1.1.0\n\ntable notes {\n  id     serial\n  title  varchar(100)?\n  body   text?\n}\n");
    place().write("strict.plumb", "schema notes version 1.1.0\n\ntable notes {\n  id     serial\n  title  varchar(100)\n}\n");
    place().bring_to(place().read("main.plumb"));
  }
};

TEST_P(Review, WritesThePlanAndWhatPeopleRead) {
  EXPECT_TRUE(ended_with(0, review("main.plumb", "wide.plumb")));
  const std::string comment = place().read("out/comment.md");
  EXPECT_TRUE(contains(comment, "+ body"));
  EXPECT_TRUE(lacks(comment, "Machine part"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "out/plan.md"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "wide.plumb"})));
}

TEST_P(Review, EndsWithTwoOnDriftAndSaysWhatDiffers) {
  place().sql("CREATE TABLE by_hand (a int)");
  place().sql("ALTER TABLE notes ADD COLUMN hotfix int; ALTER TABLE notes DROP COLUMN title");
  const auto result = review("main.plumb", "wide.plumb");
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(place().read("out/comment.md"), "has drifted"));
  EXPECT_TRUE(contains(place().read("out/drift.txt"), "title"));
}

TEST_P(Review, EndsWithThreeOnABlockedPlanAndStillSaysWhy) {
  place().sql("INSERT INTO notes (title) VALUES (NULL)");
  EXPECT_TRUE(ended_with(3, review("main.plumb", "strict.plumb")));
  EXPECT_TRUE(contains(place().read("out/comment.md"), "NULL"));
}

PLUMB_ON_BOTH_ENGINES(Review);

}  // namespace
}  // namespace plumb::test
