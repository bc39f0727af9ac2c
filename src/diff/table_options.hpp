// diff/table_options.hpp: the options and clauses of a table and its parts, as the engine's rules read them. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diff/match.hpp"

namespace plumb::diff {

/// Words that are said only to undo others leave nothing.
std::string without_undoing(std::string extra, const MatchRules& rules);
std::string without(const std::vector<std::string>& words, std::string extra);

/// Those for the engine of `rules`.
Options options_of(const Table& table, const MatchRules& rules);
/// The storage engine; empty for none.
std::string engine_of(const Table& table, const MatchRules& rules);
/// Words of an index that say what the storage engine does without them.
std::vector<std::string> words_of_default_index(const std::string& storage_engine, const MatchRules& rules);

/// What comes with a storage engine that the table did not have before.
void add_engine_options(Table& table, const std::string& engine_before, const MatchRules& rules);
/// A period that the description leaves open goes with its columns. `said`: the options that it says.
void drop_periods_without_columns(Table& target, const Options& said, const MatchRules& rules);
/// The columns of a period: "`p` (`from`, `to`)".
std::vector<std::string> columns_of_period(std::string_view period, const sql::Lexis& lexis);

}  // namespace plumb::diff
