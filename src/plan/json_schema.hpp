// plan/json_schema.hpp: the published form of a plan's JSON, docs/schemas/plan-2.schema.json, as it stood when plumb was built.
#pragma once

#include <string_view>

namespace plumb::plan {

/// A JSON Schema, draft 2020-12.
std::string_view json_schema();

}  // namespace plumb::plan
