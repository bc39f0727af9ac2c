#include "language/unwritable.hpp"

#include "language/sql_text.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

/// Why a name cannot stand in backquotes, or nothing.
std::string unwritable_name(const std::string& name, const char* what) {
  if (name.empty()) return std::string("the name of ") + what + " is empty";
  const bool is_broken = name.find_first_of("\r\n") != std::string::npos || name.find('\0') != std::string::npos;
  if (is_broken) return std::string("the name of ") + what + " has a line end in it";
  return is_valid_utf8(name) ? std::string() : std::string("the name of ") + what + " is no text";
}

/// Collects the first reason.
class Unwritable {
 public:
  explicit Unwritable(std::string_view engine) : engine_(engine) {}
  Unwritable& name(const std::string& name, const char* what) {
    if (reason_.empty()) reason_ = unwritable_name(name, what);
    return *this;
  }
  Unwritable& names(const std::vector<std::string>& names, const char* what) {
    for (const auto& one : names) name(one, what);
    return *this;
  }
  Unwritable& perhaps(const ObjectName& name, const char* what) { return name.empty() ? *this : this->name(name.text, what); }
  Unwritable& sql(const sql::EngineSql& sql) {
    type(sql);
    if (reason_.empty() && !sql.empty() && !is_printable(sql, engine_)) reason_ = "by the rules of a description its SQL would not end where it ends";
    return *this;
  }
  Unwritable& type(const sql::EngineSql& type) {
    if (reason_.empty() && (!is_valid_utf8(type.common) || type.common.find('\0') != std::string::npos)) reason_ = "its SQL is no text";
    return *this;
  }
  Unwritable& check(const Check& check) { return perhaps(check.name, "a check").sql(check.expression); }
  Unwritable& parts(const std::vector<IndexPart>& parts) {
    for (const IndexPart& part : parts) {
      if (part.expression) sql(*part.expression);
      else name(part.column, "a column");
    }
    return *this;
  }
  std::string take() { return std::move(reason_); }

 private:
  std::string_view engine_;
  std::string reason_;
};

std::string unwritable_in(const Table& table, std::string_view engine) {
  Unwritable problem(engine);
  problem.name(table.name, "the table");
  for (const Column& column : table.columns) {
    problem.name(column.name, "a column").type(column.type.native);
    if (column.default_value) problem.sql(column.default_value->sql);
    if (column.generated) problem.sql(column.generated->expression);
    for (const Check& check : column.checks) problem.check(check);
  }
  for (const Index& index : table.indexes) {
    problem.perhaps(index.name, "an index").parts(index.parts);
    if (index.where) problem.sql(*index.where);
  }
  for (const ForeignKey& key : table.foreign_keys) {
    problem.perhaps(key.name, "a foreign key").name(key.table, "a table that it refers to").names(key.columns, "a column").names(key.referenced, "a column");
  }
  for (const Check& check : table.checks) problem.check(check);
  return problem.take();
}

std::string unwritable_in(const View& view, std::string_view engine) { return Unwritable(engine).name(view.name, "the view").names(view.columns, "a column").sql(view.query).take(); }

std::string unwritable_in(const Trigger& trigger, std::string_view engine) {
  return Unwritable(engine).name(trigger.name, "the trigger").name(trigger.table, "its table").names(trigger.update_of, "a column").sql(trigger.when).sql(trigger.body).take();
}

}  // namespace

void set_unwritable_aside(Schema& schema, const std::string& engine) {
  for (auto& [name, trigger] : schema.triggers) trigger.body = said_for(trigger.body, engine);
  const auto set_aside = [&](auto& objects, const std::string& kind) {
    for (auto at = objects.begin(); at != objects.end();) {
      std::string reason = unwritable_in(at->second, engine);
      if (reason.empty()) {
        ++at;
        continue;
      }
      schema.opaque[kind + " " + at->first] = {kind, at->first, std::move(reason), at->second.written.text, {}};
      at = objects.erase(at);
    }
  };
  set_aside(schema.tables, "table");
  set_aside(schema.views, "view");
  set_aside(schema.triggers, "trigger");
}

}  // namespace plumb::language
