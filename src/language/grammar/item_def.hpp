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

inline const auto data_path_def = name > -(tight<'.'> > name) > -(tight<'.'> > name);
inline const auto data_pair_def = value<Strings | Numbers | Constants> > mark<'='> > value<Strings | Numbers | Constants>;
inline const auto data_names_def = comma_list(name);
inline const auto data_cells_def = mark<'('> > comma_list(cell) > mark<')'>;
inline const auto data_pairs_def = mark<'('> > comma_list(data_pair) > mark<')'>;

/// The first word of a line says what follows its path.
struct DataLineParser : x3::parser<DataLineParser> {
  using attribute_type = ast::DataLine;
  static constexpr bool has_attribute = true;

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext&,
             ast::DataLine& line) const {
    const auto need = [&](const auto& subject, auto& node) {
      if (!subject.parse(first, last, context, x3::unused, node))
        boost::throw_exception(x3::expectation_failure<Iterator>(first, x3::what(subject)));
    };
    x3::unused_type nothing_here;
    const Iterator begin = first;
    if (!data_word.parse(first, last, context, x3::unused, line.kind)) return false;
    line.span = state_of(context).span(begin, first);
    need(data_path, line.path);
    switch (line.kind) {
      case DataChangeKind::Table:
      case DataChangeKind::Rename:
      case DataChangeKind::Copy:
        need(word<"to">, nothing_here);
        need(name, line.to);
        break;
      case DataChangeKind::Split:
        need(name_list, line.fields);
        need(word<"to">, nothing_here);
        need(name, line.to);
        break;
      case DataChangeKind::Default:
        need(mark<'='>, nothing_here);
        need(value<Strings | Numbers | Constants>, line.value);
        break;
      case DataChangeKind::Set:
        need(mark<'='>, nothing_here);
        need(value<Strings>, line.value);
        break;
      case DataChangeKind::Refer:
        need(data_cells, line.cells);
        break;
      case DataChangeKind::Map:
        need(data_pairs, line.pairs);
        break;
      case DataChangeKind::Drop:
        break;
    }
    need(end_of_declaration, nothing_here);
    return true;
  }
};
inline constexpr DataLineParser data_line{};

inline const auto data_from_def = place<"from"> > value<Numbers> > open<Mode::Data> > *data_line > close > end_of_part;
inline const auto data_format_def = place<"data"> > word<"format"> > value<Numbers> > open<Mode::Data> > *data_from > close;

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
      case ItemKind::DataFormat:
        return read(data_format, body.emplace<ast::DataFormat>());
    }
    return false;
  }
};
inline constexpr ItemBodyParser item_body{};

inline const auto item_def = docs >> item_body > end_of_item;

BOOST_SPIRIT_DEFINE(schema, mixin, table, view, trigger, drop_target, drop, once_part, once_parts, once,
                    assertion, package_open, cell, row, seed, data_path, data_pair, data_names, data_cells, data_pairs,
                    data_from, data_format, item)

}  // namespace plumb::language::grammar
