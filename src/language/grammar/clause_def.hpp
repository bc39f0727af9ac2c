// language/grammar/clause_def.hpp: types, and what stands behind them on a declaration's line.
#pragma once

#include "language/grammar/choices.hpp"
#include "language/grammar/classify.hpp"
#include "language/grammar/rules.hpp"

namespace plumb::language::grammar {

inline const auto names = comma_list(name);

inline const auto type_argument_def = engine_label >> value<Strings | Numbers | Words>;
inline const auto type_def = type_word > -(tight<'('> > comma_list(type_argument) >
                                           mark<')'>) > flag<"unsigned"> > flag<"?">;

inline const auto default_clause_def = place<"="> > value<Strings | Numbers | Constants | Now | Expressions>;
inline const auto was_clause_def = place<"was"> > names;
inline const auto backfill_clause_def = place<"backfill"> > sql;
inline const auto where_clause_def = place<"where"> > sql;
inline const auto on_clause_def = place<"on"> > on_event > on_action;
inline const auto references_def = place<"references"> > database_prefix > name >
                                   -(tight<'('> > names > mark<')'>);
inline const auto generated_as_def = place<"as"> > sql > storage;
inline const auto check_def = place<"check"> > optional_name_before<"was"> > -(word<"was"> > names) > sql;
inline const auto flag_clause_def = here >> flag_word;
inline const auto labelled_def = here >> label > name;
inline const auto extra_def = here >> quoted_word > value<Strings>;

BOOST_SPIRIT_DEFINE(type_argument, type, default_clause, was_clause, backfill_clause, where_clause, on_clause,
                    references, generated_as, check, flag_clause, labelled, extra)

/// As many clauses as stand here: the first word of each says which rule reads it.
struct Clauses : x3::parser<Clauses> {
  using attribute_type = std::vector<ast::Clause>;
  static constexpr bool has_attribute = true;
  static constexpr bool handles_container = true;

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext&,
             std::vector<ast::Clause>& list) const {
    const auto read = [&]<class Node>(const auto& rule, std::in_place_type_t<Node> node) {
      ast::Clause& clause = list.emplace_back(node);
      if (rule.parse(first, last, context, x3::unused, *std::get_if<Node>(&clause))) return true;
      list.pop_back();
      return false;
    };
    for (;;) {
      bool more = false;
      switch (classify_clause(state_of(context), first)) {
        case ClauseKind::None:
          return true;
        case ClauseKind::Default:
          more = read(default_clause, std::in_place_type<ast::Default>);
          break;
        case ClauseKind::Was:
          more = read(was_clause, std::in_place_type<ast::Was>);
          break;
        case ClauseKind::Backfill:
          more = read(backfill_clause, std::in_place_type<ast::Backfill>);
          break;
        case ClauseKind::Where:
          more = read(where_clause, std::in_place_type<ast::Where>);
          break;
        case ClauseKind::On:
          more = read(on_clause, std::in_place_type<ast::On>);
          break;
        case ClauseKind::References:
          more = read(references, std::in_place_type<ast::References>);
          break;
        case ClauseKind::GeneratedAs:
          more = read(generated_as, std::in_place_type<ast::GeneratedAs>);
          break;
        case ClauseKind::Check:
          more = read(check, std::in_place_type<ast::Check>);
          break;
        case ClauseKind::Flag:
          more = read(flag_clause, std::in_place_type<ast::Flag>);
          break;
        case ClauseKind::Labelled:
          more = read(labelled, std::in_place_type<ast::Labelled>);
          break;
        case ClauseKind::Extra:
          more = read(extra, std::in_place_type<ast::Extra>);
          break;
      }
      if (!more) return true;
    }
  }
};
inline constexpr Clauses clauses{};

}  // namespace plumb::language::grammar
