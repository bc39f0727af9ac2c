// Views, triggers, data steps, assertions and seeds.
#include <algorithm>

#include "language/sql_text.hpp"
#include "language/resolve/scope.hpp"
#include "language/resolve/type.hpp"
#include "language/resolve/value.hpp"

namespace plumb::language {
namespace {

class ItemBuilder {
 public:
  explicit ItemBuilder(Scope& scope) : scope_(scope), description_(scope.description) {}

  void run() {
    for (std::uint32_t file = 0; file < scope_.files.size(); ++file) {
      place_ = {file, {}, false};
      package_.clear();
      for (const ast::Item& item : scope_.files[file].items) build(item);
    }
  }

 private:
  void build(const ast::Item& item) {
    if (item.span.length == 0) return;
    if (const auto* view = std::get_if<ast::View>(&item.body)) {
      add_view(item, *view);
    } else if (const auto* trigger = std::get_if<ast::Trigger>(&item.body)) {
      add_trigger(*trigger);
    } else if (const auto* once = std::get_if<ast::Once>(&item.body)) {
      add_once(*once);
    } else if (const auto* assertion = std::get_if<ast::Assert>(&item.body)) {
      description_.assertions.push_back({std::string(assertion->text.text),
                                         scope_.engine_sql(place_, assertion->query),
                                         scope_.origin(place_.file, assertion->span), package_});
    } else if (const auto* drop = std::get_if<ast::Drop>(&item.body)) {
      add_drop(*drop);
    } else if (const auto* seed = std::get_if<ast::Seed>(&item.body)) {
      add_seed(*seed);
    } else if (const auto* package = std::get_if<ast::PackageOpen>(&item.body)) {
      package_ = scope_.text(place_, package->name);
    } else if (const auto* close = std::get_if<ast::PackageClose>(&item.body)) {
      package_.clear();
      if (item.docs.length != 0) {
        scope_.report(Severity::Warning, "stray-doc", place_.file, item.docs,
                      "this doc comment has nothing behind it to describe");
      }
      static_cast<void>(close);
    }
  }

  void add_view(const ast::Item& item, const ast::View& node) {
    View view;
    view.name = scope_.text(place_, node.name);
    if (description_.schema.views.contains(view.name)) return;  // reported by collect
    view.query = scope_.engine_sql(place_, node.query);
    view.columns = scope_.texts(place_, node.columns);
    view.comment = scope_.docs(place_.file, item.docs);
    if (!node.comment.empty()) view.comment = std::string(node.comment.text);
    view.header = std::string(node.header.text);
    check_twice(node.columns, "view `" + view.name + "`");
    if (!node.was.empty()) description_.view_was[view.name] = scope_.texts(place_, node.was);
    description_.view_places[view.name] = {package_, scope_.origin(place_.file, node.name.span)};
    if (scope_.places != nullptr) scope_.places->views[view.name] = {place_.file, node.name.span.offset, node.name.span.length};
    description_.schema.views.emplace(view.name, std::move(view));
  }

  void check_twice(const std::vector<ast::Name>& names, const std::string& owner) {
    NameTable seen;
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      const auto first = seen.add(names[i].text, i);
      if (!first) continue;
      scope_.error("duplicate-name", place_.file, names[i].span,
                   "column `" + std::string(names[i].text) + "` is named twice in " + owner,
                   {Scope::first_one(place_.file, names[*first].span)});
    }
  }

  bool is_view(std::string_view name) const {
    for (const ast::File& file : scope_.files) {
      for (const ast::Item& item : file.items) {
        const auto* view = std::get_if<ast::View>(&item.body);
        if (view != nullptr && equal_ignoring_case(view->name.text, name)) return true;
      }
    }
    return false;
  }

  void add_trigger(const ast::Trigger& node) {
    Trigger trigger;
    trigger.name = scope_.text(place_, node.name);
    const auto seen = trigger_names_.add(node.name.text, static_cast<std::uint32_t>(trigger_places_.size()));
    if (seen) {
      scope_.error("duplicate-name", place_.file, node.name.span,
                   "trigger `" + trigger.name + "` is declared twice",
                   {{"the first one stands here", trigger_places_[*seen]}});
      return;
    }
    trigger_places_.push_back({place_.file, node.name.span.offset, node.name.span.length});
    trigger.timing = node.timing;
    trigger.event = node.event;
    trigger.update_of = scope_.texts(place_, node.columns);
    trigger.table = scope_.text(place_, node.table);
    if (!node.columns.empty() && node.event != TriggerEvent::Update) {
      scope_.error("misplaced-clause", place_.file, node.columns.front().span, "`of` belongs to `update`");
    }
    if (!node.unchecked && scope_.table_named(node.table.text) == nullptr && !is_view(node.table.text)) {
      scope_.find_table(place_.file, node.table);
    } else if (TableEntry* entry = scope_.table_named(node.table.text)) {
      trigger.table = entry->table->name;
      if (!node.unchecked) settle_columns(*entry, node.columns, trigger.update_of);
    }
    for (const ast::Option& option : node.options) {
      const std::string engine(option.engine.text);
      if (!is_engine_name(engine)) {
        scope_.error("unknown-engine", place_.file, option.engine.span, unknown_engine(engine));
        continue;
      }
      add_options(scope_, place_.file, option, trigger.options[engine]);
    }
    if (!node.when.empty()) trigger.when = scope_.engine_sql(place_, node.when);
    trigger.body = scope_.engine_sql(place_, node.body);
    description_.trigger_places[trigger.name] = {package_, scope_.origin(place_.file, node.name.span)};
    if (scope_.places != nullptr) scope_.places->triggers[trigger.name] = trigger_places_.back();
    description_.schema.triggers.emplace(trigger.name, std::move(trigger));
  }

  void settle_columns(TableEntry& entry, const std::vector<ast::Name>& nodes,
                      std::vector<std::string>& names) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Column* column = scope_.find_column(entry, place_.file, nodes[i], names[i]);
      if (column != nullptr) names[i] = column->name;
    }
  }

  void add_once(const ast::Once& node) {
    OnceStep step;
    step.name = scope_.text(place_, node.name);
    const auto seen = once_names_.add(node.name.text, static_cast<std::uint32_t>(once_places_.size()));
    if (seen) {
      scope_.error("duplicate-name", place_.file, node.name.span,
                   "data step `" + step.name + "` is declared twice",
                   {{"the first one stands here", once_places_[*seen]}});
      return;
    }
    once_places_.push_back({place_.file, node.name.span.offset, node.name.span.length});
    step.version = std::string(node.version.text);
    if (!node.version.empty() && !is_version(node.version.text)) {
      scope_.error("bad-version", place_.file, node.version.span,
                   "`" + step.version + "` is no version; three numbers are one: `1.4.0`");
    }
    for (const ast::Name& name : node.after) {
      const TableEntry* entry = scope_.find_table(place_.file, name);
      if (entry != nullptr) step.after.push_back(entry->table->name);
    }
    const ast::OncePart* up = nullptr;
    const ast::OncePart* down = nullptr;
    for (const ast::OncePart& part : node.parts) {
      const ast::OncePart*& one = part.down ? down : up;
      if (one != nullptr) {
        scope_.error("duplicate-clause", place_.file, part.span,
                     std::string("`") + (part.down ? "down" : "up") + "` is given twice",
                     {Scope::first_one(place_.file, one->span)});
        continue;
      }
      one = &part;
      (part.down ? step.down : step.up) = scope_.engine_sql(place_, part.sql);
    }
    if (up == nullptr) {
      scope_.error("missing-up", place_.file, node.name.span, "data step `" + step.name + "` has no `up`");
    }
    step.optional = node.optional;
    step.origin = scope_.origin(place_.file, node.name.span);
    step.package = package_;
    description_.once_steps.push_back(std::move(step));
  }

  void add_drop(const ast::Drop& node) {
    const bool of_table = node.kind == DropKind::Column || node.kind == DropKind::Index;
    for (const ast::DropTarget& target : node.targets) {
      if (of_table != !target.second.empty()) {
        const std::string name(target.first.text);
        scope_.error("drop-target", place_.file, target.first.span,
                     of_table ? "`drop column` and `drop index` take the table as well: `table." + name + "`"
                              : "only `drop column` and `drop index` take a table before the name");
        continue;
      }
      Drop drop;
      drop.kind = node.kind;
      drop.name = scope_.text(place_, of_table ? target.second : target.first);
      if (of_table) drop.table = scope_.text(place_, target.first);
      drop.origin = scope_.origin(place_.file, target.first.span);
      drop.package = package_;
      description_.drops.push_back(std::move(drop));
      scope_.drops.push_back({place_.file, target});
    }
  }

  void add_seed(const ast::Seed& node) {
    TableEntry* entry = scope_.find_table(place_.file, node.table);
    if (entry == nullptr) return;
    Seed seed;
    seed.table = entry->table->name;
    seed.package = package_;
    for (const ast::Row& row : node.rows) seed.rows.push_back(seed_row(*entry, row));
    description_.seeds.push_back(std::move(seed));
  }

  SeedRow seed_row(TableEntry& entry, const ast::Row& node) {
    SeedRow row;
    row.origin = scope_.origin(place_.file, node.span);
    bool complete = true;
    for (const ast::Cell& cell : node.cells) {
      const std::string name = scope_.text(place_, cell.column);
      const Column* column = scope_.find_column(entry, place_.file, cell.column, name);
      if (column == nullptr) {
        complete = false;
        continue;
      }
      const auto same = [&](const auto& value) { return value.first == column->name; };
      if (std::any_of(row.values.begin(), row.values.end(), same)) {
        scope_.error("duplicate-name", place_.file, cell.column.span,
                     "column `" + name + "` is in this row twice");
        continue;
      }
      check_seed_value(*column, cell.value);
      row.values.emplace_back(column->name, seed_value(cell.value));
    }
    if (complete && !entry.damaged) check_complete(*entry.table, node, row);
    return row;
  }

  void check_seed_value(const Column& column, const ast::Value& value) {
    if (column.generated) {
      scope_.error("default-mismatch", place_.file, value.span,
                   "column `" + column.name + "` is computed and takes no value");
      return;
    }
    if (value.kind == ast::ValueKind::Environment) return;
    ColumnType type = column.type;
    if (type.kind == TypeKind::Serial) type.kind = TypeKind::SerialRef;
    const auto problem = default_problem(type, column.nullable, as_default(value));
    if (problem) {
      scope_.error("default-mismatch", place_.file, value.span,
                   "the value of column `" + column.name + "` does not fit: " + *problem);
    }
  }

  void check_complete(const Table& table, const ast::Row& node, const SeedRow& row) {
    for (const Column& column : table.columns) {
      if (column.nullable || column.default_value || column.auto_increment || column.generated) continue;
      const auto same = [&](const auto& value) { return value.first == column.name; };
      if (std::any_of(row.values.begin(), row.values.end(), same)) continue;
      scope_.error("missing-value", place_.file, node.span,
                   "column `" + column.name + "` of table `" + table.name + "` needs a value in this row");
    }
  }

  Scope& scope_;
  Description& description_;
  Place place_;
  std::string package_;
  NameTable trigger_names_;
  std::vector<SourceSpan> trigger_places_;
  NameTable once_names_;
  std::vector<SourceSpan> once_places_;
};

}  // namespace

void build_items(Scope& scope) {
  ItemBuilder(scope).run();
}

}  // namespace plumb::language
