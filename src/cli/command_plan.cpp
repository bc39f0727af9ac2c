// cli/command_plan.cpp: plumb plan, plumb show.
#include <exception>
#include <future>
#include <iostream>
#include <optional>

#include "cli/commands.hpp"
#include "cli/data_part.hpp"
#include "cli/prepare_plan.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "db/target.hpp"
#include "desired/renames.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "plan/json_schema.hpp"
#include "policy/judge.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// The format by --format, by the ending of -o, by --json, else text.
std::string format_of(const Arguments& arguments) {
  if (!arguments.format.empty()) {
    for (const char* known : {"text", "markdown", "md", "json", "sql", "sarif"}) {
      if (arguments.format == known) return arguments.format == "md" ? "markdown" : arguments.format;
    }
    throw UsageError("there is no format `" + arguments.format + "`; plumb knows text, markdown, json, sql and sarif");
  }
  if (arguments.output.ends_with(".md")) return "markdown";
  if (arguments.output.ends_with(".json")) return "json";
  if (arguments.output.ends_with(".sql")) return "sql";
  if (arguments.output.ends_with(".sarif")) return "sarif";
  if (!arguments.output.empty() && arguments.output != "-") throw UsageError("`" + arguments.output + "`: the ending says the format: .md, .json, .sql or .sarif");
  return arguments.json ? "json" : "text";
}

/// What has no line of its own is put at the beginning of `file`.
std::string sarif_of(const plan::Plan& plan, const std::string& file) {
  sarif::Log log = plan::to_sarif(plan, file);
  log.version = version_text;
  return sarif::to_json(log);
}

/// A file for findings without a place: of the description where it is files, else the one that says where it is.
std::string file_of_description(const Arguments& arguments) {
  if (arguments.to.empty() || db::is_target_url(arguments.to.front())) return arguments.config.empty() ? "plumb.toml" : arguments.config;
  if (!is_folder(arguments.to.front())) return arguments.to.front();
  for (const char* ending : {".plumb", ".sql"}) {
    const auto files = files_below(arguments.to.front(), ending);
    if (!files.empty()) return files.front();
  }
  return arguments.to.front();
}

/// For one who runs it by hand: what is safe only in a session of plumb's own is said in it, above all that DROP TABLE shall not
/// delete the rows that refer to a table that is written anew (sqlite.org/foreignkeys.html#fk_schemacommands).
std::string script_of(const plan::Plan& plan) {
  const Dialect& dialect = dialect_for(plan.engine);
  const std::string sql = plan::to_sql(plan);
  if (!dialect.capabilities().transactional_ddl || plan.steps.empty()) return sql;
  return join(dialect.session_begin(), ";\n") + ";\nBEGIN;\n" + sql + "\nCOMMIT;\n";
}

std::string formatted(const plan::Plan& plan, const std::string& format, bool color, const std::string& file) {
  if (format == "sarif") return sarif_of(plan, file);
  if (format == "markdown") return plan::to_markdown(plan);
  if (format == "json") return plan::to_json(plan);
  if (format == "sql") return script_of(plan);
  return plan::to_text(plan, color);
}

}  // namespace

int command_plan(const Arguments& arguments) {
  if (arguments.json_schema) {
    print_result(arguments, std::string(plan::json_schema()));
    return Ok;
  }
  const std::string format = format_of(arguments);
  // the description is read while the server prints its tables; its mistakes are told before the database's
  auto loading = std::async(std::launch::async, [&] { return load_description(arguments); });
  Session session;
  std::optional<LiveState> live;
  std::exception_ptr problem;
  try {
    session = open_session_to_plan(arguments);
    live.emplace(introspect(*session.connection, *session.dialect));
  } catch (...) {
    problem = std::current_exception();
  }
  const auto description = loading.get();
  if (!description) return ErrorExit;
  if (problem) std::rethrow_exception(problem);
  if (stops_at_half_done(arguments, session)) return InterruptedExit;
  desired::check_renames(desired::parse_renames(arguments.renames), *description, live->schema.schema());
  PlanOptions options = plan_options(arguments);
  options.always_fingerprint = format != "text";
  plan::Draft draft = make_plan(*session.connection, *session.dialect, *live, *description, options);
  rehearse_plan(arguments, session, *live, draft.plan);
  if (!arguments.data.empty()) {
    const plan::Draft schema_alone = draft;
    add_data_part(arguments, session, live->schema.schema(), *description, draft);
    if (arguments.package && data_waits_for_steps(draft.plan)) {
      draft = schema_alone;
      draft.plan.notices.push_back({diff::NoticeKind::NotCarriedOut, "the master data of the package, which can be compared once the data steps have run: `plumb deploy` brings it after them", {}});
    }
  }
  if (arguments.policy) policy::put_under(draft.plan, *arguments.policy);
  print_result(arguments, formatted(draft.plan, format, color_on_stdout(arguments), file_of_description(arguments)));
  if (!arguments.output.empty() && arguments.output != "-" && !arguments.quiet) {
    std::cerr << plan::summary(draft.plan) << "\n";
    for (const auto& refusal : draft.plan.blocked) std::cerr << "blocked: " << refusal.text << "\n";
  }
  if (!draft.plan.blocked.empty()) return RefusedExit;
  return arguments.exit_code && !plan::is_empty(draft.plan) ? DifferenceExit : Ok;
}

int command_show(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("plumb show takes one plan file");
  const auto read = plan::read_plan(read_file(arguments.paths.front()));
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) {
    std::cerr << "plumb: `" << arguments.paths.front() << "`: " << problem->reason << "\n";
    return problem->changed ? StaleExit : ErrorExit;
  }
  print_result(arguments, formatted(std::get<plan::Plan>(read), format_of(arguments), color_on_stdout(arguments), arguments.paths.front()));
  return Ok;
}

}  // namespace plumb::cli
