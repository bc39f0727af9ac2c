// The grammar of what MariaDB prints, in the order in which it prints it (sql_show.cc, show_create_table).
#include "dialect/mariadb/show_create_grammar.hpp"

#include <boost/fusion/include/adapt_struct.hpp>

#include "dialect/mariadb/show_create_tokens.hpp"
#include "support/text.hpp"

namespace ast = plumb::mariadb::show_create::ast;

BOOST_FUSION_ADAPT_STRUCT(ast::Column, name, type, charset, collation, row, generated, is_virtual, is_stored,
                          not_null, null, invisible, default_value, without_versioning, on_update,
                          auto_increment, comment, options, check)
BOOST_FUSION_ADAPT_STRUCT(ast::Part, column, length, descending, without_overlaps)
BOOST_FUSION_ADAPT_STRUCT(ast::Key, kind, name, parts, options, comment, more_options)
BOOST_FUSION_ADAPT_STRUCT(ast::PrimaryKey, parts, options)
BOOST_FUSION_ADAPT_STRUCT(ast::ForeignKey, name, columns, table, referenced, on_delete, on_update)
BOOST_FUSION_ADAPT_STRUCT(ast::Check, name, expression)
BOOST_FUSION_ADAPT_STRUCT(ast::Option, key, value)
BOOST_FUSION_ADAPT_STRUCT(ast::View, header, name, columns, query)

namespace plumb::mariadb::show_create {
namespace {

// clang-format off
const x3::rule<struct part_id, ast::Part> part = "part of a key";
const auto part_def =
    stretch<find_name> >> stretch<find_length> >> flag<"DESC"> >> flag<"WITHOUT OVERLAPS">;

const auto parts = sign<'('> >> (part % sign<','>) >> sign<')'>;
const auto names = sign<'('> >> (stretch<find_name> % sign<','>) >> sign<')'>;
const auto dotted_name = stretch<find_name> % sign<'.'>;

const x3::rule<struct column_id, ast::Column> column = "column";
const auto column_def =
    stretch<find_name> >> stretch<find_type>
    >> after<"CHARACTER SET", find_word> >> after<"COLLATE", find_word>
    >> after<"GENERATED ALWAYS AS ROW", find_word>
    >> after<"GENERATED ALWAYS AS", find_bracketed> >> flag<"VIRTUAL"> >> flag<"STORED">
    >> flag<"NOT NULL"> >> flag<"NULL"> >> flag<"INVISIBLE">
    >> after<"DEFAULT", find_default> >> flag<"WITHOUT SYSTEM VERSIONING">
    >> after<"ON UPDATE", find_default> >> flag<"AUTO_INCREMENT">
    >> after<"COMMENT", find_string> >> stretch<find_engine_options> >> after<"CHECK", find_bracketed>;

const x3::rule<struct primary_key_id, ast::PrimaryKey> primary_key = "primary key";
const auto primary_key_def = word<"PRIMARY KEY"> >> parts >> stretch<find_all_key_options>;

const auto key_kind =
    meaning<"KEY", IndexKind::Plain> | meaning<"UNIQUE KEY", IndexKind::Unique>
    | meaning<"FULLTEXT KEY", IndexKind::Fulltext> | meaning<"SPATIAL KEY", IndexKind::Spatial>;

const x3::rule<struct key_id, ast::Key> key = "key";
const auto key_def =
    key_kind >> stretch<find_name> >> parts
    >> stretch<find_key_options> >> after<"COMMENT", find_string> >> stretch<find_key_options>;

const x3::rule<struct foreign_key_id, ast::ForeignKey> foreign_key = "foreign key";
const auto foreign_key_def =
    word<"CONSTRAINT"> >> stretch<find_name> >> word<"FOREIGN KEY"> >> names
    >> word<"REFERENCES"> >> dotted_name >> names
    >> after<"ON DELETE", find_action> >> after<"ON UPDATE", find_action>;

const x3::rule<struct check_id, ast::Check> check = "check";
const auto check_def =
    word<"CONSTRAINT"> >> stretch<find_name> >> word<"CHECK"> >> stretch<find_bracketed>;

const x3::rule<struct period_id, ast::Slice> period = "period";
const auto period_def = word<"PERIOD"> >> stretch<find_period>;

const auto member =
    into_list<&ast::Table::columns, ast::Column>(column)
    | into_list<&ast::Table::keys, ast::Key>(key)
    | into_list<&ast::Table::primary_keys, ast::PrimaryKey>(primary_key)
    | into_list<&ast::Table::foreign_keys, ast::ForeignKey>(foreign_key)
    | into_list<&ast::Table::checks, ast::Check>(check)
    | into_list<&ast::Table::periods, ast::Slice>(period);

const x3::rule<struct option_id, ast::Option> option = "table option";
const auto option_def = stretch<find_option_key> >> -(sign<'='> >> stretch<find_option_value>);

const x3::rule<struct table_id, ast::Slice> table = "table";
const auto table_def =
    word<"CREATE"> >> x3::omit[flag<"TEMPORARY">] >> word<"TABLE"> >> stretch<find_name>
    >> sign<'('> >> (member % sign<','>) >> sign<')'>
    >> *into_list<&ast::Table::options, ast::Option>(option);

const x3::rule<struct view_id, ast::View> view = "view";
const auto view_def =
    word<"CREATE"> >> stretch<find_view_header> >> dotted_name >> -names >> word<"AS"> >> stretch<find_rest>;
// clang-format on

BOOST_SPIRIT_DEFINE(part, column, primary_key, key, foreign_key, check, period, option, table, view)

using Context = x3::context<state_tag, State>;

std::string expected(const Progress& progress) {
  std::string out = "expected ";
  for (std::size_t i = 0; i < progress.count(); ++i) {
    const std::string_view what = progress.what(i);
    const bool is_literal = what.front() < 'a' || what.front() > 'z';
    if (i != 0) out += i + 1 == progress.count() ? " or " : ", ";
    out += is_literal ? "`" + std::string(what) + "`" : std::string(what);
  }
  return out;
}

Stop stop_of(std::string_view text, const Progress& progress) {
  return stop_at(text, progress.furthest(), expected(progress));
}

}  // namespace

Stop stop_at(std::string_view text, const char* place, std::string_view problem) {
  const auto offset = static_cast<std::size_t>(place - text.data());
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  const std::string_view rest = text.substr(offset, text.find('\n', offset) - offset);
  const std::string found = rest.empty() ? "the end" : "`" + shortened(rest, 40) + "`";
  return {offset, "line " + std::to_string(line) + ": " + std::string(problem) + ", found " + found};
}

std::optional<Stop> parse_table(std::string_view text, ast::Table& out) {
  State state{Progress(text.data()), out};
  const Context context = x3::make_context<state_tag>(state);
  const char* at = text.data();
  const char* const end = at + text.size();
  if (!table.parse(at, end, context, x3::unused, out.name)) return stop_of(text, state.progress);
  if (at == end) return std::nullopt;
  if (!stretch<find_partitions>.parse(at, end, context, x3::unused, out.partitions))
    return stop_of(text, state.progress);
  return std::nullopt;
}

std::optional<Stop> parse_view(std::string_view text, ast::View& out) {
  ast::Table unused;
  State state{Progress(text.data()), unused};
  const Context context = x3::make_context<state_tag>(state);
  const char* at = text.data();
  if (!view.parse(at, at + text.size(), context, x3::unused, out)) return stop_of(text, state.progress);
  return std::nullopt;
}

}  // namespace plumb::mariadb::show_create
