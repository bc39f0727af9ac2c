// sql/engine_sql.hpp: a piece of SQL that a person wrote, perhaps differently for each engine.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumb::sql {

/// SQL as captured from parentheses: one text for every engine, or one text an engine.
/// Engines are named "sqlite" and "mariadb".
struct EngineSql {
  std::string common;                                          ///< used where no variant fits
  std::vector<std::pair<std::string, std::string>> variants;   ///< engine name, text; in written order

  EngineSql() = default;
  EngineSql(std::string text) : common(std::move(text)) {}  // NOLINT: a plain text is meant to convert
  EngineSql(const char* text) : common(text) {}             // NOLINT

  /// The text for `engine`; empty when variants exist but none is for it and there is no common one.
  const std::string& text_for(std::string_view engine) const {
    for (const auto& [name, text] : variants) {
      if (name == engine) return text;
    }
    return common;
  }
  bool is_for(std::string_view engine) const { return !text_for(engine).empty(); }
  bool empty() const { return common.empty() && variants.empty(); }
  bool operator==(const EngineSql&) const = default;
};

}  // namespace plumb::sql
