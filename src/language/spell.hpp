// language/spell.hpp: names, strings, types and clauses as the language spells them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/master_intent.hpp"
#include "model/schema.hpp"

namespace plumb::language {

/// The name in backquotes where it is no plain word; for places where nothing but a name can stand.
std::string spelled_plain(std::string_view name);
/// The same for the beginning of a line, where a word of the language could be meant.
std::string spelled_name(std::string_view name);
/// The same for the optional name of an index or check, where a type's name would make a column of it.
std::string spelled_object_name(std::string_view name);
/// The names with ", " between.
std::string spelled_names(const std::vector<std::string>& names);
/// The text in double quotes, with escapes for what a string cannot hold as it is.
std::string spelled_string(std::string_view text);
std::string spelled_value(const SeedValue& value);
/// SQL in its parentheses; on lines of its own where it has several.
std::string spelled_sql(const sql::EngineSql& sql);
/// A comment as `///` lines, each with its line end; empty when there is none or only `comment "…"` can hold
/// it.
std::string spelled_docs(const std::string& comment);
/// True when the comment does not come back from `///` lines.
bool needs_comment_clause(const std::string& comment);
/// The type without `?`; `ref(…)` is the caller's.
std::string spelled_type(const ColumnType& type);
/// The parts of an index or key in parentheses.
std::string spelled_parts(const std::vector<IndexPart>& parts);
std::string spelled_default(const Column& column);

}  // namespace plumb::language
