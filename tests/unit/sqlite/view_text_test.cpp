#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

TEST(SqliteViewText, HasItsQueryAsWritten) {
  const View view =
      view_of("CREATE VIEW IF NOT EXISTS v AS\n  SELECT 1 AS \"a;b\", ';' -- semicolons\n  , 2;");
  EXPECT_EQ(view.name, "v");
  EXPECT_EQ(view.query.common, "SELECT 1 AS \"a;b\", ';' -- semicolons\n  , 2");
  EXPECT_TRUE(view.columns.empty());
  EXPECT_EQ(view.written.text, "CREATE VIEW v AS\n  SELECT 1 AS \"a;b\", ';' -- semicolons\n  , 2");
}

TEST(SqliteViewText, MayNameItsColumns) {
  const View view =
      view_of("CREATE VIEW v(a, \"b c\", [as]) AS WITH x(n) AS (SELECT 1) SELECT n, n, n FROM x");
  EXPECT_EQ(view.columns, (std::vector<std::string>{"a", "b c", "as"}));
  EXPECT_EQ(view.query.common, "WITH x(n) AS (SELECT 1) SELECT n, n, n FROM x");
}

TEST(SqliteViewText, ClosesALineCommentAtItsEnd) {
  EXPECT_EQ(view_of("CREATE VIEW v AS SELECT 1 -- one").query.common, "SELECT 1 -- one\n");
}

TEST(SqliteViewText, MayBeCalledAnything) {
  EXPECT_EQ(view_of("CREATE VIEW \"a \"\"b\"\"\" AS VALUES(1)", "a \"b\"").name, "a \"b\"");
}

}  // namespace
}  // namespace plumb::sqlite
