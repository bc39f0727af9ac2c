#include "diff/same_query.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "support/text.hpp"

namespace plumb::diff {
namespace {

struct Piece {
  std::string text;        ///< names in lower case and without quotes
  bool is_name = false;    ///< a word or a quoted name
  bool is_quoted = false;
  bool operator==(const Piece& other) const { return text == other.text && is_name == other.is_name; }
};

using Pieces = std::vector<Piece>;

bool is_word(const Piece& piece, std::string_view word) { return piece.is_name && !piece.is_quoted && piece.text == word; }

template <std::size_t n>
bool is_one_of(const Piece& piece, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is_word(piece, word); });
}

bool is_symbol(const Piece& piece, std::string_view text) { return !piece.is_name && piece.text == text; }

Pieces pieces_of(std::string_view query, const sql::Lexis& lexis) {
  Pieces pieces;
  for (const sql::Token& token : sql::tokenize(query, lexis)) {
    const bool is_quoted = token.kind == sql::TokenKind::QuotedName;
    const bool is_name = is_quoted || token.kind == sql::TokenKind::Word;
    std::string text = is_name ? to_lower(sql::unquoted(token.text)) : std::string(token.text);
    if (text == "!=") text = "<>";
    if (text == "==") text = "=";
    pieces.push_back({std::move(text), is_name, is_quoted});
  }
  while (!pieces.empty() && is_symbol(pieces.back(), ";")) pieces.pop_back();
  return pieces;
}

/// Behind the bracket that closes the one at `open`.
std::size_t behind_bracket(const Pieces& pieces, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < pieces.size(); ++i) {
    if (is_symbol(pieces[i], "(")) ++depth;
    if (is_symbol(pieces[i], ")") && --depth == 0) return i + 1;
  }
  return pieces.size();
}

/// The first piece outside of brackets for which `wanted` is true.
template <class Wanted>
std::size_t find_outside(const Pieces& pieces, std::size_t begin, const Wanted& wanted) {
  for (std::size_t i = begin; i < pieces.size();) {
    if (is_symbol(pieces[i], "(")) {
      i = behind_bracket(pieces, i);
      continue;
    }
    if (wanted(pieces[i])) return i;
    ++i;
  }
  return pieces.size();
}

Pieces part(const Pieces& pieces, std::size_t begin, std::size_t end) {
  return {pieces.begin() + static_cast<std::ptrdiff_t>(begin), pieces.begin() + static_cast<std::ptrdiff_t>(end)};
}

void drop_bracket(Pieces& pieces, std::size_t open) {
  pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(behind_bracket(pieces, open)) - 1);
  pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(open));
}

/// One SELECT without another one inside of it, taken apart.
struct Select {
  Pieces list;
  Pieces tables;
  Pieces rest;
};

bool is_single(const Pieces& pieces) {
  static constexpr std::array<std::string_view, 7> compound{"union", "intersect", "except", "with", "over", "window", "into"};
  if (pieces.empty() || !is_word(pieces.front(), "select")) return false;
  if (std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return is_one_of(piece, compound); })) return false;
  const auto count = [&](std::string_view word) { return std::count_if(pieces.begin(), pieces.end(), [&](const Piece& piece) { return is_word(piece, word); }); };
  return count("select") == 1 && count("from") == 1 && find_outside(pieces, 0, [](const Piece& piece) { return is_word(piece, "from"); }) < pieces.size();
}

Select taken_apart(const Pieces& pieces) {
  static constexpr std::array<std::string_view, 6> behind_tables{"where", "group", "having", "order", "limit", "for"};
  const std::size_t from = find_outside(pieces, 0, [](const Piece& piece) { return is_word(piece, "from"); });
  const std::size_t end = find_outside(pieces, from, [](const Piece& piece) { return is_one_of(piece, behind_tables); });
  return {part(pieces, 1, from), part(pieces, from + 1, end), part(pieces, end, pieces.size())};
}

/// The places of ON tell which tables are joined first, so that brackets say nothing.
void simplify_tables(Pieces& tables) {
  static constexpr std::array<std::string_view, 4> without_meaning{"as", "inner", "cross", "outer"};
  static constexpr std::array<std::string_view, 5> behind_condition{"join", "left", "right", "natural", "straight_join"};
  std::erase_if(tables, [](const Piece& piece) { return is_one_of(piece, without_meaning); });
  for (std::size_t i = 0; i + 1 < tables.size(); ++i) {
    if (!is_word(tables[i], "on") || !is_symbol(tables[i + 1], "(")) continue;
    const std::size_t behind = behind_bracket(tables, i + 1);
    const bool is_all = behind == tables.size() || is_symbol(tables[behind], ")") || is_symbol(tables[behind], ",") || is_one_of(tables[behind], behind_condition);
    if (is_all) drop_bracket(tables, i + 1);
  }
  for (std::size_t i = 0; i < tables.size();) {
    const bool begins_table = i == 0 || is_word(tables[i - 1], "join") || is_symbol(tables[i - 1], ",");
    if (begins_table && is_symbol(tables[i], "(")) drop_bracket(tables, i);
    else ++i;
  }
  for (Piece& piece : tables) {
    if (is_symbol(piece, ",")) piece = {"join", true, false};
  }
}

void drop_qualifiers(Pieces& pieces, const Pieces& tables) {
  for (std::size_t i = 0; i + 2 < pieces.size(); ++i) {
    const bool is_table = pieces[i].is_name && std::any_of(tables.begin(), tables.end(), [&](const Piece& table) { return table.text == pieces[i].text; });
    const bool is_inside_of_chain = i > 0 && is_symbol(pieces[i - 1], ".");
    if (!is_table || is_inside_of_chain || !is_symbol(pieces[i + 1], ".") || !pieces[i + 2].is_name) continue;
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i), pieces.begin() + static_cast<std::ptrdiff_t>(i) + 2);
  }
}

/// `x AS x` and `t.x AS x`.
bool names_itself(const Pieces& item) {
  const std::size_t as = item.size() < 3 ? 0 : item.size() - 2;
  if (as == 0 || !is_word(item[as], "as") || !item.back().is_name || !item[as - 1].is_name || item[as - 1].text != item.back().text) return false;
  return as == 1 || (as == 3 && item[0].is_name && is_symbol(item[1], "."));
}

void simplify_list(Pieces& list) {
  static constexpr std::array<std::string_view, 2> before_items{"distinct", "all"};
  Pieces made;
  std::size_t begin = 0;
  while (begin < list.size() && is_one_of(list[begin], before_items)) made.push_back(list[begin++]);
  while (begin < list.size()) {
    const std::size_t end = find_outside(list, begin, [](const Piece& piece) { return is_symbol(piece, ","); });
    Pieces item = part(list, begin, end);
    if (names_itself(item)) item.resize(item.size() - 2);
    made.insert(made.end(), item.begin(), item.end());
    if (end < list.size()) made.push_back(list[end]);
    begin = end + 1;
  }
  list = std::move(made);
}

void simplify_everywhere(Pieces& pieces) {
  std::erase_if(pieces, [](const Piece& piece) { return is_word(piece, "asc"); });
  for (std::size_t i = 0; i + 3 < pieces.size(); ++i) {
    if (is_word(pieces[i], "count") && is_symbol(pieces[i + 1], "(") && is_symbol(pieces[i + 2], "0") && is_symbol(pieces[i + 3], ")")) pieces[i + 2].text = "*";
  }
}

Pieces simplified(Pieces pieces) {
  simplify_everywhere(pieces);
  if (!is_single(pieces)) return pieces;
  Select select = taken_apart(pieces);
  simplify_tables(select.tables);
  const bool one_table = !select.tables.empty() && select.tables.size() <= 2 && std::all_of(select.tables.begin(), select.tables.end(), [](const Piece& piece) { return piece.is_name; });
  if (one_table) {
    drop_qualifiers(select.list, select.tables);
    drop_qualifiers(select.rest, select.tables);
    select.tables.resize(1);  // its other name is used no more
  }
  simplify_list(select.list);
  Pieces made{{"select", true, false}};
  made.insert(made.end(), select.list.begin(), select.list.end());
  made.push_back({"from", true, false});
  made.insert(made.end(), select.tables.begin(), select.tables.end());
  made.insert(made.end(), select.rest.begin(), select.rest.end());
  return made;
}

}  // namespace

bool same_query(std::string_view a, const sql::Lexis& lexis_of_a, std::string_view b, const sql::Lexis& lexis_of_b) {
  return simplified(pieces_of(a, lexis_of_a)) == simplified(pieces_of(b, lexis_of_b));
}

}  // namespace plumb::diff
