#include "lint/lint.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "lint/checks.hpp"
#include "lint/suppressions.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

constexpr std::size_t most_tables_named = 5;

Severity severity_of(Level level) {
  if (level == Level::Error) return Severity::Error;
  return level == Level::Note ? Severity::Note : Severity::Warning;
}

SourceSpan nowhere() { return {0xFFFFFFFFU, 0, 0}; }

class Placer {
 public:
  Placer(const Description& description, const std::vector<SourceText>& sources, const language::Places& places)
      : description_(description), sources_(sources), places_(places) {}

  SourceSpan place_of(const Subject& subject) const {
    switch (subject.kind) {
      case SubjectKind::Schema: return in(places_.options, subject.name).value_or(place_of_table(subject.table));
      case SubjectKind::View: return in(places_.views, subject.name).value_or(declared(description_.view_places, subject.name));
      case SubjectKind::Trigger: return in(places_.triggers, subject.name).value_or(declared(description_.trigger_places, subject.name));
      case SubjectKind::Table:
      case SubjectKind::Column:
      case SubjectKind::Index:
      case SubjectKind::PrimaryKey:
      case SubjectKind::NaturalKey:
      case SubjectKind::ForeignKey:
      case SubjectKind::Check:
        return part_of_table(subject).value_or(place_of_table(subject.table));
    }
    return nowhere();
  }

 private:
  static std::optional<SourceSpan> in(const ByName<SourceSpan>& places, const std::string& name) {
    const auto found = places.find(name);
    return found == places.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<SourceSpan> part_of_table(const Subject& subject) const {
    const auto table = places_.tables.find(subject.table);
    if (table == places_.tables.end()) return std::nullopt;
    const language::TablePlaces& places = table->second;
    if (subject.kind == SubjectKind::Column) return in(places.columns, subject.name);
    if (subject.kind == SubjectKind::ForeignKey) return in(places.foreign_keys, subject.name);
    if (subject.kind == SubjectKind::Check) return in(places.checks, subject.name);
    if (subject.kind == SubjectKind::PrimaryKey) return places.primary_key;
    if (subject.kind == SubjectKind::NaturalKey) return places.natural_key;
    if (subject.kind != SubjectKind::Index) return std::nullopt;
    const auto index = in(places.indexes, subject.name);
    return index ? index : places.natural_key;  // an index that nobody wrote is the natural key's
  }

  SourceSpan place_of_table(const std::string& name) const {
    const auto table = places_.tables.find(name);
    if (table != places_.tables.end()) return table->second.name;
    const auto intent = description_.tables.find(name);
    return intent == description_.tables.end() ? nowhere() : at(intent->second.origin);
  }

  SourceSpan declared(const ByName<DeclaredPlace>& known, const std::string& name) const {
    const auto found = known.find(name);
    return found == known.end() ? nowhere() : at(found->second.origin);
  }

  /// The line of an origin, for descriptions whose places nobody wrote down.
  SourceSpan at(const Origin& origin) const {
    for (std::uint32_t file = 0; file < sources_.size(); ++file) {
      if (sources_[file].path() != origin.file || origin.line == 0) continue;
      const std::string_view line = sources_[file].line(origin.line);
      if (line.data() == nullptr) continue;
      return {file, static_cast<std::uint32_t>(line.data() - sources_[file].text().data()), static_cast<std::uint32_t>(line.size())};
    }
    return nowhere();
  }

  const Description& description_;
  const std::vector<SourceText>& sources_;
  const language::Places& places_;
};

Concerns concerns_of(const Description& description, const Options& options) {
  const Input input{description, options.engines};
  Concerns found;
  check_columns(input, found);
  check_keys(input, found);
  check_names(input, found);
  check_references(input, found);
  check_views(input, found);
  for (const Dialect* engine : options.engines) {
    for (Concern& concern : engine->concerns(description.schema)) found.push_back(std::move(concern));
  }
  return found;
}

/// One finding for each rule and place; the tables that share a place of a mixin are named in a note.
class Report {
 public:
  Report(const std::vector<SourceText>& sources, const Options& options) : sources_(sources), options_(options), suppressions_(read_suppressions(sources)) {}

  void add(const Concern& concern, SourceSpan place) {
    const Rule* rule = find_rule(concern.rule);
    const Level level = level_of(*rule, options_.levels);
    if (level == Level::Off || is_suppressed(concern.rule, place)) return;
    const bool is_somewhere = place.file < sources_.size();
    if (is_somewhere) {
      const auto [known, fresh] = known_.try_emplace({place.file, place.offset, concern.rule}, diagnostics_.size());
      if (!fresh && tables_[known->second] != concern.subject.table) {
        also_[known->second].push_back(concern.subject.table);
        return;
      }
    }
    tables_.push_back(concern.subject.table);
    diagnostics_.push_back({severity_of(level), std::string(concern.rule), place, concern.message, {}});
  }

  std::vector<Diagnostic> finish() {
    for (auto& [number, tables] : also_) say_also(diagnostics_[number], tables);
    for (const BadSuppression& bad : suppressions_.bad) add_own("bad-suppression", bad.place, bad.message);
    for (const Suppression& one : suppressions_.allowed) {
      const bool may_be_needed = one.used || !options_.all_engines || level_of(*find_rule(one.rule), options_.levels) == Level::Off;
      if (!may_be_needed) add_own("unused-suppression", one.place, "nothing here needs `" + one.rule + "` to be allowed");
    }
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.span.file, a.span.offset, a.code) < std::tie(b.span.file, b.span.offset, b.code);
    });
    return std::move(diagnostics_);
  }

 private:
  bool is_suppressed(std::string_view rule, const SourceSpan& place) {
    if (place.file >= sources_.size() || suppressions_.allowed.empty()) return false;
    const std::uint32_t line = sources_[place.file].line_column(place.offset).line;
    bool suppressed = false;
    for (Suppression& one : suppressions_.allowed) {
      if (one.rule != rule || one.place.file != place.file || one.line != line) continue;
      one.used = true;
      suppressed = true;
    }
    return suppressed;
  }

  void add_own(std::string_view rule, SourceSpan place, const std::string& message) {
    const Level level = level_of(*find_rule(rule), options_.levels);
    if (level != Level::Off) diagnostics_.push_back({severity_of(level), std::string(rule), place, message, {}});
  }

  static void say_also(Diagnostic& diagnostic, std::vector<std::string>& tables) {
    std::sort(tables.begin(), tables.end());
    tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
    const std::size_t rest = tables.size() > most_tables_named ? tables.size() - most_tables_named : 0;
    tables.resize(tables.size() - rest);
    diagnostic.notes.push_back({"the same in `" + join(tables, "`, `") + "`" + (rest > 0 ? " and " + counted(rest, "other") : ""), {}});
  }

  const std::vector<SourceText>& sources_;
  const Options& options_;
  Suppressions suppressions_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<std::string> tables_;  ///< the table of each
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string_view>, std::size_t> known_;
  std::map<std::size_t, std::vector<std::string>> also_;
};

}  // namespace

std::vector<Diagnostic> lint(const Description& description, const std::vector<SourceText>& sources, const language::Places& places, const Options& options) {
  const Placer placer(description, sources, places);
  Report report(sources, options);
  for (const Concern& concern : concerns_of(description, options)) report.add(concern, placer.place_of(concern.subject));
  return report.finish();
}

}  // namespace plumb::lint
