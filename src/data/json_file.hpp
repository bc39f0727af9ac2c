// data/json_file.hpp: a JSON file of a package, read with bounds. For this folder alone.
#pragma once

#include <string>

#include "data/one_form.hpp"

namespace plumb::data {

/// At most 1 GiB, 64 levels of nesting, UTF-8, no field twice in an object. Throws FileError that names the
/// line.
Json read_json(const std::string& path);

}  // namespace plumb::data
