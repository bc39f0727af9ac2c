// language/places.hpp: where the parts of a description stand, for those who have something to say about them.
#pragma once

#include <optional>
#include <string>

#include "model/schema.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

/// The parts of one table by their names in the model: the place of the written name, or of the clause where the name
/// is made. What a mixin brings stands in the mixin.
struct TablePlaces {
  SourceSpan name;
  ByName<SourceSpan> columns;
  ByName<SourceSpan> indexes;
  ByName<SourceSpan> foreign_keys;
  ByName<SourceSpan> checks;
  std::optional<SourceSpan> primary_key;
  std::optional<SourceSpan> natural_key;
};

struct Places {
  ByName<TablePlaces> tables;
  ByName<SourceSpan> views;
  ByName<SourceSpan> triggers;
  ByName<SourceSpan> options;  ///< the first `option` line of the schema, by engine
};

}  // namespace plumb::language
