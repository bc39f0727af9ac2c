#include "dialect/sqlite/texts_after_renames.hpp"

#include <algorithm>
#include <string>

#include "db/target.hpp"
#include "dialect/read_schema.hpp"
#include "dialect/sqlite/doubtful_texts.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

bool meet(const Names& a, const Names& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

/// The texts that name something renamed, and all that those name in turn.
class Part {
 public:
  Part(const Schema& before, const std::vector<diff::Rename>& renames) : before_(before) {
    for (const auto& rename : renames) {
      if (rename.kind == diff::Rename::Kind::Index) continue;
      renamed_.insert(to_lower(rename.from));
      writes_strings_anew_ = writes_strings_anew_ || rename.kind == diff::Rename::Kind::Column;
      wanted_.insert(to_lower(rename.kind == diff::Rename::Kind::Table ? rename.from : rename.table));
    }
    const auto names = writes_strings_anew_ ? all_names(before) : Names();
    const auto is_rewritten = [&](const std::string& text) { return writes_strings_anew_ && has_double_quoted_string(text, names); };
    for (const auto& [name, view] : before.views) {
      texts_.emplace(name, words_of(stored_text(view)));
      if (is_rewritten(stored_text(view))) rewritten_.insert(name);
    }
    for (const auto& [name, trigger] : before.triggers) {
      trigger_texts_.emplace(name, words_of(stored_text(trigger)));
      if (is_rewritten(stored_text(trigger))) rewritten_.insert(name);
    }
    for (const auto& [name, table] : before.tables) {
      if (writes_strings_anew_ && has_double_quoted_string(table, names)) rewritten_tables_.insert(to_lower(name));
    }
  }

  /// Tables with strings that are written in another way, in lower case and under their names before.
  const Names& rewritten_tables() const { return rewritten_tables_; }

  bool is_empty() const {
    const auto meets = [&](const auto& entry) { return meet(entry.second, renamed_); };
    return rewritten_.empty() && rewritten_tables_.empty() && std::none_of(texts_.begin(), texts_.end(), meets) && std::none_of(trigger_texts_.begin(), trigger_texts_.end(), meets);
  }

  Schema collect() {
    const auto want_those = [&](const auto& texts, const auto& is_meant) {
      for (const auto& [name, words] : texts) {
        if (!is_meant(name, words)) continue;
        wanted_.insert(to_lower(name));
        wanted_.insert(words.begin(), words.end());
      }
    };
    wanted_.insert(rewritten_tables_.begin(), rewritten_tables_.end());
    const auto is_renamed = [&](const std::string& name, const Names& words) { return meet(words, renamed_) || rewritten_.contains(name); };
    const auto is_wanted = [&](const std::string& name, const Names&) { return wanted_.contains(to_lower(name)); };
    want_those(texts_, is_renamed);
    want_those(trigger_texts_, is_renamed);
    for (std::size_t size = 0; size != wanted_.size();) {
      size = wanted_.size();
      want_those(texts_, is_wanted);
    }
    Schema part;
    copy_wanted(before_.tables, part.tables);
    copy_wanted(before_.views, part.views);
    for (const auto& [name, trigger] : before_.triggers) {
      if (is_renamed(name, trigger_texts_.at(name))) part.triggers.emplace(name, trigger);
    }
    for (const auto& [key, opaque] : before_.opaque) {
      if (opaque.kind == "virtual table" && wanted_.contains(to_lower(opaque.name))) part.opaque.emplace(key, opaque);
    }
    return part;
  }

 private:
  template <class T>
  void copy_wanted(const ByName<T>& from, ByName<T>& to) const {
    for (const auto& [name, object] : from) {
      if (wanted_.contains(to_lower(name))) to.emplace(name, object);
    }
  }

  const Schema& before_;
  bool writes_strings_anew_ = false;
  Names renamed_;
  Names rewritten_;  ///< views and triggers
  Names rewritten_tables_;
  Names wanted_;
  ByName<Names> texts_;
  ByName<Names> trigger_texts_;
};

void rename(db::Connection& scratch, const diff::Rename& rename) {
  switch (rename.kind) {
    case diff::Rename::Kind::Index: return;
    case diff::Rename::Kind::Table:
      for (const std::string& sql : rename_table(rename.from, rename.to)) scratch.execute(sql);
      return;
    case diff::Rename::Kind::Column: scratch.execute(rename_column(rename.table, rename.from, rename.to)); return;
  }
}

diff::RenamedTexts texts_after(const Schema& part, const std::vector<diff::Rename>& renames) {
  const auto scratch = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  const SqliteDialect dialect;
  for (const std::string& sql : dialect.session_begin()) scratch->query(sql);
  for (const std::string& sql : dialect.recreate(part)) scratch->execute(sql);
  for (const auto& one : renames) rename(*scratch, one);
  const CanonicalSchema after = dialect.canonicalise(dialect.read(*scratch));
  return {after.schema().tables, after.schema().views, after.schema().triggers};
}

/// Only tables in which strings are written in another way differ in more than names.
void keep_rewritten(diff::RenamedTexts& texts, const Names& tables, const std::vector<diff::Rename>& renames) {
  std::erase_if(texts.tables, [&](const auto& entry) {
    std::string name = to_lower(entry.first);
    for (auto rename = renames.rbegin(); rename != renames.rend(); ++rename) {
      if (rename->kind == diff::Rename::Kind::Table && to_lower(rename->to) == name) name = to_lower(rename->from);
    }
    return !tables.contains(name);
  });
}

/// Takes the view or trigger out that the engine says it stumbles over: "error in trigger g after rename: …". False: it names none.
bool without_the_one_named(const std::string& message, Schema& part) {
  constexpr std::string_view beginning = "error in ";
  const std::size_t at = message.find(beginning);
  if (at == std::string::npos) return false;
  const std::string_view rest = std::string_view(message).substr(at + beginning.size());
  std::string out;
  const auto take_out = [&](std::string_view kind, auto& objects) {
    if (!rest.starts_with(kind)) return false;
    const std::string_view behind = rest.substr(kind.size());
    const auto named = std::find_if(objects.begin(), objects.end(), [&](const auto& entry) {
      return behind.starts_with(entry.first) && (behind.substr(entry.first.size()).starts_with(":") || behind.substr(entry.first.size()).starts_with(" after "));
    });
    if (named == objects.end()) return false;
    out = named->first;
    objects.erase(named);
    return true;
  };
  if (take_out("trigger ", part.triggers)) return true;
  if (!take_out("view ", part.views)) return false;
  std::erase_if(part.triggers, [&](const auto& entry) { return entry.second.table == out; });
  return true;
}

}  // namespace

std::optional<diff::RenamedTexts> texts_after_renames(const Schema& before, const std::vector<diff::Rename>& renames) {
  Part all(before, renames);
  if (all.is_empty()) return diff::RenamedTexts();
  Schema part = all.collect();
  for (;;) {
    try {
      diff::RenamedTexts texts = texts_after(part, renames);
      keep_rewritten(texts, all.rewritten_tables(), renames);
      return texts;
    } catch (const DatabaseError& error) {
      if (!without_the_one_named(error.what(), part)) return std::nullopt;
    }
  }
}

}  // namespace plumb::sqlite
