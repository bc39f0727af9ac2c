#include <algorithm>

#include "language/resolve/table_builder.hpp"
#include "language/resolve/type.hpp"
#include "language/resolve/value.hpp"

namespace plumb::language {
namespace {

Default default_of(Scope& scope, const Place& place, const ast::Value& value) {
  Default out = as_default(value);
  if (value.kind == ast::ValueKind::Now) out.kind = DefaultKind::Now;
  if (out.kind == DefaultKind::Expression) out.sql = scope.engine_sql(place, {value.text, value.span});
  if (out.kind == DefaultKind::Null || out.kind == DefaultKind::Now || out.kind == DefaultKind::Expression) out.text.clear();
  return out;
}

/// The first clause that only means something behind `references` or ref(…).
const ast::Clause* reference_only(const std::vector<ast::Clause>& clauses) {
  for (const ast::Clause& clause : clauses) {
    const auto* on = std::get_if<ast::On>(&clause);
    const auto* flag = std::get_if<ast::Flag>(&clause);
    const auto* labelled = std::get_if<ast::Labelled>(&clause);
    if (on != nullptr && on->action != ast::OnAction::Now) return &clause;
    if (flag != nullptr &&
        (flag->word == ast::Word::Unchecked || flag->word == ast::Word::Deferrable ||
         flag->word == ast::Word::NotDeferrable || flag->word == ast::Word::InitiallyDeferred ||
         flag->word == ast::Word::InitiallyImmediate)) {
      return &clause;
    }
    if (labelled != nullptr &&
        (labelled->label == ast::Label::Match || labelled->label == ast::Label::Constraint)) {
      return &clause;
    }
  }
  return nullptr;
}

/// Whether it is a ref(…) that names its table; anything else in the parentheses is reported with the type.
bool names_table(const ast::Type& type) {
  return type.word.text == "ref" && type.arguments.size() == 1 &&
         type.arguments.front().value.kind == ast::ValueKind::Word;
}

ast::Name target_of(const ast::Type& ref) {
  const ast::Value& value = ref.arguments.front().value;
  return {value.text, value.span};
}

bool takes_on_update_now(TypeKind kind) {
  return kind == TypeKind::DateTime || kind == TypeKind::Timestamp || kind == TypeKind::Native;
}

}  // namespace

void TableBuilder::add_column(const Place& place, const ast::Column& node, ast::Span docs) {
  const auto position = static_cast<std::uint32_t>(table_.columns.size());
  const auto entry = intent_.columns.try_emplace(intent_.columns.end(), scope_.text(place, node.name));
  const std::string& name = entry->first;  // stays where it is, unlike the columns
  if (const auto first = columns_.add(name, position)) {
    scope_.error("duplicate-name", place.file, node.name.span,
                 "column `" + name + "` is declared twice in table `" + table_.name + "`",
                 {Scope::first_one(column_files_[*first], column_spans_[*first])});
    if (table_.columns[*first].name != name) intent_.columns.erase(entry);
    return;
  }
  column_spans_.push_back(node.name.span);
  column_files_.push_back(place.file);
  Column& column = table_.columns.emplace_back();
  column.name = name;
  ColumnIntent& intent = entry->second;
  intent.origin = scope_.origin(place.file, node.name.span);
  column.comment = scope_.docs(place.file, docs);
  column.nullable = node.type.nullable;
  auto type = build_type(scope_, place, node.type, node.name.text);
  const bool known = type.has_value();
  if (known) column.type = std::move(*type);
  intent.is_ref = node.type.word.text == "ref";
  apply(place, node, column, intent);
  if (known) check_column(place, node, column, intent);
}

void TableBuilder::apply(const Place& place, const ast::Column& node, Column& column, ColumnIntent& intent) {
  const bool counts = column.type.kind == TypeKind::Serial;
  if (names_table(node.type)) {
    scope_.refs.push_back({number_, static_cast<std::uint32_t>(table_.columns.size() - 1),
                           target_of(node.type), place, PendingRef::State::Waiting});
  }
  if (counts) {
    column.auto_increment = true;
    claim_primary_key(place, node.type.word.span);
    if (!table_.primary_key)
      table_.primary_key = PrimaryKey{{}, {IndexPart{column.name, {}, {}, false, {}}}, {}};
  }
  if (node.clauses.empty() && !intent.is_ref) return;
  if (!check_clauses(scope_, place, Owner::Column, node.clauses)) return;
  const ast::References* references = nullptr;
  for (const ast::Clause& clause : node.clauses) {
    if (const auto* value = std::get_if<ast::Default>(&clause)) {
      add_default(place, *value, column, intent.is_ref);
    } else if (const auto* was = std::get_if<ast::Was>(&clause)) {
      intent.was = scope_.texts(place, was->names);
      scope_.column_was.push_back({number_, place, &node.name, &was->names});
    } else if (const auto* backfill = std::get_if<ast::Backfill>(&clause)) {
      intent.backfill = scope_.engine_sql(place, backfill->sql);
    } else if (const auto* on = std::get_if<ast::On>(&clause)) {
      if (on->action == ast::OnAction::Now && on->event == ast::OnEvent::Update) column.on_update_now = true;
    } else if (const auto* target = std::get_if<ast::References>(&clause)) {
      references = target;
    } else if (const auto* as = std::get_if<ast::GeneratedAs>(&clause)) {
      column.generated = Generated{scope_.engine_sql(place, as->sql), as->storage == ast::Storage::Stored};
    } else if (const auto* check = std::get_if<ast::Check>(&clause)) {
      Check& added = column.checks.emplace_back();
      added.name = object_name(place, check->name, check->span, "ck", {column.name});
      added.expression = scope_.engine_sql(place, check->sql);
      add_was(place, added.name.text, check->was);
    } else if (const auto* flag = std::get_if<ast::Flag>(&clause)) {
      add_column_key(place, column, *flag);
      if (flag->word == ast::Word::Auto) column.auto_increment = true;
      if (flag->word == ast::Word::Invisible) column.invisible = true;
      if (flag->word == ast::Word::Local) {
        intent.is_local = true;
        scope_.master_places.push_back({number_, place.file, flag->span, "local"});
      }
    } else if (const auto* labelled = std::get_if<ast::Labelled>(&clause)) {
      if (labelled->label == ast::Label::Collate) column.collation = scope_.text(place, labelled->name);
      if (labelled->label == ast::Label::Charset) column.charset = scope_.text(place, labelled->name);
    } else if (const auto* extra = std::get_if<ast::Extra>(&clause)) {
      if (extra->kind == ast::Quoted::Comment && !column.comment.empty()) {
        scope_.error("duplicate-clause", place.file, extra->span,
                     "the comment stands in a doc comment already");
      }
      (extra->kind == ast::Quoted::Extra ? column.extra : column.comment) = std::string(extra->text.text);
    }
  }
  if (references != nullptr || intent.is_ref) {
    add_column_reference(place, node, references);
  } else if (const ast::Clause* lost = reference_only(node.clauses)) {
    scope_.error("misplaced-clause", place.file, clause_span(*lost),
                 "`" + clause_name(*lost) + "` needs a `ref(…)` or `references` on the same line");
  }
}

void TableBuilder::add_default(const Place& place, const ast::Default& clause, Column& column, bool waits) {
  column.default_value = default_of(scope_, place, clause.value);
  if (!waits) return;
  scope_.defaults.push_back(
      {number_, static_cast<std::uint32_t>(table_.columns.size() - 1), place.file, clause.value.span});
}

void TableBuilder::add_column_key(const Place& place, const Column& column, const ast::Flag& flag) {
  const auto position = static_cast<std::uint32_t>(table_.columns.size() - 1);
  if (flag.word == ast::Word::Auto) autos_.push_back({position, place.file, flag.span});
  if (flag.word == ast::Word::Unique) {
    Index& index = table_.indexes.emplace_back();
    index.kind = IndexKind::Unique;
    index.parts.push_back({column.name, {}, {}, false, {}});
    index.name = object_name(place, {}, flag.span, "uq", {column.name});
  }
  if (flag.word == ast::Word::PrimaryKey) {
    claim_primary_key(place, flag.span);
    if (!table_.primary_key)
      table_.primary_key = PrimaryKey{{}, {IndexPart{column.name, {}, {}, false, {}}}, {}};
  }
}

void TableBuilder::add_column_reference(const Place& place, const ast::Column& node,
                                        const ast::References* references) {
  const bool is_ref = node.type.word.text == "ref";
  if (is_ref && references != nullptr) {
    scope_.error("conflicting-clauses", place.file, references->span, "`ref(…)` is a foreign key already");
    return;
  }
  if (is_ref && !names_table(node.type)) return;  // reported with the type
  ast::Name constraint;
  for (const ast::Clause& clause : node.clauses) {
    const auto* labelled = std::get_if<ast::Labelled>(&clause);
    if (labelled != nullptr && labelled->label == ast::Label::Constraint) constraint = labelled->name;
  }
  ForeignKey& key = table_.foreign_keys.emplace_back();
  key.columns.push_back(table_.columns.back().name);
  key.name = object_name(place, constraint, node.name.span, "fk", key.columns);
  PendingForeignKey pending;
  pending.table = number_;
  pending.key = static_cast<std::uint32_t>(table_.foreign_keys.size() - 1);
  pending.place = place;
  pending.column = &node.name;
  pending.references = references;
  pending.target = is_ref ? target_of(node.type) : references->table;
  apply_reference_clauses(scope_, place, node.clauses, key, pending);
  scope_.foreign_keys.push_back(pending);
}

void TableBuilder::check_column(const Place& place, const ast::Column& node, const Column& column,
                                const ColumnIntent& intent) {
  const bool serial = column.type.kind == TypeKind::Serial;
  if (serial && column.nullable) {
    scope_.error("conflicting-clauses", place.file, node.type.word.span,
                 "`serial` is a primary key and cannot be nullable");
  }
  if (node.clauses.empty()) return;
  const auto conflict = [&](const ast::Clause& clause, const std::string& why) {
    scope_.error("conflicting-clauses", place.file, clause_span(clause),
                 "`" + clause_name(clause) + "` " + why);
  };
  for (const ast::Clause& clause : node.clauses) {
    if (const auto* value = std::get_if<ast::Default>(&clause)) {
      if (column.generated) {
        conflict(clause, "cannot stand on a generated column, which is computed");
      } else if (column.auto_increment && !serial) {
        conflict(clause, "cannot stand on an `auto` column, which counts by itself");
      } else if (column.default_value && !intent.is_ref) {
        const auto problem = default_problem(column.type, column.nullable, *column.default_value);
        if (problem) {
          scope_.error("default-mismatch", place.file, value->value.span,
                       "the default of column `" + column.name + "` does not fit: " + *problem);
        }
      }
    } else if (std::holds_alternative<ast::Backfill>(clause) && (column.generated || serial)) {
      conflict(clause, column.generated ? "cannot stand on a generated column, which is computed"
                                        : "cannot stand on a `serial`, which counts by itself");
    } else if (const auto* flag = std::get_if<ast::Flag>(&clause)) {
      if (flag->word == ast::Word::Auto && column.generated)
        conflict(clause, "cannot stand on a generated column");
    } else if (const auto* on = std::get_if<ast::On>(&clause);
               on != nullptr && on->action == ast::OnAction::Now) {
      if (on->event == ast::OnEvent::Delete) {
        conflict(clause, "has no `now`, only `on update` has");
      } else if (!takes_on_update_now(column.type.kind)) {
        conflict(clause, "needs a `datetime` or `timestamp`");
      }
    }
  }
}

}  // namespace plumb::language
