// language/grammar/classify.hpp: which production begins at a place. No word is reserved between braces: what
// follows it decides.
#pragma once

#include "language/grammar/lex.hpp"

namespace plumb::language::grammar {

enum class MemberKind {
  End,      ///< `}`, the end of the file, or an item at the beginning of a line: a `}` is missing
  Nothing,  ///< no name and no word stands there
  Ambiguous,
  Column,
  Index,
  UniqueKey,
  Fulltext,
  Spatial,
  PrimaryKey,
  ForeignKey,
  Check,
  NaturalKey,
  Sync,
  Retire,
  Nested,
  Use,
  Keep,
  Option,
  Extra,
};
/// Ambiguous: `state.problem` says what to do about it.
MemberKind classify_member(State& state, Iterator p);

enum class ClauseKind {
  None,
  Default,
  Was,
  Backfill,
  Where,
  On,
  References,
  GeneratedAs,
  Check,
  Flag,
  Labelled,
  Extra,
};
ClauseKind classify_clause(const State& state, Iterator p);

enum class ItemKind {
  End,
  Unknown,
  Schema,
  Option,
  Mixin,
  Table,
  View,
  Trigger,
  Drop,
  Once,
  Assert,
  PackageOpen,
  PackageClose,
  Seed,
  DataFormat,
};
ItemKind classify_item(Iterator p, Iterator end);

/// True when an item stands at `p` at the beginning of its line, and no column can be meant.
bool begins_item_line(const State& state, Iterator p);

}  // namespace plumb::language::grammar
