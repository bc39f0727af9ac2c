#include "language/sql_scanner.hpp"

#include <cstring>

#include "language/sql_text.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

const char* skip_space(const char* at, const char* end) {
  while (at < end && is_sql_space(*at)) ++at;
  return at;
}

std::string_view word_at(const char* at, const char* end) {
  const char* stop = at;
  while (stop < end && in_sql_word(*stop)) ++stop;
  return {at, static_cast<std::size_t>(stop - at)};
}

std::optional<Label> engine_label(const char* at, const char* end) {
  const auto label = any_label(at, end);
  return label && is_engine_name(label->engine) ? label : std::nullopt;
}

}  // namespace

bool is_sql_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool in_sql_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::optional<Label> any_label(const char* at, const char* end) {
  at = skip_space(at, end);
  const std::string_view word = word_at(at, end);
  if (word.empty()) return std::nullopt;
  Rules rules = word == "mariadb" ? Rules::Mariadb : Rules::Sqlite;
  const char* colon = skip_space(at + word.size(), end);
  if (rules == Rules::Mariadb && equal_ignoring_case(word_at(colon, end), no_backslash_escapes)) {
    rules = Rules::MariadbWithoutBackslashes;
    colon = skip_space(colon + no_backslash_escapes.size(), end);
  }
  if (colon >= end || *colon != ':') return std::nullopt;
  if (colon + 1 < end && (colon[1] == ':' || colon[1] == '=')) return std::nullopt;
  return Label{word, rules, at, at, colon + 1};
}

Scanner::Scanner(const char* begin, const char* end, Rules rules) : at_(begin), end_(end), rules_(rules) {
  take_label(begin, begin);
}

void Scanner::run() {
  while (at_ < end_ && !closed_) step();
}

void Scanner::step() {
  switch (*at_) {
    case '(':
      ++depth_;
      ++at_;
      return;
    case ')':
      if (--depth_ == 0) {
        closed_ = true;
      } else {
        ++at_;
      }
      return;
    case '\'':
    case '"':
    case '`':
    case '[':
    case '#':
    case '-':
    case '/':
      step_over(at_);
      return;
    case '|': {
      const char* bar = at_++;
      if (depth_ == 1) take_label(at_, bar);
      return;
    }
    default:
      ++at_;
      return;
  }
}

void Scanner::step_over(const char* begin) {
  skip_stretch();
  if (at_ == begin) {
    ++at_;
  } else if (!labelled_) {
    stretches_.push_back({begin, at_});
  }
}

void Scanner::skip_stretch() {
  switch (*at_) {
    case '[':
      dispute();
      if (rules_ == Rules::Sqlite) skip_quoted(']');
      return;
    case '#':
      skip_line();
      return;
    case '-':
      if (begins_line_comment()) skip_line();
      return;
    case '/':
      if (at_ + 1 < end_ && at_[1] == '*') skip_block();
      return;
    default:
      skip_quoted(*at_);
      return;
  }
}

bool Scanner::begins_line_comment() {
  if (at_ + 1 >= end_ || at_[1] != '-') return false;
  if (at_ + 2 >= end_ || is_sql_space(at_[2])) return true;
  dispute();
  return rules_ == Rules::Sqlite;
}

void Scanner::take_label(const char* from, const char* before) {
  auto label = engine_label(from, end_);
  if (!label) return;
  label->before = before;
  labels_.push_back(*label);
  labelled_ = true;
  rules_ = label->rules;
  at_ = label->behind;
}

void Scanner::skip_quoted(char close) {
  const bool has_escapes = close == '\'' || close == '"';
  for (++at_; at_ < end_; ++at_) {
    if (*at_ == '\\' && has_escapes) {
      dispute();
      if (rules_ == Rules::Mariadb && at_ + 1 < end_) ++at_;
    } else if (*at_ == close) {
      if (close != ']' && at_ + 1 < end_ && at_[1] == close) {
        ++at_;
      } else {
        ++at_;
        if (close == '\'' && at_ < end_ && in_sql_word(*at_)) ++oddities_;
        return;
      }
    }
  }
}

void Scanner::skip_line() {
  const void* found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
  at_ = found == nullptr ? end_ : static_cast<const char*>(found);
}

void Scanner::skip_block() {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  const std::size_t close = rest.find("*/", 2);
  at_ = close == std::string_view::npos ? end_ : at_ + close + 2;
}

Scanner scanned(const char* begin, const char* end, Rules rules) {
  Scanner scanner(begin, end, rules);
  scanner.run();
  return scanner;
}

}  // namespace plumb::language
