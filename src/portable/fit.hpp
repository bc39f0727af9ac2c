// portable/fit.hpp: the schema of one engine so that another one can hold its rows. Pure. For this folder alone.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "dialect/dialect.hpp"
#include "model/schema.hpp"

namespace plumb::portable {

/// The columns of each table that hold values which their type does not say.
using Beyond = std::map<std::string, std::set<std::string>>;

/// `schema` of `from`, in words that `to` has. `notes` gets what had to be left out or is another type, a sentence each.
Schema fitted(const Schema& schema, const Beyond& beyond, const Dialect& from, const Dialect& to, std::vector<std::string>& notes);

}  // namespace plumb::portable
