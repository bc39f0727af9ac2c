#include <gtest/gtest.h>
#include <sqlite3.h>

#include "dialect/sqlite/stored_create_scan.hpp"
#include "sql/quote.hpp"
#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

bool engine_takes(const std::string& script) {
  sqlite3* handle = nullptr;
  sqlite3_open(":memory:", &handle);
  const bool taken = sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(handle);
  return taken;
}

std::vector<std::string> keywords() {
  std::vector<std::string> words;
  for (int i = 0; i < sqlite3_keyword_count(); ++i) {
    const char* text = nullptr;
    int size = 0;
    sqlite3_keyword_name(i, &text, &size);
    words.emplace_back(text, static_cast<std::size_t>(size));
  }
  return words;
}

TEST(SqliteName, MayBeEveryKeywordThatTheEngineTakesForOneAndNoOther) {
  int names = 0;
  for (const std::string& word : keywords()) {
    const std::string text = "CREATE TABLE t(" + word + " int, other)";
    const StoredObject object = parse_stored_create(text);
    const auto* table = std::get_if<Table>(&object);
    EXPECT_EQ(table != nullptr, engine_takes(text)) << word;
    if (table == nullptr) continue;
    ++names;
    EXPECT_EQ(table->columns[0].name, word);
    if (word != "IF") {
      EXPECT_EQ(table_of("CREATE TABLE " + word + "(a)", word).name, word);
    }
    EXPECT_EQ(table_of("CREATE TABLE t(a " + std::string(stored::is_name_only(word) ? "" : word) + ")")
                  .columns[0]
                  .name,
              "a");
  }
  EXPECT_GT(names, 60);
}

TEST(SqliteName, KeywordsInTypesAreThoseOfTheEngine) {
  for (const std::string& word : keywords()) {
    const std::string text = "CREATE TABLE t(a " + word + ")";
    EXPECT_EQ(std::holds_alternative<Table>(parse_stored_create(text)), engine_takes(text)) << word;
  }
}

TEST(SqliteName, KeywordsInDefaultsAreThoseOfTheEngine) {
  for (const std::string& word : keywords()) {
    const std::string text = "CREATE TABLE t(a DEFAULT " + word + ")";
    if (stored::is_name_only(word) && word != "INDEXED") continue;  // refused by the engine, so never stored
    EXPECT_EQ(std::holds_alternative<Table>(parse_stored_create(text)), engine_takes(text)) << word;
  }
}

TEST(SqliteName, IsItsRealTextHoweverItIsQuoted) {
  const Table table =
      table_of("CREATE TABLE \"t\"([a b], `c``d`, 'e''f', \"g\"\"h\", i$1, _j, ö, [k\"l], [], \"\nm\")");
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"a b", "c`d", "e'f", "g\"h", "i$1", "_j", "ö", "k\"l", "", "\nm"}));
}

TEST(SqliteName, OfAnyCharactersComesBack) {
  for (const std::string name :
       {"plain",  "Mixed Case", "quo\"te",   "'single'", "back`tick",  "[brackets]",    "semi;colon",
        "Ümläut", "日本語",     "new\nline", "tab\t",    "-- comment", "/* comment */", "select",
        "a.b",    "100",        "(bracket",  "comma,",   "\\back",     "\x01"}) {
    const std::string quoted = sql::quote_name(name, sql::Quoting::DoubleQuotes);
    const Table table =
        table_of("CREATE TABLE " + quoted + "(" + quoted + " int CONSTRAINT " + quoted +
                     " CHECK (1) UNIQUE, "
                     "CONSTRAINT " +
                     quoted + " FOREIGN KEY(" + quoted + ") REFERENCES " + quoted + "(" + quoted + "))",
                 name);
    EXPECT_EQ(table.name, name);
    EXPECT_EQ(table.columns.at(0).name, name);
    EXPECT_EQ(table.columns[0].checks.at(0).name.text, name);
    EXPECT_EQ(table.indexes.at(0).parts.at(0).column, name);
    EXPECT_EQ(table.foreign_keys.at(0).name.text, name);
    EXPECT_EQ(table.foreign_keys[0].columns, std::vector<std::string>{name});
    EXPECT_EQ(table.foreign_keys[0].referenced, std::vector<std::string>{name});
    EXPECT_EQ(table.foreign_keys[0].table, name);
  }
}

TEST(SqliteName, BeginsBehindAByteOrderMark) {
  EXPECT_EQ(table_of("CREATE TABLE t(\xEF\xBB\xBF"
                     "a int)")
                .columns[0]
                .name,
            "a");
}

TEST(SqliteName, OfAWordThatIsSpecialElsewhereIsAName) {
  const Table table =
      table_of("CREATE TABLE t(window int, over text, filter, rowid, strict, stored, always)");
  EXPECT_EQ(table.columns.size(), 7U);
  EXPECT_EQ(table.columns[6].name, "always");
}

}  // namespace
}  // namespace plumb::sqlite
