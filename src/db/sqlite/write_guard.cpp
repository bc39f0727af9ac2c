#include "db/sqlite/write_guard.hpp"

#include <fmt/format.h>

#include <utility>

#include "support/text.hpp"

namespace plumb::db::sqlite {
namespace {

std::string_view text_or_empty(const char* text) {
  return text == nullptr ? std::string_view() : text;
}

}  // namespace

void WriteGuard::arm(const std::vector<std::string>& writable) {
  writable_.clear();
  for (const auto& table : writable) writable_.insert(to_lower(table));
  refusal_.clear();
  sqlite3_set_authorizer(handle_, &WriteGuard::authorize, this);
}

void WriteGuard::disarm() {
  sqlite3_set_authorizer(handle_, nullptr, nullptr);
  refusal_.clear();
}

std::string WriteGuard::take_refusal() {
  return std::exchange(refusal_, {});
}

int WriteGuard::authorize(void* self, int action, const char* first, const char* second, const char* database,
                          const char* trigger) {
  return static_cast<WriteGuard*>(self)->decide(action, text_or_empty(first), text_or_empty(second),
                                                text_or_empty(database), text_or_empty(trigger));
}

int WriteGuard::decide(int action, std::string_view first, std::string_view second, std::string_view database,
                       std::string_view trigger) {
  switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      return may_write(first, database) ? SQLITE_OK : refuse("writing to", first, trigger);
    case SQLITE_DROP_TABLE:
      return may_write(first, database) ? SQLITE_OK : refuse("dropping", first, trigger);
    case SQLITE_ALTER_TABLE:  // the database's name comes first here
      return may_write(second, first) ? SQLITE_OK : refuse("altering", second, trigger);
    case SQLITE_PRAGMA:
      // With a writable schema a table could be taken out of sqlite_schema without any of the calls above.
      if (equal_ignoring_case(first, "writable_schema") && !second.empty()) {
        return refuse("opening for writing", "sqlite_schema", trigger);
      }
      return SQLITE_OK;
    default:
      return SQLITE_OK;
  }
}

bool WriteGuard::may_write(std::string_view table, std::string_view database) const {
  if (equal_ignoring_case(table.substr(0, 7), "sqlite_")) return true;
  if (equal_ignoring_case(database, "temp")) return true;
  return equal_ignoring_case(database, "main") && writable_.count(to_lower(table)) != 0;
}

int WriteGuard::refuse(std::string_view what, std::string_view table, std::string_view trigger) {
  const std::string by = trigger.empty() ? std::string() : fmt::format(" (by trigger `{}`)", trigger);
  refusal_ = fmt::format("{} table `{}`{} is not allowed during this run", what, table, by);
  return SQLITE_DENY;
}

}  // namespace plumb::db::sqlite
