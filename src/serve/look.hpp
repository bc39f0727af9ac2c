// serve/look.hpp: asks the database, for reading only. Creates nothing in it: no scratch database, no temporary table.
#pragma once

#include <functional>

#include "serve/facts.hpp"
#include "serve/serve.hpp"

namespace plumb::serve {

/// False: the question is to be broken off.
using GoOn = std::function<bool()>;

/// The present state. What has not changed since `before` is taken from there. Throws nothing: what went wrong stands in the
/// facts.
Facts look(const Subject& subject, const Facts& before, const GoOn& go_on);

/// Validation, rows included.
Checked check(const Subject& subject, const GoOn& go_on);

/// The backups of the folder.
Shelf look_at_backups(const Subject& subject);

}  // namespace plumb::serve
