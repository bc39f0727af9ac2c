// cli/command_inspect.cpp: plumb inspect, plumb init.
#include <iostream>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "introspect/live_state.hpp"
#include "language/print.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// The name of a schema made from the database's name: letters, digits and underscores.
std::string schema_name(const db::Connection& connection) {
  std::string name = connection.database();
  name = name.substr(name.find_last_of('/') + 1);
  name = name.substr(0, name.find('.'));
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) c = '_';
  }
  return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "db_" + name : name;
}

Description described(const Session& session) {
  const LiveState live = introspect(*session.connection, *session.dialect);
  Description description;
  description.name = schema_name(*session.connection);
  description.version = live.version.empty() ? "0.1.0" : live.version;
  description.schema = session.dialect->lift(live.schema.schema());
  return description;
}

void note_opaque(const Description& description) {
  for (const auto& [name, opaque] : description.schema.opaque) {
    std::cerr << "note: " << opaque.kind << " `" << name << "` is not a part of the description: " << opaque.reason << "\n";
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

}  // namespace

int command_inspect(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  if (arguments.format == "sql") {
    std::string sql;
    const LiveState live = introspect(*session.connection, *session.dialect);
    for (const auto& statement : session.dialect->create_statements(live.schema.schema())) sql += statement + ";\n";
    print_result(arguments, sql);
    return Ok;
  }
  if (!arguments.format.empty() && arguments.format != "plumb") throw UsageError("there is no format `" + arguments.format + "` for inspect; plumb knows plumb and sql");
  const Description description = described(session);
  note_opaque(description);
  print_result(arguments, language::print(description));
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
