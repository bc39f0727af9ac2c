#include "lint/rules.hpp"

#include <algorithm>
#include <array>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

struct LevelWord {
  Level level;
  std::string_view word;
};

constexpr std::array level_words{LevelWord{Level::Off, "off"}, LevelWord{Level::Note, "note"}, LevelWord{Level::Warning, "warning"}, LevelWord{Level::Error, "error"}};

}  // namespace

std::string_view word_of(Level level) {
  for (const auto& entry : level_words) {
    if (entry.level == level) return entry.word;
  }
  return {};
}

std::optional<Level> level_of(std::string_view word) {
  for (const auto& entry : level_words) {
    if (entry.word == word) return entry.level;
  }
  return std::nullopt;
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"all-columns-nullable", Level::Note, "Every column of a table but its key may be NULL.",
       "A row without any value can be written, and nothing tells a row that is meant from one that is broken.",
       "Take the `?` away from the columns without which a row makes no sense."},
      {"bad-suppression", Level::Warning, "A `// plumb:` comment names no rule that there is.",
       "It suppresses nothing, and its author believes that it does.", "Write `// plumb: allow` and the names of rules with commas between."},
      {"cascade-from-master", Level::Warning, "Deleting a row of a master table would delete or change rows of a table that is not.",
       "A sync of master data removes rows that the source no longer has; a cascade would carry that into rows of users. The sync stops instead, in production.",
       "Use `on delete restrict`, and retire master rows by a column instead of deleting them."},
      {"duplicate-foreign-key", Level::Warning, "Two foreign keys say the same.", "Every write checks the same thing twice, and a change to one of them leaves the other.",
       "Remove one of them."},
      {"duplicate-index", Level::Warning, "An index has the same parts as another one or as the primary key.",
       "Every write keeps both; no query gains anything.", "Remove it, or the one that is not unique."},
      {"float-for-money", Level::Warning, "An amount of money is held by a binary fraction.",
       "Most decimal fractions have no exact binary one: 0.1 + 0.2 is not 0.3, sums drift, and equality fails.", "Use `decimal(12,2)`, or count the smallest unit in a `bigint`."},
      {"foreign-key-without-index", Level::Warning, "No index begins with the columns of a foreign key.",
       "Deleting or changing a row of the referenced table reads the whole referring table. SQLite makes no such index by itself; MariaDB does.",
       "Add `index (columns)`, or put the columns first in one that is there."},
      {"implicit-charset", Level::Warning, "Nothing says in which charset texts are held on MariaDB.",
       "The database's default is taken, which is latin1 on a plain server and utf8mb4 on many a distribution's: the same description gives different databases.",
       "Write `option mariadb (charset=utf8mb4, collate=utf8mb4_unicode_ci)` once."},
      {"index-cut-short", Level::Warning, "MariaDB silently keeps less than the index that is declared.",
       "A plain index over a long column is cut to what a key can hold, a unique one becomes a hash; both without an error.", "Write the prefix that queries need (`name(100)`), or make the column shorter."},
      {"key-too-wide", Level::Error, "A key is longer than MariaDB takes.", "The server refuses the table: a key of InnoDB holds 3,072 bytes, and a character of utf8mb4 takes four.",
       "Use shorter columns, a prefix, or a charset that needs fewer bytes."},
      {"missing-primary-key", Level::Warning, "A table has no primary key.",
       "Rows cannot be told apart: replication, online schema changes and corrections by hand all need a key, and InnoDB makes a hidden one that nobody can use.",
       "Add `id serial`, or `primary key (…)` over what identifies a row."},
      {"missing-reference", Level::Note, "A column is called like a reference to a table, and is none.",
       "Rows may point at nothing, and a reader takes it for checked.", "Make it a `ref(table)`, or a `serial_ref` where rows of the other table may be missing on purpose."},
      {"mixed-collations", Level::Warning, "Texts of one database have different collations.",
       "Comparing or joining them is an error (illegal mix of collations) or converts one side, which then uses no index. `_bin` collations are taken for a choice and not told.",
       "Use one collation for the schema; say another one only where a column is compared by itself."},
      {"narrow-charset", Level::Warning, "A charset cannot hold every character.", "MariaDB's utf8mb3 (its old utf8) and ucs2 end at the basic plane: an emoji is an error, or a question mark without strict mode.",
       "Use `utf8mb4`."},
      {"non-transactional-engine", Level::Warning, "A table is kept by a storage engine without transactions.",
       "A rollback leaves its rows as they are, foreign keys are read and forgotten, and a crash may lose rows.", "Leave the engine out, or write `engine=InnoDB`."},
      {"nullable-boolean", Level::Note, "A boolean may be NULL.", "It has three values, and `not x` leaves the third one out: queries that look complete are not.",
       "Take the `?` away and give it a default, or use an `enum` that names the third value."},
      {"nullable-natural-key", Level::Warning, "A column of a natural key may be NULL.", "NULL is never equal to NULL: two such rows are not the same row, the unique index lets both in, and a sync cannot find them again.",
       "Take the `?` away; give rows without a value one that says so."},
      {"nullable-unique", Level::Note, "A unique index over several columns has one that may be NULL.", "Rows with NULL there are never taken for equal: the index lets any number of them in.",
       "Take the `?` away where a second row is not meant."},
      {"quoted-name", Level::Note, "A name needs quotes wherever it is written.", "Blanks and punctuation in names are quoted in each engine's own way, and forgotten in queries by hand.",
       "Use letters, digits and `_`; `was` keeps the rows of what is there."},
      {"redundant-index", Level::Warning, "An index is the beginning of another one.", "The longer one serves the same queries; the shorter costs room and time with every write.",
       "Remove the shorter one."},
      {"redundant-unique", Level::Note, "A unique index holds all columns of another unique index or of the primary key.",
       "The smaller key makes it unique already, so it checks nothing, and readers take it for a rule.", "Make it a plain `index`, or remove it."},
      {"ref-type-differs", Level::Warning, "The two ends of a reference have different types.",
       "A longer value cannot be referred to, or a value can be held that nothing can have; different collations let MariaDB refuse the key.", "Use `ref(table)`, which takes the type over, or write the same type."},
      {"reference-cycle", Level::Warning, "Tables refer to each other in a circle that no first row can enter.", "Each row needs one in the next table to be there first, and NULL is not allowed anywhere on the way.",
       "Make one of the references nullable."},
      {"reserved-name", Level::Warning, "A name is a reserved word of an engine.", "plumb quotes it, but a query by hand that does not is a syntax error, often on one of the engines alone.",
       "Choose another name and keep the old one in `was`."},
      {"row-too-wide", Level::Error, "A row is longer than MariaDB takes.", "The server refuses the table: all columns but texts and blobs share 65,535 bytes.", "Make long columns `text`."},
      {"select-star-in-view", Level::Warning, "A view selects `*`.", "MariaDB freezes the columns when the view is made, SQLite does not: a column that is added later shows on one engine and not on the other, and applications that count columns break.",
       "Name the columns."},
      {"small-auto-key", Level::Warning, "A key that counts by itself has fewer than 64 bits.", "An int ends at 2,147,483,647, counting deleted rows and failed inserts; then every insert fails, and making it larger writes the table and all that refer to it anew.",
       "Use `serial`, or `bigint unsigned auto`."},
      {"timestamp-range", Level::Warning, "A `timestamp` ends in 2038 on MariaDB.", "Later times are refused or become zero; due dates and expiries reach there already.", "Use `datetime`, in UTC."},
      {"too-long-name", Level::Error, "A name is longer than MariaDB takes.", "The server refuses names of more than 64 characters.", "Choose a shorter one."},
      {"unused-suppression", Level::Note, "A suppression suppresses nothing.", "What it was for is gone; left behind, it hides the next one.", "Remove the comment, or the rule's name from it."},
      {"upper-case-name", Level::Note, "The name of a table or view has capital letters.", "MariaDB tells `Users` from `users` on Linux and not on Windows or macOS; SQLite never does. Queries work on one machine and fail on the next.",
       "Use lower case; `was` keeps the rows of what is there."},
  };
  return all;
}

const Rule* find_rule(std::string_view name) {
  const auto& all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.name == name; });
  return found == all.end() ? nullptr : &*found;
}

void set_level(Levels& levels, std::string_view rule, std::string_view level) {
  if (find_rule(rule) == nullptr) {
    std::vector<std::string> names;
    for (const Rule& known : rules()) names.emplace_back(known.name);
    const std::string near = closest_match(rule, names);
    throw UsageError("lint has no rule `" + std::string(rule) + "`" + (near.empty() ? "; docs/lint.md lists them" : "; did you mean `" + near + "`?"));
  }
  const auto chosen = level_of(level);
  if (!chosen) throw UsageError("`" + std::string(level) + "` is no level for lint's rule `" + std::string(rule) + "`; it is off, note, warning or error");
  levels[std::string(rule)] = *chosen;
}

Level level_of(const Rule& rule, const Levels& levels) {
  const auto chosen = levels.find(rule.name);
  return chosen == levels.end() ? rule.level : chosen->second;
}

}  // namespace plumb::lint
