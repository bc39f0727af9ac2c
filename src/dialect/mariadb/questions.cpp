// dialect/mariadb/questions.cpp: what is asked of the rows, in MariaDB's SQL.
#include <algorithm>
#include <array>
#include <charconv>

#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/types.hpp"
#include "dialect/question_sql.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

struct IntegerRange {
  std::string_view word;
  std::string_view lowest;
  std::string_view highest;
  std::string_view highest_unsigned;
  int bytes;
};

/// mariadb.com/kb/en/numeric-data-type-overview
constexpr std::array integer_ranges{
    IntegerRange{"tinyint", "-128", "127", "255", 1},
    IntegerRange{"smallint", "-32768", "32767", "65535", 2},
    IntegerRange{"mediumint", "-8388608", "8388607", "16777215", 3},
    IntegerRange{"int", "-2147483648", "2147483647", "4294967295", 4},
    IntegerRange{"bigint", "-9223372036854775808", "9223372036854775807", "18446744073709551615", 8},
};

const IntegerRange* integer_range(std::string_view base) {
  const auto found = std::find_if(integer_ranges.begin(), integer_ranges.end(), [&](const IntegerRange& r) { return r.word == base; });
  return found == integer_ranges.end() ? nullptr : &*found;
}

std::vector<std::uint64_t> numbers_in(std::string_view type) {
  std::vector<std::uint64_t> numbers;
  const std::size_t open = type.find('(');
  if (open == std::string_view::npos) return numbers;
  const char* at = type.data() + open + 1;
  const char* end = type.data() + type.find(')', open);
  while (at < end) {
    std::uint64_t value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc()) return numbers;
    numbers.push_back(value);
    at = next + 1;
  }
  return numbers;
}

bool is_unsigned(std::string_view type) { return type.find(" unsigned") != std::string_view::npos; }

/// The longest content of a text type in bytes (mariadb.com/kb/en/text); 0: counted in characters.
std::uint64_t longest_bytes(std::string_view base) {
  if (base == "tinytext" || base == "tinyblob") return 255;
  if (base == "text" || base == "blob") return 65535;
  if (base == "mediumtext" || base == "mediumblob") return 16777215;
  if (base == "longtext" || base == "longblob") return 4294967295;
  return 0;
}

bool is_text(std::string_view base) {
  return base == "char" || base == "varchar" || base == "tinytext" || base == "text" || base == "mediumtext" || base == "longtext" || base == "enum";
}

/// A sound bound of what a type may hold, in characters; 0: no bound is known.
std::uint64_t longest_characters(std::string_view type) {
  const std::string base = base_type(type);
  if (base == "char" || base == "varchar") {
    const auto numbers = numbers_in(type);
    return numbers.empty() ? 1 : numbers[0];
  }
  return longest_bytes(base);
}

std::string members_condition(const std::string& column, std::string_view enum_type) {
  const std::size_t open = enum_type.find('(');
  // byte by byte: the column's own collation would take `A` for `a`, and the value would become another one
  return column + " IS NOT NULL AND convert(" + column + " using utf8mb4) COLLATE utf8mb4_nopad_bin NOT IN " + std::string(enum_type.substr(open));
}

/// The condition under which a value does not fit; "" = every value fits; nothing = cannot be said.
std::optional<std::string> misfit(const std::string& column, std::string_view from, std::string_view to) {
  const std::string from_base = base_type(from);
  const std::string to_base = base_type(to);
  if (const IntegerRange* target = integer_range(to_base)) {
    const IntegerRange* source = integer_range(from_base);
    if (source == nullptr) return std::nullopt;
    const bool wider = target->bytes > source->bytes || (target->bytes == source->bytes && is_unsigned(from) == is_unsigned(to));
    if (wider && (is_unsigned(from) == is_unsigned(to) || is_unsigned(from))) return "";
    return column + " NOT BETWEEN " + std::string(is_unsigned(to) ? "0" : target->lowest) + " AND " + std::string(is_unsigned(to) ? target->highest_unsigned : target->highest);
  }
  if (to_base == "char" || to_base == "varchar") {
    if (integer_range(from_base) != nullptr && longest_characters(to) >= 21) return "";
    if (!is_text(from_base)) return "char_length(cast(" + column + " as char)) > " + std::to_string(longest_characters(to));
    // a char loses the spaces at its end (mariadb.com/kb/en/char)
    const std::string spaces = to_base == "char" && from_base != "char" && from_base != "enum" ? column + " LIKE '% '" : "";
    if (from_base != "enum" && longest_bytes(from_base) == 0 && longest_characters(from) <= longest_characters(to)) return spaces;
    return "char_length(" + column + ") > " + std::to_string(longest_characters(to)) + (spaces.empty() ? "" : " OR " + spaces);
  }
  if (longest_bytes(to_base) != 0 && is_text(to_base)) {
    if (!is_text(from_base)) return integer_range(from_base) != nullptr || from_base == "date" || from_base == "datetime" ? std::optional<std::string>("") : std::nullopt;
    if (longest_bytes(from_base) != 0 && longest_bytes(from_base) <= longest_bytes(to_base)) return "";
    if (longest_bytes(from_base) == 0 && longest_characters(from) * 4 <= longest_bytes(to_base)) return "";
    return "octet_length(" + column + ") > " + std::to_string(longest_bytes(to_base));
  }
  if (to_base == "enum" && (is_text(from_base))) return members_condition(column, to);
  if (const IntegerRange* source = integer_range(from_base); source != nullptr && to_base == "decimal") {
    const auto digits = numbers_in(to);
    if (digits.size() != 2) return std::nullopt;
    const std::size_t whole = digits[0] - digits[1];
    const bool has_sign = !is_unsigned(from);
    if (whole >= (has_sign ? source->highest : source->highest_unsigned).size() && (has_sign ? !is_unsigned(to) : true)) return "";
    const std::string bound = "1e" + std::to_string(whole);
    return column + " >= " + bound + (!has_sign ? "" : " OR " + column + (is_unsigned(to) ? " < 0" : " <= -" + bound));
  }
  if (to_base == "decimal" && from_base == "decimal") {
    const auto a = numbers_in(from);
    const auto b = numbers_in(to);
    if (a.size() != 2 || b.size() != 2) return std::nullopt;
    if (b[1] >= a[1] && b[0] - b[1] >= a[0] - a[1] && is_unsigned(from) == is_unsigned(to)) return "";
    return column + " <> round(" + column + ", " + std::to_string(b[1]) + ") OR abs(" + column + ") >= 1e" + std::to_string(b[0] - b[1]) + (is_unsigned(to) ? " OR " + column + " < 0" : "");
  }
  if ((to_base == "datetime" || to_base == "time" || to_base == "timestamp") && from_base == to_base) {
    const auto digits = [](std::string_view type) { return numbers_in(type).empty() ? 0 : numbers_in(type)[0]; };
    if (digits(to) >= digits(from)) return "";
    return column + " <> cast(" + column + " as " + (to_base == "time" ? "time" : "datetime") + "(" + std::to_string(digits(to)) + "))";
  }
  if (from_base == "date" && (to_base == "datetime")) return "";
  if (from_base == "float" && to_base == "double") return "";
  if ((from_base == "varbinary" || from_base == "binary") && longest_bytes(to_base) != 0) return "";
  return std::nullopt;
}

}  // namespace

std::string MariaDbDialect::spell(const Question& question) const {
  return question_sql(question, [](std::string_view name) { return quoted(name); });
}

std::string MariaDbDialect::broken_references_query() const { return {}; }

std::optional<Question> MariaDbDialect::narrowing(const Column& before, const Column& after) const {
  const std::string& from = before.type.native.common;
  const std::string& to = after.type.native.common;
  Question question;
  question.kind = QuestionKind::Violates;
  question.columns = {before.name};
  question.blocks = true;  // the server's strict mode would stop in the middle
  question.text = "values of `" + before.name + "` that do not fit `" + to + "`";
  question.advice = "change these values first";
  if (before.charset != after.charset && !before.charset.empty() && !after.charset.empty() && after.charset != "utf8mb4") {
    const std::string there_and_back = "convert(convert(" + quoted(before.name) + " using " + after.charset + ") using " + before.charset + ")";
    // byte by byte: the two sides have collations that do not go together
    question.condition = "cast(" + quoted(before.name) + " as binary) <> cast(" + there_and_back + " as binary)";
    question.text = "values of `" + before.name + "` that `" + after.charset + "` cannot hold";
    const auto too_long = from == to ? std::optional<std::string>("") : misfit(quoted(before.name), from, to);
    if (too_long && !too_long->empty()) {
      question.condition = "(" + question.condition + ") OR (" + *too_long + ")";
      question.text = "values of `" + before.name + "` that do not fit `" + to + "` in `" + after.charset + "`";
    }
    return question;
  }
  if (from == to || base_type(from) + to == base_type(to) + from) return std::nullopt;
  const auto condition = misfit(quoted(before.name), from, to);
  if (condition && condition->empty()) return std::nullopt;
  if (!condition) {
    question.blocks = false;
    question.advice = "say `--allow narrow`";
    return question;
  }
  question.condition = *condition;
  return question;
}

}  // namespace plumb::mariadb
