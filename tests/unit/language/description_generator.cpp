#include "description_generator.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>

#include "model/name.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

constexpr std::array<const char*, 51> odd_names{
    "sync",    "retire",     "nested",     "data",      "local",
    "key",     "index",      "level",      "check",     "unique", "primary",   "use",     "option",
    "was",     "backfill",   "on",         "as",        "auto",   "text",      "date",    "ref",
    "serial",  "extra",      "comment",    "where",     "table",  "view",      "drop",    "select",
    "order",   "größe",      "two words",  "we`ird",    "1st",    "a.b",       "{table}", "null",
    "true",    "references", "foreign",    "natural",   "keep",   "collate",   "enum",    "constraint",
    "version", "after",      "\"quoted\"", "unchecked", "match",  "semi;colon"};

constexpr std::array<const char*, 15> sql_texts{"level > 0",
                                                "name <> 'it''s (not) closed'",
                                                "a in ('(', ')', '''')",
                                                "b = \"quoted ) name\" or c = `d)`",
                                                "/* a ) comment */ 1 = 1",
                                                "1 = 1 -- to the end )\n  and 2 = 2",
                                                "coalesce(a, (select max(b) from t where c = 'd'))",
                                                "a || '|' || b",
                                                "json_extract(a, '$.b[0]') = 1",
                                                "level = 1 -- last )",
                                                "x = 'a' | 2",
                                                "case when a then b else (c) end",
                                                "name = 'größe'",
                                                "strftime('%s','now')",
                                                "a = '{' and b = '}' or c = ';'"};

constexpr std::array<const char*, 9> strings{
    "",      "midgard",       "it's",      "a \"quote\"", "back\\slash", "tab\tline\nend",
    "größe", "// no comment", "\x01\x7F(;"};

constexpr std::array<const char*, 8> comments{"",      "A table.", "Two\nlines",   "An empty\n\nline",
                                              "ends ", " begins",  "größe // all", "bell\x07"};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  Description make() {
    Description& d = description_;
    if (chance(80)) {
      d.name = name();
      if (chance(80)) d.version = "1.2.3";
      if (!d.version.empty() && chance(30)) d.after = "1.2.0";
    }
    if (chance(50))
      d.schema.options["mariadb"] = {{"engine", "InnoDB"}, {"charset", "utf8mb4"}, {"row_format", "x y"}};
    if (chance(30))
      d.schema.options["sqlite"] = {{"strict", ""}, {"without rowid", ""}, {"page_size", "4096"}};
    if (chance(40)) {
      d.packages["core"] = {};
      d.packages["on"] = {"core"};
    }
    const std::size_t tables = pick(6);
    for (std::size_t i = 0; i < tables; ++i) add_table();
    for (auto& [table_name, table] : d.schema.tables) add_foreign_keys(table);
    for (auto& [table_name, table] : d.schema.tables) add_hints(table);
    add_items();
    return std::move(description_);
  }

 private:
  std::size_t pick(std::size_t count) { return count == 0 ? 0 : random_() % count; }
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  template <class Array>
  std::string one_of(const Array& array) {
    return array[pick(array.size())];
  }

  /// A name that nothing has yet, whatever the case of its letters.
  std::string fresh(std::set<std::string>& taken) {
    for (;;) {
      std::string text = name();
      if (taken.insert(to_lower(text)).second) return text;
    }
  }
  std::string name() {
    if (chance(35)) return one_of(odd_names);
    return std::string(1, static_cast<char>('a' + pick(26))) + std::to_string(pick(1000));
  }

  sql::EngineSql sql() {
    sql::EngineSql out(one_of(sql_texts));
    if (!chance(20)) return out;
    if (chance(70)) out.common.clear();
    out.variants.emplace_back("sqlite", chance(20) ? "x like '%\\%' escape '\\'" : one_of(sql_texts));
    if (chance(70))
      out.variants.emplace_back("mariadb", "concat('it\\'s )', " + std::to_string(pick(9)) + ")");
    return out;
  }

  std::string package() {
    if (description_.packages.empty() || chance(50)) return {};
    return chance(50) ? "core" : "on";
  }

  void add_table() {
    const std::string table_name = fresh(objects_);
    Table& table = description_.schema.tables[table_name];
    TableIntent& intent = description_.tables[table_name];
    table.name = table_name;
    table.comment = one_of(comments);
    intent.row_class = chance(30) ? RowClass::System : RowClass::User;
    intent.package = package();
    intent.keep_undeclared_indexes = chance(20);
    if (chance(20)) table.extra = "PARTITION BY HASH(`a`)\nPARTITIONS 4";
    if (chance(20)) table.options["mariadb"] = {{"auto_increment", "17"}};
    std::set<std::string> taken;
    const bool serial = chance(60);
    if (serial) {
      Column& id = table.columns.emplace_back();
      id.name = fresh(taken);
      id.type.kind = TypeKind::Serial;
      id.auto_increment = true;
      table.primary_key = PrimaryKey{chance(10) ? ObjectName("pk_x") : ObjectName(), {part(id.name)}, {}};
    }
    const std::size_t columns = 1 + pick(8);
    for (std::size_t i = 0; i < columns; ++i) add_column(table, fresh(taken));
    if (!serial && chance(70)) add_primary_key(table);
    for (std::size_t i = pick(4); i > 0; --i) add_index(table);
    for (std::size_t i = pick(3); i > 0; --i) {
      table.checks.push_back({object_name(), sql()});
    }
    for (const Column& column : table.columns) intent.columns[column.name];
  }

  /// Chosen by somebody or made; chosen ones are never the same.
  ObjectName object_name() {
    if (chance(50)) return {"made_" + std::to_string(counter_++), true};
    std::string text = name() + "_" + std::to_string(counter_++);
    return {std::move(text)};
  }

  static IndexPart part(const std::string& column) { return {column, {}, {}, false, {}}; }

  void add_column(Table& table, const std::string& column_name) {
    Column& column = table.columns.emplace_back();
    column.name = column_name;
    column.type = type();
    column.nullable = chance(40);
    column.comment = one_of(comments);
    if (chance(10)) column.charset = "utf8mb4";
    if (chance(10)) column.collation = chance(50) ? "utf8mb4_bin" : "NOCASE";
    column.invisible = chance(5);
    if (chance(8)) column.extra = "ON CONFLICT REPLACE";
    if (chance(10)) {
      column.generated = Generated{sql(), chance(50)};
      return;
    }
    if (chance(50)) column.default_value = default_for(column);
    if (column.type.kind == TypeKind::DateTime && chance(40)) column.on_update_now = true;
    for (std::size_t i = chance(20) ? 1 + pick(2) : 0; i > 0; --i)
      column.checks.push_back({object_name(), sql()});
  }

  ColumnType type() {
    ColumnType type;
    type.kind = static_cast<TypeKind>(pick(static_cast<std::size_t>(TypeKind::Native) + 1));
    if (type.kind == TypeKind::Serial) type.kind = TypeKind::SerialRef;
    switch (type.kind) {
      case TypeKind::TinyInt:
      case TypeKind::SmallInt:
      case TypeKind::MediumInt:
      case TypeKind::Int:
      case TypeKind::BigInt:
        type.is_unsigned = chance(30);
        break;
      case TypeKind::Decimal:
        type.precision = 10;
        type.scale = static_cast<std::uint32_t>(pick(4));
        break;
      case TypeKind::Char:
      case TypeKind::Varchar:
      case TypeKind::Binary:
      case TypeKind::Varbinary:
        type.length = static_cast<std::uint32_t>(pick(256));
        break;
      case TypeKind::Time:
      case TypeKind::DateTime:
      case TypeKind::Timestamp:
        if (chance(40)) type.length = static_cast<std::uint32_t>(1 + pick(6));
        break;
      case TypeKind::Enum:
      case TypeKind::Set:
        type.members = {"one", "it's", "größe", "\"q\""};
        break;
      case TypeKind::Native:
        type.native = sql::EngineSql(chance(20) ? "" : "mediumint(9)");
        if (chance(30)) type.native.variants = {{"sqlite", "NUMERIC"}, {"mariadb", "point"}};
        break;
      case TypeKind::Bool:
      case TypeKind::Float:
      case TypeKind::Double:
      case TypeKind::Text:
      case TypeKind::MediumText:
      case TypeKind::LongText:
      case TypeKind::Blob:
      case TypeKind::MediumBlob:
      case TypeKind::LongBlob:
      case TypeKind::Date:
      case TypeKind::Year:
      case TypeKind::Json:
      case TypeKind::Uuid:
      case TypeKind::Inet6:
      case TypeKind::Serial:
      case TypeKind::SerialRef:
        break;
    }
    return type;
  }

  Default default_for(const Column& column) {
    if (chance(30)) return {DefaultKind::Expression, {}, sql()};
    if (column.nullable && chance(20)) return {DefaultKind::Null, {}, {}};
    switch (column.type.kind) {
      case TypeKind::Bool:
        return {DefaultKind::Bool, chance(50) ? "true" : "false", {}};
      case TypeKind::TinyInt:
      case TypeKind::SmallInt:
      case TypeKind::MediumInt:
      case TypeKind::Int:
      case TypeKind::BigInt:
        return {DefaultKind::Number, column.type.is_unsigned ? "7" : "-7", {}};
      case TypeKind::Decimal:
        return {DefaultKind::Number, "-1", {}};
      case TypeKind::Float:
      case TypeKind::Double:
        return {DefaultKind::Number, "1.5e-3", {}};
      case TypeKind::DateTime:
      case TypeKind::Timestamp:
        return {DefaultKind::Now, {}, {}};
      case TypeKind::Text:
      case TypeKind::LongText:
      case TypeKind::Native:
        return {DefaultKind::Literal, one_of(strings), {}};
      case TypeKind::Enum:
        return {DefaultKind::Literal, "größe", {}};
      case TypeKind::Set:
        return {DefaultKind::Literal, "one,it's", {}};
      case TypeKind::MediumText:
      case TypeKind::Char:
      case TypeKind::Varchar:
      case TypeKind::Binary:
      case TypeKind::Varbinary:
      case TypeKind::Blob:
      case TypeKind::MediumBlob:
      case TypeKind::LongBlob:
      case TypeKind::Date:
      case TypeKind::Time:
      case TypeKind::Year:
      case TypeKind::Json:
      case TypeKind::Uuid:
      case TypeKind::Inet6:
      case TypeKind::Serial:
      case TypeKind::SerialRef:
        break;
    }
    return {DefaultKind::Expression, {}, sql()};
  }

  std::vector<IndexPart> some_parts(const Table& table, bool plain) {
    std::vector<std::size_t> numbers(table.columns.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    std::shuffle(numbers.begin(), numbers.end(), random_);
    numbers.resize(1 + pick(std::min<std::size_t>(3, numbers.size())));
    std::vector<IndexPart> parts;
    for (const std::size_t number : numbers) {
      IndexPart& one = parts.emplace_back(part(table.columns[number].name));
      if (plain) continue;
      if (chance(10)) {
        one.column.clear();
        one.expression = sql();
      } else if (chance(20)) {
        one.length = 20;
      }
      one.descending = chance(20);
      if (chance(10)) one.collation = "NOCASE";
    }
    return parts;
  }

  void add_primary_key(Table& table) {
    PrimaryKey key;
    if (chance(20)) key.name = ObjectName("pk " + table.name);
    key.parts = some_parts(table, true);
    if (chance(10)) key.extra = "USING HASH";
    Column* first = table.find_column(key.parts.front().column);
    const bool integer = first->type.kind == TypeKind::BigInt || first->type.kind == TypeKind::Int;
    if (integer && !first->generated && chance(60)) {
      first->auto_increment = true;
      first->default_value.reset();
    }
    table.primary_key = std::move(key);
  }

  void add_index(Table& table) {
    Index index;
    index.name = object_name();
    index.kind = static_cast<IndexKind>(pick(4));
    index.constraint = index.kind == IndexKind::Unique && chance(40);
    index.parts = some_parts(table, false);
    if (chance(20)) index.where = sql();
    index.comment = one_of(comments);
    if (chance(10)) index.extra = "KEY_BLOCK_SIZE=8";
    for (Index other : table.indexes) {  // no engine needs the same one twice
      other.name = index.name;
      if (other == index) return;
    }
    table.indexes.push_back(std::move(index));
  }

  void add_foreign_keys(Table& table) {
    for (std::size_t i = pick(3); i > 0; --i) {
      auto target = description_.schema.tables.begin();
      std::advance(target, static_cast<std::ptrdiff_t>(pick(description_.schema.tables.size())));
      add_foreign_key(table, target->second);
    }
    if (!chance(15)) return;
    ForeignKey key;  // to something that is not described
    key.name = object_name();
    key.columns = {table.columns.front().name};
    key.table = "elsewhere " + std::to_string(pick(9));
    key.referenced = {"id"};
    if (chance(40)) key.database = "other db";
    key.extra = chance(50) ? "NOT DEFERRABLE" : "match full on odd text";
    table.foreign_keys.push_back(std::move(key));
  }

  void add_foreign_key(Table& table, const Table& target) {
    if (!target.primary_key || target.primary_key->parts.size() != 1) return;
    const Column& to = *target.find_column(target.primary_key->parts.front().column);
    ForeignKey key;
    key.name = object_name();
    key.table = target.name;
    if (chance(70)) key.referenced = {to.name};
    key.on_delete = static_cast<ForeignKeyAction>(pick(5));
    key.on_update = static_cast<ForeignKeyAction>(pick(5));
    if (chance(20)) key.extra = "DEFERRABLE INITIALLY DEFERRED";
    Column column;
    column.name = "fk " + std::to_string(counter_++);
    column.type = to.type;
    if (to.type.kind == TypeKind::Serial) column.type.kind = TypeKind::SerialRef;
    if (chance(15)) column.type = type();  // an engine may hold keys of unlike types
    column.nullable = chance(60);
    if (chance(50)) column.collation = to.collation;
    column.charset = to.charset;
    key.columns = {column.name};
    TableIntent& intent = description_.tables[table.name];
    intent.columns[column.name].is_ref = chance(50);
    if (key.name.generated == false && chance(20))
      intent.object_was[key.name.text] = {"old_key_" + std::to_string(counter_++)};
    table.columns.push_back(std::move(column));
    table.foreign_keys.push_back(std::move(key));
  }

  void add_hints(Table& table) {
    TableIntent& intent = description_.tables[table.name];
    if (chance(20))
      intent.was = {"old table " + std::to_string(counter_++), "older_" + std::to_string(counter_++)};
    if (intent.row_class == RowClass::Master) {
      if (chance(50)) intent.master.mode = static_cast<SyncMode>(pick(4));
      const Column& first = table.columns.front();
      if (first.nullable && chance(50)) intent.master.retirement = Retirement{first.name, {SeedValue::Kind::Null, {}}};
    }
    for (const Column& column : table.columns) {
      ColumnIntent& hints = intent.columns[column.name];
      if (intent.row_class == RowClass::Master && chance(15)) hints.is_local = true;
      if (chance(15)) hints.was = {"old_" + std::to_string(counter_++)};
      if (!column.generated && column.type.kind != TypeKind::Serial && chance(15)) hints.backfill = sql();
    }
    for (const Index& index : table.indexes) {
      if (!index.name.generated && chance(15))
        intent.object_was[index.name.text] = {"was " + std::to_string(counter_++)};
    }
    for (const Check& check : table.checks) {
      if (!check.name.generated && chance(15))
        intent.object_was[check.name.text] = {"was " + std::to_string(counter_++)};
    }
    if (!chance(30)) return;
    for (const IndexPart& one : some_parts(table, true)) intent.natural_key.push_back(one.column);
    if (is_unique_already(table, intent.natural_key)) return;
    Index index;
    index.kind = IndexKind::Unique;
    for (const std::string& column : intent.natural_key) index.parts.push_back(part(column));
    index.name = ObjectName(generated_name("uq", table.name, intent.natural_key), true);
    table.indexes.push_back(std::move(index));
  }

  static bool is_unique_already(const Table& table, std::vector<std::string> columns) {
    std::sort(columns.begin(), columns.end());
    const auto same = [&](const std::vector<IndexPart>& parts) {
      std::vector<std::string> names;
      for (const IndexPart& one : parts) {
        if (!one.expression && !one.length) names.push_back(one.column);
      }
      std::sort(names.begin(), names.end());
      return names == columns && names.size() == parts.size();
    };
    if (table.primary_key && same(table.primary_key->parts)) return true;
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
      return index.kind == IndexKind::Unique && !index.where && same(index.parts);
    });
  }

  void add_items() {
    Description& d = description_;
    for (std::size_t i = pick(3); i > 0; --i) {
      View view;
      view.name = fresh(objects_);
      view.query = sql();
      if (chance(30)) view.columns = {"a", "on", "größe"};
      view.comment = one_of(comments);
      if (chance(20)) view.header = "ALGORITHM=MERGE DEFINER=`root`@`%`";
      if (chance(20)) d.view_was[view.name] = {"old view " + std::to_string(counter_++)};
      d.view_places[view.name].package = package();
      d.schema.views.emplace(view.name, view);
    }
    for (std::size_t i = pick(3); i > 0; --i) add_trigger();
    if (d.schema.tables.empty()) return;
    for (std::size_t i = pick(3); i > 0; --i) {
      d.assertions.push_back({one_of(strings), sql(), {}, package()});
      d.once_steps.push_back({"step " + std::to_string(counter_++),
                              chance(50) ? "1.0.0" : "",
                              {d.schema.tables.begin()->first},
                              sql(),
                              chance(50) ? sql() : sql::EngineSql(),
                              chance(30),
                              {},
                              package()});
      d.drops.push_back({DropKind::Table, {}, "gone " + std::to_string(counter_++), {}, package()});
      d.drops.push_back({DropKind::Column,
                         d.schema.tables.begin()->first,
                         "gone_" + std::to_string(counter_++),
                         {},
                         package()});
      d.drops.push_back({DropKind::Trigger, {}, "gone_" + std::to_string(counter_++), {}, package()});
    }
    add_seed();
    add_format();
  }

  void add_trigger() {
    Trigger trigger;
    trigger.name = "trigger " + std::to_string(counter_++);
    const auto& tables = description_.schema.tables;
    trigger.table = tables.empty() || chance(20) ? "elsewhere" : tables.begin()->first;
    trigger.timing = static_cast<TriggerTiming>(pick(3));
    trigger.event = static_cast<TriggerEvent>(pick(3));
    if (trigger.event == TriggerEvent::Update && !tables.empty() && chance(50)) {
      trigger.update_of = {tables.begin()->second.columns.front().name};
    }
    if (chance(30)) trigger.when = sql();
    trigger.body = sql();
    description_.trigger_places[trigger.name].package = package();
    description_.schema.triggers.emplace(trigger.name, trigger);
  }

  void add_format() {
    DataFormat& format = description_.data_format;
    if (!chance(50)) return;
    format.version = 3;
    for (const std::uint32_t from : {1U, 2U}) {
      DataUpgrade upgrade{from, {}};
      for (std::size_t kind = 0; kind < 9; ++kind) {
        DataChange change;
        change.kind = static_cast<DataChangeKind>(kind);
        change.table = one_of(odd_names);
        const bool of_table = change.kind == DataChangeKind::Table || change.kind == DataChangeKind::Split;
        if (!of_table) change.field = one_of(odd_names);
        if (!of_table && chance(30)) change.list = one_of(odd_names);
        if (of_table || change.kind == DataChangeKind::Rename || change.kind == DataChangeKind::Copy) change.to = one_of(odd_names);
        if (change.kind == DataChangeKind::Default || change.kind == DataChangeKind::Set) change.value = {SeedValue::Kind::String, one_of(strings)};
        if (change.kind == DataChangeKind::Split) change.fields = {"a", "order"};
        if (change.kind == DataChangeKind::Refer) change.values = {{"key", {SeedValue::Kind::String, "{a}"}}, {"b", {SeedValue::Kind::Null, {}}}};
        if (change.kind == DataChangeKind::Map) change.pairs = {{{SeedValue::Kind::Number, "-1.5"}, {SeedValue::Kind::Bool, "true"}}};
        upgrade.changes.push_back(std::move(change));
      }
      format.upgrades.push_back(std::move(upgrade));
    }
  }

  void add_seed() {
    const Table& table = description_.schema.tables.begin()->second;
    Seed seed;
    seed.table = table.name;
    seed.package = package();
    for (std::size_t i = pick(3); i > 0; --i) {
      SeedRow& row = seed.rows.emplace_back();
      for (const Column& column : table.columns) {
        if (column.generated) continue;
        const bool text = column.type.kind == TypeKind::Text || column.type.kind == TypeKind::LongText;
        if (text && chance(50)) {
          row.values.emplace_back(column.name, SeedValue{SeedValue::Kind::String, one_of(strings)});
        } else if (column.nullable && chance(50)) {
          row.values.emplace_back(column.name, SeedValue{SeedValue::Kind::Null, {}});
        } else {
          row.values.emplace_back(column.name, SeedValue{SeedValue::Kind::Environment, "NAME"});
        }
      }
    }
    description_.seeds.push_back(std::move(seed));
  }

  std::mt19937 random_;
  Description description_;
  std::set<std::string> objects_;
  std::size_t counter_ = 0;
};

}  // namespace

Description generated_description(std::uint32_t seed) {
  return Generator(seed).make();
}

}  // namespace plumb::test
