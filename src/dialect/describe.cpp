#include "dialect/describe.hpp"

#include <vector>

#include "support/text.hpp"

namespace plumb {
namespace {

constexpr std::size_t longest_list = 12;

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string default_words(const Column& column) {
  return column.default_value ? "default " + code(column.default_value->sql.common) : std::string("no default");
}

std::string object_name(const ObjectName& name, const std::string& kind) {
  return name.empty() ? kind : name.text;
}

}  // namespace

std::string describe_column_change(const diff::Pair<Column>& change) {
  const Column& before = change.before;
  const Column& after = change.after;
  std::vector<std::string> parts;
  if (!(before.type == after.type)) {
    parts.push_back((before.type.native.common.empty() ? "no type" : code(before.type.native.common)) + " to " +
                    (after.type.native.common.empty() ? "no type" : code(after.type.native.common)));
  }
  if (before.nullable != after.nullable) parts.emplace_back(after.nullable ? "may be null" : "not null");
  if (!(before.default_value == after.default_value)) parts.push_back(default_words(after));
  if (before.auto_increment != after.auto_increment) parts.emplace_back(after.auto_increment ? "automatic" : "no longer automatic");
  if (before.on_update_now != after.on_update_now) parts.emplace_back(after.on_update_now ? "on update now" : "no longer on update now");
  if (!(before.generated == after.generated)) parts.emplace_back(after.generated ? "generated" : "no longer generated");
  const bool leaves_text = !(before.type == after.type) && after.collation.empty();
  if (!leaves_text && (before.charset != after.charset || before.collation != after.collation)) {
    parts.push_back("collation " + code(after.collation.empty() ? "binary" : after.collation));
  }
  if (before.comment != after.comment) parts.emplace_back("comment");
  if (!(before.checks == after.checks)) parts.emplace_back("checks");
  if (before.invisible != after.invisible) parts.emplace_back(after.invisible ? "invisible" : "visible");
  if (before.extra != after.extra) parts.push_back(after.extra.empty() ? "without " + code(before.extra) : code(after.extra));
  return join(parts, ", ");
}

std::string describe_alteration(const diff::Pair<Table>& change) {
  const diff::TableDelta delta = diff::compare(change.before, change.after);
  std::vector<std::string> parts;
  for (const auto& column : delta.columns_added) parts.push_back(code("+ " + column.name));
  for (const auto& pair : delta.columns_altered) parts.push_back(code("~ " + pair.after.name) + " " + describe_column_change(pair));
  for (const auto& column : delta.columns_dropped) parts.push_back(code("- " + column.name));
  if (delta.primary_key_changed) parts.emplace_back("primary key");
  for (const auto& index : delta.indexes_created) parts.push_back(code("+ " + object_name(index.name, "unique")));
  for (const auto& pair : delta.indexes_renamed) parts.push_back(code("> " + pair.before.name.text) + " to " + code(pair.after.name.text));
  for (const auto& index : delta.indexes_dropped) parts.push_back(code("- " + object_name(index.name, "unique")));
  for (const auto& check : delta.checks_added) parts.push_back(code("+ " + object_name(check.name, "check")));
  for (const auto& check : delta.checks_dropped) parts.push_back(code("- " + object_name(check.name, "check")));
  for (const auto& key : delta.foreign_keys_added) parts.push_back(code("+ " + object_name(key.name, "foreign key")));
  for (const auto& key : delta.foreign_keys_dropped) parts.push_back(code("- " + object_name(key.name, "foreign key")));
  if (delta.order_changed) parts.emplace_back("column order");
  if (delta.options_changed) parts.emplace_back("options");
  if (delta.comment_changed) parts.emplace_back("comment");
  if (delta.extra_changed) parts.emplace_back("clauses");
  if (parts.size() > longest_list) {
    const std::size_t more = parts.size() - longest_list;
    parts.resize(longest_list);
    parts.push_back(std::to_string(more) + " more");
  }
  return "table " + code(change.after.name) + ": " + join(parts, ", ");
}

std::string called(const Index& unique) {
  if (!unique.name.text.empty()) return "unique `" + unique.name.text + "`";
  std::vector<std::string> parts;
  for (const IndexPart& part : unique.parts) parts.push_back("`" + (part.expression ? part.expression->common : part.column) + "`");
  return "the unique key over (" + join(parts, ", ") + ")";
}

std::string called(const ForeignKey& key) {
  return key.name.text.empty() ? "the foreign key over (`" + join(key.columns, "`, `") + "`)" : "foreign key `" + key.name.text + "`";
}

}  // namespace plumb
