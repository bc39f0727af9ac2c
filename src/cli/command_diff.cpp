// cli/command_diff.cpp: plumb diff: what differs between any two states.
#include <iostream>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "desired/compare_states.hpp"
#include "desired/renames.hpp"
#include "support/error.hpp"

namespace plumb::cli {
namespace {

/// A server that one side is on serves the other side's SQL as well.
desired::DesiredOptions with_other_side(desired::DesiredOptions options, const std::string& other) {
  if (options.target || !db::is_target_url(other)) return options;
  db::Target target = db::parse_target(other);
  if (options.engine.empty() || options.engine == target.engine) options.target = std::move(target);
  return options;
}

/// SQL is of the engine that --engine or --db says, else of the one that it is written for, else of the other side's.
desired::DesiredOptions options_for_sql(const Arguments& arguments, const std::string& path, const std::string& other) {
  desired::DesiredOptions options = desired_options(arguments);
  if (!options.target && options.engine.empty()) options.engine = desired::recognised_engine(desired::read_sql_sources({path}), desired::Backquotes::SayNothing);
  return with_other_side(std::move(options), other);
}

std::optional<desired::Side> load_side(const Arguments& arguments, const std::string& path, const std::string& other) {
  desired::DesiredOptions options = desired_options(arguments);
  desired::Side side;
  side.path = path;
  side.spoken = db::is_target_url(path) ? db::parse_target(path).display_name() : path;
  side.kind = desired::kind_of({path});
  if (side.kind == desired::SourceKind::Sql) {
    options = options_for_sql(arguments, path, other);
    side.engine = desired::engine_of_sql(desired::read_sql_sources({path}), options);
  }
  if (side.kind == desired::SourceKind::Database) {
    side.engine = db::parse_target(path).engine;
    options.target.reset();
    options.engine.clear();
  }
  auto description = load_description(arguments, {path}, options);
  if (!description) return std::nullopt;
  side.description = std::move(*description);
  return side;
}

}  // namespace

int command_diff(const Arguments& arguments) {
  if (arguments.paths.size() != 2) throw UsageError("plumb diff takes two states: plumb diff FROM TO");
  const std::string& from_path = arguments.paths[0];
  const std::string& to_path = arguments.paths[1];
  Arguments without_renames = arguments;
  without_renames.renames.clear();
  const auto from = load_side(without_renames, from_path, to_path);
  const auto to = load_side(arguments, to_path, from_path);
  if (!from || !to) return ErrorExit;
  desired::check_renames(desired::parse_renames(arguments.renames), to->description, from->description.schema);
  const std::string engine = desired::engine_for(*from, *to, arguments.engine);
  desired::DesiredOptions options = with_other_side(with_other_side(desired_options(arguments), to_path), from_path);
  const plan::DifferenceReport report = desired::compare(*from, *to, engine, options);
  for (const auto& sentence : report.left_out) {
    if (!arguments.quiet) std::cerr << "not compared: " << sentence << "\n";
  }
  if (arguments.json) std::cout << plan::to_json(report);
  else if (!arguments.quiet) std::cout << (report.differences.empty() ? std::string("no differences\n") : plan::to_text(report, color_on_stdout(arguments)));
  return report.differences.empty() ? Ok : DifferenceExit;
}

}  // namespace plumb::cli
