// A package that changes between two readings of one run: nothing is written. And rows that are read anew when they are
// written, whatever they hold.
#include <functional>

#include "data_test.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const std::string shelves = R"(
schema shelves version 1.0.0
master table shelves {
  id    serial
  code  varchar(20)
  name  varchar(60)
  natural key (code)
}
master table boards {
  id      serial
  shelf   ref(shelves)
  place   int
  label   varchar(60)?
  weight  float?
  stamp   varbinary(8)?
  marks   set("a", "b")?
  natural key (shelf, place)
}
master table boxes {
  id    serial
  code  varchar(20)
  note  text?
  natural key (code)
}
master table lids {
  id     serial
  box    ref(boxes)
  side   varchar(10)?
  within ref(shelves)?
  natural key (box, side)
  nested in boxes as lids
}
)";

std::string shelf(int number, const std::string& name = "oak") { return R"({"code": "s)" + std::to_string(number) + R"(", "name": ")" + name + "\"}"; }
std::string board(int number, int shelf) {
  return R"({"shelf": {"code": "s)" + std::to_string(shelf) + R"("}, "place": )" + std::to_string(number) +
         R"(, "label": "a \"board\"\n", "weight": 0.1, "stamp": {"base64": "AP8="}, "marks": "a,b"})";
}
std::string box(int number) {
  const std::string code = std::to_string(number);
  return R"({"code": "b)" + code + R"(", "note": null, "lids": [{"side": "top", "within": null}, {"side": null, "within": {"code": "s)" + std::to_string(number / 2) + "\"}}]}";
}

class ChangingPackages : public DataTest {
 protected:
  static constexpr int count = 600;

  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(shelves);
    database().create(description_);
    write("oak");
  }
  void write(const std::string& name) {
    std::vector<std::string> all_shelves;
    std::vector<std::string> all_boards;
    std::vector<std::string> all_boxes;
    for (int i = 0; i < count; ++i) {
      all_shelves.push_back(shelf(i, i == count - 1 ? name : "oak"));
      all_boards.push_back(board(i, i / 2));
      all_boxes.push_back(box(i));
    }
    folder_.write("shelves", "[" + join(all_shelves, ",\n") + "]");
    folder_.write("boards", "[" + join(all_boards, ",\n") + "]");
    folder_.write("boxes", "[" + join(all_boxes, ",\n") + "]");
  }
  std::string counts() { return database().rows("select (select count(*) from shelves), (select count(*) from boards), (select count(*) from boxes), (select count(*) from lids)"); }
  /// What the sync says that was prepared before the change.
  std::string sync_after(const std::function<void()>& change) {
    const auto compared = database().compare(description_, folder_.path());
    EXPECT_EQ(problems(compared), "");
    change();
    try {
      data::sync(database().connection(), database().dialect(), description_, folder_.path(), {}, compared.prepared);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing";
  }

  Description description_;
  DataFolder folder_{"shelves", "1.0.0"};
};
PLUMB_ON_BOTH_ENGINES(ChangingPackages);

TEST_P(ChangingPackages, AreToldAndNothingIsWritten) {
  const std::string whole = folder_.read("shelves");
  const std::vector<std::pair<std::string, std::function<std::string(std::string)>>> changes{
      {"shelves", [](std::string text) { return replace_all(std::move(text), "\"s599\", \"name\": \"oak\"", "\"s599\", \"name\": \"elm\""); }},
      {"shelves", [](std::string text) { return text.replace(text.find(shelf(7)), shelf(7).size() + 2, ""); }},
      {"shelves", [](const std::string& text) { return text + " "; }},
      {"boards", [](std::string text) { return replace_all(std::move(text), "\"place\": 599,", "\"place\": 899,"); }},
      {"boxes", [](std::string text) { return text.replace(text.find(R"({"side": "top", "within": null}, )"), 33, ""); }},
  };
  for (const auto& [table, change] : changes) {
    const std::string before = folder_.read(table);
    const std::string said = sync_after([&, name = table, by = change] { folder_.write(name, by(before)); });
    EXPECT_NE(said.find(table + ".json"), std::string::npos) << said;
    EXPECT_NE(said.find("has changed while it was read; nothing was written"), std::string::npos) << said;
    EXPECT_EQ(counts(), "0|0|0|0\n");
    folder_.write(table, before);
  }
  EXPECT_EQ(sync_after([] {}), "nothing");
  EXPECT_EQ(counts(), "600|600|600|1200\n");
}

TEST_P(ChangingPackages, BringTheirNewRowsTwiceAlike) {
  const auto compared = database().compare(description_, folder_.path());
  ASSERT_EQ(problems(compared), "");
  EXPECT_EQ(compared.changes(), 3000U);
  database().sync(description_, folder_.path());
  EXPECT_EQ(database().compare(description_, folder_.path()).changes(), 0U);
  EXPECT_EQ(database().rows("select count(*) from lids l join shelves s on s.id = l.within where l.side is null and s.code like 's%'"), "600\n");
  EXPECT_EQ(database().rows("select count(*) from boards where weight > 0.09 and weight < 0.11 and label like '%\"board\"%'"), "600\n");
  // a part of the rows is new, some with rows that are new too
  for (const char* sql : {"delete from lids where side is null", "delete from boards where place < 100", "delete from lids where box in (select id from boxes where code like '%9')",
                          "delete from boxes where code like '%9'", "delete from shelves where code = 's599'", "update shelves set name = 'elm' where code = 's1'"})
    database().execute(sql);
  const std::string ids = database().rows("select id from boards order by id");
  database().execute("delete from plumb_master");
  database().sync(description_, folder_.path());
  EXPECT_EQ(counts(), "600|600|600|1200\n");
  EXPECT_EQ(database().rows("select id from boards where place >= 100 order by id"), ids);
  EXPECT_EQ(database().compare(description_, folder_.path()).changes(), 0U);
}

/// However many rows, whatever their keys: some of them by one DELETE.
TEST_P(ChangingPackages, NewRowsAreTakenAwayManyAtATime) {
  database().execute(database().dialect().rows_aside("aside_rows"));
  data::SyncOptions options;
  options.aside = "aside_rows";
  database().sync(description_, folder_.path(), options);
  EXPECT_EQ(counts(), "600|600|600|1200\n");
  db::Transaction transaction(database().connection());
  const auto statements = data::undo(database().connection(), database().dialect(), "aside_rows", {"shelves", "boards", "boxes", "lids"});
  transaction.commit();
  EXPECT_EQ(counts(), "0|0|0|0\n");
  EXPECT_LE(statements, 3000U / 200 + 6);
}

}  // namespace
}  // namespace plumb::test
