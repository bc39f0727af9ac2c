#include "language/print_table.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "language/resolve/scope.hpp"
#include "language/resolve/type.hpp"
#include "language/spell.hpp"
#include "model/sync_mode.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

const char* class_word(RowClass row_class) {
  switch (row_class) {
    case RowClass::User:
      return "";
    case RowClass::Master:
      return "master ";
    case RowClass::System:
      return "system ";
  }
  return "";
}

const char* index_word(const Index& index) {
  switch (index.kind) {
    case IndexKind::Plain:
      return "index";
    case IndexKind::Unique:
      return index.constraint ? "unique constraint" : "unique";
    case IndexKind::Fulltext:
      return "fulltext";
    case IndexKind::Spatial:
      return "spatial";
  }
  return "";
}

const char* action_words(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction:
      return "";
    case ForeignKeyAction::Restrict:
      return "restrict";
    case ForeignKeyAction::Cascade:
      return "cascade";
    case ForeignKeyAction::SetNull:
      return "set null";
    case ForeignKeyAction::SetDefault:
      return "set default";
  }
  return "";
}

std::string was_text(const std::vector<std::string>& was) {
  return was.empty() ? "" : " was " + spelled_names(was);
}

/// The words of `deferrable initially deferred` and `match full` for a key's extra text in exactly that
/// spelling; nothing when it says anything else.
std::optional<std::string> deferral_words(const std::string& extra) {
  static constexpr std::array<std::string_view, 3> deferrables{"", "DEFERRABLE", "NOT DEFERRABLE"};
  static constexpr std::array<std::string_view, 3> initials{"", "INITIALLY DEFERRED", "INITIALLY IMMEDIATE"};
  static constexpr std::array<std::string_view, 4> matches{"", "MATCH FULL", "MATCH SIMPLE", "MATCH PARTIAL"};
  for (const auto match : matches) {
    for (const auto deferrable : deferrables) {
      for (const auto initial : initials) {
        std::string all;
        for (const auto part : {match, deferrable, initial}) {
          if (!part.empty()) all += (all.empty() ? "" : " ") + std::string(part);
        }
        if (all == extra) return to_lower(all);
      }
    }
  }
  return std::nullopt;
}

std::string option_value(const std::string& value) {
  const bool plain = spelled_plain(value) == value;
  const bool number =
      !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  return plain || number ? value : spelled_string(value);
}

class TablePrinter {
 public:
  TablePrinter(const Description& description, const Table& table)
      : schema_(description.schema), table_(table), intent_(intent_of(description, table)) {
    const auto claim = [&](const char* kind, const ObjectName& name) {
      if (!name.generated && !name.empty()) taken_.insert(kind + to_lower(name.text));
    };
    for (const Index& index : table.indexes) claim("i", index.name);
    for (const ForeignKey& key : table.foreign_keys) claim("f", key.name);
    for (const Check& check : table.checks) claim("c", check.name);
    for (const Column& column : table.columns) {
      for (const Check& check : column.checks) claim("c", check.name);
    }
  }

  std::string print() {
    std::string out = spelled_docs(table_.comment) + class_word(intent_.row_class) + "table " +
                      spelled_plain(table_.name) + was_text(intent_.was) + " {\n";
    for (const Column& column : table_.columns) out += column_text(column);
    const std::string keys = keys_text();
    if (!keys.empty()) out += "\n" + keys;
    return out + "}\n";
  }

 private:
  static const TableIntent& intent_of(const Description& description, const Table& table) {
    static const TableIntent none;
    const auto found = description.tables.find(table.name);
    return found == description.tables.end() ? none : found->second;
  }

  const ColumnIntent& intent_of(const Column& column) const {
    static const ColumnIntent none;
    const auto found = intent_.columns.find(column.name);
    return found == intent_.columns.end() ? none : found->second;
  }

  // --- columns ---------------------------------------------------------------------------------------------

  std::string column_text(const Column& column) {
    const ColumnIntent& intent = intent_of(column);
    const ForeignKey* key = inline_key(column);
    const bool is_ref = key != nullptr && prints_as_ref(table_, column, *key, intent.is_ref);
    std::string out = spelled_docs(column.comment) + spelled_name(column.name) + " ";
    out += is_ref ? "ref(" + spelled_plain(key->table) + ")" : own_type(column);
    if (column.nullable && column.type.kind != TypeKind::Serial) out += "?";
    if (column.default_value && !counts(column)) out += " " + spelled_default(column);
    if (column.auto_increment && !is_serial(column)) out += " auto";
    if (column.generated) {
      out += " as " + spelled_sql(column.generated->expression) +
             (column.generated->stored ? " stored" : " virtual");
    }
    const Column* from =
        is_ref ? key_column(*table_named(key->table)) : nullptr;  // gives its own to the reference
    if (!column.charset.empty() && (from == nullptr || from->charset != column.charset)) {
      out += " charset " + spelled_plain(column.charset);
    }
    if (!column.collation.empty() && (from == nullptr || from->collation != column.collation)) {
      out += " collate " + spelled_plain(column.collation);
    }
    if (column.invisible) out += " invisible";
    if (intent.is_local) out += " local";
    if (key != nullptr) out += reference_text(*key, is_ref);
    if (column.on_update_now) out += " on update now";
    for (const Check& check : column.checks) out += " " + check_text(check, {column.name});
    if (!column.extra.empty()) out += " extra " + spelled_string(column.extra);
    if (needs_comment_clause(column.comment)) out += " comment " + spelled_string(column.comment);
    out += was_text(intent.was);
    if (intent.backfill) out += " backfill " + spelled_sql(*intent.backfill);
    return out + "\n";
  }

  bool is_serial(const Column& column) const {
    return column.type.kind == TypeKind::Serial && table_.primary_key &&
           table_.primary_key->parts.size() == 1 && table_.primary_key->parts.front().column == column.name;
  }
  bool counts(const Column& column) const { return column.auto_increment || column.generated.has_value(); }

  std::string own_type(const Column& column) const {
    if (column.type.kind == TypeKind::Serial && !is_serial(column)) return "bigint unsigned";
    return spelled_type(column.type);
  }

  /// The key that stands on the column's own line: of this column alone, and with nothing that needs a line.
  const ForeignKey* inline_key(const Column& column) {
    for (const ForeignKey& key : table_.foreign_keys) {
      if (key.columns.size() != 1 || key.columns.front() != column.name) continue;
      if (inlined_.contains(&key) || intent_.object_was.contains(key.name.text)) continue;
      if (!deferral_words(key.extra)) continue;
      inlined_.insert(&key);
      return &key;
    }
    return nullptr;
  }

  const Table* table_named(const std::string& name) const {
    const auto found = schema_.tables.find(name);
    return found == schema_.tables.end() ? nullptr : &found->second;
  }

  static const Column* key_column(const Table& table) {
    if (!table.primary_key || table.primary_key->parts.size() != 1) return nullptr;
    return table.find_column(table.primary_key->parts.front().column);
  }

  /// Whether ref(…) gives this column and key again.
  bool prints_as_ref(const Table& owner, const Column& column, const ForeignKey& key, bool declared) const {
    if (!declared && column.type.kind != TypeKind::SerialRef) return false;
    const Table* target = table_named(key.table);
    const Column* to = target == nullptr || !key.database.empty() ? nullptr : key_column(*target);
    if (to == nullptr || (!key.referenced.empty() && key.referenced.front() != to->name)) return false;
    ColumnType type = to->type;
    if (type.kind == TypeKind::Serial) type.kind = TypeKind::SerialRef;
    if (type != column.type) return false;
    if (column.collation.empty() && !to->collation.empty()) return false;
    if (column.charset.empty() && !to->charset.empty()) return false;
    const bool set_null =
        key.on_delete == ForeignKeyAction::SetNull || key.on_update == ForeignKeyAction::SetNull;
    if (set_null && !column.nullable) return false;
    // A key that is itself a reference could lead back here: it has its own type then.
    return key_column(owner) != &column || to->type.kind == TypeKind::Serial;
  }

  std::string reference_text(const ForeignKey& key, bool is_ref) {
    std::string out = is_ref ? "" : " " + target_text(key);
    const std::string name = object_name(key.name, "fk", key.columns);
    if (!name.empty()) out += " constraint " + name;
    return out + behaviour_text(key, !is_ref);
  }

  static std::string target_text(const ForeignKey& key) {
    std::string out = "references ";
    if (!key.database.empty()) out += spelled_plain(key.database) + ".";
    out += spelled_plain(key.table);
    return key.referenced.empty() ? out : out + "(" + spelled_names(key.referenced) + ")";
  }

  std::string behaviour_text(const ForeignKey& key, bool may_be_unchecked) const {
    std::string out;
    if (key.on_update != ForeignKeyAction::NoAction)
      out += std::string(" on update ") + action_words(key.on_update);
    if (key.on_delete != ForeignKeyAction::NoAction)
      out += std::string(" on delete ") + action_words(key.on_delete);
    if (const auto words = deferral_words(key.extra)) {
      if (!words->empty()) out += " " + *words;
    } else {
      out += " extra " + spelled_string(key.extra);
    }
    if (may_be_unchecked && key.database.empty() && !is_sound(key)) out += " unchecked";
    return out;
  }

  /// Whether the key is one that a description may declare; an engine may hold others.
  bool is_sound(const ForeignKey& key) const {
    const Table* target = table_named(key.table);
    if (target == nullptr) return false;
    std::vector<std::string> referenced = key.referenced;
    if (referenced.empty()) {
      if (!target->primary_key) return false;
      for (const IndexPart& part : target->primary_key->parts) referenced.push_back(part.column);
    }
    if (referenced.size() != key.columns.size()) return false;
    const bool set_null =
        key.on_delete == ForeignKeyAction::SetNull || key.on_update == ForeignKeyAction::SetNull;
    for (std::size_t i = 0; i < referenced.size(); ++i) {
      const Column* from = table_.find_column(key.columns[i]);
      const Column* to = target->find_column(referenced[i]);
      if (from == nullptr || to == nullptr || !can_refer(from->type, to->type)) return false;
      if (set_null && !from->nullable) return false;
      referenced[i] = to->name;
    }
    return is_key(*target, referenced);
  }

  // --- what stands below the columns
  // ------------------------------------------------------------------------

  std::string keys_text() {
    std::string out = primary_key_text();
    if (!intent_.natural_key.empty()) out += "natural key (" + spelled_names(intent_.natural_key) + ")\n";
    out += master_text();
    for (std::size_t i = 0; i < table_.indexes.size(); ++i) {
      if (!is_implied(table_.indexes[i])) out += index_text(i);
    }
    for (const ForeignKey& key : table_.foreign_keys) {
      if (!inlined_.contains(&key)) out += foreign_key_text(key);
    }
    for (const Check& check : table_.checks) out += check_text(check, {}) + "\n";
    for (const auto& [engine, options] : table_.options) {
      if (!options.empty()) out += options_text(engine, options);
    }
    if (!table_.extra.empty()) out += "extra " + spelled_string(table_.extra) + "\n";
    if (needs_comment_clause(table_.comment)) out += "comment " + spelled_string(table_.comment) + "\n";
    if (intent_.keep_undeclared_indexes) out += "keep undeclared indexes\n";
    return out;
  }

  std::string master_text() const {
    const MasterIntent& master = intent_.master;
    std::string out;
    if (master.nesting)
      out += "nested in " + spelled_plain(master.nesting->owner) + " as " + spelled_plain(master.nesting->field) + "\n";
    if (master.mode) out += "sync " + std::string(word_of(*master.mode)) + "\n";
    if (master.retirement)
      out += "retire " + spelled_plain(master.retirement->column) + " = " + spelled_value(master.retirement->value) + "\n";
    return out;
  }

  std::string primary_key_text() const {
    if (!table_.primary_key) return {};
    const PrimaryKey& key = *table_.primary_key;
    const bool said = key.parts.size() == 1 && !key.parts.front().descending &&
                      key.parts.front().collation.empty() && key.extra.empty() &&
                      (key.name.empty() || key.name.generated) && serial_key();
    if (said) return {};
    std::string out = "primary key ";
    if (!key.name.empty() && !key.name.generated) out += spelled_object_name(key.name.text) + " ";
    out += spelled_parts(key.parts);
    if (!key.extra.empty()) out += " extra " + spelled_string(key.extra);
    return out + "\n";
  }

  bool serial_key() const {
    const Column* column = key_column(table_);
    return column != nullptr && column->type.kind == TypeKind::Serial;
  }

  /// The index that `natural key` makes by itself.
  bool is_implied(const Index& index) {
    if (intent_.natural_key.empty() || !index.name.generated || index.kind != IndexKind::Unique ||
        index.constraint || index.where || !index.comment.empty() || !index.extra.empty() ||
        intent_.object_was.contains(index.name.text)) {
      return false;
    }
    if (index.parts.size() != intent_.natural_key.size()) return false;
    for (std::size_t i = 0; i < index.parts.size(); ++i) {
      if (index.parts[i] != IndexPart{intent_.natural_key[i], {}, {}, false, {}}) return false;
    }
    Table others = table_;
    others.indexes.clear();
    for (const Index& other : table_.indexes) {
      if (&other != &index) others.indexes.push_back(other);
    }
    return !is_key(others, intent_.natural_key);
  }

  /// Another one before it that reads the same: it needs a name to be more than a slip of the pen.
  bool has_twin(std::size_t number) const {
    const Index& one = table_.indexes[number];
    for (std::size_t i = 0; i < number; ++i) {
      if (same_but_for_the_name(table_.indexes[i], one)) return true;
    }
    return false;
  }

  std::string index_text(std::size_t number) {
    const Index& index = table_.indexes[number];
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) columns.push_back(part.expression ? "expr" : part.column);
    std::string out = spelled_docs(index.comment) + index_word(index) + " ";
    const char* prefix = index.kind == IndexKind::Unique ? "uq" : "idx";
    std::string name = object_name(index.name, prefix, columns);
    if (name.empty() && has_twin(number)) {
      const std::string numbered = generated_name(prefix, table_.name, columns) + "_" + std::to_string(number + 1);
      name = spelled_object_name(index.name.text.empty() ? numbered : index.name.text);
    }
    if (!name.empty()) out += name + " ";
    out += spelled_parts(index.parts);
    if (index.where) out += " where " + spelled_sql(*index.where);
    if (!index.extra.empty()) out += " extra " + spelled_string(index.extra);
    if (needs_comment_clause(index.comment)) out += " comment " + spelled_string(index.comment);
    return out + was_of(index.name.text) + "\n";
  }

  std::string foreign_key_text(const ForeignKey& key) {
    const std::string name = object_name(key.name, "fk", key.columns);
    return "foreign key " + (name.empty() ? "" : name + " ") + "(" + spelled_names(key.columns) + ") " +
           target_text(key) + behaviour_text(key, true) + was_of(key.name.text) + "\n";
  }

  std::string check_text(const Check& check, const std::vector<std::string>& columns) {
    std::string out = "check ";
    const bool open = check.name.generated || check.name.empty();
    const auto number = columns.empty() ? std::vector{std::to_string(unnamed_checks_ + 1)} : columns;
    const std::string name = object_name(check.name, "ck", number);
    if (open && name.empty() && columns.empty()) ++unnamed_checks_;
    if (!name.empty()) out += name + " ";
    const std::string was = was_of(check.name.text);
    if (!was.empty()) out += was.substr(1) + " ";
    return out + spelled_sql(check.expression);
  }

  std::string was_of(const std::string& name) const {
    const auto found = intent_.object_was.find(name);
    return found == intent_.object_was.end() ? std::string() : was_text(found->second);
  }

  /// The name to write; nothing where the name is left to plumb, which tells equal ones apart by a number:
  /// none of those may be one that somebody chose.
  std::string object_name(const ObjectName& name, const char* prefix,
                          const std::vector<std::string>& columns) {
    if (!name.generated && !name.empty()) return spelled_object_name(name.text);
    const std::string kind(1, prefix[0] == 'u' ? 'i' : prefix[0]);
    const std::string text = generated_name(prefix, table_.name, columns);
    const std::string key = kind + to_lower(text);
    const auto chosen = taken_.lower_bound(key);
    if (chosen == taken_.end() || !chosen->starts_with(key)) return {};
    for (int number = 2;; ++number) {
      const std::string further = text + "_" + std::to_string(number);
      if (taken_.insert(kind + to_lower(further)).second) return spelled_object_name(further);
    }
  }

  const Schema& schema_;
  const Table& table_;
  const TableIntent& intent_;
  std::set<const ForeignKey*> inlined_;
  std::set<std::string> taken_;  ///< chosen names of indexes, keys and checks, each with its kind before it
  std::size_t unnamed_checks_ = 0;
};

}  // namespace

std::string table_text(const Description& description, const Table& table) {
  return TablePrinter(description, table).print();
}

std::string options_text(const std::string& engine, const Options& options) {
  std::string out;
  for (const auto& [name, value] : options) {
    if (!out.empty()) out += ", ";
    std::string words;
    for (std::string_view left = name; !left.empty();) {
      const std::size_t space = left.find(' ');
      words += (words.empty() ? "" : " ") + spelled_plain(left.substr(0, space));
      left = space == std::string_view::npos ? std::string_view() : left.substr(space + 1);
    }
    out += words;
    if (!value.empty()) out += "=" + option_value(value);
  }
  return "option " + engine + " (" + out + ")\n";
}

}  // namespace plumb::language
