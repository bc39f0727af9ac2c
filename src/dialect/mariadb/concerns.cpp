// dialect/mariadb/concerns.cpp: what a server of MariaDB refuses, cuts or takes badly, of what a description may say.
#include <algorithm>
#include <map>
#include <set>

#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/sizes.hpp"
#include "dialect/mariadb/types.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view engine = "mariadb";
constexpr std::size_t longest_name = 64;  // mariadb.com/kb/en/identifier-names

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string option_of(const std::map<std::string, Options, std::less<>>& options, std::string_view name) {
  const auto mine = options.find(engine);
  if (mine == options.end()) return {};
  const auto found = mine->second.find(name);
  return found == mine->second.end() ? std::string() : found->second;
}

bool is_text(const Column& column) { return column.type.kind == TypeKind::Native && is_character_type(column.type.native.common) && !column.collation.empty(); }

/// Chosen for comparing byte by byte: codes, tokens, JSON.
bool is_binary_collation(const std::string& collation) { return collation == "binary" || collation.ends_with("_bin"); }

class Finder {
 public:
  Finder(const Schema& schema, const Schema& given) : schema_(schema), given_(given) {}

  std::vector<Concern> run() {
    for (const auto& [name, table] : schema_.tables) {
      check_names(table);
      check_keys(table);
      check_row(table);
      check_storage(table);
      for (const Column& column : table.columns) check_column(table, column);
    }
    for (const auto& [name, view] : schema_.views) check_name({SubjectKind::View, {}, name}, "view", name);
    for (const auto& [name, trigger] : schema_.triggers) check_name({SubjectKind::Trigger, {}, name}, "trigger", name);
    check_implicit_charset();
    check_narrow_charsets();
    check_mixed_collations();
    return std::move(concerns_);
  }

 private:
  void find(std::string_view rule, Subject subject, std::string message) { concerns_.push_back({rule, std::move(subject), std::move(message)}); }

  void check_name(Subject subject, const std::string& kind, const std::string& name) {
    const std::size_t length = characters_of(name);
    if (length <= longest_name) return;
    find("too-long-name", std::move(subject),
         "the name of " + kind + " `" + name + "` has " + std::to_string(length) + " characters; mariadb takes " + std::to_string(longest_name));
  }

  void check_names(const Table& table) {
    check_name({SubjectKind::Table, table.name, {}}, "table", table.name);
    for (const Column& column : table.columns) check_name({SubjectKind::Column, table.name, column.name}, "column", column.name);
    for (const Index& index : table.indexes) check_name({SubjectKind::Index, table.name, index.name.text}, "index", index.name.text);
    for (const ForeignKey& key : table.foreign_keys) check_name({SubjectKind::ForeignKey, table.name, key.name.text}, "foreign key", key.name.text);
    for (const Check& check : table.checks) check_name({SubjectKind::Check, table.name, check.name.text}, "check", check.name.text);
  }

  /// What the parts of a key count together; nothing where one of them is a text or blob without a prefix, or no column.
  static std::optional<std::uint64_t> bytes_of(const Table& table, const std::vector<IndexPart>& parts) {
    std::uint64_t bytes = 0;
    for (const IndexPart& part : parts) {
      const Column* column = table.find_column(part.column);
      if (part.expression || column == nullptr || (is_blob(*column) && !part.length)) return std::nullopt;
      bytes += key_bytes(*column, part.length);
    }
    return bytes;
  }

  static const Column* whole_blob(const Table& table, const std::vector<IndexPart>& parts) {
    for (const IndexPart& part : parts) {
      const Column* column = table.find_column(part.column);
      if (!part.expression && column != nullptr && is_blob(*column) && !part.length) return column;
    }
    return nullptr;
  }

  void check_keys(const Table& table) {
    const auto limit = longest_key_bytes(table);
    if (!limit) return;
    if (table.primary_key) {
      if (const Column* blob = whole_blob(table, table.primary_key->parts)) {
        find("key-too-wide", {SubjectKind::PrimaryKey, table.name, {}}, "the primary key of table `" + table.name + "` holds all of `" + blob->name + "`, a " + blob->type.native.common + "; mariadb wants a prefix: `" + blob->name + "(100)`");
      } else if (const auto bytes = bytes_of(table, table.primary_key->parts); bytes && *bytes > *limit) {
        find("key-too-wide", {SubjectKind::PrimaryKey, table.name, {}}, "the primary key of table `" + table.name + "` takes up to " + grouped(*bytes) + " bytes; mariadb takes " + grouped(*limit));
      }
    }
    for (const Index& index : table.indexes) {
      if (index.kind == IndexKind::Plain || index.kind == IndexKind::Unique) check_index(table, index, *limit);
    }
  }

  void check_index(const Table& table, const Index& index, std::uint64_t limit) {
    const Column* blob = whole_blob(table, index.parts);
    const auto bytes = bytes_of(table, index.parts);
    if (blob == nullptr && (!bytes || *bytes <= limit)) return;
    const Subject subject{SubjectKind::Index, table.name, index.name.text};
    const std::string what = blob != nullptr ? "holds all of `" + blob->name + "`, a " + blob->type.native.common : "takes up to " + grouped(*bytes) + " bytes, and mariadb takes " + grouped(limit);
    if (index.kind == IndexKind::Unique) {
      find("index-cut-short", subject, "unique index `" + index.name.text + "` " + what + "; mariadb makes a hash of it, which finds no ranges and serves no foreign key");
    } else if (index.parts.size() == 1) {
      find("index-cut-short", subject, "index `" + index.name.text + "` " + what + "; mariadb holds only the first " + grouped(limit) + " bytes and says so in a note; write the prefix that you need");
    } else {
      find("key-too-wide", subject, "index `" + index.name.text + "` " + what + ", which is refused; write a prefix: `(" + (blob != nullptr ? blob->name : index.parts.front().column) + "(100), …)`");
    }
  }

  void check_row(const Table& table) {
    std::uint64_t bytes = 0;
    std::uint64_t nullable = 0;
    for (const Column& column : table.columns) {
      if (column.generated && !column.generated->stored) continue;
      bytes += row_bytes(column);
      nullable += column.nullable ? 1 : 0;
    }
    bytes += (nullable + 7) / 8;
    if (bytes <= longest_row_bytes) return;
    find("row-too-wide", {SubjectKind::Table, table.name, {}}, "a row of table `" + table.name + "` takes up to " + grouped(bytes) + " bytes; mariadb takes " + grouped(longest_row_bytes) + "; make long columns `text`");
  }

  void check_storage(const Table& table) {
    const std::string storage = option_of(table.options, "engine");
    if (storage.empty() || equal_ignoring_case(storage, "InnoDB")) return;
    find("non-transactional-engine", {SubjectKind::Table, table.name, {}}, "table `" + table.name + "` is kept by " + storage + ", which has no transactions and no foreign keys, and may lose rows in a crash; InnoDB has them");
  }

  void check_column(const Table& table, const Column& column) {
    const bool is_row_period = to_lower(column.type.native.common).find("generated always as row") != std::string::npos;
    if (base_type(column.type.native.common) != "timestamp" || is_row_period) return;  // versioned tables need that type
    find("timestamp-range", {SubjectKind::Column, table.name, column.name}, "column `" + table.name + "." + column.name + "` is a timestamp, which ends on 2038-01-19 on mariadb; `datetime` goes on");
  }

  void check_implicit_charset() {
    std::set<std::string> tables;
    for (const auto& [name, table] : schema_.tables) {
      for (const Column& column : table.columns) {
        if (is_text(column) && column.charset == diff::inherited) tables.insert(name);
      }
    }
    if (tables.empty()) return;
    // all of them: the schema has no default; else they are those that the others' own options do not reach
    const std::string what = tables.size() == 1 ? "the text columns of table `" + *tables.begin() + "` take" : "the text columns of " + counted(tables.size(), "table") + " take";
    find("implicit-charset", {SubjectKind::Schema, *tables.begin(), std::string(engine)},
         what + " the charset of the database, which differs from server to server; write `option mariadb (charset=utf8mb4, collate=…)`");
  }

  static bool is_narrow(const std::string& charset) { return charset == "utf8mb3" || charset == "utf8" || charset == "ucs2"; }

  void check_narrow_charsets() {
    const auto say = [&](Subject subject, const std::string& what, const std::string& charset) {
      find("narrow-charset", std::move(subject), what + " in " + charset + ", which cannot hold every character (no emoji, no rare Han); `utf8mb4` can");
    };
    const std::string of_schema = option_of(given_.options, "charset");
    if (is_narrow(of_schema)) say({SubjectKind::Schema, {}, std::string(engine)}, "all tables are", of_schema);
    for (const auto& [name, table] : given_.tables) {
      const std::string charset = option_of(table.options, "charset");
      if (is_narrow(charset)) say({SubjectKind::Table, name, {}}, "table `" + name + "` is", charset);
      for (const Column& column : table.columns) {
        if (is_narrow(column.charset)) say({SubjectKind::Column, name, column.name}, "column `" + name + "." + column.name + "` is", column.charset);
      }
    }
  }

  void check_mixed_collations() {
    std::map<std::string, std::size_t> counts;
    for (const auto& [name, table] : schema_.tables) {
      if (const std::string collation = option_of(table.options, "collate"); !collation.empty()) ++counts[collation];
    }
    const auto usual = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const auto& [name, table] : schema_.tables) {
      const std::string own = option_of(table.options, "collate");
      if (!own.empty() && own != usual->first) {
        find("mixed-collations", {SubjectKind::Table, name, {}}, "table `" + name + "` has the collation " + own + ", most others have " + usual->first + "; comparing texts of both is an error or misses indexes");
      }
      const std::string wanted = own.empty() && usual != counts.end() ? usual->first : own;
      for (const Column& column : table.columns) {
        if (wanted.empty() || !is_text(column) || column.collation == wanted || column.collation == diff::inherited || is_binary_collation(column.collation)) continue;
        find("mixed-collations", {SubjectKind::Column, name, column.name}, "column `" + name + "." + column.name + "` has the collation " + column.collation + ", its table has " + wanted + "; comparing texts of both is an error or misses indexes");
      }
    }
  }

  const Schema& schema_;
  const Schema& given_;
  std::vector<Concern> concerns_;
};

}  // namespace

std::vector<Concern> MariaDbDialect::concerns(const Schema& schema) const {
  const CanonicalSchema canonical = canonicalise(schema);
  return Finder(canonical.schema(), schema).run();
}

}  // namespace plumb::mariadb
