// model/name.hpp: the name of an index or constraint, and whether somebody chose it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumb {

/// Equality is by text alone: who chose a name is not a part of the state.
struct ObjectName {
  std::string text;        ///< empty: the engine keeps no name (an unnamed CHECK in SQLite)
  bool generated = false;  ///< made by plumb or by the engine; a different one is no difference by itself

  ObjectName() = default;
  ObjectName(std::string name, bool is_generated = false)  // NOLINT: a plain text is meant to convert
      : text(std::move(name)), generated(is_generated) {}
  ObjectName(const char* name) : text(name) {}  // NOLINT
  bool operator==(const ObjectName& other) const { return text == other.text; }
  bool empty() const { return text.empty(); }
};

/// Text as an engine or a person wrote it, carried along to be written back; no part of the state.
struct Verbatim {
  std::string text;
  bool operator==(const Verbatim&) const { return true; }
};

/// A remark about an object that is no part of the state.
struct Mark {
  bool set = false;
  bool operator==(const Mark&) const { return true; }
};

/// "idx" + table + columns joined by "_"; longer than 60 characters: cut, with a stable hash at the end.
std::string generated_name(std::string_view prefix, std::string_view table, const std::vector<std::string>& columns);

}  // namespace plumb
