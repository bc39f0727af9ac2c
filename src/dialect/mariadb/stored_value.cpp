#include "dialect/mariadb/stored_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "diff/match.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/types.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
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

enum class Family { Integer, Decimal, Real, Text, Enum, Set, Bytes, Date, DateTime, Timestamp, Time, Year, Bit, Uuid, Inet, Other };

struct TypeFamily {
  std::string_view word;
  Family family;
  std::uint64_t most_bytes;  ///< of contents whose length the type's text does not say (mariadb.com/kb/en/data-types); 0: it says
};

constexpr std::array families{
    TypeFamily{"tinyint", Family::Integer, 4},      TypeFamily{"smallint", Family::Integer, 6},     TypeFamily{"mediumint", Family::Integer, 8},
    TypeFamily{"int", Family::Integer, 11},         TypeFamily{"bigint", Family::Integer, 20},      TypeFamily{"decimal", Family::Decimal, 68},
    TypeFamily{"float", Family::Real, 24},          TypeFamily{"double", Family::Real, 24},         TypeFamily{"char", Family::Text, 0},
    TypeFamily{"varchar", Family::Text, 0},         TypeFamily{"tinytext", Family::Text, 255},      TypeFamily{"text", Family::Text, 65535},
    TypeFamily{"mediumtext", Family::Text, 16777215}, TypeFamily{"longtext", Family::Text, 4294967295}, TypeFamily{"enum", Family::Enum, 0},
    TypeFamily{"set", Family::Set, 0},              TypeFamily{"binary", Family::Bytes, 0},         TypeFamily{"varbinary", Family::Bytes, 0},
    TypeFamily{"tinyblob", Family::Bytes, 255},     TypeFamily{"blob", Family::Bytes, 65535},       TypeFamily{"mediumblob", Family::Bytes, 16777215},
    TypeFamily{"longblob", Family::Bytes, 4294967295}, TypeFamily{"date", Family::Date, 10},        TypeFamily{"datetime", Family::DateTime, 26},
    TypeFamily{"timestamp", Family::Timestamp, 26}, TypeFamily{"time", Family::Time, 17},           TypeFamily{"year", Family::Year, 4},
    TypeFamily{"bit", Family::Bit, 8},              TypeFamily{"uuid", Family::Uuid, 36},           TypeFamily{"inet6", Family::Inet, 45},
    TypeFamily{"inet4", Family::Inet, 15},
};

/// A type's text taken apart.
struct Type {
  explicit Type(std::string_view type_text) : text(type_text), base(base_type(type_text)) {
    for (const auto& entry : families) {
      if (entry.word != base) continue;
      family = entry.family;
      most_bytes = entry.most_bytes;
    }
    is_unsigned = text.find(" unsigned") != std::string_view::npos;
    is_filled_up = text.find(" zerofill") != std::string_view::npos;
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return;
    inside = text.substr(open + 1, text.rfind(')') - open - 1);
    const char* at = inside.data();
    const char* end = at + inside.size();
    while (at < end) {
      std::uint64_t value = 0;
      const auto [next, error] = std::from_chars(at, end, value);
      if (error != std::errc()) return;
      numbers.push_back(value);
      at = next + 1;
    }
  }

  const IntegerRange& range() const { return *std::find_if(integer_ranges.begin(), integer_ranges.end(), [&](const IntegerRange& r) { return r.word == base; }); }
  std::string lowest() const { return std::string(is_unsigned ? "0" : range().lowest); }
  std::string highest() const { return std::string(is_unsigned ? range().highest_unsigned : range().highest); }
  std::uint64_t number(std::size_t i, std::uint64_t otherwise) const { return i < numbers.size() ? numbers[i] : otherwise; }
  /// char(n), varchar(n), binary(n), varbinary(n); bit(n)
  std::uint64_t length() const { return number(0, 1); }
  /// of a second
  std::uint64_t digits() const { return number(0, 0); }
  std::uint64_t scale() const { return number(1, 0); }
  std::uint64_t whole_digits() const { return number(0, 10) - scale(); }
  bool is_exact_real() const { return family == Family::Real && !numbers.empty(); }
  bool is(std::string_view word) const { return base == word; }

  std::vector<std::string> members() const {
    std::vector<std::string> found;
    for (const auto& token : sql::tokenize(inside, sql::mariadb_lexis)) {
      if (token.kind == sql::TokenKind::String) found.push_back(replace_all(sql::unquoted(token.text), "\\\\", "\\"));
    }
    return found;
  }

  std::string_view text;
  std::string base;
  Family family = Family::Other;
  std::uint64_t most_bytes = 0;
  bool is_unsigned = false;
  bool is_filled_up = false;  ///< with zeros, up to the width
  std::string_view inside;
  std::vector<std::uint64_t> numbers;
};

constexpr std::string_view whole_number = "'^[[:space:]]*[-+]?[0-9]+ *$'";
constexpr std::string_view any_number = "'^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?[[:space:]]*$'";
/// As codes and numbers of houses have them.
constexpr std::string_view begins_with_zero = "'^[-+[:space:]]*0[0-9]'";

std::string either(const std::vector<std::string>& conditions) {
  std::vector<std::string> said;
  for (const auto& one : conditions) {
    if (!one.empty()) said.push_back(one);
  }
  if (said.size() == 1) return said.front();
  for (auto& one : said) one = "(" + one + ")";
  return join(said, " OR ");
}

std::string regexp_of(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string charset_of(const Column& column) { return column.charset.empty() || column.charset == diff::inherited ? "utf8mb4" : column.charset; }

class Conversion {
 public:
  Conversion(const Column& before, const Column& after)
      : before_(before), after_(after), c_(quoted(before.name)), from_(before.type.native.common), to_(after.type.native.common) {}

  Misfit misfit() const {
    const bool is_text_again = is_character(from_) && is_character(to_);
    if (from_.text == to_.text && !changes_charset()) return {};
    Misfit found = from_.text == to_.text && !is_text_again ? Misfit() : by_target();
    if (found.is_known && is_text_again && changes_charset()) found.refused = either({lost_characters(), found.refused});
    return found;
  }

  std::string value() const {
    const bool same_collation = before_.collation == after_.collation || !is_character(to_) || after_.collation.empty() || after_.collation == diff::inherited;
    if (is_character(from_) && is_character(to_)) {
      if (same_collation) return c_;
      return "convert(" + c_ + " using " + charset_of(after_) + ") COLLATE " + after_.collation;
    }
    if (from_.text == to_.text) return c_;
    if (from_.base == to_.base || (from_.family == Family::Bytes && to_.family == Family::Bytes)) {
      const bool rounds = to_.family == Family::Decimal || ((to_.family == Family::DateTime || to_.family == Family::Time) && to_.digits() < from_.digits());
      return rounds ? cast() : c_;
    }
    return cast();
  }

  bool is_given_again() const {
    if (from_.family == to_.family || (is_character(from_) && is_character(to_))) return from_.family != Family::Other || from_.text == to_.text;
    if (is_character(from_) || from_.family == Family::Bytes || to_.family == Family::Bytes || from_.family == Family::Other || to_.family == Family::Other) return false;
    const bool is_beyond_what_alter_reads = from_.is("bigint") && from_.is_unsigned && to_.family == Family::Text;
    return !is_beyond_what_alter_reads;
  }

 private:
  static bool is_character(const Type& type) { return type.family == Family::Text || type.family == Family::Enum || type.family == Family::Set; }

  bool changes_charset() const {
    const auto is_said = [](const std::string& charset) { return !charset.empty() && charset != diff::inherited; };
    return is_said(before_.charset) && is_said(after_.charset) && before_.charset != after_.charset;
  }

  /// byte by byte: the two sides have collations that do not go together
  std::string lost_characters() const {
    if (after_.charset == "utf8mb4") return {};
    return "cast(" + c_ + " as binary) <> cast(convert(convert(" + c_ + " using " + after_.charset + ") using " + before_.charset + ") as binary)";
  }

  /// The standing value as the new type; empty where the server's CAST does not know that.
  std::string cast() const {
    const auto as = [&](const std::string& type) { return "cast(" + c_ + " as " + type + ")"; };
    const std::string fraction = to_.digits() == 0 ? "" : "(" + std::to_string(to_.digits()) + ")";
    switch (to_.family) {
      case Family::Integer:
        if (from_.family == Family::Decimal || from_.family == Family::Real) return "round(" + c_ + ")";
        if (from_.family == Family::Bit) return c_ + " + 0";
        return from_.family == Family::Integer ? c_ : from_.family == Family::Text ? as("decimal(65,0)") : "";
      case Family::Decimal: return from_.family == Family::Other ? "" : as("decimal(" + std::to_string(to_.number(0, 10)) + "," + std::to_string(to_.scale()) + ")");
      case Family::Real: return from_.family == Family::Integer || from_.family == Family::Decimal || from_.family == Family::Text || from_.family == Family::Real ? as(to_.base) : "";
      case Family::Text: return from_.family == Family::Bit || from_.family == Family::Other ? "" : from_.family == Family::Bytes ? "convert(" + c_ + " using " + charset_of(after_) + ")" : as("char");
      case Family::Bytes: return from_.family == Family::Text ? as("binary") : "";
      case Family::Date: return from_.family == Family::Text || is_moment(from_) ? as("date") : "";
      case Family::DateTime: case Family::Timestamp: return from_.family == Family::Text || is_moment(from_) ? as("datetime" + fraction) : "";
      case Family::Time: return from_.family == Family::Text || is_moment(from_) ? as("time" + fraction) : "";
      case Family::Uuid: case Family::Inet: return from_.family == Family::Text ? as(to_.base) : "";
      case Family::Enum: case Family::Set: case Family::Year: case Family::Bit: case Family::Other: return {};
    }
    return {};
  }

  static bool is_moment(const Type& type) { return type.family == Family::Date || type.family == Family::DateTime || type.family == Family::Timestamp || type.family == Family::Time; }

  static Misfit unknown() { return {{}, {}, false}; }
  std::string every_value() const { return c_ + " IS NOT NULL"; }
  std::string no_cast() const { return c_ + " IS NOT NULL AND " + cast() + " IS NULL"; }
  std::string reads_differently(const std::string& value) const { return "cast(convert(" + c_ + " using utf8mb4) as binary) <> cast(cast(" + value + " as char) as binary)"; }
  /// As the column gives it (mariadb.com/kb/en/numeric-data-type-overview/#zerofill).
  std::string filled_up(const std::string& number) const {
    if (!to_.is_filled_up) return number;
    const std::string width = std::to_string(to_.length());
    return "if(char_length(" + number + ") < " + width + ", lpad(" + number + ", " + width + ", '0'), " + number + ")";
  }
  std::string not_like(std::string_view pattern) const { return c_ + " NOT REGEXP " + std::string(pattern); }

  Misfit by_target() const {
    switch (to_.family) {
      case Family::Integer: return to_integer();
      case Family::Decimal: return to_decimal();
      case Family::Real: return to_real();
      case Family::Text: return to_text();
      case Family::Enum: return to_enum();
      case Family::Set: return to_set();
      case Family::Bytes: return to_bytes();
      case Family::Date: return to_date();
      case Family::DateTime: case Family::Timestamp: return to_datetime();
      case Family::Time: return to_time();
      case Family::Year: return to_year();
      case Family::Bit: return to_bit();
      case Family::Uuid: case Family::Inet: return to_address();
      case Family::Other: return unknown();
    }
    return unknown();
  }

  Misfit to_integer() const {
    const std::string to_highest = to_.highest();
    const std::string outside = " NOT BETWEEN " + to_.lowest() + " AND " + to_highest;
    switch (from_.family) {
      case Family::Integer: {
        const bool wider = to_.range().bytes > from_.range().bytes || (to_.range().bytes == from_.range().bytes && to_.is_unsigned == from_.is_unsigned);
        return wider && (to_.is_unsigned == from_.is_unsigned || from_.is_unsigned) ? Misfit() : Misfit{c_ + outside, {}};
      }
      case Family::Decimal: return {"round(" + c_ + ")" + outside, from_.scale() == 0 ? "" : c_ + " <> round(" + c_ + ")"};
      case Family::Real: return {"round(" + c_ + ")" + outside, c_ + " <> round(" + c_ + ")"};
      case Family::Text: {
        // ALTER reads the text as a signed number, whatever it becomes (error 1292)
        const std::string_view most = to_.is("bigint") ? to_.range().highest : std::string_view(to_highest);
        return {either({not_like(whole_number), cast() + " NOT BETWEEN " + to_.lowest() + " AND " + std::string(most)}), reads_differently(filled_up(cast()))};
      }
      case Family::Year: return to_.range().bytes == 1 ? Misfit{c_ + outside, {}} : Misfit();
      case Family::Bit: return {c_ + " + 0" + outside, {}};
      case Family::Enum: case Family::Set: return {{}, every_value()};  // the number of the member
      case Family::Date: case Family::DateTime: case Family::Timestamp: case Family::Time: return {c_ + " + 0" + outside, every_value()};
      case Family::Bytes: case Family::Uuid: case Family::Inet: case Family::Other: return unknown();
    }
    return unknown();
  }

  Misfit to_decimal() const {
    if (to_.numbers.size() != 2) return unknown();
    const std::string bound = "1e" + std::to_string(to_.whole_digits());
    const std::string rounded = "round(" + c_ + ", " + std::to_string(to_.scale()) + ")";
    const std::string negative = to_.is_unsigned ? c_ + " < 0" : "";
    switch (from_.family) {
      case Family::Integer: {
        const std::size_t most = (from_.is_unsigned ? from_.range().highest_unsigned : from_.range().highest).size();
        if (to_.whole_digits() >= most && (from_.is_unsigned || !to_.is_unsigned)) return {};
        if (from_.is_unsigned) return {c_ + " >= " + bound, {}};
        return {c_ + " >= " + bound + " OR " + c_ + (to_.is_unsigned ? " < 0" : " <= -" + bound), {}};
      }
      case Family::Decimal: {
        if (from_.numbers.size() != 2) return unknown();
        const bool fits = to_.whole_digits() >= from_.whole_digits() && to_.scale() >= from_.scale() && from_.is_unsigned == to_.is_unsigned;
        return fits ? Misfit() : Misfit{either({"abs(" + rounded + ") >= " + bound, negative}), to_.scale() >= from_.scale() ? "" : c_ + " <> " + rounded};
      }
      case Family::Real: return {either({"abs(" + rounded + ") >= " + bound, negative}), c_ + " <> " + cast()};
      case Family::Text: {
        const std::string as_number = "cast(" + c_ + " as decimal(65,30))";
        const std::string as_stored = "round(" + as_number + ", " + std::to_string(to_.scale()) + ")";  // two casts that differ in digits alone are one to the optimizer
        return {either({not_like(any_number), "abs(" + as_stored + ") >= " + bound, to_.is_unsigned ? as_number + " < 0" : ""}),
                either({as_number + " <> " + as_stored, to_.is_filled_up ? "" : c_ + " REGEXP " + std::string(begins_with_zero)})};
      }
      case Family::Year: case Family::Bit: return to_.whole_digits() >= 20 ? Misfit() : unknown();
      case Family::Enum: case Family::Set: case Family::Bytes: case Family::Date: case Family::DateTime: case Family::Timestamp: case Family::Time:
      case Family::Uuid: case Family::Inet: case Family::Other: return unknown();
    }
    return unknown();
  }

  Misfit to_real() const {
    if (to_.is_exact_real() || from_.is_exact_real()) return unknown();
    const bool is_float = to_.is("float");
    switch (from_.family) {
      case Family::Integer:
        if (from_.range().bytes <= (is_float ? 3 : 4)) return {};
        return {{}, "cast(" + cast() + " as decimal(40,0)) <> " + c_};
      case Family::Decimal: return {{}, "cast(" + cast() + " as decimal(" + std::to_string(from_.number(0, 10)) + "," + std::to_string(from_.scale()) + ")) <> " + c_};
      case Family::Real: return is_float ? Misfit{"abs(" + c_ + ") > 3.402823466e38", cast() + " <> " + c_} : Misfit();
      case Family::Text: return {not_like(any_number), c_ + " REGEXP " + std::string(begins_with_zero)};
      case Family::Enum: case Family::Set: case Family::Bytes: case Family::Date: case Family::DateTime: case Family::Timestamp: case Family::Time:
      case Family::Year: case Family::Bit: case Family::Uuid: case Family::Inet: case Family::Other: return unknown();
    }
    return unknown();
  }

  /// The most characters that a value can have; 0: no bound is known.
  std::uint64_t most_characters() const { return from_.is("char") || from_.is("varchar") ? from_.length() : from_.most_bytes; }

  Misfit to_text() const {
    if (from_.family == Family::Bit || from_.family == Family::Other) return unknown();
    if (from_.family == Family::Bytes) return bytes_to_text();
    if (to_.is("char") || to_.is("varchar")) {
      const std::string value = is_character(from_) ? c_ : "cast(" + c_ + " as char)";
      const bool fits = most_characters() != 0 && most_characters() <= to_.length();
      // a char loses the spaces at its end (mariadb.com/kb/en/char)
      const bool loses_spaces = to_.is("char") && from_.family == Family::Text && !from_.is("char");
      return {fits ? "" : "char_length(" + value + ") > " + std::to_string(to_.length()), loses_spaces ? c_ + " LIKE '% '" : ""};
    }
    if (!is_character(from_)) return {};
    const bool grows = changes_charset() && charset_of(after_) != "latin1";
    const std::uint64_t most = from_.is("char") || from_.is("varchar") ? from_.length() * 4 : grows ? from_.most_bytes * 4 : from_.most_bytes;
    if (most != 0 && most <= to_.most_bytes) return {};
    return {"octet_length(" + (changes_charset() ? "convert(" + c_ + " using " + charset_of(after_) + ")" : c_) + ") > " + std::to_string(to_.most_bytes), {}};
  }

  Misfit bytes_to_text() const {
    const std::string read = "convert(" + c_ + " using " + charset_of(after_) + ")";
    const std::string invalid = "NOT (cast(" + read + " as binary) <=> cast(" + c_ + " as binary))";
    if (to_.is("char") || to_.is("varchar")) return {either({invalid, "char_length(" + read + ") > " + std::to_string(to_.length())}), to_.is("char") ? c_ + " LIKE '% '" : ""};
    return {either({invalid, "octet_length(" + c_ + ") > " + std::to_string(to_.most_bytes)}), {}};
  }

  Misfit to_enum() const {
    // byte by byte: the column's own collation would take `A` for `a`, and the value would become another one
    const std::string stands = from_.family == Family::Enum ? c_ + " + 0 <> 0" : c_ + " IS NOT NULL";  // the error value, number 0, stays what it is
    if (is_character(from_)) return {stands + " AND convert(" + c_ + " using utf8mb4) COLLATE utf8mb4_nopad_bin NOT IN (" + std::string(to_.inside) + ")", {}};
    if (from_.family == Family::Integer) return {c_ + " NOT BETWEEN 1 AND " + std::to_string(to_.members().size()), every_value()};
    return unknown();
  }

  Misfit to_set() const {
    const std::vector<std::string> members = to_.members();
    if (from_.family == Family::Set) {
      std::vector<std::string> gone;
      for (const auto& member : from_.members()) {
        if (std::find(members.begin(), members.end(), member) == members.end()) gone.push_back("find_in_set(" + sql::quote_string(member, true) + ", " + c_ + ") > 0");
      }
      return {join(gone, " OR "), {}};
    }
    if (!is_character(from_)) return unknown();
    std::vector<std::string> any;
    std::string in_order;
    for (const auto& member : members) {
      any.push_back(regexp_of(member));
      in_order += "((^|,)" + regexp_of(member) + ")?";
    }
    const std::string one = "(" + join(any, "|") + ")";
    const std::string text = "convert(" + c_ + " using utf8mb4) COLLATE utf8mb4_bin";
    return {text + " NOT REGEXP " + sql::quote_string("^(" + one + "(," + one + ")*)?$", true), text + " NOT REGEXP " + sql::quote_string("^" + in_order + "$", true)};
  }

  Misfit to_bytes() const {
    const std::uint64_t room = to_.most_bytes != 0 ? to_.most_bytes : to_.length();
    const bool is_address = from_.family == Family::Uuid || from_.is("inet6");
    if (is_address) return room == 16 ? Misfit() : unknown();
    if (from_.family == Family::Bytes || is_character(from_)) {
      const std::uint64_t most = from_.family == Family::Bytes ? (from_.most_bytes != 0 ? from_.most_bytes : from_.length()) : from_.is("char") || from_.is("varchar") ? from_.length() * 4 : from_.most_bytes;
      // a binary is filled up with zero bytes (mariadb.com/kb/en/binary)
      const bool fills = to_.is("binary") && !(from_.is("binary") && from_.length() >= room);
      return {most != 0 && most <= room ? "" : "octet_length(" + c_ + ") > " + std::to_string(room), fills ? "octet_length(" + c_ + ") < " + std::to_string(room) : ""};
    }
    if (from_.family == Family::Integer && !to_.is("binary")) return from_.most_bytes <= room ? Misfit() : Misfit{"octet_length(cast(" + c_ + " as char)) > " + std::to_string(room), {}};
    return unknown();
  }

  Misfit to_date() const {
    if (from_.family == Family::DateTime || from_.family == Family::Timestamp) return {{}, cast() + " <> " + c_};
    if (from_.family == Family::Text) return {no_cast(), reads_differently(cast())};
    return from_.family == Family::Year ? Misfit{every_value(), {}} : unknown();
  }

  /// Outside of the range of a timestamp, or in the hour that a change of the clocks leaves out (mariadb.com/kb/en/timestamp).
  std::string no_timestamp(const std::string& value) const {
    return "year(" + value + ") <> 0 AND (unix_timestamp(" + value + ") IS NULL OR unix_timestamp(" + value + ") = 0 OR from_unixtime(unix_timestamp(" + value + ")) <> " + value + ")";
  }

  Misfit to_datetime() const {
    const bool needs_range = to_.family == Family::Timestamp && from_.family != Family::Timestamp;
    const std::string loses_digits = to_.digits() < from_.digits() && from_.family != Family::Date ? c_ + " <> " + cast() : "";
    switch (from_.family) {
      case Family::Date: case Family::DateTime: case Family::Timestamp: return {needs_range ? no_timestamp(c_) : "", loses_digits};
      case Family::Time: return {{}, every_value()};
      case Family::Text:
        return {either({no_cast(), needs_range ? no_timestamp(cast()) : ""}), "(" + reads_differently(cast()) + ") AND (" + reads_differently("cast(" + c_ + " as date)") + ")"};
      case Family::Year: return {every_value(), {}};
      case Family::Integer: case Family::Decimal: case Family::Real: case Family::Enum: case Family::Set: case Family::Bytes: case Family::Bit:
      case Family::Uuid: case Family::Inet: case Family::Other: return unknown();
    }
    return unknown();
  }

  Misfit to_time() const {
    if (from_.family == Family::Time) return {{}, to_.digits() < from_.digits() ? c_ + " <> " + cast() : ""};
    if (from_.family == Family::Date || from_.family == Family::DateTime || from_.family == Family::Timestamp) return {{}, every_value()};
    if (from_.family == Family::Text) return {no_cast(), reads_differently(cast())};
    return unknown();
  }

  Misfit to_year() const {
    if (from_.family == Family::Integer) return {c_ + " NOT BETWEEN 1901 AND 2155 AND " + c_ + " NOT BETWEEN 0 AND 99", c_ + " BETWEEN 1 AND 99"};
    if (from_.family != Family::Text) return unknown();
    const std::string number = "cast(" + c_ + " as decimal(65,0))";
    return {either({not_like("'^ *[0-9]{1,4} *$'"), number + " NOT BETWEEN 1901 AND 2155 AND " + number + " NOT BETWEEN 0 AND 99"}), not_like("'^[0-9]{4}$'")};
  }

  Misfit to_bit() const {
    if (from_.family != Family::Integer && from_.family != Family::Bit) return unknown();
    if (from_.family == Family::Bit && from_.length() <= to_.length()) return {};
    if (to_.length() > 62) return from_.family == Family::Integer && !from_.is_unsigned ? Misfit{c_ + " < 0", {}} : unknown();
    const std::string highest = std::to_string((std::uint64_t{1} << to_.length()) - 1);
    return {c_ + " + 0 NOT BETWEEN 0 AND " + highest, {}};
  }

  Misfit to_address() const {
    if (from_.family == Family::Text) return {no_cast(), reads_differently(cast())};
    if (from_.is("binary") && from_.length() == 16 && !to_.is("inet4")) return {};
    return from_.is("inet4") && to_.is("inet6") ? Misfit() : unknown();
  }

  const Column& before_;
  const Column& after_;
  std::string c_;
  Type from_;
  Type to_;
};

}  // namespace

Misfit misfit_of(const Column& before, const Column& after) { return Conversion(before, after).misfit(); }

bool is_given_again(const Column& before, const Column& after) { return Conversion(before, after).is_given_again(); }

std::string stored_value(const Column& before, const Column& after) { return Conversion(before, after).value(); }

}  // namespace plumb::mariadb
