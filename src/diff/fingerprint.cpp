#include "diff/fingerprint.hpp"

#include <algorithm>
#include <vector>

#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

/// Fields of one line, separated so that no two different lists give the same text.
class Line {
 public:
  explicit Line(std::string_view kind) : text_(kind) {}
  Line& field(std::string_view value) {
    text_.push_back('\x1f');
    text_.append(value);
    return *this;
  }
  Line& flag(bool value) { return field(value ? "1" : "0"); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Dumper {
 public:
  explicit Dumper(const sql::Lexis& lexis) : lexis_(lexis) {}

  std::string table(const Table& table) const {
    std::vector<std::string> lines;
    std::size_t position = 0;
    for (const Column& column : table.columns) lines.push_back(column_line(column, position++));
    if (table.primary_key) lines.push_back(parts(Line("key").field(table.primary_key->extra), table.primary_key->parts).take());
    for (const Index& index : table.indexes) lines.push_back(index_line(index));
    for (const ForeignKey& key : table.foreign_keys) lines.push_back(foreign_key_line(key));
    for (const Check& check : table.checks) lines.push_back(Line("check").field(check.name.text).field(form(check.expression)).take());
    for (const auto& [engine, options] : table.options) {
      for (const auto& [key, value] : options) lines.push_back(Line("option").field(engine).field(key).field(value).take());
    }
    lines.push_back(Line("table").field(table.comment).field(sql::normal_form(table.extra, lexis_)).take());
    std::sort(lines.begin(), lines.end());
    return "table " + table.name + "\n" + join(lines, "\n") + "\n";
  }

  std::string trigger(const Trigger& trigger) const {
    return Line("trigger").field(trigger.name).field(trigger.table).field(std::to_string(static_cast<int>(trigger.timing)))
               .field(std::to_string(static_cast<int>(trigger.event))).field(join(trigger.update_of, ",")).field(form(trigger.when)).field(form(trigger.body)).take() + "\n";
  }

 private:
  std::string form(const sql::EngineSql& sql) const { return sql::normal_form(sql.common, lexis_); }

  std::string column_line(const Column& column, std::size_t position) const {
    Line line("column");
    line.field(std::to_string(position)).field(column.name).field(column.type.native.common).flag(column.nullable);
    line.field(column.default_value ? "=" + form(column.default_value->sql) : "").flag(column.auto_increment).flag(column.on_update_now);
    line.field(column.generated ? (column.generated->stored ? "stored " : "virtual ") + form(column.generated->expression) : "");
    line.field(column.charset).field(column.collation).field(column.comment).flag(column.invisible).field(column.extra);
    for (const Check& check : column.checks) line.field(check.name.text).field(form(check.expression));
    return line.take();
  }

  Line& parts(Line&& line, const std::vector<IndexPart>& list) const { return parts(line, list); }
  Line& parts(Line& line, const std::vector<IndexPart>& list) const {
    for (const IndexPart& part : list) {
      line.field(part.expression ? "(" + form(*part.expression) : part.column).field(part.length ? std::to_string(*part.length) : "").flag(part.descending).field(part.collation);
    }
    return line;
  }

  std::string index_line(const Index& index) const {
    Line line("index");
    line.field(index.name.text).field(std::to_string(static_cast<int>(index.kind))).flag(index.constraint).field(index.where ? form(*index.where) : "");
    line.field(index.comment).field(index.extra);
    return parts(line, index.parts).take();
  }

  static std::string foreign_key_line(const ForeignKey& key) {
    return Line("foreign key").field(key.name.text).field(join(key.columns, ",")).field(key.database).field(key.table).field(join(key.referenced, ","))
        .field(std::to_string(static_cast<int>(key.on_delete))).field(std::to_string(static_cast<int>(key.on_update))).field(key.extra).take();
  }

  const sql::Lexis& lexis_;
};

}  // namespace

std::string dump(const Table& table, const sql::Lexis& lexis) { return Dumper(lexis).table(table); }

std::string dump(const Schema& schema, const sql::Lexis& lexis) {
  const Dumper dumper(lexis);
  std::string out;
  for (const auto& [name, table] : schema.tables) out += dumper.table(table);
  for (const auto& [name, view] : schema.views) out += "view " + name + "\n";
  for (const auto& [name, trigger] : schema.triggers) out += dumper.trigger(trigger);
  for (const auto& [name, opaque] : schema.opaque) out += opaque.kind + " " + name + "\n" + sql::normal_form(opaque.definition, lexis) + "\n";
  return out;
}

std::string fingerprint(const Schema& schema, const sql::Lexis& lexis) { return sha256_hex(dump(schema, lexis)); }

std::string fingerprint(const Table& table, const sql::Lexis& lexis) { return sha256_hex(dump(table, lexis)); }

}  // namespace plumb::diff
