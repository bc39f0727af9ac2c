#include <array>

#include "language/overloaded.hpp"
#include "language/resolve/table_builder.hpp"

namespace plumb::language {
namespace {

/// What a clause is, as far as another one of the same kind contradicts it.
enum class Sort {
  Default,
  Was,
  Backfill,
  Where,
  OnDelete,
  OnUpdate,
  OnUpdateNow,
  References,
  GeneratedAs,
  Check,
  Auto,
  Unique,
  PrimaryKey,
  Invisible,
  Unchecked,
  Deferrable,
  Initially,
  Collate,
  Charset,
  Constraint,
  Match,
  Extra,
  Comment,
  Local,
};
constexpr std::size_t sorts = 24;

Sort sort_of(const ast::On& on) {
  if (on.event == ast::OnEvent::Delete) return Sort::OnDelete;
  return on.action == ast::OnAction::Now ? Sort::OnUpdateNow : Sort::OnUpdate;
}

Sort sort_of(ast::Word word) {
  switch (word) {
    case ast::Word::Local:
      return Sort::Local;
    case ast::Word::Auto:
      return Sort::Auto;
    case ast::Word::Unique:
      return Sort::Unique;
    case ast::Word::PrimaryKey:
      return Sort::PrimaryKey;
    case ast::Word::Invisible:
      return Sort::Invisible;
    case ast::Word::Unchecked:
      return Sort::Unchecked;
    case ast::Word::Deferrable:
    case ast::Word::NotDeferrable:
      return Sort::Deferrable;
    case ast::Word::InitiallyDeferred:
    case ast::Word::InitiallyImmediate:
      return Sort::Initially;
  }
  return Sort::Auto;
}

Sort sort_of(ast::Label label) {
  switch (label) {
    case ast::Label::Collate:
      return Sort::Collate;
    case ast::Label::Charset:
      return Sort::Charset;
    case ast::Label::Constraint:
      return Sort::Constraint;
    case ast::Label::Match:
      return Sort::Match;
  }
  return Sort::Collate;
}

Sort sort_of(const ast::Clause& clause) {
  return std::visit(
      overloaded{[](const ast::Default&) { return Sort::Default; }, [](const ast::Was&) { return Sort::Was; },
                 [](const ast::Backfill&) { return Sort::Backfill; },
                 [](const ast::Where&) { return Sort::Where; }, [](const ast::On& on) { return sort_of(on); },
                 [](const ast::References&) { return Sort::References; },
                 [](const ast::GeneratedAs&) { return Sort::GeneratedAs; },
                 [](const ast::Check&) { return Sort::Check; },
                 [](const ast::Flag& flag) { return sort_of(flag.word); },
                 [](const ast::Labelled& labelled) { return sort_of(labelled.label); },
                 [](const ast::Extra& extra) {
                   return extra.kind == ast::Quoted::Extra ? Sort::Extra : Sort::Comment;
                 }},
      clause);
}

/// The words of a sort, in the order of the enumeration.
constexpr std::array<const char*, sorts> sort_names{
    "=",          "was",        "backfill",  "where",   "on delete", "on update",   "on update now",
    "references", "as",         "check",     "auto",    "unique",    "primary key", "invisible",
    "unchecked",  "deferrable", "initially", "collate", "charset",   "constraint",  "match",
    "extra",      "comment",    "local"};

bool belongs(Owner owner, Sort sort) {
  const bool of_key = sort == Sort::OnDelete || sort == Sort::OnUpdate || sort == Sort::Unchecked ||
                      sort == Sort::Deferrable || sort == Sort::Initially || sort == Sort::Match;
  switch (owner) {
    case Owner::Column:
      return sort != Sort::Where;
    case Owner::Index:
      return sort == Sort::Where || sort == Sort::Was || sort == Sort::Extra || sort == Sort::Comment;
    case Owner::PrimaryKey:
      return sort == Sort::Extra;
    case Owner::ForeignKey:
      return of_key || sort == Sort::Was || sort == Sort::Extra;
    case Owner::Check:
      return sort == Sort::Was;
  }
  return false;
}

const char* owner_name(Owner owner) {
  switch (owner) {
    case Owner::Column:
      return "a column";
    case Owner::Index:
      return "an index";
    case Owner::PrimaryKey:
      return "a primary key";
    case Owner::ForeignKey:
      return "a foreign key";
    case Owner::Check:
      return "a check";
  }
  return "";
}

ForeignKeyAction action_of(ast::OnAction action) {
  switch (action) {
    case ast::OnAction::Restrict:
      return ForeignKeyAction::Restrict;
    case ast::OnAction::Cascade:
      return ForeignKeyAction::Cascade;
    case ast::OnAction::SetNull:
      return ForeignKeyAction::SetNull;
    case ast::OnAction::SetDefault:
      return ForeignKeyAction::SetDefault;
    case ast::OnAction::NoAction:
    case ast::OnAction::Now:
      return ForeignKeyAction::NoAction;
  }
  return ForeignKeyAction::NoAction;
}

void append_word(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

}  // namespace

ast::Span clause_span(const ast::Clause& clause) {
  return std::visit([](const auto& one) { return one.span; }, clause);
}

std::string clause_name(const ast::Clause& clause) {
  return sort_names.at(static_cast<std::size_t>(sort_of(clause)));
}

bool check_clauses(Scope& scope, const Place& place, Owner owner, const std::vector<ast::Clause>& clauses) {
  std::array<const ast::Clause*, sorts> seen{};
  bool fine = true;
  for (const ast::Clause& clause : clauses) {
    const Sort sort = sort_of(clause);
    const ast::Span span = clause_span(clause);
    const std::string name = std::string("`") + sort_names.at(static_cast<std::size_t>(sort)) + "`";
    if (!belongs(owner, sort)) {
      scope.error("misplaced-clause", place.file, span, name + " has no meaning for " + owner_name(owner));
      fine = false;
      continue;
    }
    const ast::Clause*& first = seen.at(static_cast<std::size_t>(sort));
    if (first != nullptr && sort != Sort::Check) {
      scope.error("duplicate-clause", place.file, span, name + " is given twice",
                  {Scope::first_one(place.file, clause_span(*first))});
      fine = false;
    }
    first = &clause;
  }
  return fine;
}

void apply_reference_clauses(Scope& scope, const Place& place, const std::vector<ast::Clause>& clauses,
                             ForeignKey& key, PendingForeignKey& pending) {
  std::string deferrable;
  std::string initially;
  std::string match;
  for (const ast::Clause& clause : clauses) {
    if (const auto* on = std::get_if<ast::On>(&clause)) {
      if (on->action == ast::OnAction::Now) continue;
      (on->event == ast::OnEvent::Delete ? key.on_delete : key.on_update) = action_of(on->action);
      if (on->action == ast::OnAction::SetNull) pending.set_null = on->span;
    } else if (const auto* flag = std::get_if<ast::Flag>(&clause)) {
      if (flag->word == ast::Word::Unchecked) pending.unchecked = true;
      if (flag->word == ast::Word::Deferrable) deferrable = "DEFERRABLE";
      if (flag->word == ast::Word::NotDeferrable) deferrable = "NOT DEFERRABLE";
      if (flag->word == ast::Word::InitiallyDeferred) initially = "INITIALLY DEFERRED";
      if (flag->word == ast::Word::InitiallyImmediate) initially = "INITIALLY IMMEDIATE";
    } else if (const auto* labelled = std::get_if<ast::Labelled>(&clause)) {
      if (labelled->label == ast::Label::Match)
        match = "MATCH " + to_upper(scope.text(place, labelled->name));
    }
  }
  for (const std::string* words : {&match, &deferrable, &initially}) {
    if (!words->empty()) append_word(key.extra, *words);
  }
}

}  // namespace plumb::language
