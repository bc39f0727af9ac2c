#include "dialect/sqlite/stored_create.hpp"

#include <optional>
#include <utility>

#include "dialect/sqlite/stored_create_grammar.hpp"
#include "dialect/sqlite/stored_create_part.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/stored_create_table.hpp"
#include "dialect/sqlite/unqualified.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

namespace ast = stored::ast;
using stored::build_part;
using stored::name_text;
using stored::name_texts;
using stored::SyntaxProblem;
using stored::verbatim;

StoredObject problem_at(std::string_view where, std::string_view text, std::string reason) {
  return ParseProblem{static_cast<std::size_t>(where.data() - text.data()), std::move(reason)};
}

StoredObject build(const ast::Table& tree, std::string_view text) {
  auto built = stored::build_table(tree, text);
  if (auto* table = std::get_if<Table>(&built)) return std::move(*table);
  auto& problem = std::get<SyntaxProblem>(built);
  return ParseProblem{problem.offset, std::move(problem.reason)};
}

StoredObject build(const ast::Index& tree, std::string_view text) {
  StoredIndex out;
  out.table = name_text(tree.table.text);
  out.index.name = ObjectName(name_text(tree.name.text));
  out.index.kind = tree.unique ? IndexKind::Unique : IndexKind::Plain;
  out.index.parts.reserve(tree.parts.size());
  for (const auto& slice : tree.parts) {
    std::optional<IndexPart> part = build_part(slice.text);
    if (!part) return problem_at(slice.text, text, "a part of the index is no expression");
    out.index.parts.push_back(std::move(*part));
  }
  if (!tree.where.text.empty()) out.index.where = sql::EngineSql(unqualified(verbatim(tree.where.text)));
  out.index.written.text = std::string(text);
  return out;
}

StoredObject build(const ast::View& tree, std::string_view text) {
  View view;
  view.name = name_text(tree.name.text);
  view.query = verbatim(tree.query.text);
  view.columns = name_texts(tree.columns);
  view.written.text = std::string(text);
  return view;
}

StoredObject build(const ast::Trigger& tree, std::string_view text) {
  Trigger trigger;
  trigger.name = name_text(tree.name.text);
  trigger.table = name_text(tree.table.text);
  trigger.timing = tree.timing;
  trigger.event = tree.on.event;
  trigger.update_of = name_texts(tree.on.columns);
  if (!tree.when.text.empty())
    trigger.when = verbatim(stored::without_outer_brackets(trim(tree.when.text), 1));
  trigger.body = verbatim(tree.body.text);
  trigger.written.text = std::string(text);
  return trigger;
}

StoredObject build(const ast::VirtualTable& tree, std::string_view text) {
  Opaque opaque;
  opaque.kind = "virtual table";
  opaque.name = name_text(tree.name.text);
  opaque.reason = "a virtual table of the module `" + name_text(tree.module.text) + "`";
  opaque.definition = std::string(text);
  return opaque;
}

/// The part as it is written in the index's own text, for the few that turn out to be no column.
std::string written_part(const Index& index, std::size_t number) {
  const auto tree = stored::parse_create(index.written.text);
  const auto* create = std::get_if<ast::Create>(&tree);
  const auto* found = create != nullptr ? std::get_if<ast::Index>(create) : nullptr;
  if (found == nullptr || number >= found->parts.size()) return {};
  const auto part = stored::take_part(found->parts[number].text);
  return part ? stored::expression_text(*part) : std::string();
}

}  // namespace

StoredObject parse_stored_create(std::string_view text) {
  auto parsed = stored::parse_create(text);
  if (auto* problem = std::get_if<SyntaxProblem>(&parsed)) {
    return ParseProblem{problem->offset, std::move(problem->reason)};
  }
  return std::visit([text](const auto& tree) { return build(tree, text); }, std::get<ast::Create>(parsed));
}

std::string virtual_table_module(std::string_view text) {
  const auto tree = stored::parse_create(text);
  const auto* create = std::get_if<ast::Create>(&tree);
  const auto* found = create != nullptr ? std::get_if<ast::VirtualTable>(create) : nullptr;
  return found != nullptr ? name_text(found->module.text) : std::string();
}

void settle_index(Index& index, const Table& table) {
  constexpr std::string_view binary = "BINARY";
  for (std::size_t i = 0; i < index.parts.size(); ++i) {
    IndexPart& part = index.parts[i];
    const Column* const column = part.expression ? nullptr : table.find_column(part.column);
    if (column != nullptr) {
      part.column = column->name;
    } else if (!part.expression) {
      part.expression = sql::EngineSql(written_part(index, i));
      part.column.clear();
    }
    const bool own_collation = column != nullptr && !column->collation.empty();
    if (part.collation == (own_collation ? std::string_view(column->collation) : binary))
      part.collation.clear();
  }
}

}  // namespace plumb::sqlite
