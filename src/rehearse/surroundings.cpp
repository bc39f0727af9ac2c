#include "rehearse/surroundings.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "support/text.hpp"

namespace plumb::rehearse {
namespace {

/// Names in lower case: one too many does no harm.
using Names = std::set<std::string, std::less<>>;

Names words_of(const std::string& text, const sql::Lexis& lexis) {
  Names words;
  for (const auto& token : sql::tokenize(text, lexis)) {
    if (token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName) words.insert(to_lower(sql::unquoted(token.text)));
  }
  return words;
}

/// The arguments of a module may name a table as a string: content = 'docs'.
Names words_and_strings_of(const std::string& text, const sql::Lexis& lexis) {
  Names words = words_of(text, lexis);
  for (const auto& token : sql::tokenize(text, lexis)) {
    if (token.kind == sql::TokenKind::String && token.text.size() > 2) words.insert(to_lower(token.text.substr(1, token.text.size() - 2)));
  }
  return words;
}

Names touched_by(const std::vector<Step>& steps) {
  Names names;
  const auto add = [&](const std::string& name) { names.insert(to_lower(name)); };
  for (const Step& step : steps) {
    const Effect& effect = step.effect;
    for (const auto& rename : effect.renames) {
      add(rename.kind == diff::Rename::Kind::Table ? rename.from : rename.table);
    }
    for (const auto& table : effect.tables) add(table.name);
    for (const auto& view : effect.views) add(view.name);
    for (const auto& trigger : effect.triggers) add(trigger.table);
    for (const auto& group : {effect.tables_dropped, effect.views_dropped, effect.triggers_dropped}) std::for_each(group.begin(), group.end(), add);
    if (!step.table.empty()) add(step.table);
    if (!step.table_before.empty()) add(step.table_before);
  }
  return names;
}

class Collector {
 public:
  Collector(const std::vector<Step>& steps, const Schema& actual, const diff::MatchRules& rules)
      : actual_(actual), lexis_(rules.lexis), touched_(touched_by(steps)), all_texts_are_read_(!rules.renames_break_views && reads_all_texts(steps)) {
    touch_tables_of_dropped_triggers(steps);
    for (const auto& [name, view] : actual.views) view_words_.emplace_back(&view, words_of(view.query.common, lexis_));
    for (const auto& [name, trigger] : actual.triggers) trigger_words_.emplace_back(&trigger, words_of(trigger.body.common + " " + trigger.when.common, lexis_));
    add_words_of_new_texts(steps);
  }

  Schema collect() {
    wanted_ = touched_;
    if (all_texts_are_read_) add_every_text();
    add_those_that_refer();
    add_views_over_touched();
    std::size_t size = 0;
    do {
      size = wanted_.size();
      add_what_is_named();
    } while (size != wanted_.size());
    return part();
  }

 private:
  void want(std::string_view name) { wanted_.insert(to_lower(name)); }
  bool is_wanted(std::string_view name) const { return wanted_.contains(to_lower(name)); }

  void touch_tables_of_dropped_triggers(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      for (const std::string& name : step.effect.triggers_dropped) {
        const auto trigger = actual_.triggers.find(name);
        if (trigger != actual_.triggers.end()) touched_.insert(to_lower(trigger->second.table));
      }
    }
  }

  /// SQLite reads every view and trigger when it renames something or drops a column, and refuses where one of them does not work
  /// (sqlite.org/lang_altertable.html#altertabrename).
  static bool reads_all_texts(const std::vector<Step>& steps) {
    const auto drops_column = [](const Command& command) { return command.sql.starts_with("ALTER TABLE") && command.sql.find(" DROP COLUMN ") != std::string::npos; };
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) { return !step.effect.renames.empty() || std::any_of(step.commands.begin(), step.commands.end(), drops_column); });
  }

  void add_every_text() {
    for (const auto& [view, words] : view_words_) want(view->name);
    for (const auto& [trigger, words] : trigger_words_) want(trigger->table);
  }

  /// Tables, views and triggers that are yet to come, and fills, look at tables that stand.
  void add_words_of_new_texts(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      for (const Table& table : step.effect.tables) {
        add_words_of_defaults(table);
        for (const ForeignKey& key : table.foreign_keys) new_words_.insert(to_lower(key.table));
      }
      for (const View& view : step.effect.views) new_words_.merge(words_of(view.query.common, lexis_));
      for (const Trigger& trigger : step.effect.triggers) new_words_.merge(words_of(trigger.body.common + " " + trigger.when.common, lexis_));
      for (const Command& command : step.commands) {
        if (command.kind == CommandKind::Statement) continue;
        for (const auto& statement : statements_of(command)) new_words_.merge(words_of(statement, lexis_));
      }
    }
  }

  /// A default may ask a sequence for the next number.
  void add_words_of_defaults(const Table& table) {
    for (const Column& column : table.columns) {
      if (column.default_value) words_of_defaults_.merge(words_of(column.default_value->sql.common, lexis_));
    }
  }

  void add_those_that_refer() {
    for (const auto& [name, table] : actual_.tables) {
      const bool refers = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) { return key.database.empty() && touched_.contains(to_lower(key.table)); });
      if (refers) want(name);
    }
  }

  void add_views_over_touched() {
    const auto meets = [&](const Names& words) {
      return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return touched_.contains(word); });
    };
    for (bool grew = true; grew;) {  // a view over such a view, too
      grew = false;
      for (const auto& [view, words] : view_words_) {
        if (touched_.contains(to_lower(view->name)) || !meets(words)) continue;
        touched_.insert(to_lower(view->name));
        want(view->name);
        grew = true;
      }
    }
    for (const auto& [trigger, words] : trigger_words_) {
      if (meets(words)) want(trigger->table);
    }
  }

  void add_what_is_named() {
    for (const auto& [name, table] : actual_.tables) {
      if (!is_wanted(name)) {
        if (new_words_.contains(to_lower(name))) want(name);
        continue;
      }
      for (const ForeignKey& key : table.foreign_keys) {
        if (key.database.empty()) want(key.table);
      }
    }
    const auto want_all = [&](const Names& words) { wanted_.insert(words.begin(), words.end()); };
    for (const auto& [view, words] : view_words_) {
      if (!is_wanted(view->name) && !new_words_.contains(to_lower(view->name))) continue;
      want(view->name);
      want_all(words);
    }
    for (const auto& [trigger, words] : trigger_words_) {
      if (is_wanted(trigger->table)) want_all(words);
    }
    for (const auto& [key, opaque] : actual_.opaque) {
      if (opaque.kind == "virtual table" && is_wanted(opaque.name)) want_all(words_and_strings_of(opaque.definition, lexis_));
    }
  }

  Schema part() {
    Schema part;
    part.options = actual_.options;
    part.statistics = actual_.statistics;
    for (const auto& [name, table] : actual_.tables) {
      if (!is_wanted(name)) continue;
      part.tables.emplace(name, table);
      add_words_of_defaults(table);
    }
    for (const auto& [name, view] : actual_.views) {
      if (is_wanted(name)) part.views.emplace(name, view);
    }
    for (const auto& [name, trigger] : actual_.triggers) {
      if (is_wanted(trigger.table)) part.triggers.emplace(name, trigger);
    }
    for (const auto& [name, opaque] : actual_.opaque) {
      const std::string& owner = opaque.table.empty() ? opaque.name : opaque.table;
      const bool is_asked = !actual_.tables.contains(owner) && (words_of_defaults_.contains(to_lower(owner)) || new_words_.contains(to_lower(owner)));
      if (is_asked || is_wanted(owner)) part.opaque.emplace(name, opaque);
    }
    return part;
  }

  const Schema& actual_;
  sql::Lexis lexis_;
  Names touched_;
  bool all_texts_are_read_;
  Names wanted_;
  Names new_words_;
  Names words_of_defaults_;
  std::vector<std::pair<const View*, Names>> view_words_;
  std::vector<std::pair<const Trigger*, Names>> trigger_words_;
};

}  // namespace

Schema surroundings_of(const std::vector<Step>& steps, const Schema& actual, const diff::MatchRules& rules) { return Collector(steps, actual, rules).collect(); }

}  // namespace plumb::rehearse
