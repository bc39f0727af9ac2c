// Every combination of who changed a row since the last sync, with the outcome that docs/master_data.md gives it.
#include <gtest/gtest.h>

#include "data/judge.hpp"

namespace plumb::data {
namespace {

constexpr std::uint64_t brought = 1;
constexpr std::uint64_t theirs = 2;
constexpr std::uint64_t ours = 3;
using Hash = std::optional<std::uint64_t>;

Verdict verdict(Hash package, Hash database, Hash last, SyncMode mode = SyncMode::Upsert, OnConflict on_conflict = OnConflict::Stop, bool overwrite = false, bool brought_before = true) {
  SyncOptions options;
  options.on_conflict = on_conflict;
  options.overwrite_own = overwrite;
  return judge({package, database, last, brought_before}, mode, options);
}

TEST(Judge, DevelopmentUnchanged) {
  EXPECT_EQ(verdict(brought, brought, brought), Verdict::Nothing);
  EXPECT_EQ(verdict(brought, ours, brought), Verdict::KeepOwn);
  EXPECT_EQ(verdict(brought, std::nullopt, brought), Verdict::KeepOwn);
}

TEST(Judge, DevelopmentChanged) {
  EXPECT_EQ(verdict(theirs, brought, brought), Verdict::Update);
  EXPECT_EQ(verdict(theirs, ours, brought), Verdict::Conflict);
  EXPECT_EQ(verdict(theirs, theirs, brought), Verdict::Nothing);
  EXPECT_EQ(verdict(theirs, std::nullopt, brought), Verdict::Conflict);
}

TEST(Judge, DevelopmentAdded) {
  EXPECT_EQ(verdict(theirs, std::nullopt, std::nullopt), Verdict::Insert);
  EXPECT_EQ(verdict(theirs, ours, std::nullopt), Verdict::Conflict);
  EXPECT_EQ(verdict(theirs, theirs, std::nullopt), Verdict::Nothing);
}

TEST(Judge, DevelopmentDeleted) {
  for (const SyncMode mode : {SyncMode::Append, SyncMode::Upsert}) {
    EXPECT_EQ(verdict(std::nullopt, brought, brought, mode), Verdict::Nothing);
    EXPECT_EQ(verdict(std::nullopt, ours, brought, mode), Verdict::Nothing);
    EXPECT_EQ(verdict(std::nullopt, ours, std::nullopt, mode), Verdict::Nothing);
  }
  EXPECT_EQ(verdict(std::nullopt, brought, brought, SyncMode::Mirror), Verdict::Delete);
  EXPECT_EQ(verdict(std::nullopt, ours, brought, SyncMode::Mirror), Verdict::Conflict);
  EXPECT_EQ(verdict(std::nullopt, ours, std::nullopt, SyncMode::Mirror), Verdict::KeepOwn);
  EXPECT_EQ(verdict(std::nullopt, std::nullopt, brought, SyncMode::Mirror), Verdict::Nothing);
}

TEST(Judge, ConflictsAreDecidedAsAsked) {
  EXPECT_EQ(verdict(theirs, ours, brought, SyncMode::Upsert, OnConflict::Theirs), Verdict::Update);
  EXPECT_EQ(verdict(theirs, ours, brought, SyncMode::Upsert, OnConflict::Ours), Verdict::KeepOwn);
  EXPECT_EQ(verdict(theirs, std::nullopt, brought, SyncMode::Upsert, OnConflict::Theirs), Verdict::Insert);
  EXPECT_EQ(verdict(theirs, std::nullopt, brought, SyncMode::Upsert, OnConflict::Ours), Verdict::KeepOwn);
  EXPECT_EQ(verdict(theirs, ours, std::nullopt, SyncMode::Upsert, OnConflict::Theirs), Verdict::Update);
  EXPECT_EQ(verdict(theirs, ours, std::nullopt, SyncMode::Upsert, OnConflict::Ours), Verdict::KeepOwn);
  EXPECT_EQ(verdict(std::nullopt, ours, brought, SyncMode::Mirror, OnConflict::Theirs), Verdict::Delete);
  EXPECT_EQ(verdict(std::nullopt, ours, brought, SyncMode::Mirror, OnConflict::Ours), Verdict::KeepOwn);
}

TEST(Judge, OwnChangesAreOverwrittenWhereThatIsAsked) {
  EXPECT_EQ(verdict(brought, ours, brought, SyncMode::Upsert, OnConflict::Stop, true), Verdict::Update);
  EXPECT_EQ(verdict(brought, std::nullopt, brought, SyncMode::Upsert, OnConflict::Stop, true), Verdict::Insert);
  EXPECT_EQ(verdict(std::nullopt, ours, std::nullopt, SyncMode::Mirror, OnConflict::Stop, true), Verdict::Delete);
  EXPECT_EQ(verdict(theirs, ours, brought, SyncMode::Upsert, OnConflict::Stop, true), Verdict::Conflict);
}

TEST(Judge, BeforeTheFirstSyncThePackageWins) {
  const auto first = [](Hash package, Hash database, SyncMode mode) { return verdict(package, database, std::nullopt, mode, OnConflict::Stop, false, false); };
  EXPECT_EQ(first(theirs, ours, SyncMode::Upsert), Verdict::Update);
  EXPECT_EQ(first(theirs, std::nullopt, SyncMode::Upsert), Verdict::Insert);
  EXPECT_EQ(first(std::nullopt, ours, SyncMode::Mirror), Verdict::Delete);
  EXPECT_EQ(first(std::nullopt, ours, SyncMode::Upsert), Verdict::Nothing);
}

TEST(Judge, AppendChangesNothingThatStands) {
  EXPECT_EQ(verdict(theirs, brought, brought, SyncMode::Append), Verdict::Nothing);
  EXPECT_EQ(verdict(theirs, ours, brought, SyncMode::Append), Verdict::Nothing);
  EXPECT_EQ(verdict(theirs, std::nullopt, std::nullopt, SyncMode::Append), Verdict::Insert);
}

}  // namespace
}  // namespace plumb::data
