#include "dialect/examples.hpp"

#include "dialect/question_sql.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

constexpr std::size_t longest_value = 40;

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

/// Between single quotes, so that spaces at its ends are seen; a control character as its number.
std::string quoted_text(std::string_view text) {
  std::string out = "'";
  for (const char c : shortened(text, longest_value)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'') out += "''";
    else if (byte < 0x20 || byte == 0x7F) out += "\\x" + hexadecimal(std::string_view(&c, 1));
    else out += c;
  }
  return out + "'";
}

std::string shown(const sql::Value& value) {
  if (sql::is_null(value)) return "NULL";
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return "x'" + hexadecimal(std::string_view(blob->bytes).substr(0, longest_value / 2)) + (blob->bytes.size() > longest_value / 2 ? "…" : "") + "'";
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return db::as_text(value);
  return is_valid_utf8(*text) ? quoted_text(*text) : shown(sql::Blob{*text});
}

}  // namespace

std::string examples_query(const std::string& rows_query) { return rows_query + " LIMIT " + std::to_string(most_examples); }

std::vector<std::string> examples_of(const db::ResultSet& rows) {
  std::vector<std::string> examples;
  for (const sql::Row& row : rows.rows) {
    std::vector<std::string> values;
    std::string count;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (rows.columns[i] == rows_with_it) count = " (" + db::as_text(row[i]) + " rows)";
      else values.push_back(rows.columns[i] + "=" + shown(row[i]));
    }
    examples.push_back(join(values, ", ") + count);
  }
  return examples;
}

}  // namespace plumb
