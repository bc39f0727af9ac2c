// The database of a whole application as version 0.4.0 left it goes through three packages, unattended: every row of a user is kept, and the
// master data is that of development.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "bamort_changes.hpp"
#include "cli/plumb_program.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const std::string example = std::string(PLUMB_SOURCE_DIR) + "/schema/bamort";

void replace_in(const std::string& file, const std::string& from, const std::string& to) {
  const std::string text = read_file(file);
  ASSERT_NE(text.find(from), std::string::npos) << file << " has no " << from;
  write_file(file, replace_all(text, from, to));
}

class BamortPackages : public OnBothEngines {
 protected:
  std::string path(const std::string& name) { return place().path(name); }

  /// A version of the description, made from the one before it.
  void next(const std::string& from, const std::string& to) {
    fs::copy(path(from), path(to), fs::copy_options::recursive);
    const std::string line = "schema bamort version " + from + (from == "0.5.0" ? std::string() : " after 0.5.0");
    replace_in(path(to) + "/schema/00_schema.plumb", line, "schema bamort version " + to + " after " + from);
    replace_in(path(to) + "/master/metadata.json", "\"" + from + "\"", "\"" + to + "\"");
  }

  void change_rows(const std::string& file, const std::function<void(Json&)>& change) {
    Json rows = Json::parse(read_file(file));
    change(rows);
    write_file(file, rows.dump(2) + "\n");
  }

  void make_versions() {
    fs::create_directories(path("0.5.0/schema"));
    for (const auto& file : files_below(example, ".plumb")) fs::copy_file(file, path("0.5.0/schema/") + fs::path(file).filename().string());
    fs::copy(example + "/master", path("0.5.0/master"), fs::copy_options::recursive);
    next("0.5.0", "0.6.0");
    replace_in(path("0.6.0/schema/characters.plumb"), "user table char_wealth {", "user table char_purses was char_wealth {");
    change_rows(path("0.6.0/master/gsm_misc.json"), [](Json& rows) {
      rows.push_back(rows.front());
      rows.back()["value"] = "neu in 0.6.0";
    });
    next("0.6.0", "0.7.0");
    replace_in(path("0.7.0/schema/characters.plumb"), "user table char_purses was char_wealth {", "user table char_purses was char_wealth {\n  kleingeld  bigint = 0");
    change_rows(path("0.7.0/master/gsm_misc.json"), [](Json& rows) { rows.front()["page_number"] = 707; });
    for (const std::string version : {"0.5.0", "0.6.0", "0.7.0"}) {
      ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", version + "/schema", "--data", version + "/master", "-o", "."})));
    }
  }
};
PLUMB_ON_BOTH_ENGINES(BamortPackages);

TEST_P(BamortPackages, BringTheOldestStateToTheNewest) {
  place().sql(read_file(example + "/history/old_" + std::string(place().is_sqlite() ? "sqlite" : "mariadb") + ".sql"));
  ASSERT_NO_FATAL_FAILURE(make_versions());
  auto users = all_rows(*place().connect(db::OpenMode::ReadOnly));
  std::erase_if(users, [](const auto& entry) {
    const std::string& name = entry.first;
    return name.starts_with("gsm_") || name.starts_with("learning_") || name.starts_with("class_") || name.starts_with("game_") || name.starts_with("spell_");
  });
  ASSERT_GT(users.size(), 10U);
  const auto result = place().plumb_on_db({"deploy", "bamort_0.5.0.tar.zst", "bamort_0.6.0.tar.zst", "bamort_0.7.0.tar.zst", "--yes", "--json"});
  ASSERT_TRUE(ended_with(0, result));
  EXPECT_EQ(Json::parse(result.out).size(), 3U);
  ExpectedChanges expected = changes_of_0_5_0();
  expected.tables["char_wealth"] = "char_purses";
  EXPECT_EQ(lost_values(users, all_rows(*place().connect(db::OpenMode::ReadOnly)), expected), std::vector<std::string>());
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "bamort_0.7.0.tar.zst"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", "0.7.0/master", "--to", "0.7.0/schema"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status", "--require", "0.7.0"})));
  EXPECT_EQ(place().number("SELECT page_number FROM gsm_misc WHERE page_number = 707"), 707);
}

TEST_P(BamortPackages, AreDeployedByTheirReviewedPlans) {
  place().sql(read_file(example + "/history/old_" + std::string(place().is_sqlite() ? "sqlite" : "mariadb") + ".sql"));
  ASSERT_NO_FATAL_FAILURE(make_versions());
  for (const std::string version : {"0.5.0", "0.6.0"}) {
    SCOPED_TRACE(version);
    const std::string package = "bamort_" + version + ".tar.zst";
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", package, "-o", version + ".md"})));
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"deploy", package, "--plan", version + ".md", "--yes"})));
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", package})));
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", version + "/master", "--to", version + "/schema"})));
  }
}

}  // namespace
}  // namespace plumb::test
