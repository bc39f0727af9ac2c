#include <algorithm>

#include "desired/sql_hints.hpp"
#include "model/earlier_names.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

class HintApplier {
 public:
  HintApplier(const std::vector<SourceText>& sources, Description& description, std::vector<Diagnostic>& diagnostics)
      : sources_(sources), description_(description), diagnostics_(diagnostics) {}

  void apply(const SqlHint& hint) {
    switch (hint.kind) {
      case SqlHint::Kind::Was: return apply_was(hint);
      case SqlHint::Kind::Class:
        if (TableIntent* intent = intent_of(hint)) intent->row_class = hint.row_class;
        return;
      case SqlHint::Kind::NaturalKey: return apply_natural_key(hint);
      case SqlHint::Kind::Backfill:
        if (ColumnIntent* column = column_intent(hint)) column->backfill = sql::EngineSql(hint.text);
        return;
      case SqlHint::Kind::KeepIndexes:
        if (TableIntent* intent = intent_of(hint)) intent->keep_undeclared_indexes = true;
        return;
      case SqlHint::Kind::Drop: return apply_drop(hint);
      case SqlHint::Kind::Schema:
        description_.name = hint.names[0];
        description_.version = hint.names[1];
        description_.after = hint.names[2];
        return;
    }
  }

  /// When all earlier names are known.
  void check_earlier_names(const SqlHint& hint) {
    if (hint.kind != SqlHint::Kind::Was) return;
    const bool is_column = hint.place.kind == HintPlace::Kind::Column;
    const bool is_object = hint.place.kind == HintPlace::Kind::Table || hint.place.kind == HintPlace::Kind::View;
    const Table* table = is_column ? table_of(hint.place.table) : nullptr;
    for (const std::string& name : hint.names) {
      const bool stays = is_object ? !is_left_by_table(description_, name) && !is_in_another_case(name, hint.place.table)
                                   : table != nullptr && !is_left_by_column(*table, description_.tables[table->name], name);
      if (stays) return complain(hint, "was-still-declared", "`" + name + "` is still declared, so it cannot be an earlier name");
    }
  }

 private:
  void complain(const SqlHint& hint, std::string code, std::string message) { diagnostics_.push_back({Severity::Error, std::move(code), hint.span, std::move(message), {}}); }

  Origin origin_of(const SqlHint& hint) const {
    const SourceText& source = sources_[hint.span.file];
    return {source.path(), source.line_column(hint.span.offset).line};
  }

  /// The table as the engine calls it; nullptr when a later statement took it away again.
  Table* table_of(const std::string& name) {
    for (auto& [own, table] : description_.schema.tables) {
      if (equal_ignoring_case(own, name)) return &table;
    }
    return nullptr;
  }

  TableIntent* intent_of(const SqlHint& hint) {
    const Table* table = table_of(hint.place.table);
    return table == nullptr ? nullptr : &description_.tables[table->name];
  }

  ColumnIntent* column_intent(const SqlHint& hint) {
    const Table* table = table_of(hint.place.table);
    if (table == nullptr) return nullptr;
    for (const Column& column : table->columns) {
      if (!equal_ignoring_case(column.name, hint.place.name)) continue;
      ColumnIntent& intent = description_.tables[table->name].columns[column.name];
      intent.origin = origin_of(hint);
      return &intent;
    }
    return nullptr;
  }

  /// The same name, whose letters alone change their case.
  static bool is_in_another_case(const std::string& name, const std::string& declared) { return name != declared && equal_ignoring_case(name, declared); }

  static void append(std::vector<std::string>& to, const std::vector<std::string>& names) { to.insert(to.end(), names.begin(), names.end()); }

  void apply_was(const SqlHint& hint) {
    switch (hint.place.kind) {
      case HintPlace::Kind::Nothing: return;
      case HintPlace::Kind::View: return append(description_.view_was[hint.place.table], hint.names);
      case HintPlace::Kind::Table:
        if (TableIntent* intent = intent_of(hint)) append(intent->was, hint.names);
        return;
      case HintPlace::Kind::Column:
        if (ColumnIntent* column = column_intent(hint)) append(column->was, hint.names);
        return;
      case HintPlace::Kind::Index:
        if (hint.place.name.empty()) return complain(hint, "misplaced-hint", "what has no name has no earlier one; give it a name");
        if (TableIntent* intent = intent_of(hint)) append(intent->object_was[hint.place.name], hint.names);
        return;
    }
  }

  void apply_natural_key(const SqlHint& hint) {
    Table* table = table_of(hint.place.table);
    if (table == nullptr) return;
    std::vector<std::string> columns;
    for (const std::string& name : hint.names) {
      const auto found = std::find_if(table->columns.begin(), table->columns.end(), [&](const Column& c) { return equal_ignoring_case(c.name, name); });
      if (found == table->columns.end()) {
        std::vector<std::string> known;
        for (const Column& column : table->columns) known.push_back(column.name);
        const std::string near = closest_match(name, known);
        return complain(hint, "unknown-column", "table `" + table->name + "` has no column `" + name + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
      }
      columns.push_back(found->name);
    }
    const bool by_key = table->primary_key && are_just(table->primary_key->parts, columns);
    const bool by_index = std::any_of(table->indexes.begin(), table->indexes.end(), [&](const Index& index) {
      return index.kind == IndexKind::Unique && !index.where && are_just(index.parts, columns);
    });
    if (!by_key && !by_index) return complain(hint, "natural-key-not-unique", "the natural key (" + join(columns, ", ") + ") of table `" + table->name + "` needs a UNIQUE over just these columns");
    description_.tables[table->name].natural_key = std::move(columns);
  }

  void apply_drop(const SqlHint& hint) {
    const std::string& first = hint.names.front();
    Drop drop;
    drop.kind = hint.drop;
    drop.origin = origin_of(hint);
    drop.name = hint.names.back();
    if (hint.names.size() == 2) drop.table = first;
    bool declared = false;
    switch (hint.drop) {
      case DropKind::Table: declared = table_of(first) != nullptr; break;
      case DropKind::View: declared = description_.schema.views.contains(first); break;
      case DropKind::Trigger: declared = description_.schema.triggers.contains(first); break;
      case DropKind::Column:
      case DropKind::Index: {
        const Table* table = table_of(first);
        if (table != nullptr) drop.table = table->name;
        declared = table != nullptr && (hint.drop == DropKind::Column ? table->find_column(drop.name) != nullptr : table->find_index(drop.name) != nullptr);
        break;
      }
    }
    if (declared) return complain(hint, "dropped-and-declared", "`" + join(hint.names, ".") + "` is dropped here and is still declared");
    description_.drops.push_back(std::move(drop));
  }

  const std::vector<SourceText>& sources_;
  Description& description_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void apply_hints(const std::vector<SqlHint>& hints, const std::vector<SourceText>& sources, Description& description, std::vector<Diagnostic>& diagnostics) {
  HintApplier applier(sources, description, diagnostics);
  for (const SqlHint& hint : hints) applier.apply(hint);
  for (const SqlHint& hint : hints) applier.check_earlier_names(hint);
}

}  // namespace plumb::desired
