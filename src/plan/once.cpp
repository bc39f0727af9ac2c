#include "plan/once.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "plan/touched.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb::plan {
namespace {

/// Names in lower case: one too many does no harm.
using Names = std::set<std::string, std::less<>>;

std::vector<std::string> statements_of(std::string_view text, const sql::Lexis& lexis) {
  std::vector<std::string> statements;
  std::size_t begin = std::string_view::npos;
  const auto end_at = [&](std::size_t end) {
    if (begin != std::string_view::npos) statements.emplace_back(trim(text.substr(begin, end - begin)));
    begin = std::string_view::npos;
  };
  for (const sql::Token& token : sql::tokenize(text, lexis)) {
    if (token.text == ";") end_at(token.offset);
    else if (begin == std::string_view::npos) begin = token.offset;
  }
  end_at(text.size());
  return statements;
}

std::string name_at(const std::vector<sql::Token>& tokens, std::size_t at) { return at < tokens.size() ? to_lower(sql::unquoted(tokens[at].text)) : std::string(); }

/// Every other statement may end the transaction, or change what a plan must show.
bool changes_rows_alone(const std::string& statement, const sql::Lexis& lexis) {
  constexpr std::array<std::string_view, 7> words{"insert", "update", "delete", "replace", "with", "values", "select"};
  return std::find(words.begin(), words.end(), name_at(sql::tokenize(statement, lexis), 0)) != words.end();
}

/// The table whose rows the statement changes; empty where that is not plain to see.
std::string written_table(const std::string& statement, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(statement, lexis);
  const std::string verb = name_at(tokens, 0);
  if (verb == "update") return name_at(tokens, 1);
  const std::string_view before = verb == "delete" ? "from" : "into";
  if (verb != "delete" && verb != "insert" && verb != "replace") return {};
  for (std::size_t i = 1; i < std::min<std::size_t>(tokens.size(), 4); ++i) {
    if (name_at(tokens, i) == before) return name_at(tokens, i + 1);
  }
  return {};
}

std::string checksum_of(const std::vector<std::string>& statements, const sql::Lexis& lexis) {
  std::string text;
  for (const auto& statement : statements) text += sql::normal_form(statement, lexis) + ";\n";
  return sha256_hex(text);
}

std::vector<Command> as_commands(const std::vector<std::string>& statements) {
  std::vector<Command> commands;
  for (const auto& statement : statements) commands.push_back({CommandKind::Fill, statement, {}});
  return commands;
}

/// By version, those without one last.
bool comes_before(const OnceStep* a, const OnceStep* b) {
  if (a->version.empty() || b->version.empty()) return !a->version.empty() && b->version.empty();
  return is_older(a->version, b->version);
}

class Adder {
 public:
  Adder(Draft& draft, const Description& description, const Dialect& dialect, const std::map<std::string, OnceRun>& runs)
      : plan_(draft.plan), description_(description), dialect_(dialect), lexis_(dialect.match_rules().lexis), runs_(runs) {
    for (const Table& table : draft.match.changes.tables_created) created_.insert(to_lower(table.name));
  }

  void run() {
    std::vector<const OnceStep*> order;
    for (const OnceStep& step : description_.once_steps) order.push_back(&step);
    std::stable_sort(order.begin(), order.end(), comes_before);
    for (const OnceStep* step : order) consider(*step);
  }

 private:
  void notice(const OnceStep& step, const std::string& text) { plan_.notices.push_back({diff::NoticeKind::NotCarriedOut, "`once " + step.name + "` " + text, step.origin}); }

  void consider(const OnceStep& once) {
    const auto statements = statements_of(once.up.text_for(dialect_.name()), lexis_);
    if (statements.empty()) return;  // nothing to do on this engine
    const std::string checksum = checksum_of(statements, lexis_);
    const auto run = runs_.find(once.name);
    if (run != runs_.end() && !run->second.failed) {
      if (run->second.checksum != checksum) notice(once, "has run here with another text; it is not run again");
      return;
    }
    if (run != runs_.end() && run->second.checksum == checksum) return notice(once, "failed here, and being optional it is not tried again before its text changes");
    if (plan_.phase == Phase::Expand) return notice(once, "runs with the contract part");
    if (is_older(description_.version, once.version)) return notice(once, "waits for version " + once.version);
    const auto down = statements_of(once.down.text_for(dialect_.name()), lexis_);
    if (is_blocked(once, statements) || is_blocked(once, down)) return;
    insert(once, statements, down, checksum);
  }

  bool is_blocked(const OnceStep& once, const std::vector<std::string>& statements) {
    const auto other = std::find_if(statements.begin(), statements.end(), [&](const std::string& statement) { return !changes_rows_alone(statement, lexis_); });
    if (other == statements.end()) return false;
    plan_.blocked.push_back({"once-not-data", "`once " + once.name + "` may insert, update and delete rows, so that it and the record that it ran are one transaction; `" + shortened(replace_all(*other, "\n", " "), 60) +
                                                  "` does something else; what changes the schema belongs into the description", once.origin});
    return true;
  }

  void insert(const OnceStep& once, const std::vector<std::string>& statements, const std::vector<std::string>& down, const std::string& checksum) {
    Step step;
    step.symbol = StepSymbol::Data;
    step.what = "once `" + once.name + "`";
    step.how = "once";
    step.commands = as_commands(statements);
    step.once = Once{once.name, once.version, checksum, once.optional, false};
    step.remarks.emplace_back("Runs once in this database; `plumb_once` records it.");
    if (once.optional) step.remarks.emplace_back("Optional: if it fails, what it did is undone, and the plan goes on.");
    step.touched.before = step.touched.after = touched_fingerprint({}, {}, {}, lexis_);
    step.back = way_back(statements, down);
    const std::size_t place = place_of(once, statements);
    plan_.steps.insert(plan_.steps.begin() + static_cast<std::ptrdiff_t>(place), std::move(step));
    last_ = place + 1;
  }

  Back way_back(const std::vector<std::string>& statements, const std::vector<std::string>& down) const {
    if (!down.empty()) return {BackKind::Exact, as_commands(down), "by its `down`"};
    const bool all_go = std::all_of(statements.begin(), statements.end(), [&](const std::string& statement) { return created_.contains(written_table(statement, lexis_)); });
    if (all_go) return {BackKind::Exact, {}, "what it writes goes with the tables that this plan makes"};
    return {BackKind::None, {}, "it has no `down`, and nobody else can know what its rows were before (`down (select 1)` says that nothing has to be undone)"};
  }

  Names names_in(const OnceStep& once, const std::vector<std::string>& statements) const {
    Names names;
    for (const auto& table : once.after) names.insert(to_lower(table));
    for (const auto& statement : statements) {
      for (const sql::Token& token : sql::tokenize(statement, lexis_)) {
        if (token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName) names.insert(to_lower(sql::unquoted(token.text)));
      }
    }
    return names;
  }

  std::size_t place_of(const OnceStep& once, const std::vector<std::string>& statements) const {
    const Names names = names_in(once, statements);
    const auto is_named = [&](const std::string& name) { return names.contains(to_lower(name)); };
    std::size_t place = 0;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const Step& step = plan_.steps[i];
      if (step.symbol == StepSymbol::Drop || step.how == "keep aside") continue;
      const bool works_on_them = is_named(step.table) || std::any_of(step.touched.tables.begin(), step.touched.tables.end(), is_named) || std::any_of(step.touched.views.begin(), step.touched.views.end(), is_named);
      if (works_on_them) place = i + 1;
    }
    while (place > 0 && place < plan_.steps.size() && plan_.steps[place].how == "note") ++place;  // what the step before it made of the values, and nobody else
    return std::max(place == 0 ? before_the_drops() : place, last_);
  }

  /// Where the steps begin that drop, at the end of the plan.
  std::size_t before_the_drops() const {
    std::size_t place = plan_.steps.size();
    while (place > 0 && plan_.steps[place - 1].symbol == StepSymbol::Drop) --place;
    return place;
  }

  Plan& plan_;
  const Description& description_;
  const Dialect& dialect_;
  sql::Lexis lexis_;
  const std::map<std::string, OnceRun>& runs_;
  Names created_;
  std::size_t last_ = 0;  ///< the place after the data step that was added last
};

}  // namespace

void add_once_steps(Draft& draft, const Description& description, const Dialect& dialect, const std::map<std::string, OnceRun>& runs) { Adder(draft, description, dialect, runs).run(); }

}  // namespace plumb::plan
