// language/grammar/item_def.hpp: what stands outside of braces.
#pragma once

#include "language/grammar/member_def.hpp"

namespace plumb::language::grammar {

inline const auto schema_def = place<"schema"> > name > -(word<"version"> > version) >
                               -(word<"after"> > version);
inline const auto mixin_def = place<"mixin"> > name > members;
inline const auto table_def = row_class > word<"table"> > name > earlier_names > members;
inline const auto view_def = place<"view"> > name > earlier_names > -(word<"columns"> > name_list) >
                             -(word<"header"> > value<Strings>) > -(word<"comment"> > value<Strings>) > sql;
inline const auto trigger_def = place<"trigger"> > name > timing > trigger_event >
                                -(word<"of"> > name_list) > word<"on"> > name > flag<"unchecked"> >
                                *option > -(word<"when"> > sql) > sql;

inline const auto drop_target_def = name > -(mark<'.'> > name);
inline const auto drop_def = place<"drop"> > drop_kind > comma_list(drop_target);

inline const auto once_part_def = here >> once_word > sql > end_of_part;
inline const auto once_parts_def = +once_part;
inline const auto once_def = flag<"optional"> > word<"once"> > name > -(word<"version"> > version) >
                             -(word<"after"> > names) > open<Mode::Once> > once_parts > close;

inline const auto assertion_def = place<"assert"> > value<Strings> > sql;
inline const auto package_open_def = place<"package"> > name > -(word<"after"> > names) > open<Mode::Items>;

inline const auto cell_def = name > mark<'='> > value<Strings | Numbers | Constants | Environment>;
inline const auto row_def = here >> row_open > -comma_list(cell) > row_close;
inline const auto seed_def = place<"seed"> > name > open<Mode::Rows> > *row > close;

/// The first word of an item says which rule reads it.
struct ItemBodyParser : x3::parser<ItemBodyParser> {
  using attribute_type = ast::ItemBody;
  static constexpr bool has_attribute = true;

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext&,
             ast::ItemBody& body) const {
    State& state = state_of(context);
    const auto read = [&](const auto& rule, auto& node) {
      if (rule.parse(first, last, context, x3::unused, node)) return true;
      boost::throw_exception(x3::expectation_failure<Iterator>(first, "a declaration"));
    };
    switch (classify_item(first, state.end)) {
      case ItemKind::End:
        return false;
      case ItemKind::Unknown:
        boost::throw_exception(x3::expectation_failure<Iterator>(first, "a declaration"));
      case ItemKind::Schema:
        return read(schema, body.emplace<ast::Schema>());
      case ItemKind::Option:
        return read(option, body.emplace<ast::Option>());
      case ItemKind::Mixin:
        return read(mixin, body.emplace<ast::Mixin>());
      case ItemKind::Table:
        return read(table, body.emplace<ast::Table>());
      case ItemKind::View:
        return read(view, body.emplace<ast::View>());
      case ItemKind::Trigger:
        return read(trigger, body.emplace<ast::Trigger>());
      case ItemKind::Drop:
        return read(drop, body.emplace<ast::Drop>());
      case ItemKind::Once:
        return read(once, body.emplace<ast::Once>());
      case ItemKind::Assert:
        return read(assertion, body.emplace<ast::Assert>());
      case ItemKind::PackageOpen:
        return read(package_open, body.emplace<ast::PackageOpen>());
      case ItemKind::PackageClose:
        return read(close_place, body.emplace<ast::PackageClose>().span);
      case ItemKind::Seed:
        return read(seed, body.emplace<ast::Seed>());
    }
    return false;
  }
};
inline constexpr ItemBodyParser item_body{};

inline const auto item_def = docs >> item_body > end_of_item;

BOOST_SPIRIT_DEFINE(schema, mixin, table, view, trigger, drop_target, drop, once_part, once_parts, once,
                    assertion, package_open, cell, row, seed, item)

}  // namespace plumb::language::grammar
