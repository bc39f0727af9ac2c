// tests/engine/history/bamort_changes.hpp: what version 0.5.0 of the example makes of the rows of 0.4.0.
#pragma once

#include "kept_rows.hpp"

namespace plumb::test {

/// As the `was`, `backfill` and `drop` of the description say.
ExpectedChanges changes_of_0_5_0();

}  // namespace plumb::test
