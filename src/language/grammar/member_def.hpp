// language/grammar/member_def.hpp: what stands between the braces of a table or mixin.
#pragma once

#include "language/grammar/clause_def.hpp"

namespace plumb::language::grammar {

inline const auto name_list_def = mark<'('> > names > mark<')'>;
inline const auto part_list_def = mark<'('> > comma_list(part) > mark<')'>;
inline const auto earlier_names = -(word<"was"> > names);
inline const auto collation = -(word<"collate"> > name);

inline const auto column_def = name > type > clauses;

inline const auto column_part_def = name >> nothing<ast::Sql> >>
                                    -(tight<'('> > value<Numbers> > mark<')'>) >> collation >> order;
inline const auto expression_part_def =
    nothing<ast::Name> >> sql >> nothing<ast::Value> >> collation >> order;
inline const auto part_def = column_part | expression_part;

inline const auto index_def = here >> index_kind > flag<"constraint"> > optional_name_before<"was"> >
                              earlier_names > part_list > clauses;
inline const auto primary_key_def = place<"primary"> > word<"key"> > optional_name > part_list > clauses;
inline const auto foreign_key_def = place<"foreign"> > word<"key"> > optional_name_before<"was"> >
                                    earlier_names > name_list > references > clauses;
inline const auto table_check_def = check > clauses;
inline const auto natural_key_def = place<"natural"> > word<"key"> > name_list;
inline const auto sync_def = place<"sync"> > sync_mode;
inline const auto retire_def = place<"retire"> > name > mark<'='> > value<Strings | Numbers | Constants>;
inline const auto nested_def = place<"nested"> > word<"in"> > name > word<"as"> > name;
inline const auto use_def = place<"use"> > names;
inline const auto keep_def = place<"keep"> > word<"undeclared"> > word<"indexes">;
inline const auto option_entry_def = +name > -(tight<'='> > value<Strings | Numbers | Words>);
inline const auto option_def = place<"option"> > name > mark<'('> > comma_list(option_entry) > mark<')'>;
inline const auto table_extra_def = here >> quoted_word > value<Strings>;

inline constexpr const char* member_names = "a column, an index, a key or a check";

/// The first words of a member say which rule reads it.
struct MemberBodyParser : x3::parser<MemberBodyParser> {
  using attribute_type = ast::MemberBody;
  static constexpr bool has_attribute = true;

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext&,
             ast::MemberBody& body) const {
    State& state = state_of(context);
    state.member_start = state.span(first, first).offset;
    const auto read = [&](const auto& rule, auto& node) {
      if (rule.parse(first, last, context, x3::unused, node)) return true;
      boost::throw_exception(x3::expectation_failure<Iterator>(first, member_names));
    };
    switch (classify_member(state, first)) {
      case MemberKind::End:
        return false;
      case MemberKind::Nothing:
      case MemberKind::Ambiguous:
        boost::throw_exception(x3::expectation_failure<Iterator>(first, member_names));
      case MemberKind::Column:
        return read(column, body.emplace<ast::Column>());
      case MemberKind::Index:
      case MemberKind::UniqueKey:
      case MemberKind::Fulltext:
      case MemberKind::Spatial:
        return read(index, body.emplace<ast::Index>());
      case MemberKind::PrimaryKey:
        return read(primary_key, body.emplace<ast::PrimaryKey>());
      case MemberKind::ForeignKey:
        return read(foreign_key, body.emplace<ast::ForeignKey>());
      case MemberKind::Check:
        return read(table_check, body.emplace<ast::TableCheck>());
      case MemberKind::NaturalKey:
        return read(natural_key, body.emplace<ast::NaturalKey>());
      case MemberKind::Sync:
        return read(sync, body.emplace<ast::Sync>());
      case MemberKind::Retire:
        return read(retire, body.emplace<ast::Retire>());
      case MemberKind::Nested:
        return read(nested, body.emplace<ast::Nested>());
      case MemberKind::Use:
        return read(use, body.emplace<ast::Use>());
      case MemberKind::Keep:
        return read(keep, body.emplace<ast::Keep>().span);
      case MemberKind::Option:
        return read(option, body.emplace<ast::Option>());
      case MemberKind::Extra:
        return read(table_extra, body.emplace<ast::TableExtra>());
    }
    return false;
  }
};
inline constexpr MemberBodyParser member_body{};

inline const auto member_def = docs >> member_body > end_of_declaration;

/// As many members as stand here, gathered in one place for all tables and then moved into a list of their
/// size.
struct Members : x3::parser<Members> {
  using attribute_type = std::vector<ast::Member>;
  static constexpr bool has_attribute = true;
  static constexpr bool handles_container = true;

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext&,
             std::vector<ast::Member>& list) const {
    std::vector<ast::Member>& gathered = state_of(context).gathered;
    gathered.clear();
    while (member.parse(first, last, context, x3::unused, gathered.emplace_back())) {
    }
    gathered.pop_back();  // the one that was not there
    list.assign(std::make_move_iterator(gathered.begin()), std::make_move_iterator(gathered.end()));
    return true;
  }
};
inline const auto members_def = open<Mode::Members> > Members() > close;

BOOST_SPIRIT_DEFINE(column, column_part, expression_part, part, index, primary_key, foreign_key, table_check,
                    natural_key, sync, retire, nested, use, keep, option_entry, option, table_extra, member, members, name_list,
                    part_list)

}  // namespace plumb::language::grammar
