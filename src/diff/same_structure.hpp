// diff/same_structure.hpp: when two parts of tables say the same. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/match.hpp"

namespace plumb::diff {

bool same_sql(const sql::EngineSql& a, const sql::EngineSql& b, const MatchRules& rules);
bool same_sql(const std::optional<sql::EngineSql>& a, const std::optional<sql::EngineSql>& b, const MatchRules& rules);

/// A column that stands twice in an index counts once.
bool same_parts(const std::vector<IndexPart>& a, const std::vector<IndexPart>& b, const MatchRules& rules);

/// Equal but for name, spelling, and whether a UNIQUE is a constraint or an index.
bool same_index(const Index& a, const Index& b, const MatchRules& rules);

/// The same for keys over the same columns in the same order.
std::string primary_key_text(const PrimaryKey& key);

/// True when both keys say the same but for their names; an omitted list of referenced columns means the primary key.
/// `is_complete`: clauses that `b` does not say are not open.
bool same_foreign_key(const ForeignKey& a, const ForeignKey& b, const Schema& schema, bool is_complete = false);

}  // namespace plumb::diff
