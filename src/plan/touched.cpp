#include "plan/touched.hpp"

#include <algorithm>
#include <set>

#include "diff/fingerprint.hpp"
#include "support/fingerprint.hpp"

namespace plumb::plan {
namespace {

template <class T>
void copy_named(const std::vector<std::string>& names, const ByName<T>& from, ByName<T>& to) {
  for (const auto& name : names) {
    const auto found = from.find(name);
    if (found != from.end()) to.insert(*found);
  }
}

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

Touched names_touched(const Step& step) {
  Touched touched;
  const Effect& effect = step.effect;
  for (const auto& rename : effect.renames) {
    if (rename.kind == diff::Rename::Kind::Table) {
      add(touched.tables, rename.from);
      add(touched.tables, rename.to);
    } else {
      add(touched.tables, rename.table);
    }
  }
  for (const auto& name : effect.tables_dropped) add(touched.tables, name);
  for (const auto& table : effect.tables) add(touched.tables, table.name);
  for (const auto& name : effect.views_dropped) add(touched.views, name);
  for (const auto& view : effect.views) add(touched.views, view.name);
  for (const auto& name : effect.triggers_dropped) add(touched.triggers, name);
  for (const auto& trigger : effect.triggers) add(touched.triggers, trigger.name);
  // sequences and virtual tables share their names with tables
  for (const auto& [key, opaque] : effect.opaque_dropped) add(touched.tables, key);
  for (const auto& [key, opaque] : effect.opaque) add(touched.tables, key);
  const bool fills_attic = !step.aside.empty() && !step.altered;
  if (fills_attic) touched.aside.push_back(step.aside);
  return touched;
}

std::string touched_fingerprint(const Touched& touched, const Schema& state, const std::vector<std::string>& attic, const sql::Lexis& lexis) {
  Schema part;
  copy_named(touched.tables, state.tables, part.tables);
  copy_named(touched.views, state.views, part.views);
  copy_named(touched.triggers, state.triggers, part.triggers);
  copy_named(touched.tables, state.opaque, part.opaque);
  std::string text = diff::dump(part, lexis);
  for (const auto& name : touched.aside) {
    if (std::find(attic.begin(), attic.end(), name) != attic.end()) text += "kept aside: " + name + "\n";
  }
  return sha256_hex(text);
}

}  // namespace plumb::plan
