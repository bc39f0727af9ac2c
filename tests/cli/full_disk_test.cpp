// Files that are written where there is no room for them: it is said, and nothing half-written stays.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "cli/plumb_program.hpp"
#include "support/small_disk.hpp"

namespace plumb::test {
namespace {

constexpr std::uint64_t page = 4096;

class FullDisk : public OnBothEngines {
 protected:
  void SetUp() override {
    if (const std::string why = SmallDisk::why_not(); !why.empty()) GTEST_SKIP() << why;
    disk_.emplace(1U << 20U);
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().write("v1.plumb", "schema full version 1.0.0\ntable people {\n  id  bigint primary key\n  name  varchar(40)?\n}\n");
    place().bring_to(place().read("v1.plumb"));
    // bytes that do not compress
    for (int i = 0; i < 40; ++i) place().sql("INSERT INTO people (id, name) VALUES (" + std::to_string(i) + ", hex(randomblob(20)));", "INSERT INTO people (id, name) VALUES (" + std::to_string(i) + ", left(sha2(rand(), 256), 40));");
    place().write("v2.plumb", "schema full version 2.0.0\ntable people {\n  id  bigint primary key\n  name  varchar(50)?\n  born  int?\n}\n");
  }

  SmallDisk& disk() { return *disk_; }

  /// Every file and folder on the disk but the one that fills it.
  std::vector<std::string> left() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(disk().path())) {
      if (entry.path().filename() != "filler") names.push_back(entry.path().filename().string());
    }
    return names;
  }

 private:
  std::optional<SmallDisk> disk_;
};
PLUMB_ON_BOTH_ENGINES(FullDisk);

TEST_P(FullDisk, LeavesNoHalfPlan) {
  for (const std::uint64_t room : {std::uint64_t{0}, page, 2 * page}) {
    disk().fill(room);
    const auto result = place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", disk() / "plan.md"});
    if (result.exit_code == 0) continue;  // it found room
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(result.err, "No space left on device"));
    EXPECT_TRUE(left().empty()) << left().front();
  }
  EXPECT_FALSE(std::filesystem::exists(disk() / "plan.md.plumb-new"));
}

TEST_P(FullDisk, LeavesNoHalfBackup) {
  std::size_t stopped = 0;
  for (std::uint64_t room = 0; room <= 40 * page; room += 2 * page) {
    SCOPED_TRACE(std::to_string(room) + " bytes");
    disk().fill(room);
    const auto result = place().plumb_on_db({"backup", "create", "-o", disk() / "full.backup.tar"});
    if (result.exit_code == 0) {
      disk().empty();
      EXPECT_TRUE(ended_with(0, place().plumb_on_db({"backup", "verify", disk() / "full.backup.tar"})));
      EXPECT_GT(stopped, 0U);
      return;
    }
    ++stopped;
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(result.err, "No space left on device") || contains(result.err, "full"));
    EXPECT_TRUE(left().empty()) << left().front();
    if (HasFailure()) return;
  }
  ADD_FAILURE() << "no room was enough";
}

TEST_P(FullDisk, OfTheLogsStopsNoDeployment) {
  disk().fill(page);
  const auto result = place().plumb_on_db({"apply", "--to", "v2.plumb", "--yes", "--log-dir", disk() / "logs"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.err, "the report was not written"));
  for (const auto& name : left()) EXPECT_TRUE(name == "logs" || name.ends_with(".log")) << name;
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "v2.plumb"})));
}

// The run goes on with what was asked of it: without the backup that was to be made before, nothing is changed.
TEST_P(FullDisk, OfTheBackupsStopsTheDeploymentBeforeItBegins) {
  disk().fill();
  const std::string before = place().content();
  const auto result = place().plumb_on_db({"apply", "--to", "v2.plumb", "--yes", "--backup", "--backup-dir", disk() / "backups"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_EQ(place().content(), before);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
}

}  // namespace
}  // namespace plumb::test
