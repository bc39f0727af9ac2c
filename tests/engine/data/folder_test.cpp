// Folders of master data: what is read, what is refused, what an export removes.
#include <filesystem>

#include "data_test.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

const std::string colours = R"(
schema colours version 2.0.0

master table colours {
  id     serial
  code   varchar(20)
  value  int
  natural key (code)
}
master table shades {
  id      serial
  colour  ref(colours)
  name    varchar(20)
  natural key (colour, name)
}
)";

class Folders : public testing::Test {
 protected:
  void SetUp() override {
    description_ = described(colours);
    database_.create(description_);
  }
  std::string refusal(const std::string& folder) {
    try {
      return problems(database_.compare(description_, folder));
    } catch (const Error& error) {
      return error.what();
    }
  }
  Description description_;
  DataDatabase database_{"sqlite"};
  DataFolder folder_{"colours", "2.0.0"};
  ScratchFolder scratch_;
};

TEST_F(Folders, WithoutMetadataOrOfAnotherKindAreRefused) {
  EXPECT_NE(refusal(scratch_ / "none").find("is no folder"), std::string::npos);
  EXPECT_NE(refusal(scratch_.path()).find("metadata.json"), std::string::npos);
  folder_.write("metadata", R"({"format": 3, "schema": "colours"})");
  EXPECT_NE(refusal(folder_.path()).find("has format 3; this plumb reads formats 1 to 2"), std::string::npos);
  folder_.write("metadata", R"({"format": 1, "schema": "shop"})");
  EXPECT_NE(refusal(folder_.path()).find("is of the schema `shop`, the description is `colours`"),
            std::string::npos);
}

TEST_F(Folders, WithBrokenFilesAreRefusedWithFileAndLine) {
  const std::pair<std::string, std::string> broken[] = {
      {"[\n  {\"code\": \"a\",\n   \"value\": }\n]", "is no valid JSON: line 3, while parsing value"},
      {"", "is no valid JSON: line 1"},
      {"[]]", "is no valid JSON: line 1"},
      {"[1e999]", "holds a number that is too large"},
      {"[\n{\"code\":\n\"\xff\"}]", "is no valid UTF-8: line 3"},
      {"\n" + std::string(65, '['), "is nested more than 64 deep: line 2"},
      {"[{\"code\": \"a\", \"value\": 1}, {\"code\": \"b\", \"value\": 1, \"code\": \"c\"}]",
       "row 2: field `code` stands twice"},
      {"{\"code\": 1}", "must hold an array of rows"},
  };
  for (const auto& [text, expected] : broken) {
    folder_.write("colours", text);
    const std::string told = refusal(folder_.path());
    EXPECT_NE(told.find(expected), std::string::npos) << text << " gave " << told;
    EXPECT_NE(told.find("colours.json"), std::string::npos) << told;
  }
}

TEST_F(Folders, WithANewRowThatLacksAFieldWithoutADefaultAreRefused) {
  database_.execute("insert into colours (code, value) values ('red', 1)");
  folder_.write("colours", R"([{"code": "red"}, {"code": "blue"}])");
  EXPECT_NE(
      refusal(folder_.path())
          .find(
              R"(colours.json: row 2 {"code":"blue"}: the row is new, and `value` is missing; the column has no default)"),
      std::string::npos)
      << refusal(folder_.path());
}

TEST_F(Folders, WithAFileOfNoMasterTableAreRefusedButNotForWhatStandsBelow) {
  folder_.write("colour", "[]");
  EXPECT_EQ(refusal(folder_.path()), folder_.path() + "/colour.json: there is no master table `colour`");
  std::filesystem::remove(folder_.path() + "/colour.json");
  make_folders(folder_.path() + "/notes");
  write_file(folder_.path() + "/notes/anything.json", "x");
  write_file(folder_.path() + "/README.md", "x");
  EXPECT_EQ(refusal(folder_.path()), "");
}

TEST_F(Folders, ListAllMistakesOfAllFilesAtOnce) {
  folder_.write(
      "colours",
      R"([{"code": 1, "value": 1}, {"value": 1}, {"code": "a", "value": "x"}, {"code": "b", "value": 1}, {"code": "b", "value": 2}, null])");
  folder_.write(
      "shades",
      R"([{"colour": {"code": "a", "extra": 1}, "name": "x"}, {"colour": "red", "name": "x"}, {"colour": null, "name": "y"}])");
  const auto found = database_.compare(description_, folder_.path());
  EXPECT_EQ(found.problems.size(), 8U) << problems(found);
}

TEST_F(Folders, AreStoppedAtAHundredMistakes) {
  std::string rows = "[{\"code\": 1}";
  for (int i = 0; i < 500; ++i) rows += ",{\"code\": 1}";
  folder_.write("colours", rows + "]");
  const auto found = database_.compare(description_, folder_.path());
  EXPECT_EQ(found.problems.size(), 101U);
  EXPECT_EQ(found.problems.back(), "further problems are not listed");
}

TEST_F(Folders, OfAnExportHoldTheSameBytesEachTime) {
  database_.execute("insert into colours (code, value) values ('red', 1), ('blue', 2), ('', 3)");
  database_.export_to(description_, scratch_ / "a");
  database_.export_to(description_, scratch_ / "a");
  database_.execute("update colours set value = value");
  database_.export_to(description_, scratch_ / "b");
  EXPECT_EQ(files_of(scratch_ / "a"), files_of(scratch_ / "b"));
  EXPECT_EQ(files_of(scratch_ / "a").size(), 2U);
  EXPECT_EQ(read_file(scratch_ / "a/shades.json"), "[]\n");
}

TEST_F(Folders, OfAnExportLoseTheFilesOfTablesThatAreGoneAndNothingElse) {
  database_.export_to(description_, scratch_ / "a");
  write_file(scratch_ / "a/gone.json", "[]\n");
  write_file(scratch_ / "a/settings.json", "{}\n");
  write_file(scratch_ / "a/notes.txt", "[]\n");
  make_folders(scratch_ / "a/old");
  write_file(scratch_ / "a/old/gone.json", "[]\n");
  write_file(scratch_ / "outside.json", "[]\n");
  database_.export_to(description_, scratch_ / "a");
  EXPECT_FALSE(file_exists(scratch_ / "a/gone.json"));
  for (const char* kept : {"a/settings.json", "a/notes.txt", "a/old/gone.json", "outside.json"})
    EXPECT_TRUE(file_exists(scratch_ / kept)) << kept;
}

TEST_F(Folders, ThatAreNotOursLoseNothing) {
  make_folders(scratch_ / "a");
  write_file(scratch_ / "a/theirs.json", "[]\n");
  database_.export_to(description_, scratch_ / "a");
  EXPECT_TRUE(file_exists(scratch_ / "a/theirs.json")) << "there was no metadata.json";
  make_folders(scratch_ / "b");
  write_file(scratch_ / "b/theirs.json", "[]\n");
  write_file(scratch_ / "b/metadata.json", R"({"format": 1, "schema": "other"})");
  database_.export_to(description_, scratch_ / "b");
  EXPECT_TRUE(file_exists(scratch_ / "b/theirs.json")) << "it was of another schema";
}

TEST_F(Folders, StayAsTheyWereWhenAValueCannotBeWritten) {
  database_.execute("insert into colours (code, value) values ('red', 1)");
  database_.export_to(description_, scratch_ / "a");
  const auto before = files_of(scratch_ / "a");
  database_.execute("insert into colours (code, value) values ('odd', 'x')");
  EXPECT_THROW(database_.export_to(description_, scratch_ / "a"), Error);
  EXPECT_EQ(files_of(scratch_ / "a"), before);
}

TEST_F(Folders, MayHoldOnlySomeTables) {
  database_.execute("insert into colours (code, value) values ('red', 1)");
  folder_.write("shades", R"([{"colour": {"code": "red"}, "name": "wine"}])");
  EXPECT_EQ(problems(database_.sync(description_, folder_.path())), "");
  EXPECT_EQ(database_.rows("select code, value from colours"), "red|1\n");
}

}  // namespace
}  // namespace plumb::test
