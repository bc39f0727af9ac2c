// tests/support/validate_json.hpp: JSON documents held against a JSON Schema by python3-jsonschema.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plumb::test {

/// Fails with a line for each mistake. `schema` and `documents` are files.
testing::AssertionResult fit_schema(const std::string& schema, const std::vector<std::string>& documents);

}  // namespace plumb::test
