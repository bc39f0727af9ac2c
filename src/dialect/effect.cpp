#include "dialect/effect.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "diff/follow_renames.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

using Names = std::set<std::string, std::less<>>;

Names tables_named(const Effect& effect) {
  Names names(effect.tables_dropped.begin(), effect.tables_dropped.end());
  for (const auto& rename : effect.renames) {
    if (rename.kind == diff::Rename::Kind::Table) names.insert({rename.from, rename.to});
    else names.insert(rename.table);
  }
  for (const Table& table : effect.tables) names.insert(table.name);
  return names;
}

/// With the tables at the other end of a foreign key, in either direction.
Names with_neighbours(const Schema& state, const Names& names) {
  Names all = names;
  for (const auto& [name, table] : state.tables) {
    const bool touched = names.contains(name);
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.database.empty()) continue;
      if (touched) all.insert(key.table);
      else if (names.contains(key.table)) all.insert(name);
    }
  }
  return all;
}

template <class T>
void copy(const ByName<T>& from, std::string_view name, ByName<T>& to) {
  const auto found = from.find(name);
  if (found != from.end()) to.insert(*found);
}

}  // namespace

namespace {

void carry_out(Schema& state, const diff::Rename& rename, const diff::MatchRules& rules) {
  const bool texts_follow = !rules.renames_break_views;
  if (rename.kind == diff::Rename::Kind::Table && state.tables.contains(rename.from)) {
    if (texts_follow) diff::rename_table_and_text(state, rename.from, rename.to, rules.lexis);
    else diff::rename_table(state, rename.from, rename.to);
  }
  if (rename.kind == diff::Rename::Kind::Column) {
    if (texts_follow) diff::rename_column_and_text(state, rename.table, rename.from, rename.to, rules.lexis);
    else diff::rename_column(state, rename.table, rename.from, rename.to, rules.lexis);
  }
}

}  // namespace

bool Effect::empty() const { return *this == Effect(); }

namespace {

/// `texts`: what the engine makes of the renames in `state`.
void carry_out(Schema& state, const Effect& effect, const std::optional<diff::RenamedTexts>& texts, const diff::MatchRules& rules) {
  for (const auto& rename : effect.renames) carry_out(state, rename, rules);
  if (!effect.renames.empty() && !rules.renames_break_views) diff::follow_renames(state, effect.renames, texts, rules.lexis);
  diff::take_texts_of_tables(state, texts);
  for (const auto& name : effect.triggers_dropped) state.triggers.erase(name);
  for (const auto& name : effect.views_dropped) state.views.erase(name);
  for (const auto& name : effect.tables_dropped) {
    state.tables.erase(name);
    std::erase_if(state.triggers, [&](const auto& entry) { return equal_ignoring_case(entry.second.table, name); });
  }
  for (const auto& [key, opaque] : effect.opaque_dropped) state.opaque.erase(key);
  for (const auto& [key, opaque] : effect.opaque) state.opaque.insert_or_assign(key, opaque);
  for (const Table& table : effect.tables) state.tables.insert_or_assign(table.name, table);
  for (const View& view : effect.views) state.views.insert_or_assign(view.name, view);
  for (const Trigger& trigger : effect.triggers) state.triggers.insert_or_assign(trigger.name, trigger);
}

/// With the tables in which a rename writes strings in another way.
Names tables_touched(const Effect& effect, const std::optional<diff::RenamedTexts>& texts) {
  Names names = tables_named(effect);
  if (!texts) return names;
  for (const auto& [name, table] : texts->tables) names.insert(name);
  return names;
}

Schema part_touched(const Schema& state, const Effect& effect, const Names& touched) {
  Schema part;
  part.options = state.options;
  part.statistics = state.statistics;
  if (!touched.empty()) {
    for (const auto& name : with_neighbours(state, touched)) copy(state.tables, name, part.tables);
    part.views = state.views;
    part.triggers = state.triggers;
    for (const auto& [name, opaque] : state.opaque) {
      if (touched.contains(opaque.table)) part.opaque.emplace(name, opaque);
    }
    return part;
  }
  for (const auto& name : effect.views_dropped) copy(state.views, name, part.views);
  for (const View& view : effect.views) copy(state.views, view.name, part.views);
  // the turn of a trigger among those of its moment needs them all
  part.triggers = state.triggers;
  return part;
}

/// A neighbour by a foreign key of one side alone stands on the other side as well.
void add_neighbours(const Schema& from, Schema& to, const Names& touched) {
  for (const auto& [name, table] : from.tables) {
    if (!touched.contains(name)) to.tables.emplace(name, table);
  }
}

}  // namespace

void carry_out(Schema& state, const Effect& effect, const diff::MatchRules& rules) { carry_out(state, effect, diff::renamed_texts(state, effect.renames, rules), rules); }

TouchedPart carry_out_and_show(Schema& state, const Effect& effect, const diff::MatchRules& rules) {
  TouchedPart part;
  const auto texts = diff::renamed_texts(state, effect.renames, rules);
  const Names touched = tables_touched(effect, texts);
  part.before = part_touched(state, effect, touched);
  carry_out(state, effect, texts, rules);
  part.after = part_touched(state, effect, touched);
  add_neighbours(part.after, part.before, touched);
  add_neighbours(part.before, part.after, touched);
  return part;
}

}  // namespace plumb
