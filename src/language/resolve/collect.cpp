// Who is called what: the first look over all files.
#include <algorithm>

#include "language/resolve/scope.hpp"
#include "language/sql_text.hpp"
#include "support/version.hpp"

namespace plumb::language {
namespace {

class Collector {
 public:
  explicit Collector(Scope& scope) : scope_(scope) {}

  void run() {
    std::size_t count = 0;
    for (const ast::File& file : scope_.files) count += file.items.size();
    scope_.tables.reserve(count);
    scope_.table_names.reserve(count);
    for (std::uint32_t file = 0; file < scope_.files.size(); ++file) collect_file(file);
    check_packages();
  }

 private:
  void collect_file(std::uint32_t file) {
    package_.clear();
    std::vector<const ast::PackageOpen*> open;
    for (const ast::Item& item : scope_.files[file].items) {
      if (item.span.length == 0) scope_.items_missing = true;
      if (const auto* table = std::get_if<ast::Table>(&item.body)) {
        if (!table->name.empty()) add_table(file, item, *table);
      } else if (const auto* view = std::get_if<ast::View>(&item.body)) {
        if (!view->name.empty()) claim(file, view->name, "view");
      } else if (const auto* mixin = std::get_if<ast::Mixin>(&item.body)) {
        if (!mixin->name.empty()) add_mixin(file, item, *mixin);
      } else if (const auto* schema = std::get_if<ast::Schema>(&item.body)) {
        if (item.span.length != 0) add_schema(file, *schema);
      } else if (const auto* option = std::get_if<ast::Option>(&item.body)) {
        if (item.span.length != 0) add_option(file, *option);
      } else if (const auto* package = std::get_if<ast::PackageOpen>(&item.body)) {
        open_package(file, item, *package, open);
      } else if (std::holds_alternative<ast::PackageClose>(item.body)) {
        if (!open.empty()) open.pop_back();  // one too many is reported by the parser
        package_ = open.empty() ? std::string() : std::string(open.back()->name.text);
      }
    }
  }

  void add_table(std::uint32_t file, const ast::Item& item, const ast::Table& node) {
    if (!claim(file, node.name, "table")) return;
    const Place place{file, {}, false};
    std::string name = scope_.text(place, node.name);
    auto& tables = scope_.description.schema.tables;
    auto& intents = scope_.description.tables;
    const auto table = tables.try_emplace(tables.end(), std::move(name));
    const auto intent = intents.try_emplace(intents.end(), table->first);
    table->second.name = table->first;
    table->second.comment = scope_.docs(file, item.docs);
    intent->second.row_class = node.row_class;
    intent->second.was = scope_.texts(place, node.was);
    intent->second.package = package_;
    intent->second.origin = scope_.origin(file, node.name.span);
    scope_.tables.push_back({&item, &node, file, &table->second, &intent->second, false, 0, 0});
  }

  void add_mixin(std::uint32_t file, const ast::Item& item, const ast::Mixin& node) {
    if (const auto first =
            scope_.mixin_names.add(node.name.text, static_cast<std::uint32_t>(scope_.mixins.size()))) {
      const MixinEntry& entry = scope_.mixins[*first];
      scope_.error("duplicate-name", file, node.name.span,
                   "mixin `" + std::string(node.name.text) + "` is declared twice",
                   {Scope::first_one(entry.file, entry.node->name.span)});
      return;
    }
    scope_.mixins.push_back({&node, file, item.span.length == 0});
  }

  /// Tables and views share their names.
  bool claim(std::uint32_t file, const ast::Name& name, const char* kind) {
    if (to_lower(name.text).starts_with("plumb_")) scope_.error("reserved-name", file, name.span, "`" + std::string(name.text) + "` cannot be declared: names that begin with `plumb_` are those of plumb's own tables");
    const bool table = kind[0] == 't';
    const auto number = static_cast<std::uint32_t>(table ? scope_.tables.size() : views_.size());
    const auto other = (table ? views_names_ : scope_.table_names).find(name.text);
    const auto first = other ? std::optional<std::uint32_t>() : (table ? scope_.table_names : views_names_).add(name.text, number);
    if (!first && !other) {
      if (!table) views_.push_back({file, name.span});
      return true;
    }
    if (other) scope_.items_missing = true;  // what it refers to is not unknown
    SourceSpan span;
    const bool at_table = table == first.has_value();
    if (at_table) {
      const TableEntry& entry = scope_.tables[first ? *first : *other];
      span = {entry.file, entry.node->name.span.offset, entry.node->name.span.length};
    } else {
      const SeenView& view = views_[first ? *first : *other];
      span = {view.file, view.span.offset, view.span.length};
    }
    scope_.error("duplicate-name", file, name.span,
                 std::string(kind) + " `" + std::string(name.text) + "` has the name of " +
                     (table == at_table ? "another " : "a ") + (at_table ? "table" : "view"),
                 {{"the first one stands here", span}});
    return false;
  }

  void add_schema(std::uint32_t file, const ast::Schema& node) {
    if (schema_ != nullptr) {
      scope_.error("duplicate-name", file, node.span, "a description has one `schema` line",
                   {Scope::first_one(schema_file_, schema_->span)});
      return;
    }
    schema_ = &node;
    schema_file_ = file;
    Description& description = scope_.description;
    description.name = scope_.text({file, {}, false}, node.name);
    description.version = std::string(node.version.text);
    description.after = std::string(node.after.text);
    const auto version = checked_version(scope_, file, node.version);
    const auto after = checked_version(scope_, file, node.after);
    if (version && after && *after >= *version) {
      scope_.error("bad-version", file, node.after.span,
                   "version " + description.after + " is not before version " + description.version);
    }
  }

  static std::optional<Version> checked_version(Scope& scope, std::uint32_t file, const ast::Name& name) {
    if (name.empty()) return std::nullopt;
    auto version = parse_version(name.text);
    if (!version) {
      scope.error("bad-version", file, name.span,
                  "`" + std::string(name.text) + "` is no version; three numbers are one: `1.4.0`");
    }
    return version;
  }

  void add_option(std::uint32_t file, const ast::Option& option) {
    const std::string engine(option.engine.text);
    if (!is_engine_name(engine)) {
      scope_.error("unknown-engine", file, option.engine.span, unknown_engine(engine));
      return;
    }
    add_options(scope_, file, option, scope_.description.schema.options[engine]);
    if (scope_.places != nullptr) scope_.places->options.try_emplace(engine, SourceSpan{file, option.span.offset, option.span.length});
  }

  void open_package(std::uint32_t file, const ast::Item& item, const ast::PackageOpen& node,
                    std::vector<const ast::PackageOpen*>& open) {
    if (item.span.length == 0) return;
    if (!open.empty()) {
      const ast::Span outer = open.back()->span;
      scope_.error("nested-package", file, node.span, "a package cannot stand inside another one",
                   {{"the outer one begins here", SourceSpan{file, outer.offset, outer.length}}});
    }
    open.push_back(&node);
    package_ = scope_.text({file, {}, false}, node.name);
    auto& after = scope_.description.packages[package_];
    for (const ast::Name& name : node.after) {
      std::string text = scope_.text({file, {}, false}, name);
      after_.push_back({package_, text, file, name.span});
      if (std::find(after.begin(), after.end(), text) == after.end()) after.push_back(std::move(text));
    }
  }

  struct After {
    std::string package;
    std::string before;
    std::uint32_t file;
    ast::Span span;
  };

  void check_packages() {
    const auto& packages = scope_.description.packages;
    std::vector<std::string> names;
    names.reserve(packages.size());
    for (const auto& [name, after] : packages) names.push_back(name);
    bool all_known = true;
    for (const After& after : after_) {
      if (packages.contains(after.before)) continue;
      all_known = false;
      if (scope_.items_missing) continue;
      scope_.error(
          "unknown-package", after.file, after.span,
          "package `" + after.before + "` is not declared" + Scope::did_you_mean(after.before, names));
    }
    if (all_known) check_package_cycles();
  }

  /// Takes away packages that come after none that is left; what cannot be taken away is a circle.
  void check_package_cycles() {
    std::map<std::string, std::vector<std::string>> left = scope_.description.packages;
    for (bool progress = true; progress;) {
      progress = false;
      for (auto it = left.begin(); it != left.end();) {
        const bool waits = std::any_of(it->second.begin(), it->second.end(),
                                       [&](const std::string& name) { return left.contains(name); });
        progress = progress || !waits;
        it = waits ? std::next(it) : left.erase(it);
      }
    }
    for (const After& after : after_) {
      if (!left.contains(after.package) || !left.contains(after.before)) continue;
      scope_.error(
          "package-cycle", after.file, after.span,
          "package `" + after.package + "` would come after itself, by way of `" + after.before + "`");
      return;
    }
  }

  struct SeenView {
    std::uint32_t file;
    ast::Span span;
  };
  Scope& scope_;
  std::string package_;
  std::vector<SeenView> views_;
  NameTable views_names_;
  std::vector<After> after_;
  const ast::Schema* schema_ = nullptr;
  std::uint32_t schema_file_ = 0;
};

}  // namespace

void collect(Scope& scope) {
  Collector(scope).run();
}

bool is_version(std::string_view text) {
  return parse_version(text).has_value();
}

void add_options(Scope& scope, std::uint32_t file, const ast::Option& option, Options& into) {
  for (const ast::OptionEntry& entry : option.entries) {
    std::string name;
    for (const ast::Name& word : entry.words) {
      if (!name.empty()) name += ' ';
      name += to_lower(word.text);
    }
    if (into.contains(name)) {
      scope.error("duplicate-clause", file, entry.words.front().span, "option `" + name + "` is given twice");
      continue;
    }
    into.emplace(std::move(name), std::string(entry.value.text));
  }
}

}  // namespace plumb::language
