// How a session with a MariaDB server is opened and what it is told first.
#include <errmsg.h>
#include <fmt/format.h>
#include <mysqld_error.h>

#include <mutex>
#include <string>

#include "db/mariadb/errors.hpp"
#include "db/mariadb/handle.hpp"
#include "support/file.hpp"

namespace plumb::db::mariadb {
namespace {

constexpr unsigned default_connect_timeout_seconds = 10;
constexpr unsigned default_lock_wait_timeout_seconds = 10;

const char* parameter(const Target& target, std::string_view name) {
  const auto found = target.parameters.find(name);
  return found == target.parameters.end() ? nullptr : found->second.c_str();
}

unsigned seconds(const Target& target, std::string_view name, unsigned otherwise) {
  const char* text = parameter(target, name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

const char* or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

void set_option_file(MYSQL* handle, const Target& target) {
  const char* path = parameter(target, "defaults-file");
  if (path == nullptr) return;
  // Connector/C passes over a missing option file without a word.
  if (!file_exists(path)) throw FileError(path, "no such option file");
  mysql_options(handle, MYSQL_READ_DEFAULT_FILE, path);
}

void set_tls(MYSQL* handle, const Target& target) {
  const char* ca = parameter(target, "ssl-ca");
  const char* verify = parameter(target, "ssl-verify");
  const char* certificate = parameter(target, "ssl-cert");
  const char* key = parameter(target, "ssl-key");
  if (ca == nullptr && verify == nullptr && certificate == nullptr && key == nullptr) return;
  mysql_ssl_set(handle, key, certificate, ca, nullptr, nullptr);
  const my_bool enforce = 1;
  const my_bool check =
      static_cast<my_bool>(verify != nullptr ? std::string_view(verify) == "true" : ca != nullptr);
  mysql_optionsv(handle, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_optionsv(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &check);
}

void set_options(MYSQL* handle, const Target& target) {
  const unsigned connect_timeout = seconds(target, "connect-timeout", default_connect_timeout_seconds);
  const unsigned no_local_files = 0;
  const my_bool no_reconnect = 0;
  mysql_optionsv(handle, MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout);
  mysql_optionsv(handle, MYSQL_OPT_LOCAL_INFILE, &no_local_files);
  mysql_optionsv(handle, MYSQL_OPT_RECONNECT, &no_reconnect);
  mysql_optionsv(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  set_option_file(handle, target);
  set_tls(handle, target);
  // Connector/C takes the host "localhost" for the Unix socket whatever the port is; who writes a port means
  // it.
  if (target.port != 0 && parameter(target, "socket") == nullptr) {
    const unsigned tcp = MYSQL_PROTOCOL_TCP;
    mysql_optionsv(handle, MYSQL_OPT_PROTOCOL, &tcp);
  }
}

/// True when the target or its option file asks for TLS.
bool wants_tls(MYSQL* handle) {
  my_bool enforce = 0;
  const char* ca = nullptr;
  mysql_get_optionv(handle, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_get_optionv(handle, MYSQL_OPT_SSL_CA, &ca);
  return enforce != 0 || ca != nullptr;
}

/// Connector/C falls back to a plain connection where the server offers no TLS, even when told to enforce it.
void check_tls(MYSQL* handle, const Target& target) {
  if (!wants_tls(handle) || mysql_get_ssl_cipher(handle) != nullptr) return;
  throw DatabaseError(DatabaseErrorKind::Connection, "mariadb", CR_SSL_CONNECTION_ERROR,
                      fmt::format("cannot connect to `{}`: TLS is required, but the server offers none",
                                  target.display_name()));
}

void run(MYSQL* handle, const std::string& sql) {
  if (mysql_real_query(handle, sql.data(), sql.size()) != 0) throw last_error(handle, sql);
}

/// Source: https://mariadb.com/kb/en/server-system-variables/
/// - sql_mode: strict, so that no value is cut or replaced in silence. Without NO_ZERO_DATE, so that tables
/// with old
///   zero dates can still be altered; NO_AUTO_VALUE_ON_ZERO, so that a row with the key 0 keeps it.
/// - sql_quote_show_create, no ANSI_QUOTES: SHOW CREATE prints one spelling.
/// - lock_wait_timeout: the default is a day, during which every other client queues behind our ALTER.
/// - sql_select_limit, completion_type, alter_algorithm: a session begins with the server's global value, and so does DEFAULT;
///   with them rows would be missing, a COMMIT would open another transaction, and a way back would be refused.
/// - wait_timeout, net_write_timeout: a person may take time to read a plan; rows may be read slowly.
std::string session_settings(const Target& target) {
  return fmt::format(
      "SET character_set_client = utf8mb4, character_set_results = utf8mb4,"
      " collation_connection = utf8mb4_general_ci,"
      " sql_mode = "
      "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO',"
      " sql_quote_show_create = 1, sql_safe_updates = 0, sql_auto_is_null = 0, sql_big_selects = 1,"
      " sql_select_limit = 18446744073709551615, max_statement_time = 0, alter_algorithm = 'DEFAULT',"
      " completion_type = 'NO_CHAIN', idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0,"
      " idle_write_transaction_timeout = 0, autocommit = 1, foreign_key_checks = 1, unique_checks = 1, check_constraint_checks = 1,"
      " lock_wait_timeout = {}, wait_timeout = 86400, net_write_timeout = 600",
      seconds(target, "lock-wait-timeout", default_lock_wait_timeout_seconds));
}

}  // namespace

Handle connect(const Target& target) {
  static std::once_flag library;
  std::call_once(library, [] { mysql_library_init(0, nullptr, nullptr); });
  Handle handle(mysql_init(nullptr));
  if (!handle) throw std::bad_alloc();
  set_options(handle.get(), target);
  const char* socket = parameter(target, "socket");
  const char* host = socket != nullptr ? nullptr : or_null(target.host);
  if (mysql_real_connect(handle.get(), host, or_null(target.user), or_null(target.password),
                         or_null(target.database), target.port, socket, 0) == nullptr) {
    throw connect_error(handle.get(), target.display_name());
  }
  check_tls(handle.get(), target);
  return handle;
}

void pin_session(MYSQL* handle, const Target& target, OpenMode mode) {
  run(handle, session_settings(target));
  // A TIMESTAMP means what it says and gets no clauses by itself. The variable cannot be set before 10.8.
  const std::string explicit_timestamps = "SET explicit_defaults_for_timestamp = 1";
  if (mysql_real_query(handle, explicit_timestamps.data(), explicit_timestamps.size()) != 0 &&
      mysql_errno(handle) != ER_INCORRECT_GLOBAL_LOCAL_VAR) {
    throw last_error(handle, explicit_timestamps);
  }
  run(handle, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");  // below that there is no consistent snapshot
  if (mode == OpenMode::ReadOnly) run(handle, "SET SESSION TRANSACTION READ ONLY");
}

}  // namespace plumb::db::mariadb
