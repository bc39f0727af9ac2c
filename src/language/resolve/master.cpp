// What is said about master data beside the natural key.
#include <algorithm>
#include <charconv>

#include "language/resolve/table_builder.hpp"
#include "language/resolve/type.hpp"
#include "language/resolve/value.hpp"
#include "support/text.hpp"

namespace plumb::language {

bool TableBuilder::is_first(const Place& place, ast::Span span, const char* word, bool is_there) {
  scope_.master_places.push_back({number_, place.file, span, word});
  if (is_there) {
    scope_.error("duplicate-clause", place.file, span,
                 "table `" + table_.name + "` has a `" + word + "` already");
  }
  return !is_there;
}

void TableBuilder::add_sync(const Place& place, const ast::Sync& node) {
  if (is_first(place, node.span, "sync", intent_.master.mode.has_value())) intent_.master.mode = node.mode;
}

void TableBuilder::add_retirement(const Place& place, const ast::Retire& node) {
  if (!is_first(place, node.span, "retire", intent_.master.retirement.has_value())) return;
  intent_.master.retirement = Retirement{scope_.text(place, node.column), seed_value(node.value)};
  scope_.retirements.push_back({number_, place, &node});
}

void TableBuilder::add_nesting(const Place& place, const ast::Nested& node) {
  if (!is_first(place, node.span, "nested", intent_.master.nesting.has_value())) return;
  intent_.master.nesting = Nesting{scope_.text(place, node.owner), scope_.text(place, node.field)};
  scope_.nestings.push_back({number_, place, &node});
}

namespace {

class MasterChecker {
 public:
  explicit MasterChecker(Scope& scope) : scope_(scope), description_(scope.description) {}

  void run() {
    for (const MasterPlace& place : scope_.master_places) check_class(place);
    for (const RetirePlace& place : scope_.retirements) check_retirement(place);
    for (const NestedPlace& place : scope_.nestings) check_nesting(place);
    for (const NestedPlace& place : scope_.nestings) check_circle(place);
    for (std::uint32_t file = 0; file < scope_.files.size(); ++file) {
      for (const ast::Item& item : scope_.files[file].items) {
        const auto* format = std::get_if<ast::DataFormat>(&item.body);
        if (format != nullptr && item.span.length != 0) add_format(file, *format);
      }
    }
  }

 private:
  void check_class(const MasterPlace& place) {
    const TableEntry& entry = scope_.tables[place.table];
    if (entry.intent->row_class == RowClass::Master) return;
    scope_.error("master-data", place.file, place.span,
                 "`" + std::string(place.word) + "` has a meaning in a `master table` only, and `" +
                     entry.table->name + "` is none");
  }

  void check_retirement(const RetirePlace& place) {
    TableEntry& entry = scope_.tables[place.table];
    Retirement& retirement = *entry.intent->master.retirement;
    const Column* column =
        scope_.find_column(entry, place.place.file, place.node->column, retirement.column);
    if (column == nullptr) return;
    retirement.column = column->name;
    const auto problem = default_problem(column->type, column->nullable, as_default(place.node->value));
    if (!problem) return;
    scope_.error("default-mismatch", place.place.file, place.node->value.span,
                 "the value of column `" + column->name + "` does not fit: " + *problem);
  }

  void check_nesting(const NestedPlace& place) {
    const TableEntry& entry = scope_.tables[place.table];
    TableEntry* owner = scope_.find_table(place.place.file, place.node->owner);
    if (owner == nullptr || entry.damaged || owner->damaged) return;
    entry.intent->master.nesting->owner = owner->table->name;
    const auto refuse = [&](const ast::Span& span, const std::string& text) {
      scope_.error("master-data", place.place.file, span, text);
    };
    if (owner->intent->row_class != RowClass::Master)
      return refuse(place.node->owner.span, "table `" + owner->table->name + "` is no `master table`");
    const auto references = std::count_if(
        entry.table->foreign_keys.begin(), entry.table->foreign_keys.end(), [&](const ForeignKey& key) {
          return key.columns.size() == 1 && key.database.empty() &&
                 equal_ignoring_case(key.table, owner->table->name);
        });
    if (references != 1) {
      return refuse(place.node->owner.span,
                    "a row stands in the row that its one reference names, and `" + entry.table->name + "` has " +
                        std::to_string(references) + " to `" + owner->table->name + "`");
    }
    const std::string& field = entry.intent->master.nesting->field;
    if (owner->table->find_column(field) != nullptr)
      refuse(place.node->field.span, "`" + field + "` is a column of `" + owner->table->name + "`");
    for (const NestedPlace& other : scope_.nestings) {
      if (&other == &place) return;
      const auto& taken = scope_.tables[other.table].intent->master.nesting;
      if (taken && *taken == *entry.intent->master.nesting)
        refuse(place.node->field.span,
               "the details of `" + scope_.tables[other.table].table->name + "` are called `" + field + "` too");
    }
  }

  void check_circle(const NestedPlace& place) {
    const TableEntry* at = &scope_.tables[place.table];
    for (std::size_t steps = 0; steps <= scope_.nestings.size(); ++steps) {
      if (!at->intent->master.nesting) return;
      at = scope_.table_named(at->intent->master.nesting->owner);
      if (at == nullptr) return;
    }
    scope_.error("master-data", place.place.file, place.node->span,
                 "table `" + scope_.tables[place.table].table->name + "` would stand inside of itself");
  }

  // --- formats

  std::uint32_t version_of(std::uint32_t file, const ast::Value& value) {
    std::uint32_t number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [stop, problem] = std::from_chars(value.text.data(), end, number);
    if (problem == std::errc() && stop == end && number > 0) return number;
    scope_.error("data-format", file, value.span, "a data format is a whole number from 1");
    return 0;
  }

  void add_format(std::uint32_t file, const ast::DataFormat& node) {
    if (seen_) {
      scope_.error("data-format", file, node.span, "the data format is declared twice");
      return;
    }
    seen_ = true;
    DataFormat& format = description_.data_format;
    format.version = version_of(file, node.version);
    for (const ast::DataFrom& upgrade : node.upgrades) {
      const std::uint32_t from = version_of(file, upgrade.version);
      if (from == 0 || format.version == 0) continue;
      const bool twice = std::any_of(format.upgrades.begin(), format.upgrades.end(),
                                     [&](const DataUpgrade& one) { return one.from == from; });
      if (twice || from >= format.version) {
        scope_.error("data-format", file, upgrade.version.span,
                     twice ? "the way from " + std::to_string(from) + " is given twice"
                           : "a way leads from an earlier format than " + std::to_string(format.version));
        continue;
      }
      DataUpgrade made{from, {}};
      for (const ast::DataLine& line : upgrade.lines) add_line(file, line, made.changes);
      format.upgrades.push_back(std::move(made));
    }
    std::sort(format.upgrades.begin(), format.upgrades.end(),
              [](const DataUpgrade& a, const DataUpgrade& b) { return a.from < b.from; });
  }

  void add_line(std::uint32_t file, const ast::DataLine& line, std::vector<DataChange>& changes) {
    const Place place{file, {}, false};
    const bool of_table = line.kind == DataChangeKind::Table || line.kind == DataChangeKind::Split;
    if (of_table != line.path.first.empty()) {
      scope_.error("data-format", file, line.path.table.span,
                   of_table ? "a table alone is named here" : "a field is named here: `" +
                                  std::string(line.path.table.text) + ".field`");
      return;
    }
    DataChange change;
    change.kind = line.kind;
    change.table = scope_.text(place, line.path.table);
    if (!line.path.second.empty()) change.list = scope_.text(place, line.path.first);
    if (!of_table) change.field = scope_.text(place, line.path.second.empty() ? line.path.first : line.path.second);
    if (!line.to.empty()) change.to = scope_.text(place, line.to);
    change.value = seed_value(line.value);
    change.fields = scope_.texts(place, line.fields);
    for (const ast::Cell& cell : line.cells)
      change.values.emplace_back(scope_.text(place, cell.column), seed_value(cell.value));
    for (const ast::DataPair& pair : line.pairs)
      change.pairs.emplace_back(seed_value(pair.from), seed_value(pair.to));
    change.origin = scope_.origin(file, line.span);
    changes.push_back(std::move(change));
  }

  Scope& scope_;
  Description& description_;
  bool seen_ = false;
};

}  // namespace

void settle_master(Scope& scope) {
  MasterChecker(scope).run();
}

}  // namespace plumb::language
