#include "laws/random_description.hpp"

#include <algorithm>

#include "model/name.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const std::vector<std::string>& nouns() {
  static const std::vector<std::string> words{"order", "group",  "Straße", "user",   "item",  "note",   "key",   "index", "level",
                                              "alter", "public", "value",  "select", "from",  "spell",  "skill", "wert",  "größe",
                                              "two words", "da`sh", "check", "unit", "tag",   "ledger", "match", "plan",  "rows"};
  return words;
}

ColumnType type_of(TypeKind kind, std::optional<std::uint32_t> length = {}) {
  ColumnType type;
  type.kind = kind;
  type.length = length;
  return type;
}

ColumnType random_type(Chance& chance) {
  switch (chance.below(14)) {
    case 0: return type_of(TypeKind::Bool);
    case 1: return type_of(TypeKind::SmallInt);
    case 2: case 3: return type_of(TypeKind::Int);
    case 4: return type_of(TypeKind::BigInt);
    case 5: {
      ColumnType type = type_of(TypeKind::Decimal);
      type.precision = 10;
      type.scale = 2;
      return type;
    }
    case 6: return type_of(TypeKind::Double);
    case 7: case 8: return type_of(TypeKind::Varchar, static_cast<std::uint32_t>(20 + 10 * chance.below(10)));
    case 9: return type_of(TypeKind::Text);
    case 10: return type_of(TypeKind::Date);
    case 11: return type_of(TypeKind::DateTime, chance.one_in(2) ? std::optional<std::uint32_t>(3) : std::nullopt);
    case 12: return type_of(TypeKind::Json);
    default: {
      ColumnType type = type_of(TypeKind::Enum);
      type.members = {"red", "it's green", "blau ä"};
      return type;
    }
  }
}

std::optional<Default> random_default(const ColumnType& type, Chance& chance) {
  Default value;
  switch (type.kind) {
    case TypeKind::Bool: value.kind = DefaultKind::Bool; value.text = chance.one_in(2) ? "true" : "false"; return value;
    case TypeKind::SmallInt: case TypeKind::Int: case TypeKind::BigInt: case TypeKind::Decimal: case TypeKind::Double:
      value.kind = DefaultKind::Number;
      value.text = std::to_string(static_cast<int>(chance.below(200)) - 100);
      return value;
    case TypeKind::Varchar: value.kind = DefaultKind::Literal; value.text = chance.one_in(2) ? "it's \"ö\"" : ""; return value;
    case TypeKind::Enum: value.kind = DefaultKind::Literal; value.text = type.members[chance.below(type.members.size())]; return value;
    case TypeKind::DateTime: value.kind = DefaultKind::Now; return value;
    default: return std::nullopt;
  }
}

/// An expression that gives a value for every row, for a column of this type.
std::string filling(const ColumnType& type) {
  switch (type.kind) {
    case TypeKind::Varchar: case TypeKind::Text: return "'filled ü'";
    case TypeKind::Date: return "'2026-02-03'";
    case TypeKind::DateTime: return "'2026-02-03 04:05:06'";
    case TypeKind::Json: return "'{\"a\": 1}'";
    case TypeKind::Enum: return "'red'";
    default: return "7";
  }
}

/// In backquotes, which both engines read.
std::string quoted(const std::string& name) { return "`" + replace_all(name, "`", "``") + "`"; }

constexpr std::string_view view_stem = "view_of_";
constexpr std::string_view trigger_stem = "trigger_on_";

/// Everything that the table holds.
View view_over(const std::string& name, const Table& table) {
  View view;
  view.name = name;
  std::vector<std::string> columns;
  for (const Column& column : table.columns) columns.push_back(quoted(column.name));
  view.query = sql::EngineSql("select " + join(columns, ", ") + " from " + quoted(table.name) + " where id >= 0");
  return view;
}

/// Notes every new row of the table in the log.
Trigger trigger_on(const std::string& name, const Table& table) {
  Trigger trigger;
  trigger.name = name;
  trigger.table = table.name;
  trigger.timing = TriggerTiming::After;
  trigger.event = TriggerEvent::Insert;
  trigger.body = sql::EngineSql("insert into " + std::string(log_table) + " (note) values ('new row')");
  return trigger;
}

class Generator {
 public:
  explicit Generator(Chance& chance) : chance_(chance) {}

  std::string fresh_name(const std::string& stem) { return stem + std::to_string(++counter_); }
  std::string noun() { return fresh_name(nouns()[chance_.below(nouns().size())]); }

  Column column(const std::string& name) {
    Column made;
    made.name = name;
    made.type = random_type(chance_);
    made.nullable = chance_.one_in(2);
    if (chance_.one_in(2)) made.default_value = random_default(made.type, chance_);
    if (made.type.kind == TypeKind::DateTime && chance_.one_in(3)) made.on_update_now = true;
    if (chance_.one_in(4)) made.comment = "what it's for: ä\nsecond line";
    return made;
  }

  Table table(const std::string& name) {
    Table made;
    made.name = name;
    Column id;
    id.name = "id";
    id.type.kind = TypeKind::Serial;
    id.auto_increment = true;
    made.columns.push_back(id);
    made.primary_key = PrimaryKey{{}, {IndexPart{"id", {}, {}, false, {}}}, {}};
    const std::size_t count = 2 + chance_.below(6);
    for (std::size_t i = 0; i < count; ++i) made.columns.push_back(column(noun()));
    if (chance_.one_in(3)) made.comment = "a table, 'quoted'";
    if (chance_.one_in(3)) add_generated(made);
    return made;
  }

  void add_generated(Table& table) {
    for (const Column& column : table.columns) {
      if ((column.type.kind != TypeKind::Int && column.type.kind != TypeKind::SmallInt) || column.generated) continue;
      Column made;
      made.name = fresh_name("twice ");
      made.type.kind = TypeKind::BigInt;
      made.nullable = true;
      made.generated = Generated{sql::EngineSql(quoted(column.name) + " * 2"), chance_.one_in(2)};
      table.columns.push_back(std::move(made));
      return;
    }
  }

  Table log() {
    Table made;
    made.name = std::string(log_table);
    Column id;
    id.name = "id";
    id.type.kind = TypeKind::Serial;
    id.auto_increment = true;
    Column note;
    note.name = "note";
    note.type = type_of(TypeKind::Varchar, 50);
    note.nullable = true;
    made.columns = {id, note};
    made.primary_key = PrimaryKey{{}, {IndexPart{"id", {}, {}, false, {}}}, {}};
    return made;
  }

  bool can_be_indexed(const Column& column) const {
    return column.type.kind != TypeKind::Text && column.type.kind != TypeKind::Json && column.type.kind != TypeKind::Serial;
  }

  void add_index(Table& table) {
    std::vector<std::string> columns;
    Index index;
    for (const Column& column : table.columns) {
      if (!can_be_indexed(column) || columns.size() == 3 || !chance_.one_in(2)) continue;
      columns.push_back(column.name);
      index.parts.push_back({column.name, {}, {}, chance_.one_in(4), {}});
    }
    if (columns.empty()) return;
    index.name = chance_.one_in(2) ? ObjectName(fresh_name("ix_")) : ObjectName(generated_name("idx", table.name, columns), true);
    const bool taken = std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& i) { return i.name == index.name || i.parts == index.parts; });
    if (!taken) table.indexes.push_back(std::move(index));
  }

  void add_unique(Table& table) {  // over the key and something else, so that rows never collide
    for (const Column& column : table.columns) {
      if (!can_be_indexed(column)) continue;
      Index index;
      index.kind = IndexKind::Unique;
      index.name = ObjectName(generated_name("uq", table.name, {column.name, "id"}), true);
      index.parts = {{column.name, {}, {}, false, {}}, {"id", {}, {}, false, {}}};
      if (table.find_index(index.name.text) == nullptr) table.indexes.push_back(std::move(index));
      return;
    }
  }

  void add_check(Table& table) {
    for (const Column& column : table.columns) {
      if (column.type.kind != TypeKind::Int && column.type.kind != TypeKind::BigInt) continue;
      Check check{chance_.one_in(2) ? ObjectName(fresh_name("ck_")) : ObjectName(generated_name("ck", table.name, {column.name}), true),
                  sql::EngineSql(quoted(column.name) + " is null or " + quoted(column.name) + " != -424242")};
      const bool taken = std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& c) { return c.name == check.name; });
      if (!taken) table.checks.push_back(std::move(check));
      return;
    }
  }

  /// A nullable reference, so that rows need no parent.
  void add_reference(Table& table, const std::string& parent) {
    Column column;
    column.name = fresh_name("ref_");
    column.type.kind = TypeKind::SerialRef;
    column.nullable = true;
    ForeignKey key;
    key.name = ObjectName(generated_name("fk", table.name, {column.name}), true);
    key.columns = {column.name};
    key.table = parent;
    key.referenced = {"id"};
    key.on_delete = chance_.one_in(2) ? ForeignKeyAction::SetNull : ForeignKeyAction::Cascade;
    table.columns.push_back(std::move(column));
    table.foreign_keys.push_back(std::move(key));
  }

 private:
  Chance& chance_;
  static inline int counter_ = 0;
};

bool is_used(const Table& table, const std::string& column) {
  const auto in_parts = [&](const auto& parts) { return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& p) { return p.column == column; }); };
  return in_parts(table.primary_key->parts) || std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& i) { return in_parts(i.parts); }) ||
         std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& c) { return c.expression.common.find(quoted(column)) != std::string::npos; }) ||
         std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.generated && c.generated->expression.common.find(quoted(column)) != std::string::npos; }) ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& k) { return k.columns.front() == column; });
}

class Editor {
 public:
  Editor(Description before, Chance& chance) : chance_(chance), generator_(chance) {
    edited_.description = std::move(before);
    edited_.description.drops.clear();
    edited_.description.tables.clear();
    for (const auto& [name, table] : edited_.description.schema.tables) {
      edited_.table_names[name] = name;
      for (const Column& column : table.columns) edited_.column_names[{name, column.name}] = column.name;
    }
  }

  Edited run() {
    const std::size_t edits = 1 + chance_.below(8);
    for (std::size_t i = 0; i < edits; ++i) edit();
    follow_in_views();
    follow_in_triggers();
    return std::move(edited_);
  }

 private:
  ByName<Table>& tables() { return edited_.description.schema.tables; }

  Table* any_table() {
    std::vector<Table*> known;
    for (auto& [name, table] : tables()) {
      if (name != log_table) known.push_back(&table);
    }
    return known.empty() ? nullptr : known[chance_.below(known.size())];
  }

  /// The table as it is now that had the name at the beginning; null when it was dropped.
  const Table* now(const std::string& old) {
    const auto found = edited_.table_names.find(old);
    return found == edited_.table_names.end() ? nullptr : &tables().at(found->second);
  }

  /// What a person writes who changes the tables: the views show what the tables hold then.
  void follow_in_views() {
    const auto views = edited_.description.schema.views;
    for (const auto& [name, view] : views) {
      edited_.description.schema.views.erase(name);
      const Table* table = now(name.substr(view_stem.size()));
      if (table != nullptr) edited_.description.schema.views.emplace(name, view_over(name, *table));
      else edited_.description.drops.push_back({DropKind::View, {}, name, {}, {}});
    }
  }

  void follow_in_triggers() {
    const auto triggers = edited_.description.schema.triggers;
    for (const auto& [name, trigger] : triggers) {
      edited_.description.schema.triggers.erase(name);
      const Table* table = now(name.substr(trigger_stem.size()));
      if (table != nullptr) edited_.description.schema.triggers.emplace(name, trigger_on(name, *table));
    }
  }

  TableIntent& intent(const std::string& table) { return edited_.description.tables[table]; }

  /// The name that the table had at the beginning; empty for one that is new.
  std::string old_name(const std::string& table) const {
    for (const auto& [before, after] : edited_.table_names) {
      if (after == table) return before;
    }
    return {};
  }

  void edit() {
    Table* table = any_table();
    if (table == nullptr) return;
    switch (chance_.below(14)) {
      case 0: rename_table(table->name); break;
      case 1: rename_column(*table); break;
      case 2: case 3: add_column(*table); break;
      case 4: drop_column(*table); break;
      case 5: drop_table(table->name); break;
      case 6: add_table(); break;
      case 7: widen(*table); break;
      case 8: tighten_or_loosen(*table); break;
      case 9: change_default(*table); break;
      case 10: chance_.one_in(2) ? generator_.add_index(*table) : generator_.add_unique(*table); break;
      case 11: if (!table->indexes.empty()) table->indexes.erase(table->indexes.begin()); break;
      case 12: chance_.one_in(2) || table->checks.empty() ? generator_.add_check(*table) : table->checks.clear(); break;
      default: chance_.one_in(2) ? generator_.add_reference(*table, any_table()->name) : void(table->comment = "other"); break;
    }
  }

  void rename_table(const std::string from) {  // by value: the table that is renamed holds it
    const std::string old = old_name(from);
    if (old.empty() || old != from) return;
    const std::string to = generator_.noun();
    auto node = tables().extract(from);
    node.key() = to;
    node.mapped().name = to;
    tables().insert(std::move(node));
    for (auto& [name, table] : tables()) {
      for (auto& key : table.foreign_keys) {
        if (key.table == from) key.table = to;
      }
    }
    if (auto hints = edited_.description.tables.extract(from); !hints.empty()) {
      hints.key() = to;
      edited_.description.tables.insert(std::move(hints));
    }
    for (auto& drop : edited_.description.drops) {
      if (drop.kind == DropKind::Column && drop.table == from) drop.table = to;
    }
    intent(to).was = {from};
    edited_.table_names[old] = to;
  }

  void rename_column(Table& table) {
    const std::string old_table = old_name(table.name);
    if (old_table.empty() || table.columns.size() < 2) return;
    Column& column = table.columns[1 + chance_.below(table.columns.size() - 1)];
    const auto known = edited_.column_names.find({old_table, column.name});
    if (known == edited_.column_names.end() || known->second != column.name || is_used(table, column.name)) return;
    const std::string to = generator_.noun();
    auto& columns = intent(table.name).columns;
    if (auto hints = columns.extract(column.name); !hints.empty()) {
      hints.key() = to;
      columns.insert(std::move(hints));
    }
    columns[to].was = {column.name};
    known->second = to;
    column.name = to;
  }

  void add_column(Table& table) {
    Column column = generator_.column(generator_.noun());
    if (!column.nullable && (!column.default_value || chance_.one_in(2))) {
      intent(table.name).columns[column.name].backfill = sql::EngineSql(filling(column.type));
    } else if (chance_.one_in(3)) {
      intent(table.name).columns[column.name].backfill = sql::EngineSql(filling(column.type));
    }
    table.columns.push_back(std::move(column));
  }

  void drop_column(Table& table) {
    if (table.columns.size() < 3) return;
    const std::size_t at = 1 + chance_.below(table.columns.size() - 1);
    const std::string name = table.columns[at].name;
    if (is_used(table, name)) return;
    const std::string old_table = old_name(table.name);
    std::string before = name;
    for (auto it = edited_.column_names.begin(); it != edited_.column_names.end();) {
      if (it->first.first == old_table && it->second == name) {
        before = it->first.second;
        it = edited_.column_names.erase(it);
      } else {
        ++it;
      }
    }
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(at));
    intent(table.name).columns.erase(name);
    edited_.description.drops.push_back({DropKind::Column, table.name, before, {}, {}});
  }

  void drop_table(const std::string name) {
    const std::string old = old_name(name);
    if (old != name || tables().size() < 3) return;
    for (auto& [other, table] : tables()) {
      for (const auto& key : table.foreign_keys) {
        if (key.table == name && other != name) return;
      }
    }
    tables().erase(name);
    edited_.description.tables.erase(name);
    edited_.table_names.erase(old);
    edited_.description.drops.push_back({DropKind::Table, {}, name, {}, {}});
  }

  void add_table() {
    Table table = generator_.table(generator_.noun());
    if (chance_.one_in(2)) generator_.add_reference(table, any_table()->name);
    if (chance_.one_in(2)) generator_.add_index(table);
    if (chance_.one_in(3)) generator_.add_generated(table);
    tables().emplace(table.name, std::move(table));
  }

  void widen(Table& table) {
    for (Column& column : table.columns) {
      if (column.type.kind == TypeKind::Varchar) column.type.length = *column.type.length + 50;
      else if (column.type.kind == TypeKind::SmallInt) column.type.kind = TypeKind::Int;
      else if (column.type.kind == TypeKind::Int) column.type.kind = TypeKind::BigInt;
      else if (column.type.kind == TypeKind::Decimal) column.type.precision = 14;
      else continue;
      return;
    }
  }

  void tighten_or_loosen(Table& table) {
    if (table.columns.size() < 2) return;
    Column& column = table.columns[1 + chance_.below(table.columns.size() - 1)];
    if (column.type.kind == TypeKind::SerialRef || column.generated) return;
    if (column.nullable) intent(table.name).columns[column.name].backfill = sql::EngineSql(filling(column.type));
    column.nullable = !column.nullable;
  }

  void change_default(Table& table) {
    if (table.columns.size() < 2) return;
    Column& column = table.columns[1 + chance_.below(table.columns.size() - 1)];
    if (column.type.kind == TypeKind::SerialRef || column.generated) return;
    if (column.default_value) column.default_value.reset();
    else column.default_value = random_default(column.type, chance_);
    // a column that is new in this edit must stay possible
    if (!column.nullable && intent(table.name).columns[column.name].was.empty()) intent(table.name).columns[column.name].backfill = sql::EngineSql(filling(column.type));
  }

  Chance& chance_;
  Generator generator_;
  Edited edited_;
};

}  // namespace

Description random_description(Chance& chance) {
  Generator generator(chance);
  Description description;
  description.name = "law";
  description.version = "1.0.0";
  const std::size_t count = 2 + chance.below(4);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    Table table = generator.table(generator.noun());
    names.push_back(table.name);
    if (chance.one_in(3)) description.schema.views.emplace(std::string(view_stem) + table.name, View());
    if (chance.one_in(3)) description.schema.triggers.emplace(std::string(trigger_stem) + table.name, Trigger());
    if (chance.one_in(2)) generator.add_reference(table, names[chance.below(names.size())]);
    if (chance.one_in(2)) generator.add_index(table);
    if (chance.one_in(3)) generator.add_unique(table);
    if (chance.one_in(3)) generator.add_check(table);
    description.schema.tables.emplace(table.name, std::move(table));
  }
  if (chance.one_in(2)) {  // a cycle
    Table& first = description.schema.tables.at(names.front());
    generator.add_reference(first, names.back());
  }
  for (auto& [name, view] : description.schema.views) view = view_over(name, description.schema.tables.at(name.substr(view_stem.size())));
  for (auto& [name, trigger] : description.schema.triggers) trigger = trigger_on(name, description.schema.tables.at(name.substr(trigger_stem.size())));
  Table log = generator.log();
  description.schema.tables.emplace(log.name, std::move(log));
  return description;
}

Edited random_edit(const Description& before, Chance& chance) { return Editor(before, chance).run(); }

}  // namespace plumb::test
