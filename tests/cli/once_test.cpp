// Data steps from outside: once in each database, in their place, recorded, and undone on the way back.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

constexpr const char* people = "table people {\n  id    int primary key\n  name  varchar(100)\n}\n";
constexpr const char* first = "schema app version 1.0.0\n";
constexpr const char* second = "schema app version 1.1.0\n";

class OnceSteps : public OnBothEngines {
 protected:
  void begin_with(const std::string& description) {
    place().bring_to(description);
    place().sql("INSERT INTO people (id, name) VALUES (1, 'ADA'), (2, 'GRACE');");
  }
  RunResult apply(const std::string& description) {
    place().write("app.plumb", description);
    return place().plumb_on_db({"apply", "--to", "app.plumb", "--yes"});
  }
  RunResult plan(const std::string& description) {
    place().write("app.plumb", description);
    return place().plumb_on_db({"plan", "--to", "app.plumb"});
  }
  RunResult validate() { return place().plumb_on_db({"validate", "--to", "app.plumb"}); }
  RunResult rollback() { return place().plumb_on_db({"rollback", "--yes"}); }
  std::string names() { return join(place().list("SELECT name FROM people ORDER BY id"), " "); }
  std::string ran() { return join(place().list(std::string("SELECT ") + (place().is_sqlite() ? "name || ' ' || outcome" : "concat(name, ' ', outcome)") + " FROM plumb_once ORDER BY name"), ", "); }
};
PLUMB_ON_BOTH_ENGINES(OnceSteps);

const std::string lower_names = std::string(second) + people + "once lower_names version 1.1.0 after people {\n  up   (update people set name = lower(name))\n  down (update people set name = upper(name))\n}\n";

TEST_P(OnceSteps, RunOnceAndAreRecorded) {
  begin_with(std::string(first) + people);
  place().write("app.plumb", lower_names);
  const auto waiting = validate();
  EXPECT_TRUE(ended_with(2, waiting));
  EXPECT_TRUE(contains(waiting.out, "once lower_names has not run"));
  EXPECT_TRUE(contains(place().plumb_on_db({"status", "--to", "app.plumb"}).out, "1 data step"));
  ASSERT_TRUE(ended_with(0, apply(lower_names)));
  EXPECT_EQ(names(), "ada grace");
  EXPECT_EQ(ran(), "lower_names done");
  EXPECT_TRUE(ended_with(0, validate()));
  place().sql("INSERT INTO people (id, name) VALUES (3, 'EDSGER');");
  EXPECT_TRUE(contains(apply(lower_names).out, "nothing to do"));
  EXPECT_EQ(names(), "ada grace EDSGER");
}

TEST_P(OnceSteps, RunInANewDatabaseToo) {
  ASSERT_TRUE(ended_with(0, apply(std::string(first) + people + "once seeds after people {\n  up (insert into people (id, name) values (1, 'a;b'); insert into people (id, name) values (2, 'c'))\n}\n")));
  EXPECT_EQ(names(), "a;b c");
  EXPECT_EQ(ran(), "seeds done");
}

TEST_P(OnceSteps, AreTakenBackByTheirDown) {
  begin_with(std::string(first) + people);
  ASSERT_TRUE(ended_with(0, apply(lower_names)));
  ASSERT_TRUE(ended_with(0, rollback()));
  EXPECT_EQ(names(), "ADA GRACE");
  EXPECT_EQ(ran(), "");
  ASSERT_TRUE(ended_with(0, apply(lower_names)));
  EXPECT_EQ(names(), "ada grace");
}

TEST_P(OnceSteps, WithoutADownHaveNoWayBack) {
  begin_with(std::string(first) + people);
  const std::string text = std::string(second) + people + "once lose {\n  up (update people set name = 'x')\n}\n";
  EXPECT_TRUE(contains(plan(text).out, "back: none: it has no `down`") || contains(plan(text).out, "back: none: it has no down"));
  ASSERT_TRUE(ended_with(0, apply(text)));
  const auto back = rollback();
  EXPECT_TRUE(ended_with(3, back));
  EXPECT_TRUE(contains(back.err, "has no way back"));
  EXPECT_EQ(names(), "x x");
}

TEST_P(OnceSteps, ThatFillNewTablesGoWithThem) {
  begin_with(std::string(first) + people);
  const std::string text = std::string(second) + people + "table roles {\n  id  int primary key\n}\nonce roles {\n  up (insert into roles (id) select id from people)\n}\n";
  ASSERT_TRUE(ended_with(0, apply(text)));
  EXPECT_EQ(place().number("SELECT count(*) FROM roles"), 2);
  ASSERT_TRUE(ended_with(0, rollback()));
  EXPECT_EQ(ran(), "");
  ASSERT_TRUE(ended_with(0, apply(text)));
  EXPECT_EQ(place().number("SELECT count(*) FROM roles"), 2);
}

TEST_P(OnceSteps, StandBetweenWhatTheyFillAndWhatIsDropped) {
  begin_with(std::string(first) + people + "table old_notes {\n  id    int primary key\n  text  varchar(20)\n}\n");
  place().sql("INSERT INTO old_notes (id, text) VALUES (1, 'one'), (2, 'two');");
  const std::string text = std::string(second) + people + "table notes {\n  id    int primary key\n  body  varchar(20)\n}\ndrop table old_notes\nonce move_notes {\n  up (insert into notes (id, body) select id, text from old_notes)\n}\n";
  ASSERT_TRUE(ended_with(0, apply(text)));
  EXPECT_EQ(join(place().list("SELECT body FROM notes ORDER BY id"), " "), "one two");
  ASSERT_TRUE(ended_with(0, rollback()));
  EXPECT_EQ(join(place().list("SELECT text FROM old_notes ORDER BY id"), " "), "one two");
}

TEST_P(OnceSteps, LeaveValuesThatArePutBackAsTheyWere) {
  place().bring_to(std::string(first) + "table people {\n  id    int primary key\n  name  varchar(100)?\n}\n");
  place().sql("INSERT INTO people (id, name) VALUES (1, NULL), (2, 'GRACE');");
  ASSERT_TRUE(ended_with(0, apply(std::string(second) + "table people {\n  id    int primary key\n  name  varchar(100) backfill ('NOBODY')\n}\nonce lower_names {\n  up   (update people set name = lower(name))\n  down (update people set name = upper(name))\n}\n")));
  EXPECT_EQ(names(), "nobody grace");
  ASSERT_TRUE(ended_with(0, rollback()));
  EXPECT_EQ(place().number("SELECT count(*) FROM people WHERE name IS NULL AND id = 1"), 1);
}

TEST_P(OnceSteps, RunInTheOrderOfTheirVersions) {
  begin_with(std::string(first) + people);
  const std::string text = "schema app version 1.10.0\n" + std::string(people) +
                           "once c {\n  up (update people set name = name || 'c')\n}\nonce b version 1.10.0 {\n  up (update people set name = name || 'b')\n}\nonce a version 1.9.0 {\n  up (update people set name = name || 'a')\n}\n"
                           "once later version 1.11.0 {\n  up (update people set name = name || '!')\n}\n";
  const std::string on_this_engine = place().is_sqlite() ? text : replace_all(replace_all(replace_all(replace_all(text, "name || 'a'", "concat(name, 'a')"), "name || 'b'", "concat(name, 'b')"), "name || 'c'", "concat(name, 'c')"), "name || '!'", "concat(name, '!')");
  const auto planned = plan(on_this_engine);
  EXPECT_TRUE(contains(planned.out, "waits for version 1.11.0"));
  ASSERT_TRUE(ended_with(0, apply(on_this_engine)));
  EXPECT_EQ(names(), "ADAabc GRACEabc");
  EXPECT_EQ(ran(), "a done, b done, c done");
}

TEST_P(OnceSteps, DifferByEngine) {
  begin_with(std::string(first) + people);
  ASSERT_TRUE(ended_with(0, apply(std::string(second) + people + "once mark {\n  up (sqlite: update people set name = 'sqlite' | mariadb: update people set name = 'mariadb')\n}\nonce never {\n  up (" +
                                  (place().is_sqlite() ? "mariadb" : "sqlite") + ": update people set name = 'wrong')\n}\n")));
  EXPECT_EQ(names(), place().is_sqlite() ? "sqlite sqlite" : "mariadb mariadb");
  EXPECT_EQ(ran(), "mark done");
  EXPECT_TRUE(ended_with(0, validate()));
}

TEST_P(OnceSteps, ThatFailUndoWhatTheyDid) {
  begin_with(std::string(first) + people);
  const std::string text = std::string(second) + people + "once twice {\n  up (update people set name = 'changed'; insert into people (id, name) values (1, 'again'))\n  down (select 1)\n}\n";
  const auto failed = apply(text);
  EXPECT_TRUE(ended_with(3, failed));
  EXPECT_TRUE(contains(failed.err, "once twice"));
  EXPECT_EQ(names(), "ADA GRACE");
  EXPECT_EQ(place().number("SELECT count(*) FROM plumb_history WHERE outcome = 'failed'"), 1);
}

TEST_P(OnceSteps, ThatAreOptionalWarnAndGoOn) {
  begin_with(std::string(first) + people);
  const std::string text = std::string(second) + people + "table extra {\n  id  int primary key\n}\noptional once tidy {\n  up (update people set name = 'changed'; insert into people (id, name) values (1, 'again'))\n}\nonce after_it {\n  up (insert into people (id, name) values (3, 'EDSGER'))\n  down (delete from people where id = 3)\n}\n";
  const auto applied = apply(text);
  EXPECT_TRUE(ended_with(0, applied));
  EXPECT_TRUE(contains(applied.err, "failed and was left out, as it is optional"));
  EXPECT_EQ(names(), "ADA GRACE EDSGER");
  EXPECT_EQ(ran(), "after_it done, tidy failed");
  EXPECT_TRUE(contains(apply(text).out, "nothing to do"));
  EXPECT_TRUE(ended_with(0, validate()));
  ASSERT_TRUE(ended_with(0, rollback()));
  EXPECT_EQ(names(), "ADA GRACE") << "what did not take effect is not undone";
  ASSERT_TRUE(ended_with(0, apply(text)));
  ASSERT_TRUE(ended_with(0, apply(replace_all(text, "values (1, 'again')", "values (4, 'again')")))) << "with another text it is tried again";
  EXPECT_EQ(names(), "changed changed changed again");
  EXPECT_EQ(ran(), "after_it done, tidy done");
}

TEST_P(OnceSteps, WithAnotherTextAreReportedAndNotRunAgain) {
  begin_with(std::string(first) + people);
  ASSERT_TRUE(ended_with(0, apply(lower_names)));
  const std::string changed = replace_all(lower_names, "lower(name))", "lower(concat(name, '!')))");
  EXPECT_TRUE(contains(plan(changed).out, "has run here with another text; it is not run again"));
  EXPECT_TRUE(contains(apply(changed).out, "nothing to do"));
  EXPECT_EQ(names(), "ada grace");
  EXPECT_TRUE(contains(validate().out, "has run here with another text"));
  EXPECT_TRUE(lacks(plan(replace_all(lower_names, "update people set", "UPDATE people\n     SET")).out, "another text")) << "the same statement laid out in another way";
}

TEST_P(OnceSteps, MayChangeRowsAlone) {
  begin_with(std::string(first) + people);
  for (const char* statement : {"alter table people add column x int", "commit", "drop table people", "pragma foreign_keys = on", "create table y (id int)"}) {
    const auto planned = plan(std::string(second) + people + "once bad {\n  up (" + statement + ")\n}\n");
    EXPECT_TRUE(ended_with(3, planned)) << statement;
    EXPECT_TRUE(contains(planned.out, "may insert, update and delete rows"));
  }
}

TEST_P(OnceSteps, ThatHaveRunSinceMakeAPlanStale) {
  begin_with(std::string(first) + people);
  place().write("app.plumb", lower_names);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "app.plumb", "-o", "plan.md"})));
  ASSERT_TRUE(ended_with(0, apply(lower_names)));
  const auto again = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(4, again));
  EXPECT_TRUE(contains(again.err, "`once lower_names` has run since"));
}

TEST_P(OnceSteps, WithAMistakeAreCaughtByTheRehearsal) {
  begin_with(std::string(first) + people);
  const auto planned = plan(std::string(second) + people + "once mistaken {\n  up (update people set nobody = 1)\n}\n");
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.out, "the rehearsal failed"));
}

TEST_P(OnceSteps, ThatNeedRowsPassTheRehearsal) {
  begin_with(std::string(first) + people + "table pets {\n  id     int primary key\n  owner  int references people(id)\n}\n");
  const auto applied = apply(std::string(second) + people + "table pets {\n  id     int primary key\n  owner  int references people(id)\n}\nonce first_pet {\n  up   (insert into pets (id, owner) values (1, 2))\n  down (delete from pets)\n}\n");
  ASSERT_TRUE(ended_with(0, applied));
  EXPECT_EQ(place().number("SELECT count(*) FROM pets"), 1);
}

TEST_P(OnceSteps, LeaveNoRowWithoutItsParent) {
  begin_with(std::string(first) + people + "table pets {\n  id     int primary key\n  owner  int references people(id)\n}\n");
  const auto applied = apply(std::string(second) + people + "table pets {\n  id     int primary key\n  owner  int references people(id)\n}\nonce stray {\n  up   (insert into pets (id, owner) values (1, 99))\n  down (delete from pets)\n}\n");
  EXPECT_NE(applied.exit_code, 0) << applied.out << applied.err;
  EXPECT_EQ(place().number("SELECT count(*) FROM pets"), 0);
}

}  // namespace
}  // namespace plumb::test
