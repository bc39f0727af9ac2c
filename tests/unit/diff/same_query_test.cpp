// Which queries are known to be the same without an engine, and above all which are not.
#include "diff/same_query.hpp"

#include <gtest/gtest.h>

namespace plumb::test {
namespace {

bool same(std::string_view a, std::string_view b) { return diff::same_query(a, sql::sqlite_lexis, b, sql::mariadb_lexis); }

TEST(SameQuery, KnowsWhatMariaDbPrints) {
  EXPECT_TRUE(same("SELECT id, name FROM users", "select `users`.`id` AS `id`,`users`.`name` AS `name` from `users`"));
  EXPECT_TRUE(same("select u.id, u.name as n from users as u where u.id != 3", "select `u`.`id` AS `id`,`u`.`name` AS `n` from `users` `u` where `u`.`id` <> 3"));
  EXPECT_TRUE(same("SELECT kind, count(*) AS many FROM notes WHERE kind LIKE 'a%' GROUP BY kind ORDER BY kind ASC LIMIT 5;",
                   "select `notes`.`kind` AS `kind`,count(0) AS `many` from `notes` where `notes`.`kind` like 'a%' group by `notes`.`kind` order by `notes`.`kind` limit 5"));
  EXPECT_TRUE(same("select a.id, b.a_id from a inner join b on a.id = b.a_id left outer join b as c on (c.id = a.id and c.x = 1)",
                   "select `a`.`id` AS `id`,`b`.`a_id` AS `a_id` from ((`a` join `b` on(`a`.`id` = `b`.`a_id`)) left join `b` `c` on(`c`.`id` = `a`.`id` and `c`.`x` = 1))"));
  EXPECT_TRUE(same("select a.id, b.y from a, b where a.id = b.id", "select `a`.`id` AS `id`,`b`.`y` AS `y` from (`a` join `b`) where `a`.`id` = `b`.`id`"));
  EXPECT_TRUE(same("select distinct \"Id\" from \"T\"", "select distinct `t`.`id` AS `id` from `t`"));
}

TEST(SameQuery, TellsApartWhatIsNotTheSame) {
  EXPECT_FALSE(same("select id from a", "select `a`.`id` AS `key` from `a`"));
  EXPECT_FALSE(same("select id from a", "select `b`.`id` AS `id` from `b`"));
  EXPECT_FALSE(same("select x from a", "select 'x' AS `x` from `a`"));
  EXPECT_FALSE(same("select y + x from a", "select `a`.`y` + `a`.`x` AS `x` from `a`"));
  EXPECT_FALSE(same("select a.id from a join b on a.id = b.id", "select `b`.`id` AS `id` from (`a` join `b` on(`a`.`id` = `b`.`id`))"));
  EXPECT_FALSE(same("select a.id from a left join b on a.id = b.id", "select `a`.`id` AS `id` from (`a` join `b` on(`a`.`id` = `b`.`id`))"));
  EXPECT_FALSE(same("select id from a where (x = 1 or y = 2) and z = 3", "select `a`.`id` AS `id` from `a` where `a`.`x` = 1 or `a`.`y` = 2 and `a`.`z` = 3"));
  EXPECT_FALSE(same("select a.id from a join b on (a.x = 1 or b.y = 2) and b.z = 3", "select `a`.`id` AS `id` from (`a` join `b` on(`a`.`x` = 1 or `b`.`y` = 2 and `b`.`z` = 3))"));
  EXPECT_FALSE(same("select a.id from a left join (b join c on b.x = c.x) on a.x = b.x", "select `a`.`id` AS `id` from ((`a` left join `b` on(`a`.`x` = `b`.`x`)) join `c` on(`b`.`x` = `c`.`x`))"));
  EXPECT_FALSE(same("select id from a order by id", "select `a`.`id` AS `id` from `a` order by `a`.`id` desc"));
  EXPECT_FALSE(same("select id from a where id in (select id from b)", "select `a`.`id` AS `id` from `a` where `a`.`id` in (select `b`.`x` from `b`)"));
  EXPECT_FALSE(same("select id from a", "select distinct `a`.`id` AS `id` from `a`"));
  EXPECT_FALSE(same("select id from a union select id from b", "select id from a union all select id from b"));
}

TEST(SameQuery, TakesWholeTextsThatItDoesNotTakeApartAsTheyAre) {
  EXPECT_TRUE(same("SELECT id FROM a UNION SELECT id FROM b", "select id from a union select `id` from b;"));
  EXPECT_TRUE(same("", ""));
  EXPECT_TRUE(same("select 1", "SELECT 1"));
  EXPECT_FALSE(same("select (", "select )"));
}

}  // namespace
}  // namespace plumb::test
