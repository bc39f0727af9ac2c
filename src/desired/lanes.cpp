#include "desired/lanes.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

constexpr std::size_t most_sessions = 6;
constexpr std::size_t worth_it = 16;  ///< statements, below which the sessions cost more than they bring

using Tokens = std::vector<sql::Token>;

bool is_word(const Tokens& tokens, std::size_t at, std::string_view word) { return at < tokens.size() && tokens[at].kind == sql::TokenKind::Word && equal_ignoring_case(tokens[at].text, word); }

bool has_word(const Tokens& tokens, std::string_view word) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_word(tokens, i, word)) return true;
  }
  return false;
}

/// The plain name at the place; empty for one with a database before it.
std::string name_at(const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size() || (tokens[at].kind != sql::TokenKind::Word && tokens[at].kind != sql::TokenKind::QuotedName)) return {};
  if (at + 1 < tokens.size() && tokens[at + 1].text == ".") return {};
  return to_lower(sql::unquoted(tokens[at].text));
}

std::size_t behind_if_exists(const Tokens& tokens, std::size_t at) {
  if (!is_word(tokens, at, "if")) return at;
  return is_word(tokens, at + 1, "not") ? at + 3 : at + 2;
}

Concern one_table(std::string name) {
  if (name.empty()) return {};
  return {Concern::Kind::OneTable, std::move(name)};
}

/// CREATE TABLE … LIKE and … SELECT read another table.
Concern concern_of_create(const Tokens& tokens) {
  if (is_word(tokens, 1, "table")) return has_word(tokens, "like") || has_word(tokens, "select") ? Concern() : one_table(name_at(tokens, behind_if_exists(tokens, 2)));
  const bool has_kind = is_word(tokens, 1, "unique") || is_word(tokens, 1, "fulltext") || is_word(tokens, 1, "spatial");
  if (!is_word(tokens, has_kind ? 2 : 1, "index")) return {};
  for (std::size_t i = 2; i < tokens.size() && tokens[i].text != "("; ++i) {
    if (is_word(tokens, i, "on")) return one_table(name_at(tokens, i + 1));
  }
  return {};
}

Concern concern_of_alter(const Tokens& tokens) {
  if (!is_word(tokens, 1, "table") || has_word(tokens, "rename") || has_word(tokens, "exchange")) return {};
  if (has_word(tokens, "references")) return {};  // the other table has its keys first
  return one_table(name_at(tokens, behind_if_exists(tokens, 2)));
}

Concern concern_of_drop(const Tokens& tokens) {
  if (!is_word(tokens, 1, "table")) return {};
  const std::size_t at = behind_if_exists(tokens, 2);
  return at + 1 == tokens.size() ? one_table(name_at(tokens, at)) : Concern();
}

}  // namespace

Concern concern_of(std::string_view statement) {
  const Tokens tokens = sql::tokenize(statement, sql::mariadb_lexis);
  if (is_word(tokens, 0, "set")) return {Concern::Kind::Setting, {}};
  if (is_word(tokens, 0, "create")) return concern_of_create(tokens);
  if (is_word(tokens, 0, "alter")) return concern_of_alter(tokens);
  if (is_word(tokens, 0, "drop")) return concern_of_drop(tokens);
  return {};
}

bool Lanes::take(const std::string& statement) {
  const Concern concern = concern_of(statement);
  if (concern.kind == Concern::Kind::Anything) return false;
  statements_.push_back({statement, concern.table});
  return true;
}

bool Lanes::run_in(db::Connection& session, const std::vector<const Taken*>& work) {
  try {
    for (const Taken* taken : work) session.execute(taken->sql);
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

bool Lanes::open_sessions() {
  try {
    while (sessions_.size() < most_sessions) {
      auto session = scratch_.connect();
      session->execute(first_);
      for (const std::string& setting : settings_) session->execute(setting);
      sessions_.push_back(std::move(session));
    }
  } catch (const DatabaseError&) {
    // fewer will do
  }
  return !sessions_.empty();
}

bool Lanes::run_side_by_side(const std::vector<Taken>& statements) {
  std::map<std::string, std::size_t> lanes;
  std::vector<std::vector<const Taken*>> work(sessions_.size());
  for (const Taken& taken : statements) {
    if (taken.table.empty()) {
      for (auto& lane : work) lane.push_back(&taken);
    } else {
      work[lanes.emplace(taken.table, lanes.size() % sessions_.size()).first->second].push_back(&taken);
    }
  }
  std::atomic<bool> failed = false;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < work.size(); ++i) {
    threads.emplace_back([&, i] {
      if (!run_in(*sessions_[i], work[i])) failed = true;
    });
  }
  threads.clear();  // waits for them
  return !failed;
}

bool Lanes::finish(db::Connection& main) {
  const std::vector<Taken> statements = std::exchange(statements_, {});
  std::vector<const Taken*> for_main;
  for (const Taken& taken : statements) {
    if (taken.table.empty()) for_main.push_back(&taken);
  }
  if (statements.size() - for_main.size() < worth_it) {
    for_main.clear();
    sessions_.clear();  // they would miss these settings; new ones get them all
    for (const Taken& taken : statements) for_main.push_back(&taken);
  } else if (!open_sessions() || !run_side_by_side(statements)) {
    return false;
  }
  for (const Taken& taken : statements) {
    if (taken.table.empty()) settings_.push_back(taken.sql);
  }
  return run_in(main, for_main);
}

}  // namespace plumb::desired
