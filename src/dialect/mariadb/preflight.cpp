// dialect/mariadb/preflight.cpp: the rights that a deployment needs, and how much room is known of.
#include <algorithm>
#include <array>
#include <set>

#include "dialect/mariadb/free_disk.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "support/bytes.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::array<std::string_view, 12> needed{"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "REFERENCES", "TRIGGER", "CREATE VIEW", "SHOW VIEW"};
/// Without them something else is left out.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> useful{{{"LOCK TABLES", "a plan that keeps values aside is refused, and a lock of others is met only at the step that needs it"},
                                                                               {"CREATE TEMPORARY TABLES", "how the server spells a table is not known while planning, and a plan that tries new types or computed columns stops there"},
                                                                               {"EVENT", "a backup leaves out events"}}};

/// A name in a GRANT is a pattern: % and _, of which a backslash takes the meaning. Source: https://mariadb.com/kb/en/grant/#database-privileges
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '%') {
    for (std::size_t i = 0; i <= name.size(); ++i) {
      if (matches(pattern.substr(1), name.substr(i))) return true;
    }
    return false;
  }
  if (name.empty()) return false;
  const bool is_escaped = pattern.front() == '\\' && pattern.size() > 1;
  if (!is_escaped && pattern.front() == '_') return matches(pattern.substr(1), name.substr(1));
  const std::string_view rest = is_escaped ? pattern.substr(1) : pattern;
  return rest.front() == name.front() && matches(rest.substr(1), name.substr(1));
}

/// The rights of one line of SHOW GRANTS where it is about the whole server or the whole database: "GRANT SELECT, INSERT ON `app`.* TO …".
std::set<std::string> rights_of(const std::string& line, const std::string& database) {
  const std::size_t on = line.find(" ON ");
  const std::size_t to = line.find(" TO ", on == std::string::npos ? 0 : on);
  if (!line.starts_with("GRANT ") || on == std::string::npos || to == std::string::npos) return {};
  const std::string scope = line.substr(on + 4, to - on - 4);
  if (!scope.ends_with(".*")) return {};
  const std::string name = replace_all(scope.substr(0, scope.size() - 2), "`", "");
  if (name != "*" && !matches(name, database)) return {};
  std::set<std::string> rights;
  for (const auto part : split(line.substr(6, on - 6), ',')) rights.emplace(trim(part));
  return rights;
}

PreflightCheck rights(db::Connection& connection) {
  std::set<std::string> given;
  for (const auto& row : connection.query("SHOW GRANTS").rows) given.merge(rights_of(db::as_text(row.at(0)), connection.database()));
  if (given.contains("ALL PRIVILEGES")) return {"rights", CheckLevel::Good, "all on the database"};
  std::vector<std::string> missing;
  for (const auto right : needed) {
    if (!given.contains(std::string(right))) missing.emplace_back(right);
  }
  if (!missing.empty()) return {"rights", CheckLevel::Bad, "missing on the whole database: " + join(missing, ", ")};
  std::vector<std::string> less;
  for (const auto& [right, consequence] : useful) {
    if (!given.contains(std::string(right))) less.push_back("without " + std::string(right) + " " + std::string(consequence));
  }
  return {"rights", less.empty() ? CheckLevel::Good : CheckLevel::Warning, less.empty() ? "all that a deployment needs" : join(less, "; ")};
}

PreflightCheck room(db::Connection& connection) {
  const auto size = static_cast<std::uint64_t>(db::single_integer(connection, "SELECT CAST(coalesce(sum(DATA_LENGTH + INDEX_LENGTH), 0) AS SIGNED) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"));
  const std::string taken = "the tables take " + bytes_in_words(size);
  const auto free = free_disk(connection);
  if (!free) return {"free disk", CheckLevel::Good, taken + "; the server does not tell how much is free (plugin DISKS)"};
  return {"free disk", *free < size ? CheckLevel::Warning : CheckLevel::Good, taken + ", " + bytes_in_words(*free) + " are free"};
}

}  // namespace

std::vector<PreflightCheck> MariaDbDialect::preflight(db::Connection& connection) const { return {rights(connection), room(connection)}; }

}  // namespace plumb::mariadb
