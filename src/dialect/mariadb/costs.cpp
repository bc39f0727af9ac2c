// dialect/mariadb/costs.cpp: how the server will run each step, what others wait for, and how much is written anew.
#include <algorithm>
#include <array>
#include <set>

#include "dialect/cost_rates.hpp"
#include "dialect/mariadb/free_disk.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/trial.hpp"
#include "sql/tokens.hpp"
#include "support/bytes.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t worth_a_word = 8 * mebibyte;  // of free disk
constexpr std::size_t most_tables_tried = 500;  // each takes some ten milliseconds
constexpr WritingRate copying{100'000, 30 * mebibyte};
constexpr WritingRate rebuilding{300'000, 80 * mebibyte};
constexpr WritingRate indexing{800'000, 0};
constexpr WritingRate updating{80'000, 0};
constexpr WritingRate comparing{500'000, 0};  // of values that are kept, while the table is locked

constexpr std::array<std::string_view, 4> algorithms{"instant", "nocopy", "inplace", "copy"};
constexpr std::array<std::string_view, 5> locks{"", "none", "moment", "writes", "all"};

template <std::size_t N>
std::string dearer(const std::string& a, std::string_view b, const std::array<std::string_view, N>& order) {
  const auto rank = [&](std::string_view word) { return word.empty() ? -1 : std::find(order.begin(), order.end(), word) - order.begin(); };
  return rank(a) >= rank(b) ? a : std::string(b);
}

std::string lock_word(const std::string& lock) {
  if (lock == "NONE") return "moment";  // every ALTER wants the table for itself when it begins and ends
  return lock == "SHARED" ? "writes" : "all";
}

/// CREATE TABLE … AS SELECT, unless it takes none of the rows.
bool copies_rows(const std::vector<sql::Token>& tokens) {
  if (tokens.size() < 4 || !equal_ignoring_case(tokens[1].text, "TABLE")) return false;
  const bool takes_none = equal_ignoring_case(tokens[tokens.size() - 2].text, "LIMIT") && tokens.back().text == "0";
  const auto selects = [](const sql::Token& token) { return token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, "SELECT"); };
  return !takes_none && std::any_of(tokens.begin(), tokens.end(), selects);
}

/// What a statement other than ALTER TABLE makes others wait for.
std::string lock_of(const Command& command) {
  if (command.kind == CommandKind::Fill) return "writes";
  if (command.kind == CommandKind::Guard) return {};
  const auto tokens = sql::tokenize(command.sql, sql::mariadb_lexis);
  if (tokens.empty() || equal_ignoring_case(tokens[0].text, "SET")) return {};
  const bool is_create = equal_ignoring_case(tokens[0].text, "CREATE");
  if (is_create && copies_rows(tokens)) return "writes";  // it keeps the rows that it has read until it ends, like INSERT … SELECT
  const bool is_trigger = std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(tokens.size(), 12)), [](const sql::Token& token) { return equal_ignoring_case(token.text, "TRIGGER"); });
  return is_create && !is_trigger ? "none" : "moment";
}

const std::string& live_name(const Step& step) { return step.table_before.empty() ? step.table : step.table_before; }

bool writes_rows_anew(const Cost& cost) { return cost.algorithm == "inplace" || cost.algorithm == "copy"; }

/// The names of the files are in the server's own encoding, and a partitioned table has one for each partition.
std::string size_query(const std::string& database, const std::string& table) {
  const auto encoded = [](const std::string& name) { return "UNHEX(HEX(CONVERT(" + quoted_string(name) + " USING filename)))"; };
  const std::string file = "CONCAT(" + encoded(database) + ", '/', " + encoded(table) + ")";
  return "SELECT SUM(FILE_SIZE) FROM information_schema.INNODB_SYS_TABLESPACES WHERE CAST(NAME AS BINARY) = " + file +
         " OR LEFT(CAST(NAME AS BINARY), LENGTH(" + file + ") + 3) = CONCAT(" + file + ", '#P#')";
}

/// An ALTER TABLE that is yet to be tried.
struct Waiting {
  Step* step;
  Command* command;
  std::string live;  ///< the name that its table has now; empty: the plan makes it
};

class CostFinder {
 public:
  CostFinder(const CostSources& sources, std::vector<Step>& steps) : sources_(sources), steps_(steps) {}

  void run() {
    const bool is_bounded = tables_to_try() <= most_tables_tried;
    if (sources_.scratch != nullptr && !is_bounded) say_that_nothing_is_tried();
    if (sources_.scratch != nullptr && is_bounded) trial_.emplace(*sources_.scratch, sources_.further_scratch, sources_.connection.database(), sources_.actual, steps_);
    for (Step& step : steps_) try_step(step);
    try_what_waits();
    measure();
    tell_need();
  }

 private:
  std::size_t tables_to_try() const {
    std::set<std::string> names;
    for (const Step& step : steps_) {
      for (const Command& command : step.commands) names.insert(altered_table(command.sql));
    }
    return names.size();
  }

  void say_that_nothing_is_tried() {
    for (Step& step : steps_) {
      if (step.how == "alter") step.remarks.push_back("How the server runs this is not known: the plan changes more than " + grouped(most_tables_tried) + " tables, and none was tried.");
    }
  }

  bool is_sequence(const std::string& name) const {
    const auto found = sources_.actual.opaque.find(name);
    return found != sources_.actual.opaque.end() && found->second.kind == "sequence";
  }

  void try_step(Step& step) {
    for (Command& command : step.commands) {
      if (command.kind == CommandKind::Statement && !altered_table(command.sql).empty() && !is_sequence(altered_table(command.sql))) {
        if (trial_) waiting_.push_back({&step, &command, trial_->live_name(altered_table(command.sql))});
        continue;
      }
      if (trial_ && command.kind == CommandKind::Statement && trial_->is_followed(command.sql)) {
        try_what_waits();
        trial_->follow(command.sql);
      }
      step.cost.lock = dearer(step.cost.lock, lock_of(command), locks);
    }
  }

  void try_what_waits() {
    if (!trial_) return;
    std::vector<std::string> statements;
    for (const Waiting& one : waiting_) statements.push_back(one.command->sql);
    const std::vector<Tried> tried = trial_->alter(statements);
    for (std::size_t i = 0; i < tried.size(); ++i) take(waiting_[i], tried[i]);
    waiting_.clear();
  }

  static void take(const Waiting& one, const Tried& tried) {
    Step& step = *one.step;
    if (!tried.grant) {
      step.remarks.push_back("How the server runs this is not known: " + tried.problem + ".");
      return;
    }
    if (one.live.empty()) return;  // made by this plan, and empty
    step.cost.algorithm = dearer(step.cost.algorithm, to_lower(tried.grant->algorithm), algorithms);
    step.cost.lock = dearer(step.cost.lock, one.command->company && !one.command->company->lock.empty() ? "all" : lock_word(tried.grant->lock), locks);
    one.command->sql = with_grant(one.command->sql, *tried.grant);
  }

  void measure() {
    std::vector<Step*> measured;
    std::vector<std::string> queries;
    for (Step& step : steps_) {
      if (!step.rows || *step.rows == 0) continue;
      const bool is_locked = std::any_of(step.commands.begin(), step.commands.end(), [](const Command& c) { return c.company && !c.company->lock.empty(); });
      if (writes_rows_anew(step.cost)) {
        measured.push_back(&step);
        queries.push_back(size_query(sources_.connection.database(), live_name(step)));
      } else if (step.cost.algorithm == "nocopy") {
        step.cost.seconds = seconds_to_write(step.rows, std::nullopt, indexing);
      } else if (std::any_of(step.commands.begin(), step.commands.end(), [](const Command& c) { return c.kind == CommandKind::Fill; })) {
        step.cost.seconds = seconds_to_write(step.rows, std::nullopt, updating);
      } else if (is_locked) {
        step.cost.seconds = seconds_to_write(step.rows, std::nullopt, comparing);
      }
    }
    const auto sizes = sizes_of(queries);
    for (std::size_t i = 0; i < measured.size(); ++i) {
      Cost& cost = measured[i]->cost;
      if (i < sizes.size() && !sizes[i].rows.empty()) {
        const std::string size = db::as_text(sizes[i].rows[0].at(0));
        if (!size.empty() && size != "NULL") cost.bytes = rounded_size(std::stoull(size));
      }
      cost.seconds = seconds_to_write(measured[i]->rows, cost.bytes, cost.algorithm == "copy" ? copying : rebuilding);
    }
  }

  /// A copy stands beside its table while it is written. How much is free changes by the hour and is no part of a plan.
  void tell_need() {
    const auto less = [](const Step& a, const Step& b) { return a.cost.bytes.value_or(0) < b.cost.bytes.value_or(0); };
    const auto largest = std::max_element(steps_.begin(), steps_.end(), less);
    if (largest == steps_.end() || largest->cost.bytes.value_or(0) < worth_a_word) return;
    const std::string known = free_disk(sources_.connection) ? "`apply` looks first whether they are there." : "whether they are there is not known (the server's plugin `disks` would tell, to a user with the right FILE).";
    largest->remarks.push_back("Needs up to " + bytes_in_words(*largest->cost.bytes) + " free on the server's disk while it runs; " + known);
  }

  /// Nothing where the right to look at the files (PROCESS) is missing.
  std::vector<db::ResultSet> sizes_of(const std::vector<std::string>& queries) const {
    try {
      return sources_.connection.query_all(queries);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      return {};
    }
  }

  const CostSources& sources_;
  std::vector<Step>& steps_;
  std::optional<Trial> trial_;
  std::vector<Waiting> waiting_;
};

}  // namespace

void MariaDbDialect::find_costs(const CostSources& sources, std::vector<Step>& steps) const { CostFinder(sources, steps).run(); }

std::optional<Alteration> MariaDbDialect::taken_apart(const Command& command) const {
  const std::string table = altered_table(command.sql);
  if (table.empty()) return std::nullopt;
  return Alteration{table, replace_all(clauses_without_grant(command.sql), "\n", " ")};
}

/// One copy at a time. Its size was rounded up to at most twice the table's, and it may be denser than the table, but hardly by more
/// than half.
std::optional<std::string> MariaDbDialect::lack_of_space(db::Connection& connection, const std::vector<Step>& steps) const {
  std::uint64_t needed = 0;
  for (const Step& step : steps) needed = std::max(needed, step.cost.bytes.value_or(0) / 4);
  if (needed == 0) return std::nullopt;
  const auto available = free_disk(connection);
  if (!available || needed <= *available) return std::nullopt;
  return "the largest copy takes at least " + bytes_in_words(needed) + ", and the server's disk has " + bytes_in_words(*available, Rounding::Down) + " free; make room, then apply again";
}

}  // namespace plumb::mariadb
