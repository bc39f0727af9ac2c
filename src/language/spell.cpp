#include "language/spell.hpp"

#include <algorithm>
#include <array>

#include "language/grammar/lex.hpp"
#include "language/resolve/type.hpp"
#include "language/sql_text.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

/// Words that mean something at the beginning of a line or before a name.
constexpr std::array<std::string_view, 55> words{
    "sync",     "retire",    "nested",     "data",    "local",
    "index",      "unique", "fulltext",  "spatial",   "check",     "primary",  "natural",    "foreign",
    "use",        "keep",   "option",    "extra",     "comment",   "was",      "backfill",   "where",
    "references", "on",     "as",        "auto",      "collate",   "charset",  "constraint", "match",
    "deferrable", "not",    "initially", "invisible", "unchecked", "unsigned", "stored",     "virtual",
    "version",    "after",  "columns",   "header",    "before",    "instead",  "insert",     "update",
    "delete",     "of",     "when",      "up",        "down",      "once",     "desc",       "asc",
    "true",       "false"};

bool is_word_of_ours(std::string_view name) {
  return std::find(words.begin(), words.end(), name) != words.end();
}

bool is_plain(std::string_view name) {
  return !name.empty() && grammar::starts_word(name.front()) &&
         std::all_of(name.begin(), name.end(), grammar::in_word);
}

std::string in_backquotes(std::string_view name) {
  return "`" + replace_all(std::string(name), "`", "``") + "`";
}

/// The bytes of `text` at `i` that make one character, 0 when they make none.
std::size_t character_length(std::string_view text, std::size_t i) {
  for (std::size_t length = 1; length <= 4 && i + length <= text.size(); ++length) {
    if (is_valid_utf8(text.substr(i, length))) return length;
  }
  return 0;
}

void append_escaped(std::string& out, unsigned char byte) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  out += "\\x";
  out += digits[byte >> 4U];
  out += digits[byte & 0x0FU];
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += ", ";
    out += spelled_string(text);
  }
  return out;
}

std::string native_text(const sql::EngineSql& native) {
  std::string out = "native(";
  if (!native.common.empty() || native.variants.empty()) out += spelled_string(native.common);
  for (const auto& [engine, text] : native.variants) {
    if (out.back() != '(') out += ", ";
    out += engine + ": " + spelled_string(text);
  }
  return out + ")";
}

/// A default that its type refuses is written as SQL, which is not judged.
std::string default_as_sql(const Default& value) {
  switch (value.kind) {
    case DefaultKind::Literal:
      return sql::quote_string(value.text, false);
    case DefaultKind::Number:
    case DefaultKind::Bool:
      return value.text;
    case DefaultKind::Null:
      return "null";
    case DefaultKind::Now:
      return "current_timestamp";
    case DefaultKind::Expression:
      break;
  }
  return {};
}

bool is_number(const std::string& text) {
  return !text.empty() && grammar::scan_number(text.c_str()) == text.c_str() + text.size();
}

}  // namespace

std::string spelled_name(std::string_view name) {
  return is_plain(name) && !is_word_of_ours(name) ? std::string(name) : in_backquotes(name);
}

std::string spelled_plain(std::string_view name) {
  return is_plain(name) ? std::string(name) : in_backquotes(name);
}

std::string spelled_object_name(std::string_view name) {
  return grammar::is_type_word(name) ? in_backquotes(name) : spelled_name(name);
}

std::string spelled_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    out += spelled_plain(name);
  }
  return out;
}

std::string spelled_string(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::size_t length = character_length(text, i);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (length == 0 || is_control(c)) {
      append_escaped(out, static_cast<unsigned char>(c));
    } else {
      out += text.substr(i, length);
    }
    i += std::max<std::size_t>(length, 1);
  }
  return out + "\"";
}

std::string spelled_sql(const sql::EngineSql& sql) {
  const std::string text = printed_engine_sql(sql);
  if (text.find('\n') == std::string::npos) return "(" + text + ")";
  return "(\n" + text + (text.back() == '\n' ? ")" : "\n)");
}

bool needs_comment_clause(const std::string& comment) {
  if (comment.empty()) return false;
  if (!is_valid_utf8(comment) || comment.back() == '\n') return true;
  for (const std::string_view line : split_lines(comment)) {
    const bool odd = std::any_of(line.begin(), line.end(), is_control);
    if (odd || (!line.empty() && grammar::is_blank(line.back()))) return true;
  }
  return false;
}

std::string spelled_docs(const std::string& comment) {
  std::string out;
  if (comment.empty() || needs_comment_clause(comment)) return out;
  for (const std::string_view line : split_lines(comment)) {
    out += line.empty() ? "///\n" : "/// " + std::string(line) + "\n";
  }
  return out;
}

std::string spelled_type(const ColumnType& type) {
  if (type.kind == TypeKind::Native) return native_text(type.native);
  if (type.kind == TypeKind::Enum || type.kind == TypeKind::Set) {
    return std::string(type_word(type.kind)) + "(" + quoted_list(type.members) + ")";
  }
  return type_text(type);
}

std::string spelled_parts(const std::vector<IndexPart>& parts) {
  std::string out = "(";
  for (const IndexPart& part : parts) {
    if (out.size() > 1) out += ", ";
    out += part.expression ? "(" + printed_engine_sql(*part.expression) + ")" : spelled_plain(part.column);
    if (part.length) out += "(" + std::to_string(*part.length) + ")";
    if (!part.collation.empty()) out += " collate " + spelled_plain(part.collation);
    if (part.descending) out += " desc";
  }
  return out + ")";
}

std::string spelled_default(const Column& column) {
  const Default& value = *column.default_value;
  const bool unfit = default_problem(column.type, column.nullable, value).has_value() ||
                     (value.kind == DefaultKind::Number && !is_number(value.text));
  if (unfit && value.kind != DefaultKind::Expression) return "= (" + default_as_sql(value) + ")";
  switch (value.kind) {
    case DefaultKind::Literal:
      return "= " + spelled_string(value.text);
    case DefaultKind::Number:
    case DefaultKind::Bool:
      return "= " + value.text;
    case DefaultKind::Null:
      return "= null";
    case DefaultKind::Now:
      return "= now";
    case DefaultKind::Expression:
      return "= " + spelled_sql(value.sql);
  }
  return {};
}

std::string spelled_value(const SeedValue& value) {
  switch (value.kind) {
    case SeedValue::Kind::Null:
      return "null";
    case SeedValue::Kind::Bool:
    case SeedValue::Kind::Number:
      return value.text;
    case SeedValue::Kind::String:
      return spelled_string(value.text);
    case SeedValue::Kind::Environment:
      return "env(" + spelled_string(value.text) + ")";
  }
  return "null";
}

}  // namespace plumb::language
