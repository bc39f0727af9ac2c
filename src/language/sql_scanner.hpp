// language/sql_scanner.hpp: engine SQL passed over, without recursion, for its end and the engines' labels in it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace plumb::language {

/// By whose rules text is read.
enum class Rules { Sqlite, Mariadb, MariadbWithoutBackslashes };

/// What `mariadb:` says of a text that is read under this sql_mode (mariadb.com/kb/en/sql-mode/).
inline constexpr std::string_view no_backslash_escapes = "no_backslash_escapes";

/// `sqlite:`, `mariadb:` or `mariadb no_backslash_escapes:`, and where the text behind it begins.
struct Label {
  std::string_view engine;
  Rules rules = Rules::Sqlite;
  const char* before = nullptr;  ///< the `|`, or the name itself at the beginning
  const char* name = nullptr;
  const char* behind = nullptr;
};

bool is_sql_space(char c);
bool in_sql_word(char c);

/// A word and a colon that is not `::` or `:=`; between them may stand what says more of MariaDB.
std::optional<Label> any_label(const char* at, const char* end);

/// A string, quoted name or comment: what stands in it closes nothing.
struct Stretch {
  const char* begin = nullptr;
  const char* end = nullptr;
  bool operator==(const Stretch&) const = default;
};

/// One pass over engine SQL, without recursion.
class Scanner {
 public:
  /// `rules`: for text that is not labelled with an engine.
  Scanner(const char* begin, const char* end, Rules rules);

  /// Moves to the `)` that closes, or to the end.
  void run();

  bool closed() const { return closed_; }
  const char* at() const { return at_; }
  /// Something stood in unlabelled text that the other engine may read otherwise.
  bool may_be_disputed() const { return may_be_disputed_; }
  /// Those of the unlabelled text.
  const std::vector<Stretch>& stretches() const { return stretches_; }
  /// Strings with a word right behind them, which no SQL has: signs of a wrong reading.
  std::size_t oddities() const { return oddities_; }
  const std::vector<Label>& labels() const { return labels_; }

 private:
  void step();
  void step_over(const char* begin);

  /// Moves behind what begins here, if anything does.
  void skip_stretch();

  /// For MariaDB 5--3 is 5 - -3 (mariadb.com/kb/en/comment-syntax/).
  bool begins_line_comment();
  void dispute() { may_be_disputed_ = may_be_disputed_ || !labelled_; }

  void take_label(const char* from, const char* before);
  void skip_quoted(char close);
  void skip_line();
  void skip_block();

  const char* at_;
  const char* end_;
  Rules rules_;
  std::size_t depth_ = 1;
  bool closed_ = false;
  bool labelled_ = false;
  bool may_be_disputed_ = false;
  std::size_t oddities_ = 0;
  std::vector<Stretch> stretches_;
  std::vector<Label> labels_;
};

Scanner scanned(const char* begin, const char* end, Rules rules);

}  // namespace plumb::language
