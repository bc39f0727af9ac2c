// dialect/effect.hpp: what one step does to the state, so that the state after each step is known before any has run. Pure.
#pragma once

#include <string>
#include <vector>

#include "diff/match.hpp"
#include "diff/rename.hpp"
#include "model/schema.hpp"

namespace plumb {

/// Renames first, then what goes, then objects in the form that the step gives them.
struct Effect {
  std::vector<diff::Rename> renames;
  std::vector<std::string> triggers_dropped;
  std::vector<std::string> views_dropped;
  std::vector<std::string> tables_dropped;  ///< with their triggers
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<Trigger> triggers;
  ByName<Opaque> opaque_dropped;  ///< what no description can say, by its key in a schema; with all that belongs to it
  ByName<Opaque> opaque;

  bool empty() const;
  bool operator==(const Effect&) const = default;
};

/// Law: carried out one after the other, the effects of a plan's steps lead from the actual state to the plan's target.
void carry_out(Schema& state, const Effect& effect, const diff::MatchRules& rules);

/// The part of a state that an effect touches: those tables, the tables at the other end of their foreign keys, and the
/// views and triggers that may name them. Tables are found under their names of either side.
struct TouchedPart {
  Schema before;
  Schema after;
};

/// Carries the effect out in `state` and gives the part that it touches, as it was and as it is.
TouchedPart carry_out_and_show(Schema& state, const Effect& effect, const diff::MatchRules& rules);

}  // namespace plumb
