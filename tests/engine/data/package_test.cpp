// Packages: archives, checksums, JSON Lines, earlier formats, and what nobody of good will would send.
#include <filesystem>

#include "archive/archive.hpp"
#include "data_test.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

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
)";

class Packages : public testing::Test {
 protected:
  void SetUp() override {
    description_ = described(colours);
    database_.create(description_);
    database_.execute("insert into colours (code, value) values ('red', 1), ('blue', 2)");
  }
  std::string refusal(const std::string& path) {
    try {
      DataDatabase fresh("sqlite");
      fresh.create(description_);
      const auto done = fresh.sync(description_, path);
      EXPECT_TRUE(problems(done).empty() || fresh.rows("select count(*) from colours") == "0\n");
      return problems(done);
    } catch (const Error& error) {
      return error.what();
    }
  }
  Description description_;
  DataDatabase database_{"sqlite"};
  ScratchFolder scratch_;
};

TEST_F(Packages, AreFoldersOrArchivesOfTheSame) {
  data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / "a", "2026-01-01T00:00:00Z");
  data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / "a.tar.zst", "2026-01-01T00:00:00Z");
  make_folders(scratch_ / "out");
  archive::unpack(scratch_ / "a.tar.zst", scratch_ / "out");
  for (const char* name : {"colours.json", "metadata.json", "checksums.txt"}) EXPECT_EQ(read_file(scratch_ / "out" + "/" + name), read_file(scratch_ / "a" + "/" + name)) << name;
  EXPECT_EQ(refusal(scratch_ / "a"), "");
  EXPECT_EQ(refusal(scratch_ / "a.tar.zst"), "");
  EXPECT_TRUE(data::verify(description_, scratch_ / "a.tar.zst").empty());
}

TEST_F(Packages, KeepTheirBytesWhileTheRowsAreTheSame) {
  for (const std::string name : {"a", "a.tar.zst"}) {
    data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / name, "2026-01-01T00:00:00Z");
    const auto bytes = [&] { return name == "a" ? read_file(scratch_ / "a/metadata.json") + read_file(scratch_ / "a/checksums.txt") : read_file(scratch_ / name); };
    const std::string before = bytes();
    data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / name, "2026-02-02T00:00:00Z");
    EXPECT_EQ(bytes(), before);
  }
  database_.execute("update colours set value = 3 where code = 'red'");
  data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / "a", "2026-02-02T00:00:00Z");
  EXPECT_NE(read_file(scratch_ / "a/metadata.json").find("2026-02-02"), std::string::npos);
}

TEST_F(Packages, AreRefusedWhenAFileIsNotAsItWasUntilTheyAreSealedAnew) {
  database_.export_to(description_, scratch_ / "a");
  const std::string text = read_file(scratch_ / "a/colours.json");
  write_file(scratch_ / "a/colours.json", replace_all(text, "\"value\": 1", "\"value\": 7"));
  EXPECT_NE(refusal(scratch_ / "a").find("colours.json: its bytes are not those that checksums.txt vouches for"), std::string::npos) << refusal(scratch_ / "a");
  data::seal(scratch_ / "a");
  EXPECT_EQ(refusal(scratch_ / "a"), "");
  write_file(scratch_ / "a/colours.jsonl", "");
  EXPECT_NE(refusal(scratch_ / "a").find("stands there as .json and as .jsonl"), std::string::npos);
}

TEST_F(Packages, WithLinksAreRefused) {
  database_.export_to(description_, scratch_ / "a");
  std::filesystem::rename(scratch_ / "a/colours.json", scratch_ / "elsewhere.json");
  std::filesystem::create_symlink(scratch_ / "elsewhere.json", scratch_ / "a/colours.json");
  EXPECT_NE(refusal(scratch_ / "a").find("is a link"), std::string::npos);
}

TEST_F(Packages, OfManyRowsAreJsonLines) {
  database_.execute("insert into colours (code, value) with recursive n(i) as (select 1 union all select i + 1 from n where i < 12000) select 'c' || i, i from n");
  database_.export_to(description_, scratch_ / "a");
  ASSERT_TRUE(file_exists(scratch_ / "a/colours.jsonl"));
  EXPECT_FALSE(file_exists(scratch_ / "a/colours.json"));
  EXPECT_EQ(refusal(scratch_ / "a"), "");
  const std::string text = read_file(scratch_ / "a/colours.jsonl");
  const auto broken = [&](const std::string& bytes) {
    write_file(scratch_ / "a/colours.jsonl", bytes);
    data::seal(scratch_ / "a");
    return refusal(scratch_ / "a");
  };
  EXPECT_NE(broken(text.substr(0, text.size() - 1)).find("is cut off: its last line has no end: line 12002"), std::string::npos);
  EXPECT_NE(broken(text.substr(0, 70) + "\n" + text.substr(70)).find("is no valid JSON: line 3"), std::string::npos) << broken(text.substr(0, 70) + "\n" + text.substr(70));
  EXPECT_NE(broken(text + text).find("stands twice"), std::string::npos);
  database_.execute("delete from colours where value > 5");
  database_.export_to(description_, scratch_ / "a");
  EXPECT_FALSE(file_exists(scratch_ / "a/colours.jsonl"));
}

TEST_F(Packages, CutOffAnywhereChangeNothing) {
  data::export_rows(database_.connection(), database_.dialect(), description_, scratch_ / "a.tar.zst");
  const std::string bytes = read_file(scratch_ / "a.tar.zst");
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    write_file(scratch_ / "cut.tar.zst", bytes.substr(0, size));
    EXPECT_NE(refusal(scratch_ / "cut.tar.zst"), "") << size;
  }
}

TEST_F(Packages, AreVerifiedWithoutADatabase) {
  DataFolder folder("colours", "2.0.0");
  folder.write("colours", R"([{"code": "a", "value": 1}, {"code": "a", "value": "x"}, {"code": "b"}, {"code": "b"}])").write("stray", "[]");
  const std::string told = join(data::verify(description_, folder.path()), "\n");
  for (const std::string part : {"holds no checksums.txt", "there is no master table `stray`", "`value` must be a whole number", "stands twice"}) EXPECT_NE(told.find(part), std::string::npos) << part << " in\n" << told;
}

const std::string spells = R"TEXT(
schema spells version 2.0.0
master table categories {
  id           serial
  name         varchar(20)
  game_system  varchar(20)
  natural key (name, game_system)
}
master table gsm_skills {
  id           serial
  name         varchar(50)
  game_system  varchar(20)
  natural key (name, game_system)
}
master table gsm_spells {
  id                 serial
  name               varchar(50)
  category           varchar(20)?
  learning_category  varchar(20)?
  label              varchar(100)?
  rank               int?
  natural key (name)
}
master table skill_categories {
  id          serial
  skill       ref(gsm_skills)
  category    ref(categories)
  difficulty  varchar(20)?
  learn_cost  int
  natural key (skill, category)
  nested in gsm_skills as categories_difficulties
}
data format 3 {
  from 1 {
    table skills to gsm_skills
    table spells to gsm_spells
    split gsm_skills (category, difficulty) to categories_difficulties
    drop gsm_skills.category
    drop gsm_skills.difficulty
    default gsm_skills.categories_difficulties.learn_cost = 0
    copy gsm_spells.category to learning_category
  }
  from 2 {
    default gsm_skills.game_system = "midgard"
    refer gsm_skills.categories_difficulties.category (name = "{category}", game_system = "{game_system}")
    set gsm_spells.label = "{name} ({category})"
    rename gsm_spells.level to rank
    map gsm_spells.category ("Wunder" = "wonder", "none" = null)
  }
}
)TEXT";

TEST(EarlierFormats, AreBroughtToThePresentOneInAChain) {
  const Description description = described(spells);
  DataDatabase database("sqlite");
  database.create(description);
  ScratchFolder scratch;
  // as they were before there were packages: bare files
  write_file(scratch / "categories.json", R"([{"name": "Alltag", "game_system": "midgard"}])");
  write_file(scratch / "skills.json", R"([{"name": "Kochen", "category": "Alltag", "difficulty": "leicht"}, {"name": "Nichts", "category": null}])");
  write_file(scratch / "spells.json", R"([{"name": "Licht", "category": "Wunder", "level": 2}, {"name": "Nacht", "category": "none", "learning_category": "old"}])");
  ASSERT_EQ(problems(database.sync(description, scratch.path())), "");
  EXPECT_EQ(database.rows("select s.name, s.game_system, c.name, k.difficulty, k.learn_cost from gsm_skills s left join skill_categories k on k.skill = s.id left join categories c on c.id = k.category order by s.name"),
            "Kochen|midgard|Alltag|leicht|0\nNichts|midgard|-|-|-\n");
  EXPECT_EQ(database.rows("select name, category, learning_category, label, rank from gsm_spells order by name"), "Licht|wonder|Wunder|Licht (Wunder)|2\nNacht|-|old|Nacht (none)|-\n");
  database.export_to(description, scratch / "out");
  EXPECT_NE(read_file(scratch / "out/metadata.json").find("\"data_format\": 3"), std::string::npos);
  EXPECT_EQ(database.compare(description, scratch / "out").changes(), 0U);
}

TEST(EarlierFormats, ThatNobodyKnowsAreRefused) {
  const Description description = described(spells);
  DataDatabase database("sqlite");
  database.create(description);
  DataFolder folder("spells", "2.0.0");
  const auto told = [&](const Description& by) {
    try {
      database.compare(by, folder.path());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  folder.write("metadata", R"({"format": 2, "schema": "spells", "data_format": 4})");
  EXPECT_NE(told(description).find("is of data format 4, and the description knows formats up to 3"), std::string::npos) << told(description);
  Description gap = description;
  gap.data_format.upgrades.erase(gap.data_format.upgrades.begin());
  folder.write("metadata", R"({"format": 2, "schema": "spells", "data_format": 1})");
  EXPECT_NE(told(gap).find("no `from 1 { … }` leads on from there; the description reads 2 and 3"), std::string::npos) << told(gap);
}

}  // namespace
}  // namespace plumb::test
