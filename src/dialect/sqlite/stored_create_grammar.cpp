// The grammar of what SQLite stores in sqlite_schema.sql, after the diagrams of
// https://www.sqlite.org/lang_createtable.html, lang_createindex.html, lang_createview.html,
// lang_createtrigger.html and lang_createvtab.html, with the liberties that the engine itself takes: any
// order and number of column constraints, no comma between table constraints, names without a constraint
// behind them, strings as names.
#include "dialect/sqlite/stored_create_grammar.hpp"

#include "dialect/sqlite/stored_create_tokens.hpp"
#include "dialect/sqlite/stored_create_traits.hpp"
#include "support/text.hpp"

namespace plumb::sqlite::stored {
namespace {

using ast::Conflict;
using ast::Order;
using ast::Slice;
using Event = ast::On::Event;
using Action = ForeignKeyAction;

template <class Attribute, class Id>
constexpr auto rule(const char* label) {
  return x3::rule<Id, Attribute>{label};
}

// Pieces

const auto no_slice = x3::attr(Slice{});
const auto no_slices = x3::attr(std::vector<Slice>{});
const auto names = rule<std::vector<Slice>, struct names_id>("names") =
    sign<'('> >> (listed_name % sign<','>) >> sign<')'>;
const auto perhaps_names = rule<std::vector<Slice>, struct perhaps_names_id>("names") = names | no_slices;

const auto order = rule<Order, struct order_id>("order") =
    meaning<"asc", Order::Ascending> | meaning<"desc", Order::Descending> | x3::attr(Order::Unspecified);

const auto resolution = rule<Conflict, struct resolution_id>("resolution") =
    meaning<"rollback", Conflict::Rollback> | meaning<"abort", Conflict::Abort> |
    meaning<"fail", Conflict::Fail> | meaning<"ignore", Conflict::Ignore> |
    meaning<"replace", Conflict::Replace>;
const auto on_conflict = rule<Conflict, struct on_conflict_id>("on conflict") =
    word<"on"> >> word<"conflict"> >> resolution;
const auto conflict = rule<Conflict, struct conflict_id>("conflict") =
    on_conflict | x3::attr(Conflict::Unspecified);

const auto action = rule<Action, struct action_id>("action") =
    (word<"set"> >> (meaning<"null", Action::SetNull> | meaning<"default", Action::SetDefault>)) |
    meaning<"cascade", Action::Cascade> | meaning<"restrict", Action::Restrict> |
    (word<"no"> >> meaning<"action", Action::NoAction>);
const auto event = rule<Event, struct event_id>("event") =
    meaning<"delete", Event::Delete> | meaning<"update", Event::Update> | meaning<"insert", Event::Insert>;
const auto on = rule<ast::On, struct on_id>("on") = word<"on"> >> event >> action;
const auto match = rule<ast::Match, struct match_id>("match") = word<"match"> >> name;
const auto argument = rule<ast::ReferenceArgument, struct argument_id>("argument") = on | match;
const auto references = rule<ast::References, struct references_id>("references") =
    word<"references"> >> name >> perhaps_names >> *argument;

const auto initially = rule<bool, struct initially_id>("initially") =
    (word<"initially"> >> (meaning<"deferred", true> | meaning<"immediate", false>)) | x3::attr(false);
const auto not_deferrable = rule<bool, struct not_deferrable_id>("not deferrable") = word<"not"> >>
                                                                                     word<"deferrable"> >>
                                                                                     x3::omit[initially] >>
                                                                                     x3::attr(false);
const auto deferrable = rule<bool, struct deferrable_id>("deferrable") = word<"deferrable"> >> initially;
const auto deferral = rule<ast::Deferral, struct deferral_id>("deferral") = not_deferrable | deferrable;
const auto perhaps_deferral = rule<ast::Deferral, struct perhaps_deferral_id>("deferral") =
    not_deferrable | deferrable | x3::attr(false);

const auto constraint_name = rule<ast::ConstraintName, struct constraint_name_id>("constraint") =
    word<"constraint"> >> name;

// Columns

const auto not_null = rule<ast::NotNull, struct not_null_id>("not null") =
    word<"not"> >> word<"null"> >> conflict;
const auto null = rule<ast::Null, struct null_id>("null") = word<"null"> >> conflict;
const auto column_primary_key = rule<ast::ColumnPrimaryKey, struct column_primary_key_id>("primary key") =
    word<"primary"> >> word<"key"> >> order >> conflict >> flag<"autoincrement">;
const auto column_unique = rule<ast::ColumnUnique, struct column_unique_id>("unique") =
    word<"unique"> >> conflict;
const auto check = rule<ast::Check, struct check_id>("check") = word<"check"> >> bracketed;
const auto default_clause = rule<ast::Default, struct default_clause_id>("default") =
    word<"default"> >> plus_or_minus >> default_value;
const auto collate = rule<ast::Collate, struct collate_id>("collate") = word<"collate"> >> collation;
const auto generated_as = rule<ast::GeneratedAs, struct generated_as_id>("as") =
    -(word<"generated"> >> word<"always">) >> word<"as"> >> bracketed >> storage;

const auto column_clause = rule<ast::ColumnClause, struct column_clause_id>("column constraint") =
    not_null | default_clause | column_primary_key | references | check | collate | column_unique |
    constraint_name | generated_as | deferral | null;

const auto column = rule<ast::Column, struct column_id>("column") =
    here >> name >> type >> *column_clause >> here;

// Tables

const auto comma = rule<ast::Comma, struct comma_id>("comma") = sign<','> >> x3::attr(',');
const auto key_parts = rule<std::vector<Slice>, struct key_parts_id>("parts") = part % sign<','>;
const auto table_primary_key = rule<ast::TablePrimaryKey, struct table_primary_key_id>("primary key") =
    word<"primary"> >> word<"key"> >> sign<'('> >> key_parts >> flag<"autoincrement"> >> sign<')'> >>
    conflict;
const auto table_unique = rule<ast::TableUnique, struct table_unique_id>("unique") =
    word<"unique"> >> sign<'('> >> key_parts >> sign<')'> >> conflict;
const auto table_check = rule<ast::TableCheck, struct table_check_id>("check") =
    word<"check"> >> bracketed >> conflict;
const auto foreign_key = rule<ast::ForeignKey, struct foreign_key_id>("foreign key") =
    word<"foreign"> >> word<"key"> >> names >> references >> perhaps_deferral;

const auto table_clause = rule<ast::TableClause, struct table_clause_id>("table constraint") =
    constraint_name | table_primary_key | table_unique | table_check | foreign_key;
const auto next_table_clause = rule<ast::TableClause, struct next_table_clause_id>("table constraint") =
    table_clause | (comma >> table_clause_ahead);
const auto table_clauses = rule<std::vector<ast::TableClause>, struct table_clauses_id>("table constraints") =
    (sign<','> >> table_clause_ahead >> table_clause >> *next_table_clause) |
    x3::attr(std::vector<ast::TableClause>{});

const auto columns = rule<std::vector<ast::Column>, struct columns_id>("columns") =
    column >> *(sign<','> >> !table_clause_ahead >> column);

const auto table_option = rule<ast::TableOption, struct table_option_id>("table option") =
    meaning<"strict", ast::TableOption::Strict> |
    (word<"without"> >> meaning<"rowid", ast::TableOption::WithoutRowid>);
const auto table_options = rule<std::vector<ast::TableOption>, struct table_options_id>("table options") =
    (-sign<','> >> (table_option % sign<','>)) | x3::attr(std::vector<ast::TableOption>{});  // the engine lets a comma begin

// The head that SQLite stores has no TEMP, IF NOT EXISTS or schema name; a text written by hand may.

const auto temporary = -(word<"temp"> | word<"temporary">);
const auto if_not_exists = -(word<"if"> >> word<"not"> >> word<"exists">);
const auto qualified_name = rule<Slice, struct qualified_name_id>("name") =
    (x3::omit[name] >> sign<'.'> >> name) | name;

const auto table = rule<ast::Table, struct table_id>("table") = temporary >> word<"table"> >> if_not_exists >>
                                                                qualified_name >> sign<'('> >> columns >>
                                                                table_clauses >> sign<')'> >> table_options;

// The other objects

const auto where = rule<Slice, struct where_id>("where") = (word<"where"> >> rest) | no_slice;
const auto index = rule<ast::Index, struct index_id>("index") =
    flag<"unique"> >> word<"index"> >> if_not_exists >> qualified_name >> word<"on"> >> name >> sign<'('> >>
    key_parts >> sign<')'> >> where;

const auto view = rule<ast::View, struct view_id>("view") =
    temporary >> word<"view"> >> if_not_exists >> qualified_name >> perhaps_names >> word<"as"> >> rest;

const auto timing = rule<TriggerTiming, struct timing_id>("timing") =
    meaning<"before", TriggerTiming::Before> | meaning<"after", TriggerTiming::After> |
    (word<"instead"> >> meaning<"of", TriggerTiming::InsteadOf>) | x3::attr(TriggerTiming::Before);
const auto update_of = rule<std::vector<Slice>, struct update_of_id>("update of") =
    (word<"of"> >> (name % sign<','>)) | no_slices;
const auto trigger_event = rule<ast::TriggerWhen, struct trigger_event_id>("trigger event") =
    (meaning<"insert", TriggerEvent::Insert> >> no_slices) |
    (meaning<"delete", TriggerEvent::Delete> >> no_slices) |
    (meaning<"update", TriggerEvent::Update> >> update_of);
const auto for_each_row = -(word<"for"> >> word<"each"> >> word<"row">);
const auto trigger_when = rule<Slice, struct trigger_when_id>("when") =
    (word<"when"> >> condition) | no_slice;
const auto trigger = rule<ast::Trigger, struct trigger_id>("trigger") =
    temporary >> word<"trigger"> >> if_not_exists >> qualified_name >> timing >> trigger_event >>
    word<"on"> >> qualified_name >> for_each_row >> trigger_when >> word<"begin"> >> body;

const auto virtual_table = rule<ast::VirtualTable, struct virtual_table_id>("virtual table") =
    word<"virtual"> >> word<"table"> >> if_not_exists >> qualified_name >> word<"using"> >> name >>
    x3::omit[-bracketed];

const auto create = rule<ast::Create, struct create_id>("create") =
    table | index | view | trigger | virtual_table;
const auto stored = rule<ast::Create, struct stored_id>("stored text") =
    word<"create"> >> create >> x3::omit[the_end];

std::string describe(const Progress& progress, std::string_view text) {
  const char* const end = text.data() + text.size();
  const Token token = token_at(progress.furthest(), end);
  constexpr std::size_t longest = 40;
  const std::string got =
      token.kind == Lexeme::End ? "the text ends" : "`" + shortened(token.text, longest) + "` stands";
  constexpr std::size_t most = 3;
  if (progress.count() == 0 || progress.count() > most) return got + " where it cannot";
  std::string wanted;
  for (std::size_t i = 0; i < progress.count(); ++i) {
    if (i != 0) wanted += " or ";
    const std::string_view what = progress.what(i);
    wanted += what.find(' ') == std::string_view::npos ? "`" + std::string(what) + "`" : std::string(what);
  }
  return got + " where " + wanted + " is expected";
}

}  // namespace

std::variant<ast::Create, SyntaxProblem> parse_create(std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* at = skip_blanks(text.data(), end);
  Progress progress(at);
  const auto context = x3::make_context<progress_tag>(progress);
  ast::Create tree;
  if (stored.parse(at, end, context, x3::unused, tree)) return tree;
  return SyntaxProblem{static_cast<std::size_t>(progress.furthest() - text.data()), describe(progress, text)};
}

}  // namespace plumb::sqlite::stored
