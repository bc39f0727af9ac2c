// tests/unit/language/load_text.hpp: one text loaded, with what went wrong in the message of a failing test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "language/load.hpp"

namespace plumb::test {

inline language::Loaded loaded(const std::string& text) {
  return language::load(std::vector{SourceText("text.plumb", text)});
}

inline std::string shown(const language::Loaded& one) {
  return render(one.diagnostics, one.sources, false);
}

/// The description of a text that is right.
inline Description described(const std::string& text) {
  language::Loaded one = loaded(text);
  EXPECT_TRUE(one.description.has_value()) << shown(one);
  return one.description ? std::move(*one.description) : Description();
}

/// The members of a table `t`, resolved.
inline Table table_of(const std::string& members) {
  const Description description = described("table t {\n" + members + "\n}\n");
  const auto found = description.schema.tables.find("t");
  return found == description.schema.tables.end() ? Table() : found->second;
}

/// The codes of all diagnostics, in the order of the text.
inline std::vector<std::string> codes_of(const std::string& text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : loaded(text).diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

}  // namespace plumb::test
