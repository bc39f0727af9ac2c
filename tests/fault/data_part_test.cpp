// A deployment with master data that is cut off at every call to the engine: the rows of the data part are there wholly or not at all,
// `resume` reaches exactly the end, `rollback` exactly the beginning.
//
// PLUMB_FAULT_STRIDE=1 looks at every call; an ordinary run looks at every few.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "apply/history.hpp"
#include "cli/data_part.hpp"
#include "faults.hpp"
#include "introspect/live_state.hpp"
#include "language/load.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const char* const old_description = R"(schema shop version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)
master table countries {
  id    serial
  code  varchar(2)
  name  varchar(50)
  natural key (code)
  sync mirror
}
master table zones {
  id       serial
  name     varchar(20)
  country  ref(countries)
  natural key (name)
  sync mirror
}
table customers {
  id       serial
  country  ref(countries)
}
)";

std::string new_description() {
  std::string text = replace_all(old_description, "1.0.0", "1.1.0");
  return replace_all(text, "  name  varchar(50)\n", "  name  varchar(60)\n  shipping  int = 5\n");
}

/// Every kind of change: a row that goes, one that changes, one that is new, and one that refers to the new one.
void write_package(const std::string& folder) {
  make_folders(folder);
  write_file(folder + "/metadata.json", R"({"format": 2, "schema": "shop", "version": "1.1.0"})");
  write_file(folder + "/countries.json", R"([{"code": "AT", "name": "Austria", "shipping": 3}, {"code": "DE", "name": "Deutschland", "shipping": 5}, {"code": "FR", "name": "France", "shipping": 9}])");
  write_file(folder + "/zones.json", R"([{"name": "far", "country": {"code": "FR"}}, {"name": "near", "country": {"code": "DE"}}])");
}

Description described(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("shop.plumb", text);
  auto loaded = language::load(std::move(sources));
  if (!loaded.description) throw Error(render(loaded.diagnostics, loaded.sources, false));
  return *loaded.description;
}

class DataPart {
 public:
  explicit DataPart(const std::string& engine) : dialect_(dialect_for(engine)) {
    write_file(folder_ / "shop.plumb", new_description());
    write_package(folder_ / "master");
    arguments_.to = {folder_ / "shop.plumb"};
    arguments_.data = folder_ / "master";
  }

  const Dialect& dialect() const { return dialect_; }

  void make_old(db::Connection& connection) const {
    for (const auto& statement : dialect_.create_statements(dialect_.canonicalise(described(old_description).schema).schema())) connection.execute(statement);
    connection.execute("INSERT INTO countries (id, code, name) VALUES (7, 'AT', 'Oesterreich'), (8, 'DE', 'Deutschland'), (9, 'XX', 'Nirgends')");
    connection.execute("INSERT INTO zones (id, name, country) VALUES (4, 'near', 7), (5, 'gone', 9)");
    connection.execute("INSERT INTO customers (id, country) VALUES (1, 8)");
  }

  /// As it comes back from its document.
  plan::Plan plan_for(const db::Target& target) const {
    const cli::Session session{db::open(target, db::OpenMode::ReadWrite), &dialect_};
    const Description description = described(new_description());
    const LiveState live = introspect(*session.connection, dialect_);
    PlanOptions options;
    options.keep_aside = true;
    plan::Draft draft = make_plan(*session.connection, dialect_, live, description, options);
    cli::add_data_part(arguments_, session, live.schema.schema(), description, draft);
    if (!draft.plan.blocked.empty()) throw Error(draft.plan.blocked.front().text);
    return std::get<plan::Plan>(plan::read_plan(plan::to_json(draft.plan)));
  }

  apply::Result run(std::unique_ptr<db::Connection> connection, const plan::Plan& plan, std::int64_t undoes = 0) const {
    const cli::Session session{std::move(connection), &dialect_};
    apply::Options options;
    options.undoes = undoes;
    cli::let_sync(arguments_, session, plan, options);
    return apply::apply(*session.connection, dialect_, plan, options);
  }

  Ends ends(const db::Target& target) const {
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    Ends ends;
    ends.old = state_of(*session, dialect_);
    const apply::Result result = run(db::open(target, db::OpenMode::ReadWrite), plan_for(target));
    EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    ends.done = state_of(*session, dialect_);
    return ends;
  }

  /// False: the run came to its end before the call.
  bool run_until_killed(const db::Target& target, const plan::Plan& plan, FaultPoint point, std::int64_t undoes = 0) const {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto real = db::open(target, db::OpenMode::ReadWrite);
      run(std::make_unique<FaultyConnection>(*real, point, [] { std::raise(SIGKILL); }), plan, undoes);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  }

  /// The keys and values that the data part is about, whatever the schema is meanwhile.
  static std::string master_rows(db::Connection& connection) {
    std::string text;
    for (const char* query : {"SELECT id, code, name FROM countries ORDER BY id", "SELECT z.name, c.code FROM zones z JOIN countries c ON c.id = z.country ORDER BY z.name"}) {
      for (const auto& row : connection.query(query).rows) {
        for (const auto& value : row) text += db::as_text(value) + "|";
        text += "\n";
      }
    }
    return text;
  }

  void expect_all_or_nothing(db::Connection& connection) const {
    const std::string rows = master_rows(connection);
    EXPECT_TRUE(rows == "7|AT|Oesterreich|\n8|DE|Deutschland|\n9|XX|Nirgends|\ngone|XX|\nnear|AT|\n" ||
                (rows.starts_with("7|AT|Austria|\n8|DE|Deutschland|\n") && rows.ends_with("|FR|France|\nfar|FR|\nnear|DE|\n") && !contains_row(rows, "XX")))
        << rows;
  }

  /// Goes on, or back, and comes to one of the two ends.
  void expect_made_whole(const db::Target& target, const Ends& ends, bool back) const {
    const cli::Session session{db::open(target, db::OpenMode::ReadWrite), &dialect_};
    db::Connection& connection = *session.connection;
    expect_all_or_nothing(connection);
    const auto open = apply::half_done(connection, dialect_);
    if (!open) {
      expect_end(connection, ends);
      return;
    }
    const plan::Plan plan = std::get<plan::Plan>(plan::read_plan(open->plan));
    apply::Options options;
    options.undoes = open->undoes;
    const plan::Plan way_back = plan::inverse(plan, plan.steps.size());
    cli::let_sync(arguments_, session, back ? way_back : plan, options);
    const apply::Result result = back ? apply::go_back(connection, dialect_, plan, open->number, options) : apply::resume(connection, dialect_, plan, open->number, options);
    ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    const bool leads_back = back || open->undoes != 0;
    EXPECT_EQ(contents_without_ids(connection), without_ids(leads_back ? ends.old : ends.done));
    EXPECT_FALSE(apply::half_done(connection, dialect_));
  }

 private:
  static bool contains_row(const std::string& rows, const std::string& code) { return rows.find("|" + code + "|") != std::string::npos; }

  void expect_end(db::Connection& connection, const Ends& ends) const {
    const auto state = contents_without_ids(connection);
    EXPECT_TRUE(state == without_ids(ends.old) || state == without_ids(ends.done)) << "nothing is half done, and yet the state is neither the old nor the new one";
  }

  std::string contents_without_ids(db::Connection& connection) const { return without_ids(state_of(connection, dialect_)); }

  /// The ids of new rows are the database's choice; all others are in `countries`, `zones` and `customers` as they were.
  static std::string without_ids(const State& state) {
    std::string text = state.fingerprint + "\n";
    for (const auto& [table, rows] : state.contents) {
      text += table + "\n";
      for (const auto& row : rows) text += (table == "zones" ? row.substr(row.find('|'), row.rfind('|', row.size() - 2) - row.find('|')) : row.find(":FR|") == std::string::npos ? row : row.substr(row.find('|'))) + "\n";
    }
    return text;
  }

  const Dialect& dialect_;
  ScratchFolder folder_;
  cli::Arguments arguments_;
};

class MariaDbDataPart : public MariaDbTest {};

TEST_F(MariaDbDataPart, KillingTheToolAtAnyCallLosesNothing) {
  const DataPart part("mariadb");
  const FreshDatabase whole = server().fresh_database("whole");
  part.make_old(*whole.connect());
  const Ends ends = part.ends(whole.target());
  std::size_t kills = 0;
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(7)) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE("call " + std::to_string(call) + (after ? ", after" : ", before"));
      const FreshDatabase made = server().fresh_database("kill");
      part.make_old(*made.connect());
      if (!part.run_until_killed(made.target(), part.plan_for(made.target()), {call, after})) {
        reached_the_end = true;
        break;
      }
      ++kills;
      part.expect_made_whole(made.target(), ends, (call + after) % 2 == 0);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(kills, 8U);
  RecordProperty("kills", static_cast<int>(kills));
}

TEST_F(MariaDbDataPart, ARollbackThatIsKilledGoesOn) {
  const DataPart part("mariadb");
  const FreshDatabase whole = server().fresh_database("whole");
  part.make_old(*whole.connect());
  const Ends ends = part.ends(whole.target());
  bool reached_the_end = false;
  for (std::size_t call = 3; !reached_the_end; call += stride(17)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("kill");
    part.make_old(*made.connect());
    const plan::Plan plan = part.plan_for(made.target());
    ASSERT_EQ(part.run(made.connect(), plan).outcome, apply::Outcome::Done);
    const plan::Plan back = plan::inverse(plan, plan.steps.size());
    reached_the_end = !part.run_until_killed(made.target(), back, {call, false}, 1);
    part.expect_made_whole(made.target(), ends, false);
    if (HasFailure()) return;
  }
}

TEST_F(MariaDbDataPart, KillingTheServerLosesNothing) {
  MariaDbServer own;
  const DataPart part("mariadb");
  const FreshDatabase whole = own.fresh_database("whole");
  part.make_old(*whole.connect());
  const Ends ends = part.ends(whole.target());
  bool reached_the_end = false;
  for (std::size_t call = 11; !reached_the_end; call += stride(37)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = own.fresh_database("power");
    part.make_old(*made.connect());
    const plan::Plan plan = part.plan_for(made.target());
    bool killed = false;
    try {
      const auto real = made.connect();
      part.run(std::make_unique<FaultyConnection>(*real, FaultPoint{call, true},
                                                  [&] {
                                                    killed = true;
                                                    own.kill9();
                                                  }),
               plan);
    } catch (const DatabaseError&) {
      // gone before anything was run
    }
    if (killed) own.start();
    reached_the_end = !killed;
    part.expect_made_whole(made.target(), ends, call % 2 == 0);
    if (HasFailure()) return;
  }
}

TEST(SqliteDataPart, KillingTheToolAtAnyCallLeavesTheOldOrTheNewRows) {
  const DataPart part("sqlite");
  const ScratchFolder folder;
  const auto made = [&](const std::string& name) {
    const db::Target target = db::parse_target("sqlite:" + folder.path() + "/" + name);
    part.make_old(*db::open(target, db::OpenMode::CreateIfMissing));
    return target;
  };
  const Ends ends = part.ends(made("whole.db"));
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(5)) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE("call " + std::to_string(call) + (after ? ", after" : ", before"));
      const db::Target target = made(std::to_string(call) + (after ? "a.db" : "b.db"));
      reached_the_end = !part.run_until_killed(target, part.plan_for(target), {call, after}) || reached_the_end;
      part.expect_made_whole(target, ends, false);
      EXPECT_FALSE(apply::half_done(*db::open(target, db::OpenMode::ReadWrite), part.dialect()));
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace plumb::test
