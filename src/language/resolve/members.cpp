#include <algorithm>

#include "language/overloaded.hpp"
#include "language/resolve/table_builder.hpp"
#include "language/sql_text.hpp"

namespace plumb::language {
namespace {

constexpr std::size_t deepest_mixins = 100;

}  // namespace

TableBuilder::TableBuilder(Scope& scope, std::uint32_t number, NameTable& columns)
    : scope_(scope),
      number_(number),
      entry_(scope.tables[number]),
      table_(*entry_.table),
      intent_(*entry_.intent),
      columns_(columns) {
  columns_.clear();
}

void build_tables(Scope& scope) {
  NameTable columns;
  for (std::uint32_t i = 0; i < scope.tables.size(); ++i) TableBuilder(scope, i, columns).build();
}

void TableBuilder::build() {
  const ast::Table& node = *entry_.node;
  const Place place{entry_.file, table_.name, false};
  entry_.damaged = entry_.damaged || entry_.item->span.length == 0;
  table_.columns.reserve(count_columns(node.members));
  column_spans_.reserve(table_.columns.capacity());
  column_files_.reserve(table_.columns.capacity());
  entry_.first_ref = static_cast<std::uint32_t>(scope_.refs.size());
  add_members(place, node.members);
  entry_.ref_count = static_cast<std::uint32_t>(scope_.refs.size()) - entry_.first_ref;
  finish();
}

std::size_t TableBuilder::count_columns(const std::vector<ast::Member>& members) const {
  std::size_t count = 0;
  for (const ast::Member& member : members) {
    if (std::holds_alternative<ast::Column>(member.body)) ++count;
    const auto* use = std::get_if<ast::Use>(&member.body);
    if (use == nullptr) continue;
    for (const ast::Name& name : use->mixins) {
      const auto mixin = scope_.mixin_names.find(name.text);
      if (mixin) count += scope_.mixins[*mixin].node->members.size();
    }
  }
  return count;
}

void TableBuilder::add_members(const Place& place, const std::vector<ast::Member>& members) {
  for (const ast::Member& member : members) {
    if (member.span.length == 0) {
      entry_.damaged = true;
      continue;
    }
    add_member(place, member);
  }
}

void TableBuilder::add_member(const Place& place, const ast::Member& member) {
  std::visit(overloaded{[](const ast::Bad&) {},
                        [&](const ast::Column& node) { add_column(place, node, member.docs); },
                        [&](const ast::Index& node) { add_index(place, node, member.docs); },
                        [&](const ast::PrimaryKey& node) { add_primary_key(place, node); },
                        [&](const ast::ForeignKey& node) { add_foreign_key(place, node); },
                        [&](const ast::TableCheck& node) { add_check(place, node); },
                        [&](const ast::NaturalKey& node) { add_natural_key(place, node); },
                        [&](const ast::Sync& node) { add_sync(place, node); },
                        [&](const ast::Retire& node) { add_retirement(place, node); },
                        [&](const ast::Nested& node) { add_nesting(place, node); },
                        [&](const ast::Use& node) { use(place, node); },
                        [&](const ast::Keep&) { intent_.keep_undeclared_indexes = true; },
                        [&](const ast::Option& node) { add_option(place, node); },
                        [&](const ast::TableExtra& node) {
                          (node.kind == ast::Quoted::Extra ? table_.extra : table_.comment) = node.text.text;
                        }},
             member.body);
}

void TableBuilder::use(const Place& place, const ast::Use& use) {
  for (const ast::Name& name : use.mixins) {
    const auto number = scope_.mixin_names.find(name.text);
    if (!number) {
      entry_.damaged = true;
      if (scope_.items_missing) continue;
      std::vector<std::string> candidates;
      for (const MixinEntry& mixin : scope_.mixins) candidates.emplace_back(mixin.node->name.text);
      scope_.error("unknown-mixin", place.file, name.span,
                   "mixin `" + std::string(name.text) + "` is not declared" +
                       Scope::did_you_mean(name.text, candidates));
      continue;
    }
    const MixinEntry& mixin = scope_.mixins[*number];
    const bool inside = std::find(open_mixins_.begin(), open_mixins_.end(), mixin.node) != open_mixins_.end();
    if (inside || open_mixins_.size() >= deepest_mixins) {
      scope_.error("mixin-cycle", place.file, name.span,
                   inside
                       ? "mixin `" + std::string(name.text) + "` would stand inside itself"
                       : "mixins stand in each other more than " + std::to_string(deepest_mixins) + " deep");
      continue;
    }
    if (std::find(used_mixins_.begin(), used_mixins_.end(), mixin.node) != used_mixins_.end()) {
      scope_.error("duplicate-name", place.file, name.span,
                   "mixin `" + std::string(name.text) + "` stands in table `" + table_.name + "` twice");
      continue;
    }
    used_mixins_.push_back(mixin.node);
    entry_.damaged = entry_.damaged || mixin.damaged;
    open_mixins_.push_back(mixin.node);
    add_members({mixin.file, table_.name, true}, mixin.node->members);
    open_mixins_.pop_back();
  }
}

void TableBuilder::add_option(const Place& place, const ast::Option& option) {
  const std::string engine(option.engine.text);
  if (!is_engine_name(engine)) {
    scope_.error("unknown-engine", place.file, option.engine.span, unknown_engine(engine));
    return;
  }
  add_options(scope_, place.file, option, table_.options[engine]);
}

void TableBuilder::finish() {
  for (const PendingIndex& pending : pending_) {
    auto& key_parts =
        pending.is_primary_key ? table_.primary_key->parts : table_.indexes[pending.number].parts;
    settle_columns(pending.place, *pending.parts, key_parts);
  }
  for (const PendingNames& pending : pending_names_) {
    settle_columns(
        pending.place, *pending.nodes,
        pending.is_natural_key ? intent_.natural_key : table_.foreign_keys[pending.foreign_key].columns);
  }
  check_auto();
  check_twins();
  if (scope_.places != nullptr) write_places_down();
  if (table_.columns.empty() && !entry_.damaged) {
    scope_.error("empty-table", entry_.file, entry_.node->name.span,
                 "table `" + table_.name + "` has no columns");
  }
}

void TableBuilder::write_places_down() const {
  const auto place_of = [](std::uint32_t file, ast::Span span) { return SourceSpan{file, span.offset, span.length}; };
  TablePlaces& places = scope_.places->tables[table_.name];
  places.name = place_of(entry_.file, entry_.node->name.span);
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    places.columns[table_.columns[i].name] = place_of(column_files_[i], column_spans_[i]);
  }
  for (const TakenName& taken : taken_) {
    auto& known = taken.kind == 'i' ? places.indexes : taken.kind == 'f' ? places.foreign_keys : places.checks;
    known[taken.name] = place_of(taken.file, taken.span);
  }
  if (primary_key_span_) places.primary_key = place_of(primary_key_file_, *primary_key_span_);
  if (has_natural_key_) places.natural_key = place_of(scope_.natural_keys.back().place.file, scope_.natural_keys.back().node->span);
}

}  // namespace plumb::language
