// language/grammar/ast_adapted.hpp: the AST as Spirit sees it: members in the order in which the rules fill
// them.
#pragma once

#include <boost/fusion/include/adapt_struct.hpp>

#include "language/ast.hpp"

BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::TypeArgument, engine, value)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Type, word, arguments, is_unsigned, nullable)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Default, span, value)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Was, span, names)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Backfill, span, sql)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Where, span, sql)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::On, span, event, action)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::References, span, database, table, columns)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::GeneratedAs, span, sql, storage)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Check, span, name, was, sql)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Flag, span, word)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Labelled, span, label, name)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Extra, span, kind, text)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Column, name, type, clauses)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Part, column, expression, length, collation, descending)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Index, span, kind, constraint, name, was, parts, clauses)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::PrimaryKey, span, name, parts, clauses)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::ForeignKey, span, name, was, columns, references, clauses)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::TableCheck, check, clauses)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::NaturalKey, span, columns)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Use, span, mixins)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::OptionEntry, words, value)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Option, span, engine, entries)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::TableExtra, span, kind, text)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Schema, span, name, version, after)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Mixin, span, name, members)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Table, row_class, name, was, members)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::View, span, name, was, columns, header, comment, query)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Trigger, span, name, timing, event, columns, table, unchecked,
                          options, when, body)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::DropTarget, first, second)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Drop, span, kind, targets)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::OncePart, span, down, sql)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Once, optional, name, version, after, parts)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Assert, span, text, query)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::PackageOpen, span, name, after)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Cell, column, value)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Member, docs, body)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Item, docs, body)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Row, span, cells)
BOOST_FUSION_ADAPT_STRUCT(plumb::language::ast::Seed, span, table, rows)
