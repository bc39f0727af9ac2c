// A package whose file somebody changes while a run reads it: the run stops, and nothing is written. And rows that refer to
// each other, brought within the transaction of a plan.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

constexpr const char* codes = R"(schema codes version 1.0.0
master table codes {
  id    serial
  code  varchar(20)
  name  varchar(80)
  natural key (code)
}
)";

class ChangedMeanwhile : public OnBothEngines {
 protected:
  static constexpr int count = 20'000;  // more than is read at once

  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(codes);
    place().write("codes.plumb", codes);
    make_folders(place().path("master"));
    place().write("master/metadata.json", R"({"format": 2, "schema": "codes", "version": "1.0.0"})");
    std::string rows;
    for (int i = 0; i < count; ++i) rows += R"({"code":"c)" + std::to_string(100'000 + i) + R"(","name":"the long name of a row that is one of many"})" "\n";
    place().write("master/codes.jsonl", rows);
  }

  /// In the same place, as an editor or a copy over a network does it.
  void change_the_last_row() {
    std::fstream file(place().path("master/codes.jsonl"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-10, std::ios::end);
    file.write("x", 1);
  }

  static void wait_until(const std::function<bool()>& reached) {
    for (int i = 0; i < 600 && !reached(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
};
PLUMB_ON_BOTH_ENGINES(ChangedMeanwhile);

TEST_P(ChangedMeanwhile, IsToldAndNothingIsWritten) {
  auto other = place().connect();
  if (place().is_sqlite()) {
    other->begin();
  } else {
    other->execute("START TRANSACTION");
    other->query("SELECT * FROM codes WHERE code >= 'c' FOR UPDATE");  // no new row gets in
  }
  RunResult result;
  std::thread running([&] {
    const std::string command = "'" + plumb_program() + "' data sync master --to codes.plumb --yes --lock-timeout 60s --db '" + place().url() + "' > out.txt";
    RunOptions options;
    options.folder = place().folder();
    result = run({"sh", "-c", command}, options);
  });
  wait_until([&] { return file_exists(place().path("out.txt")) && place().read("out.txt").find("rows to change") != std::string::npos; });
  if (!place().is_sqlite()) {
    auto watching = place().connect();
    wait_until([&] { return db::single_integer(*watching, "SELECT count(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'") > 0; });
  }
  change_the_last_row();
  other->rollback();
  running.join();
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "codes.jsonl`: has changed while it was read; nothing was written"));
  EXPECT_EQ(place().number("SELECT count(*) FROM codes"), 0);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", "master", "--to", "codes.plumb", "--yes"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM codes"), count);
}

constexpr const char* before_circles = R"(schema circles version 1.0.0
master table towns {
  id    serial
  code  varchar(20)
  natural key (code)
}
)";

constexpr const char* circles = R"(schema circles version 1.1.0
master table lands {
  id       serial
  code     varchar(20)
  capital  ref(towns)?
  natural key (code)
}
master table towns {
  id      serial
  code    varchar(20)
  land    ref(lands)
  twin    ref(towns)?
  natural key (code)
}
master table streets {
  id    serial
  town  ref(towns)
  part  ref(streets)?
  name  varchar(20)
  natural key (town, name)
}
table people {
  id    serial
  home  ref(towns)?
}
)";

class CirclesInAPlan : public OnBothEngines {};
PLUMB_ON_BOTH_ENGINES(CirclesInAPlan);

/// Each row needs rows that come later in its file or in another table.
TEST_P(CirclesInAPlan, AreBroughtInAnyOrderAndTakenBack) {
  place().bring_to(before_circles);
  place().write("circles.plumb", circles);
  make_folders(place().path("master"));
  place().write("master/metadata.json", R"({"format": 2, "schema": "circles", "version": "1.1.0"})");
  place().write("master/lands.json", R"([{"code": "A", "capital": {"code": "b1"}}, {"code": "B", "capital": {"code": "a2"}}])");
  place().write("master/towns.json", R"([{"code": "a1", "land": {"code": "A"}, "twin": {"code": "b1"}}, {"code": "a2", "land": {"code": "B"}, "twin": {"code": "a1"}}, {"code": "b1", "land": {"code": "B"}, "twin": {"code": "b1"}}])");
  place().write("master/streets.json", R"([{"town": {"code": "b1"}, "part": {"town": {"code": "a1"}, "name": "y"}, "name": "x"}, {"town": {"code": "a1"}, "part": {"town": {"code": "b1"}, "name": "x"}, "name": "y"}])");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "circles.plumb", "--data", "master", "-o", "plan.md"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md", "--to", "circles.plumb", "--data", "master"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM lands l JOIN towns t ON t.id = l.capital JOIN lands o ON o.id = t.land"), 2);
  EXPECT_EQ(place().number("SELECT count(*) FROM towns t JOIN towns o ON o.id = t.twin"), 3);
  EXPECT_EQ(place().number("SELECT count(*) FROM streets s JOIN streets o ON o.id = s.part"), 2);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", "master", "--to", "circles.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "circles.plumb"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM towns"), 0);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", place().write("before.plumb", before_circles)})));
}

}  // namespace
}  // namespace plumb::test
