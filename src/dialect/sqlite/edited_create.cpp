#include "dialect/sqlite/edited_create.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "diff/fingerprint.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "dialect/sqlite/stored_create_grammar.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "sql/tokens.hpp"

namespace plumb::sqlite {
namespace {

namespace ast = stored::ast;

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

/// A column or table constraint as it stands between its commas.
struct Element {
  std::string_view lead;    ///< blanks and comments before it
  std::string_view body;    ///< from its first token to its last
  std::string_view tail;    ///< blanks and comments up to the comma or the closing bracket
  std::string_view remark;  ///< a comment behind the comma that ends the line
};

struct Layout {
  std::string_view head;  ///< from behind the table's name to the opening bracket, and a comment that ends that line
  std::vector<Element> elements;
  std::string_view foot;  ///< from the closing bracket on
};

/// The end of the comments that stand at `at` and are the last thing on the line; `at` where there are none.
const char* behind_remark(const char* at, const char* end) {
  const char* place = at;
  for (;;) {
    while (place < end && (*place == ' ' || *place == '\t')) ++place;
    if (place == end) return at;
    if (*place == '\n') return place;
    if (between(place, end).starts_with("--")) {
      const char* const line_end = std::find(place, end, '\n');
      return line_end == end ? end : line_end + 1;
    }
    if (!between(place, end).starts_with("/*")) return at;
    const std::size_t close = between(place + 2, end).find("*/");
    if (close == std::string_view::npos) return at;
    place += close + 4;
  }
}

/// Takes the text between the brackets apart. Nothing where there are none.
class LayoutReader {
 public:
  LayoutReader(const char* at, const char* end) : begin_(at), at_(at), end_(end) {}

  std::optional<Layout> read() {
    at_ = stored::skip_blanks(at_, end_);
    if (at_ == end_ || *at_ != '(') return std::nullopt;
    ++at_;
    start_ = behind_remark(at_, end_);
    layout_.head = between(begin_, start_);
    while (at_ != nullptr && !closed_) read_element();
    if (at_ == nullptr) return std::nullopt;
    layout_.foot = between(at_, end_);
    return std::move(layout_);
  }

 private:
  void read_element() {
    Element element;
    const char* const body = stored::skip_blanks(start_, end_);
    element.lead = between(start_, body);
    const char* last = body;
    std::size_t depth = 0;
    for (const char* place = body;; place = stored::skip_blanks(last, end_)) {
      const stored::Token token = stored::token_at(place, end_);
      if (token.kind == stored::Lexeme::End || token.kind == stored::Lexeme::Illegal) {
        at_ = nullptr;
        return;
      }
      if (depth == 0 && (token.text == "," || token.text == ")")) {
        element.body = between(body, last);
        element.tail = between(last, place);
        closed_ = token.text == ")";
        at_ = start_ = place;
        if (!closed_) {
          start_ = behind_remark(place + 1, end_);
          element.remark = between(place + 1, start_);
        }
        layout_.elements.push_back(element);
        return;
      }
      if (token.text == "(") ++depth;
      if (token.text == ")") --depth;
      last = token.text.data() + token.text.size();
    }
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* start_ = nullptr;  ///< of the element to come
  bool closed_ = false;
  Layout layout_;
};

/// How many of the table's keys an element of the text holds.
struct Holds {
  bool primary_key = false;
  std::size_t uniques = 0;
  std::size_t foreign_keys = 0;
  std::size_t checks = 0;  ///< of the table; a column's own count with the column

  std::size_t all() const { return (primary_key ? 1U : 0U) + uniques + foreign_keys + checks; }
};

struct Counter {
  Holds& holds;
  void operator()(const ast::ColumnPrimaryKey&) const { holds.primary_key = true; }
  void operator()(const ast::TablePrimaryKey&) const { holds.primary_key = true; }
  void operator()(const ast::ColumnUnique&) const { ++holds.uniques; }
  void operator()(const ast::TableUnique&) const { ++holds.uniques; }
  void operator()(const ast::References&) const { ++holds.foreign_keys; }
  void operator()(const ast::ForeignKey&) const { ++holds.foreign_keys; }
  void operator()(const ast::TableCheck&) const { ++holds.checks; }
  template <class Other>
  void operator()(const Other&) const {}
};

/// What each element of the text holds, columns first.
std::vector<Holds> holdings(const ast::Table& tree) {
  std::vector<Holds> all;
  for (const auto& column : tree.columns) {
    Holds& holds = all.emplace_back();
    for (const auto& clause : column.clauses) std::visit(Counter{holds}, clause);
  }
  if (!tree.clauses.empty()) all.emplace_back();
  for (const auto& clause : tree.clauses) {
    if (std::holds_alternative<ast::Comma>(clause)) {
      all.emplace_back();
    } else {
      std::visit(Counter{all.back()}, clause);
    }
  }
  return all;
}

Table without_indexes_of_their_own(Table table) {
  std::erase_if(table.indexes, [](const Index& index) { return !index.constraint; });
  return table;
}

std::string dump(const Table& table) { return diff::dump(table, sql::sqlite_lexis); }

/// One element of the new text.
struct Piece {
  Element from;      ///< as it stood; an empty body: it is new
  std::string body;
  bool was_last = false;
};

class Editor {
 public:
  /// Requires: `read` is what the text says.
  Editor(const Layout& layout, std::vector<Holds> holds, const Table& read, const Table& after)
      : layout_(layout), holds_(std::move(holds)), read_(read), rest_(without_indexes_of_their_own(after)) {}

  std::string edited(std::string_view name) {
    for (const Column& column : std::vector<Column>(std::move(rest_.columns))) add_column(column);
    rest_.columns.clear();
    for (std::size_t i = read_.columns.size(); i < holds_.size(); ++i) {
      if (take_keys(i)) pieces_.push_back({layout_.elements[i], std::string(layout_.elements[i].body), is_last(i)});
    }
    for (auto& line : constraint_lines(rest_)) pieces_.push_back({{}, std::move(line), false});
    return written(name);
  }

 private:
  bool is_last(std::size_t number) const { return number + 1 == layout_.elements.size(); }

  /// Takes what the element holds out of what is left to write; false, and nothing is taken, when it is not wanted.
  bool take_keys(std::size_t number) {
    const Holds before = sum_before(number);
    const Holds& mine = holds_[number];
    Table rest = rest_;
    if (mine.primary_key) {
      if (rest.primary_key != read_.primary_key) return false;
      rest.primary_key.reset();
    }
    const auto take = [](auto& left, const auto& read, std::size_t from, std::size_t count) {
      for (std::size_t i = from; i < from + count; ++i) {
        const auto found = std::find(left.begin(), left.end(), read[i]);
        if (found == left.end()) return false;
        left.erase(found);
      }
      return true;
    };
    if (!take(rest.indexes, read_.indexes, before.uniques, mine.uniques) || !take(rest.foreign_keys, read_.foreign_keys, before.foreign_keys, mine.foreign_keys) ||
        !take(rest.checks, read_.checks, before.checks, mine.checks)) {
      return false;
    }
    rest_ = std::move(rest);
    return true;
  }

  Holds sum_before(std::size_t number) const {
    Holds sum;
    for (std::size_t i = 0; i < number; ++i) {
      sum.uniques += holds_[i].uniques;
      sum.foreign_keys += holds_[i].foreign_keys;
      sum.checks += holds_[i].checks;
    }
    return sum;
  }

  void add_column(const Column& column) {
    const auto same_name = [&](const Column& old) { return old.name == column.name; };
    const auto old = std::find_if(read_.columns.begin(), read_.columns.end(), same_name);
    if (old == read_.columns.end()) {
      pieces_.push_back({{}, definition(column), false});
      return;
    }
    const auto number = static_cast<std::size_t>(old - read_.columns.begin());
    const Element& element = layout_.elements[number];
    const bool stays = *old == column && take_keys(number);
    pieces_.push_back({element, stays ? std::string(element.body) : definition(column), is_last(number)});
  }

  /// The column from the model, with the primary key where it must stand on the column's line.
  std::string definition(const Column& column) {
    const PrimaryKey* key = key_of_column(rest_, column);
    std::string text = column_definition(column, key);
    if (key != nullptr) rest_.primary_key.reset();
    return text;
  }

  std::string written(std::string_view name) const {
    std::string text = "CREATE TABLE " + quoted(name);
    text += layout_.head;
    const bool on_lines = std::any_of(layout_.elements.begin(), layout_.elements.end(), [](const Element& e) { return e.lead.find('\n') != std::string_view::npos; }) ||
                          layout_.head.find('\n') != std::string_view::npos;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      const bool last = i + 1 == pieces_.size();
      if (!piece.from.body.empty()) {
        text += piece.from.lead;
      } else if (on_lines) {
        text += text.back() == '\n' ? "  " : "\n  ";
      } else if (i != 0) {
        text += " ";
      }
      text += piece.body;
      if (piece.was_last) {
        if (!last) text += ",";
        if (last || !without_comments(piece.from.tail)) text += piece.from.tail;
      } else {
        text += piece.from.tail;
        if (!last) text += ",";
        text += piece.from.remark;
      }
    }
    const bool as_it_ended = !pieces_.empty() && pieces_.back().was_last;
    if (on_lines && !as_it_ended && text.back() != '\n') text += "\n";
    return text + foot();
  }

  static bool without_comments(std::string_view blanks) { return blanks.find("--") == std::string_view::npos && blanks.find("/*") == std::string_view::npos; }

  std::string foot() const {
    const auto options = [](const Table& table) {
      const auto found = table.options.find("sqlite");
      return found == table.options.end() ? Options() : found->second;
    };
    return options(rest_) == options(read_) ? std::string(layout_.foot) : ")" + options_text(rest_);
  }

  const Layout& layout_;
  std::vector<Holds> holds_;
  const Table& read_;
  Table rest_;  ///< what the new table has and no piece yet
  std::vector<Piece> pieces_;
};

}  // namespace

std::optional<std::string> edited_create_table(const Table& before, const Table& after, std::string_view name) {
  const std::string& text = before.written.text;
  if (text.empty()) return std::nullopt;
  const auto parsed = stored::parse_create(text);
  const auto* create = std::get_if<ast::Create>(&parsed);
  const auto* tree = create == nullptr ? nullptr : std::get_if<ast::Table>(create);
  StoredObject object = parse_stored_create(text);
  auto* read = std::get_if<Table>(&object);
  if (tree == nullptr || read == nullptr) return std::nullopt;
  read->name = before.name;
  if (dump(*read) != dump(without_indexes_of_their_own(before))) return std::nullopt;  // renamed since it was stored

  const auto layout = LayoutReader(tree->name.text.data() + tree->name.text.size(), text.data() + text.size()).read();
  std::vector<Holds> holds = holdings(*tree);
  if (!layout || layout->elements.size() != holds.size()) return std::nullopt;
  const std::string edited = stored::verbatim(Editor(*layout, std::move(holds), *read, after).edited(name));

  const StoredObject outcome = parse_stored_create(edited);
  const StoredObject wanted = parse_stored_create(create_table(after, name));
  const auto* made = std::get_if<Table>(&outcome);
  const auto* meant = std::get_if<Table>(&wanted);
  if (made == nullptr || meant == nullptr || dump(*made) != dump(*meant)) return std::nullopt;
  return edited;
}

}  // namespace plumb::sqlite
