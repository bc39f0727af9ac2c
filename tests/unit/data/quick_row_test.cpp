// Rows read at a look are the rows that a thorough reading gives, or are left to it.
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "data/differences.hpp"
#include "data/package.hpp"
#include "data/row_index.hpp"
#include "data/spread.hpp"
#include "language/load.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

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
  single  float?
  marks   set("x", "y")?
  address inet6?
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
      R"({"k":"a","up":{"code":"p","part":null},"flag":true,"whole":-12,"big":900000000000000000,"amount":"12.50","real":5,"fixed":"ab","day":"2026-01-31","moment":"2026-01-31 12:00:00.120","length":"-10:00:00","word":"b","token":"0f8fad5b-d9cb-469f-a165-70867728950e","body":"Grüße, \"world\"","single":0.1,"marks":"x,y","address":"::1"})";
};

TEST_F(QuickRows, AreReadAtALookWhereEveryFieldIsClear) {
  const std::string plain = std::string(whole_).replace(whole_.find(R"(, \"world\")"), 11, "");
  ASSERT_TRUE(quickly(plain)) << plain;
  EXPECT_EQ(quickly(plain), thoroughly(plain));
  const std::string other_order = R"({ "flag" : true , "k" : "a" , "up":{"code":"p","part":null},"whole":-12,"big":900000000000000000,"amount":"12.5","real":5,"fixed":"ab","day":"2026-01-31","moment":"2026-01-31T12:00:00.12Z","length":"-10:00","word":"b","token":"0F8FAD5B-D9CB-469F-A165-70867728950E","body":"Grüße","single":1e-1,"marks":"y,x","address":"0:0::1"})";
  EXPECT_EQ(quickly(other_order), quickly(plain)) << "other spellings of the same values";
  EXPECT_FALSE(quickly(whole_)) << "an escape is left to the thorough reading";
  EXPECT_TRUE(thoroughly(whole_));
}

TEST_F(QuickRows, ReadNumbersAsTheyAreSpelled) {
  const std::string plain = std::string(whole_).replace(whole_.find(R"(, \"world\")"), 11, "");
  for (const std::string number : {"0", "-0", "-0.0", "0.1", "12.50", "-1e3", "1E+2", "5e-324", "1e-400", "1e308", "1e400", "123456789012345678", "1234567890123456789012", "0.30000000000000004"}) {
    for (const std::string field : {"real\":5", "single\":0.1"}) {
      const std::string text = replace_all(plain, field, field.substr(0, field.find(':') + 1) + number);
      const auto quick = quickly(text);
      if (quick) {
        EXPECT_EQ(quick, thoroughly(text)) << text;
      }
      if (number.size() < 7 && number != "1e308" && number != "1e400" && number.find("00") == std::string::npos) {
        EXPECT_TRUE(quick) << text;
      }
    }
  }
  for (const std::string number : {"01", "1.", ".5", "1e", "1e+", "+1", "-", "0x1", "inf", "nan", "1_0"}) EXPECT_FALSE(quickly(replace_all(plain, "real\":5", "real\":" + number))) << number;
}

TEST_F(QuickRows, GiveTheirKeysAndReferencesAsJson) {
  const std::string plain = std::string(whole_).replace(whole_.find(R"(, \"world\")"), 11, "");
  data::QuickRow row(tables_, table_);
  ASSERT_TRUE(row.read(plain));
  EXPECT_EQ(row.key(), R"({"k":"a"})");
  const std::size_t up = 1;
  ASSERT_TRUE(row.is_reference(up));
  EXPECT_EQ(row.referred(up), R"({"code":"p","part":null})");
  EXPECT_EQ(row.referred_hash(up), data::key_hash(data::Json::parse(R"({"code":"p","part":null})")));
}

/// Strings of every length around eight bytes, with what ends them or does not belong in them at each place.
TEST_F(QuickRows, FindTheEndOfAStringWhereverItIs) {
  for (std::size_t size = 0; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const std::string piece : {"\\", "\x1f", "\x7f", " ", "ä", "\xc3", "\x80"}) {
        std::string body(size, 'a');
        body.replace(at, 1, piece);
        const std::string plain = replace_all(std::string(whole_).replace(whole_.find(R"(, \"world\")"), 11, ""), "Grüße", body);
        const auto quick = quickly(plain);
        const bool is_clear = piece == "\x7f" || piece == " " || piece == "ä";
        ASSERT_EQ(quick.has_value(), is_clear) << size << " " << at << " " << piece;
      }
    }
  }
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

TEST(SortSpread, SortsWhatIsSpreadAndWhatIsNot) {
  std::mt19937_64 random(5);
  const auto check = [](std::vector<std::uint64_t> numbers) {
    std::vector<std::uint64_t> wanted = numbers;
    std::sort(wanted.begin(), wanted.end());
    data::sort_spread(numbers, [](std::uint64_t number) { return number; }, std::less<>());
    EXPECT_EQ(numbers, wanted);
  };
  for (const std::size_t count : {0U, 1U, 2U, 15U, 16U, 17U, 1000U, 20'000U}) {
    std::vector<std::uint64_t> spread(count);
    std::vector<std::uint64_t> few_values(count);
    std::vector<std::uint64_t> low(count);
    for (std::size_t i = 0; i < count; ++i) {
      spread[i] = random();
      few_values[i] = random() % 3 << 62U;
      low[i] = count - i;
    }
    check(spread);
    check(few_values);
    check(low);
  }
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
