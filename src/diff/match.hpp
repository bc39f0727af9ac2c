// diff/match.hpp: finds what in the actual state corresponds to what in the desired one, and from both the state to
// reach. Pure.
//
// A description does not say everything: what it leaves open (a collation, an automatic constraint name, a spelling
// of the same expression, undeclared tables and columns) is taken from the actual state. So the target differs from
// the actual state exactly where the description asks for it, and the difference is memberwise inequality.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diff/change.hpp"
#include "diff/foreign_key_indexes.hpp"
#include "diff/rename.hpp"
#include "model/description.hpp"
#include "model/schema.hpp"
#include "sql/tokens.hpp"

namespace plumb::diff {

/// Written by Dialect::canonicalise where a description leaves charset and collation of a character column open.
inline constexpr std::string_view inherited = "*";

/// What the two engines do differently, as far as matching is concerned.
struct MatchRules {
  sql::Lexis lexis;
  std::string engine;                    ///< the key of Table::options that counts
  bool foreign_keys_need_index = false;  ///< MariaDB makes one where none fits
  IsHashed is_hashed;                    ///< said where foreign keys need an index
  bool table_names_fold_case = false;    ///< SQLite
  bool renames_break_views = false;      ///< MariaDB leaves the texts of views and triggers as they were
  bool foreign_keys_share_collation = false;  ///< MariaDB: texts at both ends have one collation (errno 150 otherwise)
  /// Options that a table gets with a storage engine when they are not said, by the engine's name.
  std::map<std::string, Options, std::less<>> engine_options;
  std::vector<std::string> options_of_every_trigger;  ///< what a trigger that was read always says; open on a side that does not
  /// How a storage engine builds an index where its `extra` does not say, by the engine's name; "" stands for all others.
  std::map<std::string, std::vector<std::string>, std::less<>> words_of_default_index;
  /// SQLite: what the engine makes of the texts of views and triggers of a state when it renames; nothing where it refuses to.
  std::function<std::optional<RenamedTexts>(const Schema& before, const std::vector<Rename>& renames)> texts_after_renames;
  std::vector<std::string> words_that_undo;  ///< an `extra` that says that there is none, where saying nothing leaves it open
  bool drop_undeclared_tables = false;   ///< --allow drop-table
  bool drop_undeclared_columns = false;  ///< --allow drop-column
  bool drop_undeclared_views = false;    ///< --allow drop-view
  bool drop_undeclared_triggers = false; ///< --allow drop-trigger
};

enum class NoticeKind {
  HintUsed,
  HintApplied,  ///< what it was written for has its new name already
  HintUnused,   ///< neither the old name nor the new one was found
  DidYouMean,   ///< something appears that is like something that vanishes
  Undeclared,
  Opaque,
  NotCarriedOut,
};

/// Something that a reader of the plan should know and that is no step.
struct Notice {
  NoticeKind kind = NoticeKind::Undeclared;
  std::string text;
  Origin origin;
};

/// Why no plan can be made.
struct Refusal {
  std::string code;
  std::string text;
  Origin origin;
};

/// The whole states are shared, not copied: most tables of a large schema do not change.
struct Match {
  std::shared_ptr<const Schema> start;  ///< the actual state with the renames carried out
  Changes changes;                      ///< what is left to do from there
  std::vector<Rename> renames;
  std::vector<Notice> notices;
  std::vector<Refusal> refusals;

  const Schema& from() const { return *start; }
  /// The state to reach.
  Schema target() const { return patch(*start, changes); }
};

/// What the engine makes of the texts of views and triggers, where it is one that can be asked.
std::optional<RenamedTexts> renamed_texts(const Schema& before, const std::vector<Rename>& renames, const MatchRules& rules);

/// Requires: both states in the engine's canonical spelling.
Match match(const std::shared_ptr<const Schema>& actual, const Schema& desired, const Description& description, const MatchRules& rules);

}  // namespace plumb::diff
