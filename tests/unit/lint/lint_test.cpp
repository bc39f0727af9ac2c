// Every rule of lint: with the whole text that is shown for it, documented, and silent where it should be.
#include <gtest/gtest.h>

#include <set>

#include "../language/case_file.hpp"
#include "language/load.hpp"
#include "lint/lint.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

lint::Options every_engine() {
  lint::Options options;
  for (const std::string& name : dialect_names()) options.engines.push_back(&dialect_for(name));
  return options;
}

lint::Options only(const std::string& engine) {
  lint::Options options;
  options.engines.push_back(&dialect_for(engine));
  options.all_engines = false;
  return options;
}

struct Linted {
  std::vector<Diagnostic> findings;
  std::vector<SourceText> sources;
  std::string text() const { return render(findings, sources, false); }
  std::set<std::string> rules() const {
    std::set<std::string> codes;
    for (const Diagnostic& finding : findings) codes.insert(finding.code);
    return codes;
  }
};

Linted linted(std::vector<SourceText> sources, const lint::Options& options = every_engine()) {
  language::Places places;
  language::Loaded loaded = language::load(std::move(sources), &places);
  EXPECT_TRUE(loaded.description.has_value()) << render(loaded.diagnostics, loaded.sources, false);
  Linted result;
  if (loaded.description) result.findings = lint::lint(*loaded.description, loaded.sources, places, options);
  result.sources = std::move(loaded.sources);
  return result;
}

Linted linted(const std::string& text, const lint::Options& options = every_engine()) { return linted({SourceText("app.plumb", text)}, options); }

std::vector<SourceText> sources_of(const Case& one) {
  std::vector<SourceText> sources;
  for (const auto& [name, text] : one.sections) {
    if (name.ends_with(".plumb")) sources.emplace_back(name, text);
  }
  return sources;
}

TEST(LintCases, ShowWhatTheySay) {
  std::vector<Case> cases = read_cases("lint");
  ASSERT_FALSE(cases.empty());
  for (Case& one : cases) {
    SCOPED_TRACE(one.path);
    const std::string shown = linted(sources_of(one)).text();
    if (updates_golden()) {
      one.set_section("findings", shown);
      write_case(one);
    }
    EXPECT_EQ(shown, one.section("findings"));
  }
}

TEST(LintCases, CoverEveryRuleAndEachTellsItsOwn) {
  std::set<std::string> seen;
  for (const Case& one : read_cases("lint")) {
    const std::set<std::string> found = linted(sources_of(one)).rules();
    seen.insert(found.begin(), found.end());
    std::string rule = one.path.substr(one.path.rfind('/') + 1);
    rule = replace_all(rule.substr(0, rule.rfind('.')), "_", "-");
    EXPECT_TRUE(lint::find_rule(rule) == nullptr || found.contains(rule)) << one.path;
  }
  for (const lint::Rule& rule : lint::rules()) EXPECT_TRUE(seen.contains(std::string(rule.name))) << "no case shows " << rule.name;
}

TEST(LintCases, AreInTheHouseWording) {
  for (const Case& one : read_cases("lint")) {
    for (const Diagnostic& finding : linted(sources_of(one)).findings) {
      EXPECT_NE(lint::find_rule(finding.code), nullptr) << finding.code;
      EXPECT_FALSE(finding.message.ends_with(".")) << finding.message;
      EXPECT_FALSE(finding.message.front() >= 'A' && finding.message.front() <= 'Z') << finding.message;
    }
  }
}

TEST(LintRules, AreSortedAndDocumented) {
  const std::string documentation = read_file(std::string(PLUMB_SOURCE_DIR) + "/docs/lint.md");
  std::string_view before;
  for (const lint::Rule& rule : lint::rules()) {
    EXPECT_LT(before, rule.name);
    before = rule.name;
    const std::string heading = "### " + std::string(rule.name) + "\n";
    const std::size_t at = documentation.find(heading);
    ASSERT_NE(at, std::string::npos) << rule.name << " has no section";
    const std::string section = documentation.substr(at, documentation.find("\n### ", at + 1) - at);
    EXPECT_NE(section.find("*" + std::string(lint::word_of(rule.level)) + "*"), std::string::npos) << rule.name << " has another level in the documentation";
    EXPECT_NE(section.find("```plumb"), std::string::npos) << rule.name << " has no example";
  }
}

TEST(LintRules, HaveLevelsThatSettingsChange) {
  lint::Options options = every_engine();
  const std::string text = "table logs {\n  line  text charset utf8mb4\n}\n";
  EXPECT_EQ(linted(text, options).findings.at(0).severity, Severity::Warning);
  lint::set_level(options.levels, "missing-primary-key", "error");
  EXPECT_EQ(linted(text, options).findings.at(0).severity, Severity::Error);
  lint::set_level(options.levels, "missing-primary-key", "off");
  EXPECT_TRUE(linted(text, options).findings.empty());
  EXPECT_THROW(lint::set_level(options.levels, "missing-primary-key", "loud"), UsageError);
  EXPECT_THROW(lint::set_level(options.levels, "missing-primary-keys", "off"), UsageError);
}

TEST(LintRules, OfOneEngineAreSilentForTheOther) {
  const std::string text = "table people {\n  id    serial\n  name  varchar(20)\n}\n";
  EXPECT_EQ(linted(text, only("mariadb")).rules(), std::set<std::string>{"implicit-charset"});
  EXPECT_TRUE(linted(text, only("sqlite")).findings.empty());
}

TEST(LintRules, AskForNoIndexWhereTheEngineMakesOne) {
  const std::string text = "table a {\n  id  serial\n}\ntable b {\n  id    serial\n  a_id  ref(a)\n}\n";
  EXPECT_TRUE(linted(text, only("mariadb")).findings.empty());
  EXPECT_EQ(linted(text, only("sqlite")).rules(), std::set<std::string>{"foreign-key-without-index"});
}

TEST(Suppressions, HoldOnTheirLineOrTheNextDeclaration) {
  const std::string table = "table logs {\n  line  int\n}\n";
  EXPECT_EQ(linted(table).rules(), std::set<std::string>{"missing-primary-key"});
  EXPECT_TRUE(linted("// plumb: allow missing-primary-key\n" + table).findings.empty());
  EXPECT_TRUE(linted("// plumb: allow missing-primary-key: written once, never read\n\n// more\n/// Lines.\n" + table).findings.empty());
  EXPECT_TRUE(linted("table logs {  //plumb:allow missing-primary-key\n  line  int\n}\n").findings.empty());
  EXPECT_TRUE(linted("// plumb: allow nullable-boolean, missing-primary-key\ntable logs {  \n  line  int\n}\n").rules().contains("unused-suppression"));
  EXPECT_EQ(linted("// plumb: allow missing-primary-key\ntable other {\n  id  serial\n}\n" + table).rules(), (std::set<std::string>{"missing-primary-key", "unused-suppression"}));
}

TEST(Suppressions, InStringsAndSqlAreNone) {
  const std::string text = "table logs {\n  line  int = (1 -- // plumb: allow missing-primary-key\n)\n}\n";
  EXPECT_EQ(linted(text).rules(), std::set<std::string>{"missing-primary-key"});
  EXPECT_EQ(linted("table logs {\n  line  int comment \"// plumb: allow missing-primary-key\"\n}\n").rules(), std::set<std::string>{"missing-primary-key"});
}

TEST(Suppressions, OfAMixinHoldForAllItsTables) {
  const std::string mixin = "mixin flagged {\n  flag  bool?%\n}\n";
  const std::string tables = "table a {\n  id  serial\n  n   int\n  use flagged\n}\ntable b {\n  id  serial\n  n   int\n  use flagged\n}\n";
  const Linted told = linted(replace_all(mixin, "%", "") + tables);
  ASSERT_EQ(told.findings.size(), 1U);
  ASSERT_EQ(told.findings[0].notes.size(), 1U);
  EXPECT_EQ(told.findings[0].notes[0].message, "the same in `b`");
  EXPECT_TRUE(linted(replace_all(mixin, "%", "  // plumb: allow nullable-boolean") + tables).findings.empty());
}

TEST(Suppressions, AreNotCalledUnusedWhereTheirEngineWasNotAsked) {
  const std::string text = "// plumb: allow implicit-charset\ntable people {\n  id    serial\n  name  varchar(20)\n}\n";
  EXPECT_TRUE(linted(text, only("sqlite")).findings.empty());
  EXPECT_TRUE(linted(text).findings.empty());
}

TEST(Lint, LeavesTheExamplesAlone) {
  for (const std::string name : {"bamort", "shop"}) {
    language::Places places;
    const language::Loaded loaded = language::load({std::string(PLUMB_SOURCE_DIR) + "/schema/" + name}, &places);
    ASSERT_TRUE(loaded.description.has_value());
    EXPECT_EQ(render(lint::lint(*loaded.description, loaded.sources, places, every_engine()), loaded.sources, false), "");
  }
}

}  // namespace
}  // namespace plumb::test
