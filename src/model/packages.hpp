// model/packages.hpp: a part of a description: some of its packages, and what belongs to none.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/description.hpp"

namespace plumb {

/// `core`: that one; `setup..core`: `core` and what it comes after, as far back as `setup`; `..core`: with all that it comes after;
/// `core..`: with all that comes after it. Throws UsageError for a package that is not there and for a range without any.
std::set<std::string> packages_in(const Description& description, const std::string& range);

/// From here on the others are left out: `description.packages` names those of the range alone, and everything still stands. What
/// belongs to no package is a part of every range.
void choose_packages(Description& description, const std::string& range);

/// Takes out the tables, views, triggers, drops, data steps, assertions and seeds that are left out. The hints of tables and the places of
/// views and triggers stay: by them what stands in a database is known to be somebody else's affair.
void take_out_the_others(Description& description);

bool is_left_out(const Description& description, std::string_view package);

/// The package that a table, view or trigger of this name, or former name, belongs to where that is left out; else empty.
std::string left_out_package_of_table(const Description& description, const std::string& name);
std::string left_out_package_of_view(const Description& description, const std::string& name);
std::string left_out_package_of_trigger(const Description& description, const std::string& name);

/// The packages that are left out.
std::set<std::string> left_out_packages(const Description& description);

}  // namespace plumb
