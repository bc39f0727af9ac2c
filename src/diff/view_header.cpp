#include "diff/view_header.hpp"

#include "support/text.hpp"

namespace plumb::diff {
namespace {

/// What stands between CREATE and VIEW on MariaDB, taken apart.
struct ViewHeader {
  std::string algorithm;
  std::string definer;
  std::string security;
};

ViewHeader parts_of(const std::string& header, const sql::Lexis& lexis) {
  ViewHeader parts;
  std::string* open = nullptr;
  std::size_t end = 0;
  for (const sql::Token& token : sql::tokenize(header, lexis)) {
    if (equal_ignoring_case(token.text, "algorithm")) open = &parts.algorithm;
    else if (equal_ignoring_case(token.text, "definer") && open != &parts.security) open = &parts.definer;
    else if (equal_ignoring_case(token.text, "sql")) open = &parts.security;
    if (open == nullptr) continue;
    if (!open->empty() && token.offset > end) open->push_back(' ');
    open->append(token.text);
    end = token.offset + token.text.size();
  }
  return parts;
}

}  // namespace

std::string completed_header(const std::string& desired, const std::string& actual, const sql::Lexis& lexis) {
  if (desired.empty() || desired == actual) return actual;
  ViewHeader parts = parts_of(desired, lexis);
  const ViewHeader standing = parts_of(actual, lexis);
  const auto settle = [&](std::string& part, const std::string& other) {
    if (part.empty() || sql::same_expression(part, other, lexis)) part = other;
  };
  settle(parts.algorithm, standing.algorithm);
  settle(parts.definer, standing.definer);
  settle(parts.security, standing.security);
  std::string text = parts.algorithm;
  for (const std::string& part : {parts.definer, parts.security}) {
    if (!part.empty()) text += (text.empty() ? "" : " ") + part;
  }
  return text;
}

}  // namespace plumb::diff
