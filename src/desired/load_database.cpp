#include "desired/load_database.hpp"

#include "db/target.hpp"
#include "desired/carry_over.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "language/unwritable.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::desired {

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

Description described(const db::Connection& connection, const Dialect& dialect, const LiveState& live) {
  Description description;
  description.name = schema_name(connection);
  description.version = live.version;
  description.schema = dialect.lift(live.schema.schema());
  for (const auto& [name, table] : live.schema.schema().tables) {
    const auto words = dialect.not_held(table);
    if (words.empty()) continue;
    description.schema.opaque["part of " + name] = {"part of table", name, "its text in the database also says `" + join(words, "`, `") + "`", {}, {}};
  }
  language::set_unwritable_aside(description.schema, std::string(dialect.name()));
  return description;
}

Loaded load_database(const std::string& url, const std::string& engine) {
  const db::Target target = db::parse_target(url);
  const Dialect& own = dialect_for(target.engine);
  const auto connection = db::open(target, db::OpenMode::ReadOnly);
  const LiveState live = introspect(*connection, own);
  Description description;
  description.name = schema_name(*connection);
  description.version = live.version;
  description.schema = live.schema.schema();
  Loaded loaded;
  if (!engine.empty() && engine != target.engine) {
    LeftOut left_out;
    description.schema = carried_over(description.schema, own, dialect_for(engine), Widths::AsHeld, left_out);
    for (const auto& what : left_out.told()) loaded.remarks.push_back("not carried over to " + engine + ": " + what);
  } else {
    description.is_complete = true;
  }
  description.fingerprint = diff::fingerprint(description.schema, own.match_rules().lexis);
  loaded.description = std::move(description);
  return loaded;
}

}  // namespace plumb::desired
