// dialect/sqlite/stored_create_traits.hpp: tells Spirit X3 that std::variant is a variant, and the AST to
// Fusion.
#pragma once

#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/spirit/home/x3.hpp>
#include <variant>

#include "dialect/sqlite/stored_create_ast.hpp"

namespace boost::spirit::x3::traits {
template <class... Ts>
struct is_variant<std::variant<Ts...>> : mpl::true_ {};
template <class... Ts>
struct std_variant_types {
  using types = mpl::vector<Ts...>;
};
template <class... Ts, class T>
struct variant_has_substitute_impl<std::variant<Ts...>, T> {
  using type = typename variant_has_substitute_impl<std_variant_types<Ts...>, T>::type;
};
template <class... Ts, class T>
struct variant_find_substitute<std::variant<Ts...>, T> {
  using type = typename variant_find_substitute<std_variant_types<Ts...>, T>::type;
};
template <class... Ts>
struct variant_find_substitute<std::variant<Ts...>, std::variant<Ts...>>
    : mpl::identity<std::variant<Ts...>> {};
}  // namespace boost::spirit::x3::traits

BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::ConstraintName, name)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Check, expression)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::NotNull, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Null, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::ColumnPrimaryKey, order, conflict, autoincrement)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::ColumnUnique, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Default, sign, value)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Collate, name)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::On, event, action)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Match, name)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::References, table, columns, arguments)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Deferral, deferred)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::GeneratedAs, expression, storage)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Column, begin, name, type, clauses, end)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Comma, symbol)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::TablePrimaryKey, parts, autoincrement, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::TableUnique, parts, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::TableCheck, expression, conflict)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::ForeignKey, columns, references, deferral)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Table, name, columns, clauses, options)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Index, unique, name, table, parts, where)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::View, name, columns, query)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::TriggerWhen, event, columns)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::Trigger, name, timing, on, table, when, body)
BOOST_FUSION_ADAPT_STRUCT(plumb::sqlite::stored::ast::VirtualTable, name, module)
