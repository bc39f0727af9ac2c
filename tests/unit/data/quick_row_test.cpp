// Rows read at a look are the rows that a thorough reading gives, or are left to it.
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "data/package.hpp"
#include "data/row_index.hpp"
#include "language/load.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

const char* const everything = R"(
schema kinds version 1.0.0
master table parents {
  id    serial
  code  varchar(10)
  part  int?
  natural key (code, part)
}
master table rows {
  id      serial
  k       varchar(5)
  up      ref(parents)?
  flag    bool
  whole   tinyint?
  big     bigint?
  amount  decimal(8,2)?
  real    double?
  fixed   char(4)?
  day     date?
  moment  datetime(3)?
  length  time?
  word    enum("a", "b")?
  token   uuid?
  body    text?
  natural key (k)
}
)";

class QuickRows : public testing::Test {
 protected:
  QuickRows() {
    std::vector<SourceText> sources;
    sources.emplace_back("kinds.plumb", everything);
    tables_ = data::master_tables(*language::load(std::move(sources)).description);
    table_ = *tables_.find("rows");
    make_folders(folder_ / "master");
    write_file(folder_ / "master/metadata.json", R"({"format": 2, "schema": "kinds", "version": "1.0.0"})");
  }

  std::optional<data::RowHash> quickly(const std::string& text) {
    data::QuickRow row(tables_, table_);
    return row.read(text) ? std::optional(row.hash()) : std::nullopt;
  }

  std::optional<data::RowHash> thoroughly(const std::string& text) {
    write_file(folder_ / "master/rows.jsonl", text + "\n");
    std::optional<data::RowHash> hash;
    std::string bytes;
    try {
      const data::Package package(folder_ / "master", tables_);
      data::Problems problems;
      data::PackageReader(package, tables_, problems).read(table_, [&](std::size_t, const data::MasterRow& row) {
        if (data::is_whole(tables_.tables[table_], row)) hash = data::hash_of(tables_.tables[table_], row, bytes);
      });
    } catch (const FileError&) {
      return std::nullopt;
    }
    return hash;
  }

  data::MasterTables tables_;
  std::size_t table_ = 0;
  ScratchFolder folder_;
  const std::string whole_ =
      R"({"k":"a","up":{"code":"p","part":null},"flag":true,"whole":-12,"big":900000000000000000,"amount":"12.50","real":5,"fixed":"ab","day":"2026-01-31","moment":"2026-01-31 12:00:00.120","length":"-10:00:00","word":"b","token":"0f8fad5b-d9cb-469f-a165-70867728950e","body":"Grüße, \"world\""})";
};

TEST_F(QuickRows, AreReadAtALookWhereEveryFieldIsClear) {
  const std::string plain = std::string(whole_).replace(whole_.find(R"(, \"world\")"), 11, "");
  ASSERT_TRUE(quickly(plain)) << plain;
  EXPECT_EQ(quickly(plain), thoroughly(plain));
  const std::string other_order = R"({ "flag" : true , "k" : "a" , "up":{"code":"p","part":null},"whole":-12,"big":900000000000000000,"amount":"12.5","real":5,"fixed":"ab","day":"2026-01-31","moment":"2026-01-31T12:00:00.12Z","length":"-10:00","word":"b","token":"0F8FAD5B-D9CB-469F-A165-70867728950E","body":"Grüße"})";
  EXPECT_EQ(quickly(other_order), quickly(plain)) << "other spellings of the same values";
  EXPECT_FALSE(quickly(whole_)) << "an escape is left to the thorough reading";
  EXPECT_TRUE(thoroughly(whole_));
}

/// Whatever somebody makes of a row: what is read at a look is read thoroughly too, and the same.
TEST_F(QuickRows, NeverTakeWhatAThoroughReadingRefuses) {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  const std::string letters = "\"{}[]:,.-+eE0123456789 truefalsn\\\x01\xc3\xa4";
  std::size_t taken = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole_;
    if (pick(4) != 0) text.replace(text.find(R"(, \"world\")"), 11, "");
    for (std::size_t change = 0; change < 1 + pick(2); ++change) {
      const std::size_t at = pick(text.size());
      if (pick(3) == 0) text.erase(at, 1 + pick(3));
      else if (pick(2) == 0) text.insert(at, 1, letters[pick(letters.size())]);
      else text[at] = letters[pick(letters.size())];
    }
    if (text.find('\n') != std::string::npos) continue;
    const auto quick = quickly(text);
    if (!quick) continue;
    ++taken;
    ASSERT_EQ(quick, thoroughly(text)) << text;
  }
  EXPECT_GT(taken, 100U);
}

TEST(RowIndex, FindsEveryRowAndNoOther) {
  std::mt19937_64 random(3);
  for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U, 20'000U}) {
    data::RowIndex index;
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < count; ++i) {
      keys.push_back(random());
      index.add({keys.back(), i});
    }
    index.sort();
    for (std::size_t i = 0; i < count; ++i) {
      const auto found = index.find(keys[i]);
      ASSERT_TRUE(found);
      EXPECT_EQ(index[*found].content, i);
      EXPECT_FALSE(index.find(keys[i] ^ 1U));
    }
    EXPECT_FALSE(index.find(0));
    EXPECT_FALSE(index.find(~std::uint64_t{0}));
  }
}

}  // namespace
}  // namespace plumb::test
