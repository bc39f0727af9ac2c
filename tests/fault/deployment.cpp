#include "deployment.hpp"

#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "planned.hpp"
#include "support/text.hpp"

namespace plumb::test {

const char* const mariadb_trigger = "CREATE TRIGGER watch BEFORE UPDATE ON children FOR EACH ROW SET NEW.qty = NEW.qty + 0";
const char* const sqlite_trigger = "CREATE TRIGGER watch BEFORE UPDATE ON parents FOR EACH ROW BEGIN SELECT 1; END";

namespace {

/// Every kind of step on the way to `desired`.
const char* const old_tables = R"(
CREATE TABLE parents (id bigint NOT NULL PRIMARY KEY, name varchar(50) NOT NULL, note varchar(20) NULL);
CREATE TABLE children (id bigint NOT NULL PRIMARY KEY, parent_id bigint NOT NULL, qty int NOT NULL, label double NULL, mark varchar(5) NOT NULL, size varchar(10) NULL, CONSTRAINT fk_children FOREIGN KEY (parent_id) REFERENCES parents (id));
CREATE TABLE gone (id bigint NOT NULL PRIMARY KEY, code varchar(10) NOT NULL, parent_id bigint NOT NULL, CONSTRAINT fk_gone FOREIGN KEY (parent_id) REFERENCES parents (id));
CREATE TABLE before_names (id bigint NOT NULL PRIMARY KEY, word varchar(20) NOT NULL);
CREATE VIEW sums AS SELECT parent_id, sum(qty) AS total FROM children GROUP BY parent_id;
CREATE VIEW words AS SELECT id, word FROM before_names;
INSERT INTO parents VALUES (1, 'Ada', 'first'), (2, 'Grace', NULL), (3, 'Edsger', 'third');
INSERT INTO children VALUES (1, 1, 5, 1.25, '1e9', 'small'), (2, 1, 7, 30, '2', NULL), (3, 2, 9, NULL, '0.5', 'large');
INSERT INTO gone VALUES (1, 'x', 1), (2, 'y', 3);
INSERT INTO before_names VALUES (1, 'one'), (2, 'two');
)";

const char* const desired = R"(
schema faults version 2.0.0
table parents {
  id    bigint primary key
  name  varchar(50)
  rank  int backfill (id * 10)
  index idx_parents_rank (rank)
}
table children {
  id         bigint primary key
  parent_id  bigint references parents(id)
  qty        bigint
  label      int?
  mark       double
  size       varchar(10) backfill ('medium')
  check qty_is_positive (qty > 0)
}
table after_names was before_names {
  id    bigint primary key
  term  varchar(20) was word
}
table fresh {
  id         bigint primary key
  parent_id  bigint references parents(id) on delete cascade
}
view sums (select parent_id, sum(qty) as total, count(*) as many from children group by parent_id)
view words (select id, term as word from after_names)
trigger watch before update on children (mariadb: set new.qty = new.qty + 1 | sqlite: select 2)
drop table gone
drop column parents.note
once grow {
  up   (update children set qty = qty + 100; insert into fresh (id, parent_id) select id, id from parents)
  down (update children set qty = qty - 100)
}
optional once fails {
  up   (update parents set name = 'changed'; insert into parents (id, name) values (1, 'again'))
  down (delete from fresh)
}
)";

}  // namespace

void make_old(db::Connection& connection, const char* trigger) {
  for (const auto line : split_lines(old_tables)) {
    if (!trim(line).empty()) connection.execute(trim(line));
  }
  connection.execute(trigger);
}

plan::Plan plan_for(db::Connection& connection, const Dialect&) { return planned(connection, desired, {"narrow"}); }

void add_rows(db::Connection& connection, std::size_t rows) {
  if (rows == 0) return;
  connection.execute("INSERT INTO children SELECT seq + 1000, 1 + seq MOD 3, seq, seq * 0.75, '1e9', IF(seq MOD 2 = 0, NULL, 'large') FROM seq_1_to_" + std::to_string(rows));
  connection.execute("INSERT INTO gone SELECT seq + 1000, seq, 1 + seq MOD 3 FROM seq_1_to_" + std::to_string(rows));
}

Ends mariadb_ends(MariaDbServer& server, std::size_t further_rows) {
  const Dialect& dialect = dialect_for("mariadb");
  const FreshDatabase made = server.fresh_database("whole");
  const auto session = made.connect();
  make_old(*session, mariadb_trigger);
  add_rows(*session, further_rows);
  Ends ends{state_of(*session, dialect), {}};
  const apply::Result result = apply::apply(*session, dialect, plan_for(*session, dialect), {});
  EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  ends.done = state_of(*session, dialect);
  return ends;
}

}  // namespace plumb::test
