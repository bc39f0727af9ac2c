// cli/command_inspect.cpp: plumb inspect, plumb init.
#include <algorithm>
#include <iostream>
#include <map>

#include "cli/commands.hpp"
#include "cli/schema_documents.hpp"
#include "cli/session.hpp"
#include "desired/load_database.hpp"
#include "desired/definers.hpp"
#include "introspect/live_state.hpp"
#include "language/print.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

Description described(const Session& session, const LiveState& live) { return desired::described(*session.connection, *session.dialect, live); }

Description described(const Session& session) { return described(session, introspect(*session.connection, *session.dialect)); }

void note_opaque(const Description& description) {
  for (const auto& [name, opaque] : description.schema.opaque) {
    std::cerr << "note: " << opaque.kind << " `" << opaque.name << "` is not a part of the description: " << opaque.reason << "\n";
  }
}

constexpr std::string_view sample_description = R"(schema example version 0.1.0

/// People who may sign in.
user table users {
  id          serial
  email       varchar(190)
  name        varchar(100)?
  created_at  datetime = now

  unique (email)
}
)";

/// By --format, by the ending of -o, by --json, else the language.
std::string format_of(const Arguments& arguments) {
  static const std::vector<std::string> known{"plumb", "sql", "json", "mermaid", "dot"};
  if (!arguments.format.empty()) {
    if (std::find(known.begin(), known.end(), arguments.format) != known.end()) return arguments.format;
    const std::string near = closest_match(arguments.format, known);
    throw UsageError("there is no format `" + arguments.format + "` for inspect; " + (near.empty() ? "plumb knows " + join(known, ", ") : "did you mean `" + near + "`?"));
  }
  static const std::map<std::string, std::string> endings{{".sql", "sql"}, {".json", "json"}, {".mmd", "mermaid"}, {".mermaid", "mermaid"}, {".dot", "dot"}, {".gv", "dot"}};
  for (const auto& [ending, format] : endings) {
    if (arguments.output.ends_with(ending)) return format;
  }
  return arguments.json ? "json" : "plumb";
}

/// A folder that stands, or a name that ends with a slash or has no ending.
bool is_meant_as_folder(const std::string& output) {
  if (output.empty() || output == "-") return false;
  if (is_folder(output) || output.ends_with('/')) return true;
  const std::string name = output.substr(output.find_last_of('/') + 1);
  return !file_exists(output) && name.find('.') == std::string::npos;
}

void write_folder(const Arguments& arguments, const std::map<std::string, std::string>& files, const std::string& ending) {
  std::string folder = arguments.output;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  make_folders(folder);
  for (const auto& [name, text] : files) {
    make_folders(folder + "/" + name.substr(0, name.find('/') == std::string::npos ? 0 : name.find('/')));
    write_file(folder + "/" + name, text);
  }
  for (const auto& path : files_below(folder, ending)) {
    if (!files.contains(path.substr(folder.size() + 1))) std::cerr << "note: `" << path << "` was there before and is not of this database\n";
  }
  if (!arguments.quiet) std::cerr << "wrote " << counted(files.size(), "file") << " into " << folder << "\n";
}

}  // namespace

int command_inspect(const Arguments& arguments) {
  const std::string format = format_of(arguments);
  const bool as_folder = is_meant_as_folder(arguments.output);
  if (as_folder && format != "plumb" && format != "sql") throw UsageError("`" + arguments.output + "`: the format " + format + " is one file; name it with its ending");
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const LiveState live = introspect(*session.connection, *session.dialect);
  Schema schema = live.schema.schema();
  if (arguments.strip_definers) desired::strip_definers(schema);
  if (format == "plumb") {
    Description description = described(session, live);
    if (arguments.strip_definers) desired::strip_definers(description.schema);
    if (!arguments.quiet) note_opaque(description);
    const std::string text = language::print(description);
    if (as_folder) write_folder(arguments, description_files(text), ".plumb");
    else print_result(arguments, text);
    return Ok;
  }
  if (as_folder) write_folder(arguments, schema_sql_files(schema, *session.dialect), ".sql");
  else if (format == "sql") print_result(arguments, schema_sql(schema, *session.dialect));
  else if (format == "json") print_result(arguments, schema_json(schema, std::string(session.dialect->name()), desired::schema_name(*session.connection), live.version));
  else print_result(arguments, format == "mermaid" ? schema_mermaid(schema) : schema_dot(schema));
  return Ok;
}

int command_init(const Arguments& arguments) {
  const std::string folder = arguments.paths.empty() ? "." : arguments.paths.front();
  const std::string config = folder + "/plumb.toml";
  const std::string schema = folder + "/schema";
  if (file_exists(config)) throw FileError(config, "is there already; nothing was written");
  if (file_exists(schema)) throw FileError(schema, "is there already; nothing was written");
  std::string text(sample_description);
  std::string name = "example";
  std::string url = "sqlite:example.db";
  if (!arguments.db.empty()) {
    const Session session = open_session(arguments, db::OpenMode::ReadOnly);
    const Description description = described(session);
    note_opaque(description);
    text = language::print(description);
    name = description.name;
    url = session.connection->display_name();
  }
  make_folders(schema);
  write_file(schema + "/" + name + ".plumb", text);
  write_file(config, "# Settings of plumb; flags and PLUMB_ variables come before them.\nschema = \"schema\"\n\n[env.dev]\ndb = \"" + replace_all(replace_all(url, "\\", "\\\\"), "\"", "\\\"") + "\"\n");
  std::cout << "wrote " << config << " and " << schema << "/" << name << ".plumb\nnext: plumb plan --env dev\n";
  return Ok;
}

}  // namespace plumb::cli
