#include <algorithm>

#include "language/resolve/scope.hpp"
#include "language/resolve/type.hpp"

namespace plumb::language {
namespace {

std::string spelled(const std::vector<std::string>& names) {
  return "(" + join(names, ", ") + ")";
}

/// The number of the column that is the table's whole primary key.
std::optional<std::uint32_t> key_column(const Table& table) {
  if (!table.primary_key || table.primary_key->parts.size() != 1) return std::nullopt;
  const Column* column = table.find_column(table.primary_key->parts.front().column);
  if (column == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(column - table.columns.data());
}

/// The ref(…) that this column is, if it is one.
std::optional<std::size_t> ref_of(const Scope& scope, const TableEntry& entry, std::uint32_t column) {
  for (std::size_t i = entry.first_ref; i < entry.first_ref + entry.ref_count; ++i) {
    if (scope.refs[i].column == column) return i;
  }
  return std::nullopt;
}

/// The place of the primary key column that a ref(…) takes its type from; nothing, with a mistake reported
/// unless the table could not be read, when there is none.
struct KeyPlace {
  TableEntry* entry;
  std::uint32_t column;
};
std::optional<KeyPlace> key_of(Scope& scope, const PendingRef& ref) {
  TableEntry* entry = scope.find_table(ref.place.file, ref.target);
  if (entry == nullptr) return std::nullopt;
  const auto column = key_column(*entry->table);
  if (column) return KeyPlace{entry, *column};
  if (!entry->damaged) {
    scope.error("ref-without-key", ref.place.file, ref.target.span,
                "table `" + entry->table->name +
                    "` has no primary key of one column; write a type and `references " + entry->table->name +
                    "(…)`");
  }
  return std::nullopt;
}

void take_type(Scope& scope, const PendingRef& ref, const Column& key) {
  Column& column = scope.tables[ref.table].table->columns[ref.column];
  column.type = key.type;
  if (key.type.kind == TypeKind::Serial) column.type.kind = TypeKind::SerialRef;
  if (column.charset.empty()) column.charset = key.charset;
  if (column.collation.empty()) column.collation = key.collation;
}

/// Follows refs from key to key until one has a type, then gives it to all on the way.
void resolve_ref(Scope& scope, std::size_t first) {
  std::vector<std::size_t> way;
  std::optional<KeyPlace> key;
  for (std::size_t at = first;;) {
    PendingRef& ref = scope.refs[at];
    ref.state = PendingRef::State::Following;
    way.push_back(at);
    key = key_of(scope, ref);
    if (!key) break;
    const auto next = ref_of(scope, *key->entry, key->column);
    if (!next || scope.refs[*next].state == PendingRef::State::Done) break;
    if (scope.refs[*next].state == PendingRef::State::Following) {
      scope.error("ref-cycle", ref.place.file, ref.target.span,
                  "`ref(" + std::string(ref.target.text) +
                      ")` leads back to itself; one primary key on the way needs a type");
      key.reset();
      break;
    }
    if (scope.refs[*next].state == PendingRef::State::Failed) {
      key.reset();
      break;
    }
    at = *next;
  }
  const Column* from = key ? &key->entry->table->columns[key->column] : nullptr;
  for (auto at = way.rbegin(); at != way.rend(); ++at) {
    PendingRef& ref = scope.refs[*at];
    ref.state = from != nullptr ? PendingRef::State::Done : PendingRef::State::Failed;
    if (from == nullptr) {
      scope.tables[ref.table].table->columns[ref.column].type = ColumnType();  // not judged any further
      continue;
    }
    take_type(scope, ref, *from);
    from = &scope.tables[ref.table].table->columns[ref.column];
  }
}

/// The rest of one foreign key, once all tables are known.
class KeySettler {
 public:
  KeySettler(Scope& scope, const PendingForeignKey& pending)
      : scope_(scope),
        pending_(pending),
        own_(scope.tables[pending.table]),
        key_(own_.table->foreign_keys[pending.key]) {}

  void settle() {
    if (pending_.references != nullptr && !pending_.references->database.empty()) {
      key_.database = scope_.text(pending_.place, pending_.references->database);
      take_written();
      return;
    }
    if (pending_.unchecked && scope_.table_named(pending_.target.text) == nullptr) {
      take_written();
      return;
    }
    TableEntry* entry = scope_.table_named(pending_.target.text);
    if (entry == nullptr && pending_.references != nullptr)
      entry = scope_.find_table(file(), pending_.target);
    if (entry == nullptr) return;  // reported, for ref(…) with the type
    key_.table = entry->table->name;
    if (pending_.references == nullptr && !key_column(*entry->table)) return;
    if (!take_columns(*entry)) return;
    check_actions();
    if (pending_.unchecked) return;
    check_count_and_types(*entry->table, entry->damaged);
  }

 private:
  std::uint32_t file() const { return pending_.place.file; }
  ast::Span whole_span() const {
    if (pending_.columns == nullptr) return pending_.column->span;
    const ast::Span first = pending_.columns->front().span;
    const ast::Span last = pending_.columns->back().span;
    return {first.offset, last.offset + last.length - first.offset};
  }

  void take_written() {
    key_.table = scope_.text(pending_.place, pending_.target);
    // a `ref` names no columns; that its type cannot be known is reported with the type
    if (pending_.references != nullptr) key_.referenced = scope_.texts(pending_.place, pending_.references->columns);
    check_actions();
  }

  /// The referenced columns: as written, or the primary key.
  bool take_columns(TableEntry& entry) {
    if (pending_.references == nullptr || pending_.references->columns.empty()) {
      if (!entry.table->primary_key) {
        if (pending_.references != nullptr && !entry.damaged && !pending_.unchecked) {
          scope_.error(
              "foreign-key-target", file(), pending_.target.span,
              "table `" + entry.table->name + "` has no primary key; name the columns that are meant");
        }
        return false;
      }
      for (const IndexPart& part : entry.table->primary_key->parts) key_.referenced.push_back(part.column);
      return true;
    }
    bool all = true;
    for (const ast::Name& name : pending_.references->columns) {
      const std::string text = scope_.text(pending_.place, name);
      const Column* column =
          pending_.unchecked ? entry.table->find_column(text) : scope_.find_column(entry, file(), name, text);
      all = all && (column != nullptr || pending_.unchecked);
      key_.referenced.push_back(column == nullptr ? text : column->name);
    }
    return all;
  }

  void check_actions() {
    if (!pending_.set_null || pending_.unchecked) return;
    for (const std::string& name : key_.columns) {
      const Column* column = own_.table->find_column(name);
      if (column == nullptr || column->nullable) continue;
      scope_.error("set-null", file(), *pending_.set_null,
                   "`set null` cannot work: column `" + name +
                       "` is not null; a `?` behind its type makes it nullable");
      return;
    }
  }

  void check_count_and_types(const Table& target, bool damaged) {
    if (key_.columns.size() != key_.referenced.size()) {
      scope_.error("foreign-key-columns", file(), whole_span(),
                   counted(key_.columns.size(), "column") + " cannot refer to " +
                       counted(key_.referenced.size(), "column") + " of table `" + target.name + "`");
      return;
    }
    for (std::size_t i = 0; i < key_.columns.size(); ++i) {
      const Column* from = own_.table->find_column(key_.columns[i]);
      const Column* to = target.find_column(key_.referenced[i]);
      if (from == nullptr || to == nullptr) return;
      if (can_refer(from->type, to->type)) continue;
      std::string message = "column `" + from->name;
      message.append("` is `")
          .append(type_text(from->type))
          .append("` and cannot refer to `")
          .append(target.name);
      message.append(".").append(to->name).append("`, which is `").append(type_text(to->type)).append("`");
      if (to->type.kind == TypeKind::Serial)
        message.append("; `ref(").append(target.name).append(")` has the right type");
      scope_.error("foreign-key-types", file(),
                   pending_.columns == nullptr ? whole_span() : (*pending_.columns)[i].span,
                   std::move(message));
      return;
    }
    if (damaged || is_key(target, key_.referenced)) return;
    scope_.error("foreign-key-target", file(), pending_.target.span,
                 "columns " + spelled(key_.referenced) + " of table `" + target.name +
                     "` are no key; a foreign key needs a primary key or a unique index there");
  }

  Scope& scope_;
  const PendingForeignKey& pending_;
  TableEntry& own_;
  ForeignKey& key_;
};

void check_default(Scope& scope, const PendingDefault& pending) {
  const Column& column = scope.tables[pending.table].table->columns[pending.column];
  if (!column.default_value) return;
  const auto problem = default_problem(column.type, column.nullable, *column.default_value);
  if (!problem) return;
  scope.error("default-mismatch", pending.file, pending.span,
              "the default of column `" + column.name + "` does not fit: " + *problem);
}

/// The natural keys' unique indexes, where the columns are not unique already.
void add_natural_indexes(Scope& scope) {
  for (auto place = scope.natural_keys.rbegin(); place != scope.natural_keys.rend(); ++place) {
    TableEntry& entry = scope.tables[place->table];
    const auto& columns = entry.intent->natural_key;
    if (is_key(*entry.table, columns)) continue;
    Index index;
    index.kind = IndexKind::Unique;
    for (const std::string& column : columns) index.parts.push_back({column, {}, {}, false, {}});
    index.name = ObjectName(generated_name("uq", entry.table->name, columns), true);
    entry.table->indexes.insert(entry.table->indexes.begin() + place->position, std::move(index));
  }
}

}  // namespace

void settle_references(Scope& scope) {
  add_natural_indexes(scope);
  for (std::size_t i = 0; i < scope.refs.size(); ++i) {
    if (scope.refs[i].state == PendingRef::State::Waiting) resolve_ref(scope, i);
  }
  for (const PendingForeignKey& pending : scope.foreign_keys) KeySettler(scope, pending).settle();
  for (const PendingDefault& pending : scope.defaults) {
    const TableEntry& entry = scope.tables[pending.table];
    const auto ref = ref_of(scope, entry, pending.column);
    if (ref && scope.refs[*ref].state == PendingRef::State::Done) check_default(scope, pending);
  }
}

}  // namespace plumb::language
