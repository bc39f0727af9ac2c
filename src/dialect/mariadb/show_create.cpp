// From what the grammar found to the model's nouns.
#include "dialect/mariadb/show_create.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "dialect/mariadb/show_create_grammar.hpp"
#include "dialect/mariadb/show_create_scan.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

using show_create::Stop;
namespace ast = show_create::ast;

std::string text_of(const ast::Slice& slice) {
  return std::string(slice.text());
}
std::string name_of(const ast::Slice& slice) {
  return sql::unquoted(slice.text());
}
std::string comment_of(const ast::Slice& slice) {
  return slice.stands() ? string_value(slice.text()) : std::string();
}

std::vector<std::string> names_of(const std::vector<ast::Slice>& slices) {
  std::vector<std::string> out;
  out.reserve(slices.size());
  for (const auto& slice : slices) out.push_back(name_of(slice));
  return out;
}

void append_clause(std::string& clauses, std::string_view clause) {
  if (clause.empty()) return;
  if (!clauses.empty()) clauses.push_back(' ');
  clauses.append(clause);
}

/// Types whose values are text with a charset.
bool is_character_type(std::string_view type) {
  static constexpr std::array<std::string_view, 8> words = {"varchar", "text",     "longtext", "enum",
                                                            "char",    "tinytext", "set",      "mediumtext"};
  const std::string_view word = type.substr(0, type.find_first_of("( "));
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The server leaves the collation out where the charset has no other one.
std::string unsaid_collation(const std::string& charset) {
  return charset == "binary" ? charset : std::string();
}

/// `prefix` and nothing but digits behind it.
bool is_numbered(std::string_view name, std::string_view prefix) {
  if (name.substr(0, prefix.size()) != prefix || name.size() == prefix.size()) return false;
  return name.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos;
}

/// Builds the table from the slices; the first thing that the model has no room for stops it.
class TableBuilder {
 public:
  TableBuilder(std::string_view text, const ast::Table& found) : text_(text), found_(found) {}

  std::optional<Stop> build(Table& table) {
    table.name = name_of(found_.name);
    table.written.text = std::string(text_);
    add_options(table);
    for (const auto& period : found_.periods) add_period(period, table.options["mariadb"]);
    table.columns.reserve(found_.columns.size());
    for (const auto& column : found_.columns) table.columns.push_back(make_column(column));
    add_keys(table);
    leave_out_what_the_server_chose(table);
    for (const auto& key : found_.foreign_keys)
      table.foreign_keys.push_back(make_foreign_key(key, table.name));
    for (const auto& check : found_.checks) {
      std::string name = name_of(check.name);
      const bool generated = is_numbered(name, "CONSTRAINT_");
      table.checks.push_back({ObjectName(std::move(name), generated), text_of(check.expression)});
    }
    return std::move(stop_);
  }

 private:
  void refuse(const ast::Slice& place, std::string_view problem) {
    if (!stop_) stop_ = show_create::stop_at(text_, place.begin, problem);
  }

  void add_options(Table& table) {
    Options options;
    for (const auto& option : found_.options) add_option(option, table, options);
    append_clause(table.extra, trim(found_.partitions.text()));
    if (options.contains("charset") && !options.contains("collate")) options["collate"] = unsaid_collation(options.at("charset"));
    if (const auto charset = options.find("charset"); charset != options.end()) charset_ = charset->second;
    if (const auto collate = options.find("collate"); collate != options.end()) collation_ = collate->second;
    table.options.emplace("mariadb", std::move(options));
  }

  /// A unique key over more bytes than an index takes is made with hashes by the server itself, and so becomes one of them when a
  /// column grows, and none when it shrinks (mariadb.com/kb/en/innodb-limitations). MEMORY has hashes where they are wanted.
  static void leave_out_what_the_server_chose(Table& table) {
    constexpr std::string_view hash = "USING HASH";
    const Options& options = table.options["mariadb"];
    const auto engine = options.find("engine");
    if (engine != options.end() && equal_ignoring_case(engine->second, "memory")) return;
    for (Index& index : table.indexes) {
      if (index.kind == IndexKind::Unique && index.extra.starts_with(hash)) index.extra = std::string(trim(std::string_view(index.extra).substr(hash.size())));
    }
  }

  void add_option(const ast::Option& option, Table& table, Options& options) {
    const std::string_view key = option.key.text();
    if (!option.value.stands()) {
      const bool is_clause = key == "WITH SYSTEM VERSIONING" || key.front() == '/';
      if (!is_clause) return refuse(option.key, "expected a table option with its value");
      return append_clause(table.extra, key);
    }
    if (key == "AUTO_INCREMENT") return;
    if (key == "COMMENT") {
      table.comment = comment_of(option.value);
    } else if (key == "DEFAULT CHARSET") {
      options["charset"] = text_of(option.value);
    } else {
      options[to_lower(key.front() == '`' ? name_of(option.key) : std::string(key))] = text_of(option.value);
    }
  }

  /// FOR SYSTEM_TIME (`s`, `e`), FOR `p` (`s`, `e`).
  static void add_period(const ast::Slice& period, Options& options) {
    constexpr std::string_view begin = "FOR ";
    constexpr std::string_view system = "FOR SYSTEM_TIME ";
    const std::string_view text = period.text();
    if (text.starts_with(system)) {
      options["system_period"] = std::string(text.substr(system.size()));
    } else if (text.starts_with(begin)) {
      options["period"] = std::string(text.substr(begin.size()));
    }
  }

  Column make_column(const ast::Column& found) {
    Column column;
    column.name = name_of(found.name);
    // GENERATED ALWAYS AS ROW START: what the server fills in belongs to the type, and has no NULL and no DEFAULT
    column.type = native_type(text_of(found.type) + (found.row.stands() ? std::string(row_clause) + text_of(found.row) : std::string()));
    set_charset(found, column);
    column.nullable = !found.not_null && !found.row.stands();
    if (found.generated.stands()) {
      if (found.is_virtual == found.is_stored)
        refuse(found.generated, "expected `VIRTUAL` or `STORED` behind the brackets");
      column.generated = Generated{text_of(found.generated), found.is_stored};
    }
    if (found.default_value.stands() && found.default_value.text() != "NULL") {
      column.default_value = Default{DefaultKind::Expression, {}, text_of(found.default_value)};
    }
    set_on_update(found, column);
    column.auto_increment = found.auto_increment;
    column.invisible = found.invisible;
    column.comment = comment_of(found.comment);
    if (found.without_versioning) append_clause(column.extra, "WITHOUT SYSTEM VERSIONING");
    append_clause(column.extra, found.options.text());
    if (found.check.stands()) column.checks.push_back({ObjectName("", true), text_of(found.check)});
    return column;
  }

  void set_charset(const ast::Column& found, Column& column) const {
    if (found.charset.stands() || found.collation.stands()) {
      column.charset = text_of(found.charset);
      column.collation = found.collation.stands() ? text_of(found.collation) : unsaid_collation(column.charset);
    } else if (is_character_type(found.type.text())) {
      column.charset = charset_;
      column.collation = collation_;
    }
  }

  void set_on_update(const ast::Column& found, Column& column) {
    if (!found.on_update.stands()) return;
    constexpr std::string_view now = "current_timestamp(";
    if (found.on_update.text().substr(0, now.size()) != now)
      refuse(found.on_update, "expected `current_timestamp()`");
    column.on_update_now = true;
  }

  std::vector<IndexPart> make_parts(const std::vector<ast::Part>& found) {
    std::vector<IndexPart> parts;
    parts.reserve(found.size());
    for (const auto& one : found) {
      IndexPart& part = parts.emplace_back();
      if (one.without_overlaps) {
        part.expression = sql::EngineSql(text_of(one.column) + std::string(without_overlaps));
        continue;
      }
      part.column = name_of(one.column);
      part.descending = one.descending;
      const std::string_view length = one.length.text();
      std::uint32_t number = 0;
      if (length.empty()) continue;
      const auto result = std::from_chars(length.data(), length.data() + length.size(), number);
      if (result.ec != std::errc()) refuse(one.length, "the length of a prefix is too large");
      part.length = number;
    }
    return parts;
  }

  void add_keys(Table& table) {
    if (!found_.primary_keys.empty()) {
      const ast::PrimaryKey& key = found_.primary_keys.front();
      table.primary_key = PrimaryKey{{}, make_parts(key.parts), text_of(key.options)};
    }
    table.indexes.reserve(found_.keys.size());
    for (const auto& key : found_.keys) {
      Index& index = table.indexes.emplace_back();
      index.name = name_of(key.name);
      index.kind = key.kind;
      index.parts = make_parts(key.parts);
      index.comment = comment_of(key.comment);
      append_clause(index.extra, key.options.text());
      append_clause(index.extra, key.more_options.text());
    }
  }

  ForeignKey make_foreign_key(const ast::ForeignKey& found, const std::string& table) {
    ForeignKey key;
    std::string name = name_of(found.name);
    const bool generated = is_numbered(name, table + "_ibfk_");
    key.name = ObjectName(std::move(name), generated);
    key.columns = names_of(found.columns);
    if (found.table.size() > 2) refuse(found.table.front(), "expected a table's name");
    if (found.table.size() > 1) key.database = name_of(found.table.front());
    key.table = name_of(found.table.back());
    key.referenced = names_of(found.referenced);
    key.on_delete = action_of(found.on_delete);
    key.on_update = action_of(found.on_update);
    return key;
  }

  /// Source: https://mariadb.com/kb/en/foreign-keys/ ("NO ACTION: Synonym for RESTRICT")
  static ForeignKeyAction action_of(const ast::Slice& found) {
    if (found.text() == "CASCADE") return ForeignKeyAction::Cascade;
    if (found.text() == "SET NULL") return ForeignKeyAction::SetNull;
    if (found.text() == "SET DEFAULT") return ForeignKeyAction::SetDefault;
    return ForeignKeyAction::NoAction;
  }

  std::string_view text_;
  const ast::Table& found_;
  std::string charset_;
  std::string collation_;
  std::optional<Stop> stop_;
};

std::string hex_literal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "X'";
  for (const char c : bytes) {
    out.push_back(digits[static_cast<unsigned char>(c) / 16]);
    out.push_back(digits[static_cast<unsigned char>(c) % 16]);
  }
  out.push_back('\'');
  return out;
}

/// The default of a BINARY column is printed byte for byte. As X'…' it means the same, and the text can be
/// carried in documents.
std::string with_hex_literals(std::string_view text) {
  std::string out;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (*at != '\'' && *at != '`') {
      out.push_back(*at++);
      continue;
    }
    const char* behind = show_create::behind_quoted(at, end);
    if (behind == nullptr) behind = end;
    const std::string_view quoted(at, static_cast<std::size_t>(behind - at));
    out += *at == '\'' && !is_valid_utf8(quoted) ? hex_literal(string_value(quoted)) : std::string(quoted);
    at = behind;
  }
  return out;
}

ParseProblem problem_of(Stop stop) {
  return {stop.offset, std::move(stop.reason)};
}

bool is_of_a_sequence(std::string_view function) {
  return equal_ignoring_case(function, "nextval") || equal_ignoring_case(function, "lastval") || equal_ignoring_case(function, "setval");
}

}  // namespace

std::variant<Table, ParseProblem> parse_show_create_table(std::string_view text) {
  if (!is_valid_utf8(text)) {
    const std::string readable = with_hex_literals(text);
    if (!is_valid_utf8(readable)) return ParseProblem{0, "the text is no UTF-8"};
    auto parsed = parse_show_create_table(readable);
    if (auto* problem = std::get_if<ParseProblem>(&parsed)) problem->offset = std::min(problem->offset, text.size());
    return parsed;
  }
  ast::Table found;
  if (auto stop = show_create::parse_table(text, found)) return problem_of(std::move(*stop));
  Table table;
  if (auto stop = TableBuilder(text, found).build(table)) return problem_of(std::move(*stop));
  return table;
}

void leave_out_database(Table& table, std::string_view database) {
  const std::string qualifier = sql::quote_name(database, sql::Quoting::Backquotes) + ".";
  for (Column& column : table.columns) {
    if (!column.default_value) continue;
    std::string& text = column.default_value->sql.common;
    for (const std::string_view function : {"nextval(", "lastval("}) {
      const std::string qualified = std::string(function) + qualifier;
      if (text.find(qualified) == std::string::npos) continue;
      text = replace_all(text, qualified, std::string(function));
      table.written.text = replace_all(table.written.text, qualified, std::string(function));
    }
  }
}

std::string without_database(std::string_view query, std::string_view database) {
  std::string text;
  std::size_t copied = 0;
  bool expects_table = false;
  const auto tokens = sql::tokenize(query, sql::mariadb_lexis);
  const auto is_point = [&](std::size_t i) { return i < tokens.size() && tokens[i].text == "."; };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool begins = (i == 0 || tokens[i - 1].text != ".") && tokens[i].kind == sql::TokenKind::QuotedName && sql::unquoted(tokens[i].text) == database && is_point(i + 1);
    const bool is_sequence = i > 1 && tokens[i - 1].text == "(" && is_of_a_sequence(tokens[i - 2].text);
    if (begins && (expects_table || is_sequence || is_point(i + 3))) {
      text.append(query.substr(copied, tokens[i].offset - copied));
      copied = tokens[i + 2].offset;
    }
    const bool introduces = tokens[i].kind == sql::TokenKind::Word && (equal_ignoring_case(tokens[i].text, "from") || equal_ignoring_case(tokens[i].text, "join") || equal_ignoring_case(tokens[i].text, "straight_join"));
    expects_table = introduces || (expects_table && tokens[i].text == "(");
  }
  return text.append(query.substr(copied));
}

std::variant<View, ParseProblem> parse_show_create_view(std::string_view text) {
  ast::View found;
  if (auto stop = show_create::parse_view(text, found)) return problem_of(std::move(*stop));
  View view;
  view.name = name_of(found.name.back());
  view.header = text_of(found.header);
  view.columns = names_of(found.columns);
  view.query = text_of(found.query);
  view.written.text = std::string(text);
  return view;
}

std::string_view trigger_body(std::string_view definition) {
  static constexpr std::array<std::string_view, 3> words = {"for", "each", "row"};
  std::size_t matched = 0;
  for (sql::Token token = sql::next_token(definition, 0, sql::mariadb_lexis); !token.text.empty();
       token = sql::next_token(definition, token.offset + token.text.size(), sql::mariadb_lexis)) {
    if (token.kind == sql::TokenKind::Comment) continue;
    const bool fits = token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, words[matched]);
    matched = fits ? matched + 1 : 0;
    if (matched == words.size()) return trim(definition.substr(token.offset + token.text.size()));
  }
  return {};
}

}  // namespace plumb::mariadb
