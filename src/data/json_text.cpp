#include "data/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Appends a code point as UTF-8.
void append(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | point >> 6U);
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | point >> 12U);
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | point >> 18U);
    put(0x80U | (point >> 12U & 0x3FU));
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

class Parser {
 public:
  Parser(std::string_view text, std::size_t line) : text_(text), line_(line) {}

  Json whole(std::size_t depth) {
    Json value = any(depth);
    skip();
    if (at_ != text_.size()) fail("while parsing value - more text behind its end");
    return value;
  }

 private:
  std::string line_here() const {
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size()));
    return "line " + std::to_string(line_ + static_cast<std::size_t>(std::count(text_.begin(), end, '\n')));
  }

  [[noreturn]] void fail(const std::string& what) const { throw JsonProblem{"is no valid JSON: " + line_here() + ", " + what}; }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    skip();
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }

  Json any(std::size_t depth) {
    skip();
    if (at_ >= text_.size()) fail("while parsing value - it ends too early");
    switch (text_[at_]) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case '"':
        return Json(string());
      case 't':
        return word("true", Json(true));
      case 'f':
        return word("false", Json(false));
      case 'n':
        return word("null", Json(nullptr));
      default:
        return number();
    }
  }

  void check_depth(std::size_t depth) const {
    if (depth > deepest_nesting)
      throw JsonProblem{"is nested more than " + std::to_string(deepest_nesting) + " deep: " + line_here()};
  }

  Json word(std::string_view letters, Json value) {
    if (text_.substr(at_, letters.size()) != letters) fail("while parsing value - an unknown word");
    at_ += letters.size();
    return value;
  }

  Json array(std::size_t depth) {
    check_depth(depth);
    ++at_;
    Json list = Json::array();
    if (take(']')) return list;
    for (;;) {
      list.push_back(any(depth));
      if (take(']')) return list;
      if (!take(',')) fail("while parsing array - expected `,` or `]`");
    }
  }

  Json object(std::size_t depth) {
    check_depth(depth);
    ++at_;
    Json::object_t fields;
    std::vector<std::pair<const std::string, Json>>& list = fields;
    if (take('}')) return Json(std::move(fields));
    for (;;) {
      skip();
      if (peek() != '"') fail("while parsing object key - expected a string");
      std::string name = string();
      const auto same = [&](const auto& field) { return field.first == name; };
      if (std::any_of(list.begin(), list.end(), same)) throw JsonProblem{"field `" + shortened(name, 100) + "` stands twice: " + line_here()};
      if (!take(':')) fail("while parsing object - expected `:`");
      Json value = any(depth);
      list.emplace_back(std::move(name), std::move(value));
      if (take('}')) return Json(std::move(fields));
      if (!take(',')) fail("while parsing object - expected `,` or `}`");
    }
  }

  std::string string() {
    ++at_;
    std::string out;
    for (;;) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) ++at_;
      out.append(text_.substr(begin, at_ - begin));
      if (at_ >= text_.size()) fail("while parsing string - its end is missing");
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        break;
      }
      if (c != '\\') fail("while parsing string - a control character stands in it");
      ++at_;
      escape(out);
    }
    if (!is_valid_utf8(out)) throw JsonProblem{"is no valid UTF-8: " + line_here()};
    return out;
  }

  void escape(std::string& out) {
    constexpr std::string_view from = "\"\\/bfnrt";
    constexpr std::string_view to = "\"\\/\b\f\n\r\t";
    const char c = peek();
    if (c == 'u') {
      ++at_;
      append(out, code_point());
      return;
    }
    const std::size_t place = from.find(c);
    if (at_ >= text_.size() || place == std::string_view::npos) fail("while parsing string - an unknown escape");
    out.push_back(to[place]);
    ++at_;
  }

  std::uint32_t code_point() {
    const std::uint32_t first = four_digits();
    if (first >= 0xDC00 && first <= 0xDFFF) fail("while parsing string - half of a character");
    if (first < 0xD800 || first > 0xDBFF) return first;
    if (text_.substr(at_, 2) != "\\u") fail("while parsing string - half of a character");
    at_ += 2;
    const std::uint32_t second = four_digits();
    if (second < 0xDC00 || second > 0xDFFF) fail("while parsing string - half of a character");
    return 0x10000U + ((first - 0xD800U) << 10U) + (second - 0xDC00U);
  }

  std::uint32_t four_digits() {
    std::uint32_t number = 0;
    const std::string_view digits = text_.substr(at_, 4);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    if (digits.size() != 4 || problem != std::errc() || end != digits.data() + 4) fail("while parsing string - `\\u` takes four hexadecimal digits");
    at_ += 4;
    return number;
  }

  Json number() {
    const std::size_t begin = at_;
    bool is_whole = true;
    if (peek() == '-') ++at_;
    const std::size_t digits = at_;
    while (is_digit(peek())) ++at_;
    if (at_ == digits || (text_[digits] == '0' && at_ - digits > 1)) fail("while parsing value - unexpected text");
    if (peek() == '.') {
      is_whole = false;
      ++at_;
      if (!is_digit(peek())) fail("while parsing number - a digit is missing");
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      is_whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) fail("while parsing number - a digit is missing");
      while (is_digit(peek())) ++at_;
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    return is_whole ? whole_number(text) : real_number(text);
  }

  Json whole_number(std::string_view text) const {
    std::int64_t negative = 0;
    std::uint64_t number = 0;
    if (text.front() != '-' && std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) return Json(number);
    if (text.front() == '-' && std::from_chars(text.data(), text.data() + text.size(), negative).ec == std::errc()) return Json(negative);
    return real_number(text);
  }

  static Json real_number(std::string_view text) {
    double number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc() || !std::isfinite(number))
      throw JsonProblem{"holds a number that is too large"};
    return Json(number);
  }

  std::string_view text_;
  std::size_t line_;
  std::size_t at_ = 0;
};

}  // namespace

Json parse_json(std::string_view text, std::size_t line, std::size_t depth) { return Parser(text, line).whole(depth); }

}  // namespace plumb::data
