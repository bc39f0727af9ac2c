#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

Trigger trigger(std::string_view text) {
  return trigger_of(
      "CREATE TABLE t(a, b, begin, \"end\"); CREATE VIEW w AS SELECT a, b FROM t; CREATE TRIGGER " +
      std::string(text));
}

TEST(SqliteTriggerText, HasNameTableTimingAndEvent) {
  const Trigger after = trigger("r AFTER INSERT ON t BEGIN SELECT 1; END");
  EXPECT_EQ(after.name, "r");
  EXPECT_EQ(after.table, "t");
  EXPECT_EQ(after.timing, TriggerTiming::After);
  EXPECT_EQ(after.event, TriggerEvent::Insert);
  EXPECT_TRUE(after.when.empty());
  EXPECT_EQ(after.body.common, "SELECT 1;");
  EXPECT_EQ(after.written.text, "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
  EXPECT_EQ(trigger("r BEFORE DELETE ON t BEGIN SELECT 1; END").event, TriggerEvent::Delete);
  EXPECT_EQ(trigger("r BEFORE DELETE ON t BEGIN SELECT 1; END").timing, TriggerTiming::Before);
  EXPECT_EQ(trigger("r INSTEAD OF UPDATE ON w BEGIN SELECT 1; END").timing, TriggerTiming::InsteadOf);
}

TEST(SqliteTriggerText, RunsBeforeWhereNoTimeIsWritten) {
  EXPECT_EQ(trigger("r UPDATE ON t BEGIN SELECT 1; END").timing, TriggerTiming::Before);
}

TEST(SqliteTriggerText, MayNameTheColumnsOfAnUpdate) {
  const Trigger some = trigger("r AFTER UPDATE OF a, \"b\" ON main.t FOR EACH ROW BEGIN SELECT 1; END");
  EXPECT_EQ(some.event, TriggerEvent::Update);
  EXPECT_EQ(some.update_of, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(some.table, "t");
}

TEST(SqliteTriggerText, HasItsConditionWithoutTheBracketsAroundAllOfIt) {
  EXPECT_EQ(trigger("r AFTER INSERT ON t WHEN new.a > 1 BEGIN SELECT 1; END").when.common, "new.a > 1");
  EXPECT_EQ(trigger("r AFTER INSERT ON t FOR EACH ROW WHEN (new.a > 1) BEGIN SELECT 1; END").when.common,
            "new.a > 1");
  EXPECT_EQ(trigger("r AFTER INSERT ON t WHEN(new.a) AND (new.b)BEGIN SELECT 1; END").when.common,
            "(new.a) AND (new.b)");
  EXPECT_EQ(trigger("r AFTER INSERT ON t WHEN ((new.a)) BEGIN SELECT 1; END").when.common, "(new.a)");
}

TEST(SqliteTriggerText, TakesBeginForANameInTheConditionWhereItIsOne) {
  EXPECT_EQ(trigger("r AFTER UPDATE ON t WHEN new.begin IS NOT old.begin BEGIN SELECT 1; END").when.common,
            "new.begin IS NOT old.begin");
  EXPECT_EQ(trigger("r AFTER UPDATE ON t WHEN EXISTS (SELECT 1 FROM t WHERE begin > 1) BEGIN SELECT 1; END")
                .when.common,
            "EXISTS (SELECT 1 FROM t WHERE begin > 1)");
}

TEST(SqliteTriggerText, HasItsStatementsAsWritten) {
  const Trigger full = trigger(
      "r AFTER UPDATE ON t BEGIN -- first\n"
      "  UPDATE t SET a = CASE WHEN new.a THEN CASE new.b WHEN 1 THEN 'END;' END END WHERE \"end\" = 1;\n"
      "  INSERT INTO t(a) VALUES (1) ON CONFLICT DO NOTHING;\n"
      "  REPLACE INTO t(a) VALUES (2);\n"
      "  DELETE FROM t WHERE a = (SELECT max(a) FROM t); -- last\n"
      "END");
  EXPECT_EQ(full.body.common,
            "UPDATE t SET a = CASE WHEN new.a THEN CASE new.b WHEN 1 THEN 'END;' END END WHERE \"end\" = 1;\n"
            "  INSERT INTO t(a) VALUES (1) ON CONFLICT DO NOTHING;\n"
            "  REPLACE INTO t(a) VALUES (2);\n"
            "  DELETE FROM t WHERE a = (SELECT max(a) FROM t);");
}

TEST(SqliteTriggerText, MayBeCalledLikeAKeyword) {
  EXPECT_EQ(
      trigger_of("CREATE TABLE t(a); CREATE TRIGGER before BEFORE INSERT ON t BEGIN SELECT 1; END", "before")
          .name,
      "before");
  EXPECT_EQ(
      trigger_of("CREATE TABLE t(a); CREATE TRIGGER 'a b' AFTER INSERT ON t BEGIN SELECT 1; END", "a b").name,
      "a b");
}

TEST(SqliteTriggerText, MayHaveCommentsAnywhere) {
  const Trigger full = trigger(
      "r/*1*/AFTER/*2*/UPDATE/*3*/OF/*4*/a/*5*/ON/*6*/t/*7*/FOR/*8*/EACH/*9*/ROW/*10*/WHEN/*11*/(new.a)/*12*/"
      "BEGIN/*13*/SELECT 1/*14*/;/*15*/END/*16*/;");
  EXPECT_EQ(full.update_of.size(), 1U);
  EXPECT_EQ(full.body.common, "SELECT 1/*14*/;");
}

}  // namespace
}  // namespace plumb::sqlite
