#include "dialect/mariadb/partitions.hpp"

#include <optional>
#include <vector>

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view clause) : clause_(clause), tokens_(sql::tokenize(clause, sql::mariadb_lexis)) {}

  std::string condition() {
    if (!take("partition") || !take("by")) return {};
    const bool is_range = is("range");
    if (!is_range && !is("list")) return {};
    ++at_;
    const bool is_over_columns = take("columns");
    const std::optional<std::string> what = bracketed();
    if (!what || (is_over_columns && what->find(',') != std::string::npos)) return {};
    return is_range ? beyond_the_last(*what) : in_no_list(*what);
  }

 private:
  bool is(std::string_view word) const { return at_ < tokens_.size() && tokens_[at_].kind == sql::TokenKind::Word && equal_ignoring_case(tokens_[at_].text, word); }

  bool take(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
  }

  /// What stands between the bracket here and the one that closes it; nothing where none begins here.
  std::optional<std::string> bracketed() {
    if (at_ >= tokens_.size() || tokens_[at_].text != "(") return std::nullopt;
    const std::size_t begin = tokens_[at_].offset + 1;
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      depth += tokens_[at_].text == "(" ? 1 : tokens_[at_].text == ")" ? -1 : 0;
      if (depth == 0) return std::string(trim(clause_.substr(begin, tokens_[at_++].offset - begin)));
    }
    return std::nullopt;
  }

  /// Stands behind VALUES of the next partition.
  bool find_values() {
    while (at_ < tokens_.size()) {
      if (take("values")) return true;
      ++at_;
    }
    return false;
  }

  std::string beyond_the_last(const std::string& what) {
    std::string limit;
    while (find_values()) {
      if (!take("less") || !take("than")) return {};
      if (is("maxvalue")) return {};
      const auto value = bracketed();
      if (!value || equal_ignoring_case(*value, "maxvalue")) return {};
      limit = *value;
    }
    return limit.empty() ? std::string() : "(" + what + ") >= (" + limit + ")";
  }

  std::string in_no_list(const std::string& what) {
    for (std::size_t i = at_; i + 2 < tokens_.size(); ++i) {
      if (equal_ignoring_case(tokens_[i].text, "partition") && equal_ignoring_case(tokens_[i + 2].text, "default")) return {};  // takes what no list takes
    }
    std::vector<std::string> lists;
    bool has_null = false;
    while (find_values()) {
      if (!take("in")) return {};
      const std::size_t from = at_;
      auto values = bracketed();
      if (!values) return {};
      for (std::size_t i = from; i < at_; ++i) {
        const bool is_word = tokens_[i].kind == sql::TokenKind::Word;
        if (is_word && equal_ignoring_case(tokens_[i].text, "default")) return {};
        has_null = has_null || (is_word && equal_ignoring_case(tokens_[i].text, "null"));
      }
      lists.push_back(std::move(*values));
    }
    if (lists.empty()) return {};
    std::vector<std::string> found;
    for (const std::string& list : lists) found.push_back("(" + what + ") IN (" + list + ")");
    const std::string in_one = "coalesce(" + join(found, ", FALSE) OR coalesce(") + ", FALSE)";
    return "NOT (" + in_one + (has_null ? " OR (" + what + ") IS NULL" : "") + ")";
  }

  std::string_view clause_;
  std::vector<sql::Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::string rows_without_partition(std::string_view clause) { return Reader(clause).condition(); }

}  // namespace plumb::mariadb
