#include <algorithm>
#include <charconv>

#include "language/resolve/table_builder.hpp"
#include "language/resolve/type.hpp"
#include "support/fingerprint.hpp"

namespace plumb::language {
namespace {

constexpr std::size_t hash_digits = 8;
constexpr std::uint32_t longest_prefix = 65535;

/// What stands for an index's parts in its generated name: columns, and a stable hash for an expression.
std::vector<std::string> name_parts(const std::vector<IndexPart>& parts) {
  std::vector<std::string> names;
  names.reserve(parts.size());
  for (const IndexPart& part : parts) {
    if (!part.expression) {
      names.push_back(part.column);
      continue;
    }
    std::string all = part.expression->common;
    for (const auto& [engine, text] : part.expression->variants)
      all.append("\n").append(engine).append(":").append(text);
    names.push_back("expr_" + sha256_hex(all).substr(0, hash_digits));
  }
  return names;
}

std::string extra_of(const std::vector<ast::Clause>& clauses, ast::Quoted kind = ast::Quoted::Extra) {
  for (const ast::Clause& clause : clauses) {
    const auto* extra = std::get_if<ast::Extra>(&clause);
    if (extra != nullptr && extra->kind == kind) return std::string(extra->text.text);
  }
  return {};
}

const ast::Was* was_of(const std::vector<ast::Clause>& clauses) {
  for (const ast::Clause& clause : clauses) {
    if (const auto* was = std::get_if<ast::Was>(&clause)) return was;
  }
  return nullptr;
}

const char* kind_word(char kind) {
  if (kind == 'i') return "index";
  return kind == 'f' ? "foreign key" : "check";
}

}  // namespace

std::vector<IndexPart> TableBuilder::parts(const Place& place, const std::vector<ast::Part>& nodes) {
  std::vector<IndexPart> out;
  out.reserve(nodes.size());
  for (const ast::Part& node : nodes) {
    IndexPart& part = out.emplace_back();
    if (!node.column.empty()) part.column = scope_.text(place, node.column);
    if (!node.expression.empty()) part.expression = scope_.engine_sql(place, node.expression);
    if (!node.collation.empty()) part.collation = scope_.text(place, node.collation);
    part.descending = node.descending;
    if (node.length.empty()) continue;
    std::uint32_t length = 0;
    const char* end = node.length.text.data() + node.length.text.size();
    const auto [stop, problem] = std::from_chars(node.length.text.data(), end, length);
    if (problem != std::errc() || stop != end || length == 0 || length > longest_prefix) {
      scope_.error("type-arguments", place.file, node.length.span,
                   "an index takes a prefix of 1 to " + std::to_string(longest_prefix) + " characters");
      continue;
    }
    part.length = length;
  }
  return out;
}

void TableBuilder::add_index(const Place& place, const ast::Index& node, ast::Span docs) {
  if (!check_clauses(scope_, place, Owner::Index, node.clauses)) return;
  if (node.constraint && node.kind != IndexKind::Unique) {
    scope_.error("misplaced-clause", place.file, node.span, "only `unique constraint` makes a constraint");
    return;
  }
  Index& index = table_.indexes.emplace_back();
  index.kind = node.kind;
  index.constraint = node.constraint;
  index.parts = parts(place, node.parts);
  index.comment = scope_.docs(place.file, docs);
  index.extra = extra_of(node.clauses);
  if (std::string comment = extra_of(node.clauses, ast::Quoted::Comment); !comment.empty()) {
    index.comment = std::move(comment);
  }
  for (const ast::Clause& clause : node.clauses) {
    if (const auto* where = std::get_if<ast::Where>(&clause))
      index.where = scope_.engine_sql(place, where->sql);
  }
  index.name = object_name(place, node.name, node.span, node.kind == IndexKind::Unique ? "uq" : "idx",
                           name_parts(index.parts));
  add_was(place, index.name.text, node.was);
  if (const ast::Was* was = was_of(node.clauses)) add_was(place, index.name.text, was->names);
  pending_.push_back({place, &node.parts, static_cast<std::uint32_t>(table_.indexes.size() - 1), false});
}

void TableBuilder::claim_primary_key(const Place& place, ast::Span span) {
  if (primary_key_span_) {
    scope_.error("two-primary-keys", place.file, span,
                 "table `" + table_.name + "` has a primary key already",
                 {Scope::first_one(primary_key_file_, *primary_key_span_)});
    return;
  }
  primary_key_span_ = span;
  primary_key_file_ = place.file;
}

void TableBuilder::add_primary_key(const Place& place, const ast::PrimaryKey& node) {
  if (!check_clauses(scope_, place, Owner::PrimaryKey, node.clauses)) return;
  std::vector<IndexPart> key_parts = parts(place, node.parts);
  // `primary key name (id)` may name the key that `id serial` made.
  const Column* serial = key_parts.size() == 1 ? table_.find_column(key_parts.front().column) : nullptr;
  const bool names_serial = serial != nullptr && serial->type.kind == TypeKind::Serial &&
                            table_.primary_key && table_.primary_key->parts.size() == 1 &&
                            table_.primary_key->name.empty() &&
                            equal_ignoring_case(table_.primary_key->parts.front().column, serial->name);
  if (!names_serial) {
    claim_primary_key(place, node.span);
    if (table_.primary_key) return;
  }
  PrimaryKey key;
  if (!node.name.empty()) key.name = ObjectName(scope_.text(place, node.name));
  key.parts = std::move(key_parts);
  key.extra = extra_of(node.clauses);
  table_.primary_key = std::move(key);
  pending_.push_back({place, &node.parts, 0, true});
}

void TableBuilder::add_foreign_key(const Place& place, const ast::ForeignKey& node) {
  if (!check_clauses(scope_, place, Owner::ForeignKey, node.clauses)) return;
  ForeignKey& key = table_.foreign_keys.emplace_back();
  key.columns = scope_.texts(place, node.columns);
  key.name = object_name(place, node.name, node.span, "fk", key.columns);
  add_was(place, key.name.text, node.was);
  if (const ast::Was* was = was_of(node.clauses)) add_was(place, key.name.text, was->names);
  PendingForeignKey pending;
  pending.table = number_;
  pending.key = static_cast<std::uint32_t>(table_.foreign_keys.size() - 1);
  pending.place = place;
  pending.columns = &node.columns;
  pending.references = &node.references;
  pending.target = node.references.table;
  apply_reference_clauses(scope_, place, node.clauses, key, pending);
  const std::string extra = extra_of(node.clauses);
  if (!extra.empty()) key.extra += (key.extra.empty() ? "" : " ") + extra;
  pending_names_.push_back({place, &node.columns, pending.key, false});
  scope_.foreign_keys.push_back(pending);
}

void TableBuilder::add_check(const Place& place, const ast::TableCheck& node) {
  if (!check_clauses(scope_, place, Owner::Check, node.clauses)) return;
  Check& check = table_.checks.emplace_back();
  if (node.check.name.empty()) ++unnamed_checks_;
  check.name = object_name(place, node.check.name, node.check.span, "ck", {std::to_string(unnamed_checks_)});
  check.expression = scope_.engine_sql(place, node.check.sql);
  add_was(place, check.name.text, node.check.was);
  if (const ast::Was* was = was_of(node.clauses)) add_was(place, check.name.text, was->names);
}

void TableBuilder::add_natural_key(const Place& place, const ast::NaturalKey& node) {
  if (has_natural_key_) {
    scope_.error("duplicate-clause", place.file, node.span,
                 "table `" + table_.name + "` has a natural key already");
    return;
  }
  has_natural_key_ = true;
  intent_.natural_key = scope_.texts(place, node.columns);
  scope_.natural_keys.push_back({number_, static_cast<std::uint32_t>(table_.indexes.size()), place, &node});
  pending_names_.push_back({place, &node.columns, 0, true});
}

void TableBuilder::add_was(const Place& place, const std::string& name, const std::vector<ast::Name>& was) {
  if (was.empty()) return;
  auto& names = intent_.object_was[name];
  for (std::string& one : scope_.texts(place, was)) names.push_back(std::move(one));
}

ObjectName TableBuilder::object_name(const Place& place, const ast::Name& written, ast::Span span,
                                     const char* prefix, const std::vector<std::string>& columns) {
  const bool generated = written.empty();
  std::string name = generated ? generated_name(prefix, table_.name, columns) : scope_.text(place, written);
  const char kind = prefix[0] == 'f' ? 'f' : prefix[0] == 'c' ? 'c' : 'i';
  const auto same = [&](const TakenName& taken) {
    return taken.kind == kind && equal_ignoring_case(taken.name, name);
  };
  auto found = std::find_if(taken_.begin(), taken_.end(), same);
  const bool suffixed = found != taken_.end() && generated;
  if (suffixed) {
    const std::string base = name;
    for (int next = 2; found != taken_.end(); ++next) {
      name = base + "_" + std::to_string(next);
      found = std::find_if(taken_.begin(), taken_.end(), same);
    }
  }
  const ast::Span at = generated ? span : written.span;
  if (found != taken_.end()) {
    scope_.error("duplicate-name", place.file, at,
                 std::string(kind_word(kind)) + " `" + name + "` is declared twice in table `" + table_.name +
                     "`" + (generated || found->generated ? "; give one of them another name" : ""),
                 {Scope::first_one(found->file, found->span)});
  } else {
    taken_.push_back({name, kind, place.file, at, generated, suffixed});
  }
  return {std::move(name), generated};
}

void TableBuilder::check_twins() {
  for (const TakenName& taken : taken_) {
    if (taken.suffixed && taken.kind == 'i') check_index_twin(taken);
    if (taken.suffixed && taken.kind == 'f') check_key_twin(taken);
  }
}

void TableBuilder::check_index_twin(const TakenName& taken) {
  const Index* one = table_.find_index(taken.name);
  for (const Index& other : table_.indexes) {
    if (&other == one) return;  // only those before it
    const bool same = same_but_for_the_name(*one, other);
    if (same) return report_twin(taken, "index", other.name.text);
  }
}

void TableBuilder::check_key_twin(const TakenName& taken) {
  const auto& keys = table_.foreign_keys;
  const auto one = std::find_if(keys.begin(), keys.end(),
                                [&](const ForeignKey& key) { return key.name.text == taken.name; });
  const auto target_of = [&](const ForeignKey& key) {
    const auto number = static_cast<std::uint32_t>(&key - keys.data());
    for (const PendingForeignKey& pending : scope_.foreign_keys) {
      if (pending.table == number_ && pending.key == number) return pending.target.text;
    }
    return std::string_view();
  };
  for (auto other = keys.begin(); other != one; ++other) {
    if (other->columns == one->columns && equal_ignoring_case(target_of(*other), target_of(*one))) {
      return report_twin(taken, "foreign key", other->name.text);
    }
  }
}

void TableBuilder::report_twin(const TakenName& taken, const char* what, const std::string& first) {
  const auto other = std::find_if(taken_.begin(), taken_.end(), [&](const TakenName& known) {
    return known.kind == taken.kind && known.name == first;
  });
  std::vector<DiagnosticNote> notes;
  if (other != taken_.end()) notes.push_back(Scope::first_one(other->file, other->span));
  scope_.error("duplicate-name", taken.file, taken.span,
               std::string("the same ") + what + " stands in table `" + table_.name + "` twice",
               std::move(notes));
}

const std::string* TableBuilder::settle_column(const Place& place, const ast::Name& node,
                                               const std::string& name) {
  const auto number = columns_.find(name);
  if (number) return &table_.columns[*number].name;
  if (!entry_.damaged) {
    scope_.error("unknown-column", place.file, node.span,
                 "column `" + name + "` not found in table `" + table_.name + "`" +
                     Scope::did_you_mean(name, column_names(table_)));
  }
  return nullptr;
}

void TableBuilder::settle_columns(const Place& place, const std::vector<ast::Part>& nodes,
                                  std::vector<IndexPart>& key_parts) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].column.empty()) continue;
    const std::string* name = settle_column(place, nodes[i].column, key_parts[i].column);
    if (name == nullptr) continue;
    key_parts[i].column = *name;
    for (std::size_t k = 0; k < i; ++k) {
      const IndexPart& other = key_parts[k];
      if (other.column != *name || other.collation != key_parts[i].collation || other.descending != key_parts[i].descending) continue;
      scope_.error("duplicate-name", place.file, nodes[i].column.span,
                   "column `" + *name + "` is in this key twice");
      break;
    }
  }
}

void TableBuilder::settle_columns(const Place& place, const std::vector<ast::Name>& nodes,
                                  std::vector<std::string>& names) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::string* name = settle_column(place, nodes[i], names[i]);
    if (name == nullptr) continue;
    names[i] = *name;
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), *name) !=
        names.begin() + static_cast<std::ptrdiff_t>(i)) {
      scope_.error("duplicate-name", place.file, nodes[i].span,
                   "column `" + *name + "` is in this key twice");
    }
  }
}

void TableBuilder::check_auto() {
  if (autos_.empty()) return;
  if (autos_.size() > 1) {
    scope_.error("bad-auto", autos_[1].file, autos_[1].span, "a table can have one `auto` column",
                 {Scope::first_one(autos_[0].file, autos_[0].span)});
  }
  const Column& column = table_.columns[autos_[0].column];
  if (!is_integer(column.type.kind) && column.type.kind != TypeKind::Native &&
      column.type.kind != TypeKind::SerialRef) {
    if (column.type.kind != TypeKind::Serial) {
      scope_.error("bad-auto", autos_[0].file, autos_[0].span,
                   "only integers count by themselves, `" + type_text(column.type) + "` does not");
    }
    return;
  }
  const auto leads = [&](const std::vector<IndexPart>& key_parts) {
    return !key_parts.empty() && key_parts.front().column == column.name;
  };
  const bool is_key = (table_.primary_key && leads(table_.primary_key->parts)) ||
                      std::any_of(table_.indexes.begin(), table_.indexes.end(),
                                  [&](const Index& index) { return leads(index.parts); });
  if (is_key || entry_.damaged) return;
  scope_.error(
      "bad-auto", autos_[0].file, autos_[0].span,
      "the `auto` column `" + column.name + "` must be the first column of the primary key or of an index");
}

}  // namespace plumb::language
