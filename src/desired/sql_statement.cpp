#include "desired/sql_statement.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

using sql::Token;
using sql::TokenKind;

bool is_word(const Token& token, std::string_view word) { return token.kind == TokenKind::Word && equal_ignoring_case(token.text, word); }

bool among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return equal_ignoring_case(one, word); });
}

/// The first tokens alone: a statement with rows may be very long.
std::vector<Token> head(std::string_view statement, const sql::Lexis& lexis, std::size_t count) {
  std::vector<Token> tokens;
  for (Token t = sql::next_token(statement, 0, lexis); !t.text.empty() && tokens.size() < count; t = sql::next_token(statement, t.offset + t.text.size(), lexis)) {
    if (t.kind != TokenKind::Comment) tokens.push_back(t);
  }
  return tokens;
}

/// Reads tokens from the front; past the end it gives empty ones.
class Walk {
 public:
  explicit Walk(const std::vector<Token>& tokens) : tokens_(tokens) {}
  const Token& at(std::size_t ahead = 0) const {
    static const Token none;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : none;
  }
  bool take(std::string_view word) {
    if (!is_word(at(), word)) return false;
    ++at_;
    return true;
  }
  void skip() { ++at_; }
  void skip_if_exists() {
    if (take("if")) {
      take("not");
      take("exists");
    }
  }
  std::size_t position() const { return at_; }
  bool at_end() const { return at_ >= tokens_.size(); }
  /// The last part of a name that may be qualified; empty where none stands.
  std::string take_name() {
    if (!is_name(at()) && at().kind != TokenKind::String) return {};
    std::string name = sql::unquoted(at().text);
    skip();
    while (at().text == "." && (is_name(at(1)) || at(1).kind == TokenKind::String)) {
      name = sql::unquoted(at(1).text);
      skip();
      skip();
    }
    return name;
  }

 private:
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

StatementMeaning meaning(StatementUse use, std::string reason = {}) {
  StatementMeaning made;
  made.use = use;
  made.reason = std::move(reason);
  return made;
}

std::string beginning(std::string_view statement) {
  std::string text(statement.substr(0, std::min<std::size_t>(statement.size(), 200)));
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return "`" + shortened(text, 60) + "`";
}

StatementMeaning unknown_statement(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = closest_match(to_upper(word), known);
  return meaning(StatementUse::Refuse, "a description has no use for a statement that begins with `" + std::string(word) + "`" +
                                           (near.empty() ? "; it is made of CREATE, ALTER, DROP and RENAME" : "; did you mean `" + near + "`?"));
}

/// A change of the text at a place; applied from the back.
struct Edit {
  std::size_t offset;
  std::size_t length;
  std::string text;
};

std::string edited(std::string_view text, std::vector<Edit> edits) {
  std::string out(text);
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.offset > b.offset; });
  for (const Edit& edit : edits) out.replace(edit.offset, edit.length, edit.text);
  return out;
}

// ---- MariaDB ----

std::string backquoted(std::string_view name) { return sql::quote_name(name, sql::Quoting::Backquotes); }

/// What stands between CREATE and the noun is passed over: OR REPLACE, ALGORITHM=…, DEFINER=…, UNIQUE.
class CreateHead {
 public:
  explicit CreateHead(const std::vector<Token>& tokens) : tokens_(tokens) {
    for (std::size_t i = 1; i < tokens.size() && i < 24; ++i) {
      if (is_word(tokens[i], "definer") && i + 1 < tokens.size() && tokens[i + 1].text == "=") {
        i = take_definer(i);
        continue;
      }
      if (tokens[i].kind == TokenKind::Word && among(tokens[i].text, {"table", "view", "trigger", "index", "sequence", "procedure", "function", "event", "database", "schema", "user",
                                                                      "role", "server", "package", "tablespace"})) {
        noun_ = i;
        return;
      }
    }
  }
  /// 0: none was found.
  std::size_t noun() const { return noun_; }
  std::string word() const { return noun_ == 0 ? std::string() : to_lower(tokens_[noun_].text); }
  const std::string& definer() const { return definer_; }
  std::optional<Edit> without_definer() const { return edit_; }

 private:
  std::size_t take_definer(std::size_t at) {
    std::size_t last = at + 2;  // the user
    if (last >= tokens_.size()) return at;
    const bool is_current = among(tokens_[last].text, {"current_user", "current_role"});
    if (is_current && last + 2 < tokens_.size() && tokens_[last + 1].text == "(") last += 2;
    if (!is_current) {
      definer_ = backquoted(sql::unquoted(tokens_[last].text));
      if (last + 2 < tokens_.size() && tokens_[last + 1].text == "@") {
        last += 2;
        definer_ += "@" + backquoted(sql::unquoted(tokens_[last].text));
      } else {
        definer_ += "@`%`";
      }
    }
    // a version comment that begins between the parts keeps its beginning: /*!50017 DEFINER=… */
    edit_ = Edit{tokens_[at].offset, tokens_[last].offset + tokens_[last].text.size() - tokens_[at].offset, ""};
    return last;
  }

  const std::vector<Token>& tokens_;
  std::size_t noun_ = 0;
  std::string definer_;
  std::optional<Edit> edit_;
};

/// Where names of tables stand, and what to do with the database before them.
class Qualifiers {
 public:
  Qualifiers(const std::vector<Token>& tokens, std::string_view database, std::vector<Edit>& edits) : tokens_(tokens), database_(database), edits_(edits) {}

  /// Takes the described database's name away in [from, to). `words`: what stands before the name of an object. Gives
  /// the first other database that is named.
  std::string settle(std::size_t from, std::size_t to, std::initializer_list<std::string_view> words) {
    std::string other;
    for (std::size_t i = from; i + 2 < tokens_.size() && i < to; ++i) {
      if (!is_name(tokens_[i]) || tokens_[i + 1].text != "." || !is_name(tokens_[i + 2]) || (i > 0 && (tokens_[i - 1].text == "." || tokens_[i - 1].text == "@"))) continue;
      const bool three_parts = i + 4 < tokens_.size() && tokens_[i + 3].text == "." && (is_name(tokens_[i + 4]) || tokens_[i + 4].text == "*");
      const bool object = three_parts || stands_behind(i, words);
      if (!object) continue;
      const std::string name = sql::unquoted(tokens_[i].text);
      if (name == database_) edits_.push_back({tokens_[i].offset, tokens_[i + 2].offset - tokens_[i].offset, ""});
      else if (other.empty()) other = name;
    }
    return other;
  }

 private:
  bool stands_behind(std::size_t i, std::initializer_list<std::string_view> words) const {
    if (i == 0) return false;
    const Token& before = tokens_[i - 1];
    if (i > 1 && ((before.text == "(" && among(tokens_[i - 2].text, {"nextval", "lastval", "setval"})) || (is_word(before, "for") && is_word(tokens_[i - 2], "value")))) return true;  // a sequence
    if (before.kind == TokenKind::Word) return among(before.text, words);
    return before.text == "," && std::find(words.begin(), words.end(), ",") != words.end();
  }

  const std::vector<Token>& tokens_;
  std::string_view database_;
  std::vector<Edit>& edits_;
};

StatementMeaning other_database(const std::string& name, std::string_view database) {
  return meaning(StatementUse::Refuse, "it names the database `" + name + "`, and a description is about one database" +
                                           (database.empty() ? std::string() : " (`" + std::string(database) + "`)") + "; nothing outside of it is ever touched");
}

std::size_t position_of(const std::vector<Token>& tokens, std::size_t from, std::string_view word) {
  for (std::size_t i = from; i < tokens.size(); ++i) {
    if (is_word(tokens[i], word)) return i;
  }
  return tokens.size();
}

ObjectKind kind_of(std::string_view noun) {
  static const std::map<std::string_view, ObjectKind> kinds{{"table", ObjectKind::Table}, {"view", ObjectKind::View}, {"trigger", ObjectKind::Trigger}, {"index", ObjectKind::Index}};
  const auto found = kinds.find(noun);
  return found == kinds.end() ? ObjectKind::None : found->second;
}

/// What another program has called so would never be looked at. plumb's own tables stand in every dump.
bool is_reserved(const std::string& name) {
  const std::string lower = to_lower(name);
  return lower.starts_with("plumb_") && !lower.starts_with("plumb_attic_") && !among(lower, {"plumb_history", "plumb_journal", "plumb_once", "plumb_syncs", "plumb_master"});
}

StatementMeaning reserved_name(const std::string& name) { return meaning(StatementUse::Refuse, "`" + name + "` cannot be described: names that begin with `plumb_` are those of plumb's own tables"); }

/// CREATE DATABASE and ALTER DATABASE say the defaults of the described database.
StatementMeaning database_options(std::string_view statement, const std::vector<Token>& tokens, std::size_t noun, std::string_view database, std::string_view scratch) {
  Walk walk(tokens);
  while (walk.position() <= noun) walk.skip();
  walk.skip_if_exists();
  const std::string name = walk.take_name();
  if (name != database) return other_database(name, database);
  if (walk.at_end()) return meaning(StatementUse::Pass);
  // from the first option on, with the opening of a version comment that stands before it
  std::size_t begin = walk.at().offset;
  const std::size_t opening = statement.rfind("/*!", begin);
  const Token& before = tokens[walk.position() - 1];
  if (opening != std::string_view::npos && opening >= before.offset + before.text.size()) begin = opening;
  StatementMeaning made;
  made.sql = "ALTER DATABASE " + backquoted(scratch) + " " + std::string(statement.substr(begin));
  return made;
}

StatementMeaning mariadb_create(std::string_view statement, const std::vector<Token>& tokens, std::string_view database, std::string_view scratch) {
  const CreateHead create(tokens);
  const std::string noun = create.word();
  if (noun == "database" || noun == "schema") return database_options(statement, tokens, create.noun(), database, scratch);
  if (noun == "user" || noun == "role") return meaning(StatementUse::PassAloud, "passed over: users and rights are not a part of a description");
  if (noun == "event") return meaning(StatementUse::PassAloud, "passed over: events are not a part of a description");
  if (noun == "server" || noun == "tablespace" || noun.empty()) {
    return meaning(StatementUse::Refuse, "plumb does not know what " + beginning(statement) + " creates");
  }
  StatementMeaning made;
  std::vector<Edit> edits;
  Qualifiers qualifiers(tokens, database, edits);
  Walk walk(tokens);
  while (walk.position() <= create.noun()) walk.skip();
  if (noun == "package") walk.take("body");
  walk.skip_if_exists();
  made.creates = kind_of(noun);
  made.definer = create.definer();
  const std::size_t name_at = walk.position();
  made.name = walk.take_name();
  std::string other;
  if (walk.position() > name_at + 1) {  // the object's own name is qualified
    const std::string qualifier = sql::unquoted(tokens[name_at].text);
    if (qualifier == database) edits.push_back({tokens[name_at].offset, tokens[name_at + 2].offset - tokens[name_at].offset, ""});
    else other = qualifier;
  }
  if (among(noun, {"table", "view", "sequence"}) && is_reserved(made.name)) return reserved_name(made.name);
  const std::size_t rest = walk.position();
  if (noun == "table") {
    const std::size_t select = position_of(tokens, rest, "select");
    if (other.empty()) other = qualifiers.settle(rest, select, {"references", "like"});
    if (other.empty()) other = qualifiers.settle(select, tokens.size(), {"from", "join"});
  } else if (noun == "view") {
    qualifiers.settle(rest, tokens.size(), {"from", "join"});  // to read from another database is a view's own affair
  } else if (noun == "trigger" || noun == "index") {
    const std::size_t on = position_of(tokens, rest, "on");
    if (other.empty()) other = qualifiers.settle(on, std::min(on + 2, tokens.size()), {"on"});
  } else if (noun == "function" && position_of(tokens, rest, "soname") < tokens.size()) {
    return meaning(StatementUse::Refuse, "a function of a library belongs to the whole server, not to a database");
  }
  if (!other.empty()) return other_database(other, database);
  if (noun == "function" || noun == "procedure" || noun == "package") made.reason = "functions and procedures are not a part of a description; the database keeps those that it has";
  if (const auto edit = create.without_definer()) edits.push_back(*edit);
  made.sql = edited(statement, std::move(edits));
  return made;
}

StatementMeaning mariadb_change(std::string_view statement, const std::vector<Token>& tokens, std::string_view database, std::string_view scratch) {
  std::size_t noun = 1;
  while (noun < tokens.size() && among(tokens[noun].text, {"online", "offline", "ignore", "temporary", "definer", "algorithm", "or", "replace"})) ++noun;
  const std::string word = noun < tokens.size() ? to_lower(tokens[noun].text) : std::string();
  const bool is_drop = is_word(tokens[0], "drop");
  if (word == "database" || word == "schema") {
    if (is_drop) return meaning(StatementUse::Pass);  // the scratch database is empty at the beginning
    return database_options(statement, tokens, noun, database, scratch);
  }
  if (word == "user" || word == "role") return meaning(StatementUse::PassAloud, "passed over: users and rights are not a part of a description");
  if (word == "event") return meaning(StatementUse::PassAloud, "passed over: events are not a part of a description");
  if (!among(word, {"table", "tables", "view", "trigger", "index", "sequence", "procedure", "function", "package", "algorithm", "sql", "=", "definer"})) {
    return meaning(StatementUse::Refuse, "plumb does not know what " + beginning(statement) + " does");
  }
  StatementMeaning made;
  std::vector<Edit> edits;
  Qualifiers qualifiers(tokens, database, edits);
  std::string other;
  if (word == "view" || word == "algorithm" || word == "sql" || word == "definer") {
    other = qualifiers.settle(0, position_of(tokens, 0, "as"), {"view", "exists", ","});
    qualifiers.settle(position_of(tokens, 0, "as"), tokens.size(), {"from", "join"});
  } else {
    other = qualifiers.settle(1, tokens.size(), {"table", "tables", "view", "trigger", "index", "sequence", "procedure", "function", "exists", "ignore", "on", "to", "rename", "as", "references", ","});
  }
  if (!other.empty()) return other_database(other, database);
  made.sql = edited(statement, std::move(edits));
  return made;
}

StatementMeaning mariadb_set(std::string_view statement, const std::vector<Token>& tokens) {
  const std::string first = tokens.size() > 1 ? to_lower(tokens[1].text) : std::string();
  if (first == "password" || first == "role" || (first == "default" && tokens.size() > 2 && is_word(tokens[2], "role"))) {
    return meaning(StatementUse::PassAloud, "passed over: users and rights are not a part of a description");
  }
  if (first == "statement") return meaning(StatementUse::Refuse, "write the statement without SET STATEMENT … FOR");
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const Token& before = tokens[i - 1];
    const bool begins = is_word(before, "set") || before.text == "," || before.text == "@";
    if (begins && tokens[i].kind == TokenKind::Word && among(tokens[i].text, {"global", "persist", "persist_only"})) {
      return meaning(StatementUse::PassAloud, "passed over: a setting of the whole server is not changed for a description");
    }
  }
  StatementMeaning made;
  made.sql = std::string(statement);
  return made;
}

// ---- SQLite ----

bool is_of_sqlite(std::string_view name) { return to_lower(name).starts_with("sqlite_"); }

/// `.dump` writes a virtual table as a row of the schema, which needs writable_schema; the row holds its CREATE.
std::string virtual_table_of_dump(std::string_view statement) {
  const auto tokens = sql::tokenize(statement, sql::sqlite_lexis);
  std::string last;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::String) last = sql::unquoted(token.text);
  }
  return last;
}

StatementMeaning sqlite_create(std::string_view statement, const std::vector<Token>& tokens) {
  Walk walk(tokens);
  walk.skip();
  const bool temporary = walk.take("temp") || walk.take("temporary");
  walk.take("unique");
  const bool is_virtual = walk.take("virtual");
  const std::string noun = to_lower(walk.at().text);
  if (!among(noun, {"table", "view", "trigger", "index"})) return meaning(StatementUse::Refuse, "SQLite creates no `" + std::string(walk.at().text) + "`");
  walk.skip();
  walk.skip_if_exists();
  StatementMeaning made;
  if (temporary) {  // others of its file use it and drop it; it is no part of what is read
    made.sql = std::string(statement);
    return made;
  }
  made.creates = is_virtual ? ObjectKind::None : kind_of(noun);
  const Token schema = walk.at();
  const bool qualified = walk.at(1).text == ".";
  made.name = walk.take_name();
  if (is_of_sqlite(made.name)) return meaning(StatementUse::Pass);  // the engine's own
  if (among(noun, {"table", "view"}) && is_reserved(made.name)) return reserved_name(made.name);
  if (qualified && !equal_ignoring_case(sql::unquoted(schema.text), "main")) {
    return meaning(StatementUse::Refuse, "it names the database `" + sql::unquoted(schema.text) + "`, and a description is about one database");
  }
  made.sql = std::string(statement);
  return made;
}

}  // namespace

std::string named_database(std::string_view statement) {
  const auto tokens = head(statement, sql::mariadb_lexis, 12);
  Walk walk(tokens);
  if (walk.take("use")) return walk.take_name();
  if (!walk.take("create")) return {};
  if (walk.take("or")) walk.take("replace");
  if (!walk.take("database") && !walk.take("schema")) return {};
  walk.skip_if_exists();
  return walk.take_name();
}

StatementMeaning mariadb_meaning(std::string_view statement, std::string_view database, std::string_view scratch) {
  const auto first = head(statement, sql::mariadb_lexis, 1);
  if (first.empty()) return meaning(StatementUse::Pass);
  const std::string word = to_lower(first[0].text);
  if (among(word, {"insert", "replace", "update", "delete", "truncate", "load", "lock", "unlock", "start", "begin", "commit", "rollback", "savepoint", "release", "analyze", "optimize",
                   "check", "repair", "checksum", "select", "values", "with", "do", "show", "explain", "describe", "desc", "handler", "flush", "use", "(", "xa", "help"})) {
    return meaning(StatementUse::Pass);
  }
  if (word == "grant" || word == "revoke") return meaning(StatementUse::PassAloud, "passed over: users and rights are not a part of a description");
  const auto tokens = sql::tokenize(statement, sql::mariadb_lexis);
  if (word == "set") return mariadb_set(statement, tokens);
  if (word == "create") return mariadb_create(statement, tokens, database, scratch);
  if (word == "alter" || word == "drop" || word == "rename") return mariadb_change(statement, tokens, database, scratch);
  return unknown_statement(first[0].text, {"CREATE", "ALTER", "DROP", "RENAME", "SET", "INSERT", "DELIMITER", "USE"});
}

StatementMeaning sqlite_meaning(std::string_view statement) {
  auto tokens = head(statement, sql::sqlite_lexis, 10);
  if (tokens.empty()) return meaning(StatementUse::Pass);
  const std::string word = to_lower(tokens[0].text);
  if (word == "insert" && tokens.size() > 2 && is_word(tokens[1], "into") && among(sql::unquoted(tokens[2].text), {"sqlite_schema", "sqlite_master"})) {
    StatementMeaning made;
    made.sql = virtual_table_of_dump(statement);
    const auto created = head(made.sql, sql::sqlite_lexis, 2);
    const bool is_virtual = created.size() == 2 && is_word(created[0], "create") && is_word(created[1], "virtual");
    return is_virtual ? made : meaning(StatementUse::Refuse, "plumb writes no rows of the schema by hand");
  }
  if (among(word, {"insert", "replace", "update", "delete", "begin", "commit", "end", "rollback", "savepoint", "release", "pragma", "analyze", "reindex", "vacuum", "select", "values", "with", "explain"})) {
    return meaning(StatementUse::Pass);
  }
  if (word == "attach" || word == "detach") return meaning(StatementUse::Refuse, "a description is about one database; no other file is opened");
  if (word == "create") return sqlite_create(statement, tokens);
  if (word == "alter" || word == "drop") {
    StatementMeaning made;
    made.sql = std::string(statement);
    return made;
  }
  return unknown_statement(tokens[0].text, {"CREATE", "ALTER", "DROP", "INSERT", "PRAGMA", "BEGIN", "COMMIT"});
}

}  // namespace plumb::desired
