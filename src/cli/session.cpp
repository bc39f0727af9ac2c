#include "cli/session.hpp"

#include <algorithm>
#include <iostream>

#include "apply/history.hpp"
#include "cli/terminal.hpp"
#include "desired/desired_state.hpp"
#include "desired/definers.hpp"
#include "desired/renames.hpp"
#include "desired/scratch_database.hpp"
#include "model/packages.hpp"
#include "rehearse/rehearse.hpp"
#include "policy/judge.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/program.hpp"
#include "support/text.hpp"

namespace plumb::cli {

namespace {

/// Sets a parameter that the URL leaves open.
void set_unless_said(db::Target& target, const std::string& name, const std::string& value) {
  if (target.parameters.insert({name, value}).second) target.unspoken.insert(name);
}

}  // namespace

db::Target target_of(const Arguments& arguments) {
  if (arguments.db.empty()) throw UsageError("which database? say --db sqlite:FILE or --db mariadb://user@host/name, set PLUMB_DB, or write `db` into plumb.toml");
  db::Target target = db::parse_target(arguments.db);
  if (target.engine == "sqlite") set_unless_said(target, "busy-timeout", std::to_string(std::chrono::milliseconds(arguments.lock_timeout).count()));
  else set_unless_said(target, "lock-wait-timeout", std::to_string(arguments.lock_timeout.count()));
  return target;
}

Session open_session(const Arguments& arguments, db::OpenMode mode) {
  const db::Target target = target_of(arguments);
  return {db::open(target, mode), &dialect_for(target.engine)};
}

Session open_session_to_plan(const Arguments& arguments) {
  db::Target target = target_of(arguments);
  const bool is_new = target.engine == "sqlite" && target.path != ":memory:" && !file_exists(target.path);
  if (is_new) {
    if (!arguments.quiet) std::cerr << "note: `" << target.path << "` does not exist yet; apply makes it\n";
    target.path = ":memory:";
  }
  return {db::open(target, is_new ? db::OpenMode::CreateIfMissing : db::OpenMode::ReadOnly), &dialect_for(target.engine)};
}

bool stops_at_half_done(const Arguments& arguments, const Session& session) {
  const auto open = apply::open_deployment(*session.connection, *session.dialect);
  if (!open) return false;
  const apply::Deployment& deployment = open->deployment;
  const std::string number = "deployment #" + std::to_string(deployment.number);
  if (open->is_running) {
    if (!arguments.quiet) std::cerr << "note: " << number << " is running just now\n";
    return false;
  }
  std::cerr << "plumb: " << number << " is half done (" << (deployment.outcome == "running" ? std::string("it was cut off") : "it stopped: " + deployment.error.substr(0, deployment.error.find('\n')))
            << "); " << apply::ways_out(deployment) << "\n";
  return true;
}

desired::DesiredOptions desired_options(const Arguments& arguments) {
  desired::DesiredOptions options;
  options.engine = arguments.engine;
  options.left_out = arguments.left_out;
  if (!arguments.db.empty()) options.target = db::parse_target(arguments.db);
  if (!arguments.scratch.empty()) options.scratch = db::parse_target(arguments.scratch);
  return options;
}

std::optional<Description> load_description(const Arguments& arguments, const std::vector<std::string>& paths) {
  return load_description(arguments, paths, desired_options(arguments));
}

namespace {

std::optional<Description> load_chosen(const Arguments& arguments, const std::vector<std::string>& paths, const desired::DesiredOptions& options) {
  if (paths.empty()) throw UsageError("which description? say --to PATH, set PLUMB_TO, or write `schema` into plumb.toml");
  desired::Loaded loaded = desired::load(paths, options);
  if (arguments.quiet) std::erase_if(loaded.diagnostics, [](const Diagnostic& one) { return one.severity != Severity::Error; });
  std::cerr << render(loaded.diagnostics, loaded.sources, color_on_stderr(arguments));
  for (const auto& remark : arguments.quiet ? std::vector<std::string>() : loaded.remarks) std::cerr << "warning: " << remark << "\n";
  if (loaded.description) {
    desired::add_renames(desired::parse_renames(arguments.renames), *loaded.description);
    loaded.description->column_order_counts = arguments.strict_order;
    if (arguments.strip_definers) desired::strip_definers(loaded.description->schema);
    for (const auto& range : arguments.packages) choose_packages(*loaded.description, range);
  }
  return std::move(loaded.description);
}

}  // namespace

std::optional<Description> load_description(const Arguments& arguments, const std::vector<std::string>& paths, const desired::DesiredOptions& options) {
  auto description = load_chosen(arguments, paths, options);
  if (description) take_out_the_others(*description);
  return description;
}

std::optional<Description> load_description_of_rows(const Arguments& arguments) { return load_chosen(arguments, arguments.to, desired_options(arguments)); }

LiveState look_at(const Arguments& arguments, const Session& session, const Description& description) {
  LiveState live = introspect(*session.connection, *session.dialect);
  desired::check_renames(desired::parse_renames(arguments.renames), description, live.schema.schema());
  return live;
}

std::optional<Description> load_description(const Arguments& arguments) { return load_description(arguments, arguments.to); }

void rehearse_plan(const Arguments& arguments, const Session& session, const LiveState& live, plan::Plan& plan) {
  if (arguments.no_rehearsal) return;
  const bool with_rows = arguments.rehearse == "data";
  const bool on_server = session.dialect->capabilities().needs_server;
  rehearse::Options options;
  std::vector<rehearse::StepTime> times;
  const desired::DesiredOptions desired = desired_options(arguments);
  if (with_rows) {
    if (on_server && desired.scratch) throw UsageError("--rehearse data copies rows inside of the target's server; it does not go with --scratch");
    if (!on_server && (desired.target->path == ":memory:" || !file_exists(desired.target->path))) throw UsageError("--rehearse data needs a database that stands");
    options.rows_of = desired.target;
    options.times = &times;
  }
  options.scratch = [&] {
    if (!on_server) return with_rows ? desired::ScratchDatabase::in_a_file() : desired::ScratchDatabase::in_memory();
    const bool elsewhere = desired.scratch && desired.scratch->engine == session.dialect->name();
    return desired::ScratchDatabase::on_mariadb(elsewhere ? *desired.scratch : *desired.target, session.connection.get());
  };
  rehearse::rehearse(plan, live.schema.schema(), *session.dialect, options);
  for (std::size_t i = 0; i < times.size() && !arguments.quiet; ++i) {
    if (times[i].what.empty()) continue;
    std::cerr << "rehearsed step " << i + 1 << ": " << times[i].up.count() << " ms, back " << times[i].down.count() << " ms  " << replace_all(times[i].what, "`", "") << "\n";
  }
}

std::uint32_t needed_approvals(const Arguments& arguments, const plan::Plan& plan) {
  return std::max(plan.policy.approvals, arguments.policy ? policy::judge(plan, *arguments.policy).approvals : 0U);
}

plan::Allowed allowed_of(const Arguments& arguments) { return {arguments.allow.begin(), arguments.allow.end()}; }

namespace {

plan::Phase phase_of(const Arguments& arguments) {
  if (arguments.phase.empty()) return plan::Phase::Whole;
  if (arguments.phase == "expand") return plan::Phase::Expand;
  if (arguments.phase == "contract") return plan::Phase::Contract;
  throw UsageError("--phase takes expand or contract, not `" + arguments.phase + "`");
}

plan::LargestRebuild largest_rebuild_of(const Arguments& arguments) {
  if (arguments.largest_rebuild.empty()) {
    if (!arguments.alter_wrapper.empty()) throw UsageError("--alter-wrapper is for tables larger than --largest-rebuild, which is not said");
    return {};
  }
  const auto largest = plan::parse_largest_rebuild(arguments.largest_rebuild);
  if (!largest) throw UsageError("`" + arguments.largest_rebuild + "` is no size of a table; write `1000000 rows`, `500MB` or `20GB`");
  return *largest;
}

std::vector<std::string> alter_wrapper_of(const Arguments& arguments) {
  const auto words = split_words(arguments.alter_wrapper);
  const auto holds = [&](std::string_view word) { return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return w.find(word) != std::string::npos; }); };
  if (!words.empty() && !(holds("{table}") && holds("{alter}"))) throw UsageError("--alter-wrapper needs `{table}` and `{alter}` among its words");
  return words;
}

}  // namespace

std::function<void(const std::vector<std::string>&)> program_runner(const Arguments& arguments) {
  return [target = target_of(arguments)](const std::vector<std::string>& program) {
    const auto socket = target.parameters.find("socket");
    const std::map<std::string, std::string> values{{"{database}", target.database}, {"{host}", target.host}, {"{user}", target.user},
                                                    {"{port}", std::to_string(target.port == 0 ? 3306 : target.port)},
                                                    {"{socket}", socket == target.parameters.end() ? std::string() : socket->second}};
    std::vector<std::string> command = program;
    for (std::string& word : command) {
      for (const auto& [name, value] : values) word = replace_all(std::move(word), name, value);
    }
    std::map<std::string, std::string> variables;  // where nobody else sees it
    if (!target.password.empty()) variables = {{"MYSQL_PWD", target.password}, {"PLUMB_PASSWORD", target.password}};
    const int status = run_program(command, variables);
    if (status != 0) throw Error("`" + program.front() + "` ended with " + std::to_string(status));
  };
}

PlanOptions plan_options(const Arguments& arguments) {
  PlanOptions options;
  options.allowed = allowed_of(arguments);
  options.ask_rows = !arguments.no_probe;
  options.name_rows = !arguments.no_examples;
  options.longest_question = arguments.probe_timeout;
  options.keep_aside = !arguments.no_attic;
  options.find_costs = true;
  options.phase = phase_of(arguments);
  options.largest_rebuild = largest_rebuild_of(arguments);
  options.alter_wrapper = alter_wrapper_of(arguments);
  const db::Target target = target_of(arguments);
  if (arguments.no_algorithm || !dialect_for(target.engine).capabilities().grants_algorithms) return options;
  const auto place = std::make_shared<std::weak_ptr<desired::ScratchDatabase>>();
  options.open_further_scratch = [place] {
    const auto scratch = place->lock();
    return scratch ? scratch->connect() : std::shared_ptr<db::Connection>();
  };
  options.open_scratch = [target, place] {
    const std::shared_ptr<desired::ScratchDatabase> scratch = desired::ScratchDatabase::on_mariadb(target, nullptr);
    *place = scratch;
    struct Held {
      std::shared_ptr<desired::ScratchDatabase> database;
      std::shared_ptr<db::Connection> connection;  // closes first
    };
    const auto held = std::make_shared<Held>(Held{scratch, scratch->connect()});
    return std::shared_ptr<db::Connection>(held, held->connection.get());
  };
  return options;
}

void print_result(const Arguments& arguments, const std::string& text) {
  if (arguments.output.empty() || arguments.output == "-") {
    std::cout << text << std::flush;
    if (!std::cout) throw FileError("standard output", "cannot be written");
    return;
  }
  write_file(arguments.output, text);
  if (!arguments.quiet) std::cerr << "wrote " << arguments.output << "\n";
}

}  // namespace plumb::cli
