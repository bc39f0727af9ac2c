// dialect/sqlite/taken_off.hpp: views and triggers that stay as they are and yet cannot stand while tables are altered.
#pragma once

#include <vector>

#include "dialect/sqlite/doubtful_texts.hpp"
#include "diff/change.hpp"
#include "model/schema.hpp"

namespace plumb::sqlite {

struct TakenOff {
  std::vector<View> views;
  std::vector<Trigger> triggers;  ///< of tables and of views that stand; those of a view go and come with it
};

/// RENAME and DROP COLUMN read every view and trigger of the schema and fail at one that names what is not there: "error in view w: no
/// such table: main.v" (sqlite.org/lang_altertable.html#altertabrename). These read something of `going` (in lower case), be it
/// through views; what `changes` drops or makes anew by itself is not among them. One too many does no harm.
TakenOff readers_of(Names going, const Schema& standing, const diff::Changes& changes);

}  // namespace plumb::sqlite
