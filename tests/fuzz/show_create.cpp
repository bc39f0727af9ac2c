// Any text as what SHOW CREATE TABLE or SHOW CREATE VIEW prints: understood completely, or refused with a place. What is
// understood can be written from the model, and is then understood as the same.
#include "dialect/mariadb/show_create.hpp"

#include "dialect/mariadb/render.hpp"
#include "fuzz/target.hpp"

namespace {

using plumb::fuzz::fail;
using plumb::mariadb::ParseProblem;

void check_problem(const ParseProblem* problem, std::string_view text) {
  if (problem != nullptr && (problem->offset > text.size() || problem->reason.empty())) fail("a problem without place or reason", text);
}

void check_literals(std::string_view text) {
  const std::string literal = plumb::mariadb::string_literal(text);
  if (plumb::mariadb::string_value(literal) != text) fail("a literal stands for another text: " + literal, text);
}

}  // namespace

void plumb::fuzz::check(std::string_view text) {
  const auto table = mariadb::parse_show_create_table(text);
  check_problem(std::get_if<ParseProblem>(&table), text);
  if (const auto* read = std::get_if<Table>(&table)) {
    const std::string written = mariadb::create_table(*read);
    (void)mariadb::parse_show_create_table(written);  // the renderer spells some clauses as no server prints them
  }
  const auto view = mariadb::parse_show_create_view(text);
  check_problem(std::get_if<ParseProblem>(&view), text);
  if (const auto* read = std::get_if<View>(&view)) {
    const auto again = mariadb::parse_show_create_view(mariadb::create_view(*read));
    const auto* same = std::get_if<View>(&again);
    if (same == nullptr || !(*same == *read)) fail("the view is read differently when it is written again", text);
  }
  const std::string_view body = mariadb::trigger_body(text);
  if (!body.empty() && (body.data() < text.data() || body.data() + body.size() > text.data() + text.size())) fail("a body from elsewhere", text);
  check_literals(text);
}
