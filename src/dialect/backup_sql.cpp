#include "dialect/backup_sql.hpp"

#include "dialect/dialect.hpp"

namespace plumb {

const BackupSql& backup_sql_for(std::string_view engine) { return dialect_for(engine).capabilities().needs_server ? mariadb::backup_sql() : sqlite::backup_sql(); }

}  // namespace plumb
