#include "language/print.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "language/format.hpp"
#include "language/print_table.hpp"
#include "language/spell.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

const char* timing_words(TriggerTiming timing) {
  switch (timing) {
    case TriggerTiming::Before:
      return "before";
    case TriggerTiming::After:
      return "after";
    case TriggerTiming::InsteadOf:
      return "instead of";
  }
  return "";
}

const char* event_word(TriggerEvent event) {
  switch (event) {
    case TriggerEvent::Insert:
      return "insert";
    case TriggerEvent::Update:
      return "update";
    case TriggerEvent::Delete:
      return "delete";
  }
  return "";
}

const char* drop_word(DropKind kind) {
  switch (kind) {
    case DropKind::Table:
      return "table";
    case DropKind::Column:
      return "column";
    case DropKind::View:
      return "view";
    case DropKind::Trigger:
      return "trigger";
    case DropKind::Index:
      return "index";
  }
  return "";
}

std::string path_of(const DataChange& change) {
  std::string path = spelled_plain(change.table);
  if (!change.list.empty()) path += "." + spelled_plain(change.list);
  return change.field.empty() ? path : path + "." + spelled_plain(change.field);
}

std::string pairs_text(const DataChange& change) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : change.values) parts.push_back(spelled_plain(name) + " = " + spelled_value(value));
  for (const auto& [from, to] : change.pairs) parts.push_back(spelled_value(from) + " = " + spelled_value(to));
  return " (" + join(parts, ", ") + ")";
}

std::string data_change_text(const DataChange& change) {
  const std::string path = path_of(change);
  switch (change.kind) {
    case DataChangeKind::Table:
      return "table " + path + " to " + spelled_plain(change.to);
    case DataChangeKind::Rename:
      return "rename " + path + " to " + spelled_plain(change.to);
    case DataChangeKind::Copy:
      return "copy " + path + " to " + spelled_plain(change.to);
    case DataChangeKind::Default:
      return "default " + path + " = " + spelled_value(change.value);
    case DataChangeKind::Set:
      return "set " + path + " = " + spelled_value(change.value);
    case DataChangeKind::Refer:
      return "refer " + path + pairs_text(change);
    case DataChangeKind::Map:
      return "map " + path + pairs_text(change);
    case DataChangeKind::Split:
      return "split " + path + " (" + spelled_names(change.fields) + ") to " + spelled_plain(change.to);
    case DataChangeKind::Drop:
      return "drop " + path;
  }
  return {};
}

/// SQL on lines of its own: for what is long as a rule.
std::string block_sql(const sql::EngineSql& sql) {
  const std::string text = spelled_sql(sql);
  return text.starts_with("(\n") ? text : "(\n  " + text.substr(1, text.size() - 2) + "\n)";
}

class DescriptionPrinter {
 public:
  explicit DescriptionPrinter(const Description& description)
      : description_(description), schema_(description.schema) {}

  std::string print() {
    print_head();
    print_package("");
    for (const std::string& package : package_order()) {
      const auto& after = description_.packages.at(package);
      separate();
      out_ += "package " + spelled_plain(package) + (after.empty() ? "" : " after " + spelled_names(after)) +
              " {\n";
      fresh_ = true;
      print_package(package);
      out_ += "}\n";
    }
    print_data_format();
    print_opaque();
    return std::move(out_);
  }

 private:
  /// A blank line between declarations of several lines, and between kinds of one line.
  void separate() {
    if (!out_.empty() && !fresh_) out_ += "\n";
    fresh_ = false;
  }

  void print_head() {
    if (!description_.name.empty()) {
      separate();
      out_ += "schema " + spelled_plain(description_.name);
      if (!description_.version.empty()) out_ += " version " + description_.version;
      if (!description_.after.empty()) out_ += " after " + description_.after;
      out_ += "\n";
    }
    bool first = true;
    for (const auto& [engine, options] : schema_.options) {
      if (options.empty()) continue;
      if (first) separate();
      first = false;
      out_ += options_text(engine, options);
    }
  }

  void print_package(const std::string& package) {
    print_tables(package);
    for (const auto& [name, view] : schema_.views) {
      if (package_of(description_.view_places, name) == package) print_view(view);
    }
    for (const auto& [name, trigger] : schema_.triggers) {
      if (package_of(description_.trigger_places, name) == package) print_trigger(trigger);
    }
    for (const Seed& seed : description_.seeds) {
      if (seed.package == package) print_seed(seed);
    }
    print_drops(package);
    for (const OnceStep& step : description_.once_steps) {
      if (step.package == package) print_once(step);
    }
    for (const Assertion& assertion : description_.assertions) {
      if (assertion.package != package) continue;
      separate();
      out_ += "assert " + spelled_string(assertion.text) + " " + block_sql(assertion.query) + "\n";
    }
  }

  static std::string package_of(const ByName<DeclaredPlace>& places, const std::string& name) {
    const auto found = places.find(name);
    return found == places.end() ? std::string() : found->second.package;
  }

  /// Every table after those that it refers to, where that is possible; by name otherwise.
  void print_tables(const std::string& package) {
    std::vector<const Table*> tables;
    std::map<std::string, std::size_t, std::less<>> numbers;
    for (const auto& [name, table] : schema_.tables) {
      const auto intent = description_.tables.find(name);
      if ((intent == description_.tables.end() ? "" : intent->second.package) != package) continue;
      numbers.emplace(name, tables.size());
      tables.push_back(&table);
    }
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      for (const ForeignKey& key : tables[i]->foreign_keys) {
        const auto target = numbers.find(key.table);
        if (target != numbers.end()) edges.emplace_back(target->second, i);
      }
    }
    for (const std::size_t number : ordered(tables.size(), edges).nodes) {
      separate();
      out_ += table_text(description_, *tables[number]);
    }
  }

  void print_view(const View& view) {
    separate();
    out_ += spelled_docs(view.comment) + "view " + spelled_plain(view.name);
    const auto was = description_.view_was.find(view.name);
    if (was != description_.view_was.end() && !was->second.empty())
      out_ += " was " + spelled_names(was->second);
    if (!view.columns.empty()) out_ += " columns (" + spelled_names(view.columns) + ")";
    if (!view.header.empty()) out_ += " header " + spelled_string(view.header);
    if (needs_comment_clause(view.comment)) out_ += " comment " + spelled_string(view.comment);
    out_ += " " + block_sql(view.query) + "\n";
  }

  void print_trigger(const Trigger& trigger) {
    separate();
    out_ += "trigger " + spelled_plain(trigger.name) + " " + timing_words(trigger.timing) + " " +
            event_word(trigger.event);
    if (!trigger.update_of.empty()) out_ += " of (" + spelled_names(trigger.update_of) + ")";
    out_ += " on " + spelled_plain(trigger.table);
    if (!is_declared(trigger)) out_ += " unchecked";
    for (const auto& [engine, options] : trigger.options) {
      const std::string text = options.empty() ? std::string() : options_text(engine, options);
      if (!text.empty()) out_ += " " + text.substr(0, text.size() - 1);
    }
    if (!trigger.when.empty()) out_ += " when " + spelled_sql(trigger.when);
    out_ += " " + block_sql(trigger.body) + "\n";
  }

  bool is_declared(const Trigger& trigger) const {
    if (schema_.views.contains(trigger.table)) return true;
    const auto table = schema_.tables.find(trigger.table);
    if (table == schema_.tables.end()) return false;
    return std::all_of(trigger.update_of.begin(), trigger.update_of.end(),
                       [&](const std::string& name) { return table->second.find_column(name) != nullptr; });
  }

  void print_seed(const Seed& seed) {
    separate();
    out_ += "seed " + spelled_plain(seed.table) + " {\n";
    for (const SeedRow& row : seed.rows) {
      out_ += "{ ";
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (i != 0) out_ += ", ";
        out_ += spelled_plain(row.values[i].first) + " = " + spelled_value(row.values[i].second);
      }
      out_ += " }\n";
    }
    out_ += "}\n";
  }

  void print_drops(const std::string& package) {
    bool first = true;
    for (const Drop& drop : description_.drops) {
      if (drop.package != package) continue;
      if (first) separate();
      first = false;
      out_ += std::string("drop ") + drop_word(drop.kind) + " ";
      if (!drop.table.empty()) out_ += spelled_plain(drop.table) + ".";
      out_ += spelled_plain(drop.name) + "\n";
    }
  }

  void print_once(const OnceStep& step) {
    separate();
    out_ += std::string(step.optional ? "optional " : "") + "once " + spelled_plain(step.name);
    if (!step.version.empty()) out_ += " version " + step.version;
    if (!step.after.empty()) out_ += " after " + spelled_names(step.after);
    out_ += " {\nup " + spelled_sql(step.up) + "\n";
    if (!step.down.empty()) out_ += "down " + spelled_sql(step.down) + "\n";
    out_ += "}\n";
  }

  void print_data_format() {
    const DataFormat& format = description_.data_format;
    if (format.version == 1 && format.upgrades.empty()) return;
    separate();
    out_ += "data format " + std::to_string(format.version) + " {\n";
    for (const DataUpgrade& upgrade : format.upgrades) {
      out_ += "from " + std::to_string(upgrade.from) + " {\n";
      for (const DataChange& change : upgrade.changes) out_ += data_change_text(change) + "\n";
      out_ += "}\n";
    }
    out_ += "}\n";
  }

  void print_opaque() {
    if (schema_.opaque.empty()) return;
    separate();
    for (const auto& [name, opaque] : schema_.opaque) {
      std::string line = "// left alone: " + opaque.kind + " " + opaque.name;
      if (!opaque.reason.empty()) line += " (" + opaque.reason + ")";
      std::replace_if(
          line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
      out_ += line + "\n";
    }
  }

  std::vector<std::string> package_order() const {
    std::vector<std::string> names;
    for (const auto& [name, after] : description_.packages) names.push_back(name);
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (const std::string& before : description_.packages.at(names[i])) {
        const auto found = std::lower_bound(names.begin(), names.end(), before);
        if (found != names.end() && *found == before) edges.emplace_back(found - names.begin(), i);
      }
    }
    std::vector<std::string> out;
    for (const std::size_t number : ordered(names.size(), edges).nodes) out.push_back(names[number]);
    return out;
  }

  const Description& description_;
  const Schema& schema_;
  std::string out_;
  bool fresh_ = false;  ///< nothing stands in the package yet
};

}  // namespace

std::string print(const Description& description) {
  std::string text = DescriptionPrinter(description).print();
  Formatted formatted = format(SourceText("description", text));
  return formatted.text ? std::move(*formatted.text) : text;
}

}  // namespace plumb::language
