// dialect/mariadb/grants.hpp: whether a session sees all that there is in a database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumb::mariadb {

/// True when the lines of SHOW GRANTS give the privilege on every table of the database: on the whole server,
/// or on a database pattern that fits. `privilege` is in capitals ("TRIGGER"). Source:
/// https://mariadb.com/kb/en/grant/#database-privileges, https://mariadb.com/kb/en/show-grants/
bool grants_on_database(const std::vector<std::string>& grants, std::string_view database,
                        std::string_view privilege);

}  // namespace plumb::mariadb
