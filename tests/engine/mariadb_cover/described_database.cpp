#include "described_database.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

#include "support/text.hpp"

namespace plumb::test {
namespace {

std::string quoted(const std::string& name) { return "`" + replace_all(name, "`", "``") + "`"; }

std::string shown(db::Connection& connection, const std::string& what, const std::string& name, std::size_t column) {
  return db::as_text(connection.query("SHOW CREATE " + what + " " + quoted(name)).rows.at(0).at(column));
}

/// The server prints secondary keys in the order in which they were made.
std::string keys_in_order(const std::string& text) {
  std::istringstream given(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(given, line);) lines.push_back(line);
  const auto is_key = [](const std::string& line) { return line.starts_with("  KEY "); };
  const auto first = std::find_if(lines.begin(), lines.end(), is_key);
  const auto last = std::find_if_not(first, lines.end(), is_key);
  for (auto line = first; line != last; ++line) {
    if (line->ends_with(',')) line->pop_back();
  }
  std::sort(first, last);
  return join(lines, "\n");
}

}  // namespace

std::map<std::string, std::string> definitions_of(const Workplace& place) {
  std::map<std::string, std::string> definitions;
  const auto connection = place.connect();
  connection->execute("SET SESSION sql_mode = ''");
  const std::string own_name = quoted(connection->database()) + ".";
  const auto take = [&](const std::string& kind, const std::string& name, std::string text) {
    static const std::regex counter(" AUTO_INCREMENT=[0-9]+");
    definitions[kind + " " + name] = keys_in_order(replace_all(std::regex_replace(text, counter, ""), own_name, ""));
  };
  for (const auto& row : connection->query("SHOW FULL TABLES").rows) {
    const std::string name = db::as_text(row[0]);
    if (name.starts_with("plumb_")) continue;
    const bool is_view = db::as_text(row[1]) == "VIEW";
    take(is_view ? "view" : "table", name, shown(*connection, is_view ? "VIEW" : "TABLE", name, 1));
  }
  for (const auto& row : connection->query("SELECT TRIGGER_NAME, concat_ws(' ', ACTION_TIMING, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER, DEFINER, SQL_MODE)"
                                           " FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()").rows) {
    // information_schema shows bodies without the backslashes of their strings
    static const std::regex head("^[^]*?for each row ", std::regex::icase);
    take("trigger", db::as_text(row[0]), db::as_text(row[1]) + " " + std::regex_replace(shown(*connection, "TRIGGER", db::as_text(row[0]), 2), head, ""));
  }
  for (const auto& row : connection->query("SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()").rows) {
    take(to_lower(db::as_text(row[0])), db::as_text(row[1]), shown(*connection, db::as_text(row[0]), db::as_text(row[1]), 2));
  }
  for (const auto& row : connection->query("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()").rows) {
    take("event", db::as_text(row[0]), shown(*connection, "EVENT", db::as_text(row[0]), 3));
  }
  return definitions;
}

DescribedDatabase::DescribedDatabase(const std::string& sql) {
  place_.sql(sql);
  const auto before = definitions_of(place_);
  const auto inspected = place_.plumb_on_db({"inspect", "-o", "described.plumb"});
  EXPECT_TRUE(ended_with(0, inspected));
  remarks_ = replace_all(inspected.err, "wrote described.plumb\n", "");
  description_ = place_.read("described.plumb");
  EXPECT_EQ(definitions_of(place_), before) << "inspect changed the database";
}

void DescribedDatabase::expect_no_difference(const std::vector<std::pair<std::string, std::string>>& renamed) {
  const auto planned = place_.plumb_on_db({"plan", "--to", "described.plumb"});
  EXPECT_TRUE(ended_with(0, planned));
  EXPECT_TRUE(contains(planned.out, "Nothing to do")) << description_;
  Workplace copy("mariadb");
  copy.write("described.plumb", description_);
  EXPECT_TRUE(ended_with(0, copy.plumb_on_db({"apply", "--to", "described.plumb", "--yes"}))) << description_;
  auto wanted = definitions_of(place_);
  for (auto& [name, text] : wanted) {
    for (const auto& [from, to] : renamed) text = replace_all(text, from, to);
  }
  EXPECT_EQ(definitions_of(copy), wanted) << description_;
  const auto again = copy.plumb_on_db({"plan", "--to", "described.plumb"});
  EXPECT_TRUE(lacks(again.out, " step")) << again.out << description_;
}

void DescribedDatabase::replace(const std::vector<std::pair<std::string, std::string>>& replacements) {
  for (const auto& [from, to] : replacements) {
    const std::size_t at = description_.find(from);
    ASSERT_NE(at, std::string::npos) << from << "\nis not in\n" << description_;
    description_.replace(at, from.size(), to);
  }
  place_.write("edited.plumb", description_);
}

void DescribedDatabase::edit(const std::vector<std::pair<std::string, std::string>>& replacements, const std::vector<std::string>& further) {
  replace(replacements);
  std::vector<std::string> arguments = {"apply", "--to", "edited.plumb", "--yes"};
  arguments.insert(arguments.end(), further.begin(), further.end());
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db(arguments)));
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"plan", "--to", "edited.plumb", "--exit-code"}))) << description_;
}

std::string DescribedDatabase::refused_edit(const std::vector<std::pair<std::string, std::string>>& replacements) {
  replace(replacements);
  const auto before = definitions_of(place_);
  const auto planned = place_.plumb_on_db({"apply", "--to", "edited.plumb", "--yes"});
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_EQ(definitions_of(place_), before);
  return planned.out + planned.err;
}

}  // namespace plumb::test
