// Every mistake that a description can have, with the whole text that is shown for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "case_file.hpp"
#include "language/diagnostic_codes.hpp"
#include "language/load.hpp"

namespace plumb::test {
namespace {

/// `\0` and `\xNN` in a case stand for bytes that a text file should not hold.
std::string with_bytes(std::string text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 4, "<00>") == 0 || text.compare(i, 4, "<FF>") == 0) {
      out.push_back(text[i + 1] == '0' ? '\0' : '\xFF');
      i += 3;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::vector<SourceText> sources_of(const Case& one) {
  std::vector<SourceText> sources;
  for (const auto& [name, text] : one.sections) {
    if (name.ends_with(".plumb")) sources.emplace_back(name, with_bytes(text));
  }
  return sources;
}

/// The NUL or broken byte of a shown line, in the form in which the case spells it.
std::string printable(std::string text) {
  std::string out;
  for (const char c : text) out += c == '\0' ? "<00>" : c == '\xFF' ? "<FF>" : std::string(1, c);
  return out;
}

class Mistakes : public testing::Test {
 protected:
  static std::vector<Case> cases() { return read_cases("language"); }
};

TEST_F(Mistakes, AreShownAsTheCasesSay) {
  std::vector<Case> all = cases();
  ASSERT_FALSE(all.empty());
  for (Case& one : all) {
    SCOPED_TRACE(one.path);
    const language::Loaded loaded = language::load(sources_of(one));
    const std::string shown = printable(render(loaded.diagnostics, loaded.sources, false));
    if (updates_golden()) {
      one.set_section("diagnostics", shown);
      write_case(one);
    }
    EXPECT_EQ(shown, one.section("diagnostics"));
    EXPECT_EQ(loaded.description.has_value(), !has_errors(loaded.diagnostics));
  }
}

TEST_F(Mistakes, CoverEveryCode) {
  std::set<std::string, std::less<>> seen;
  for (const Case& one : cases()) {
    for (const Diagnostic& diagnostic : language::load(sources_of(one)).diagnostics)
      seen.insert(diagnostic.code);
  }
  for (const std::string_view code : language::diagnostic_codes) {
    EXPECT_TRUE(seen.contains(code)) << "no case shows `" << code << "`";
  }
  for (const std::string& code : seen) {
    EXPECT_NE(std::find(language::diagnostic_codes.begin(), language::diagnostic_codes.end(), code),
              language::diagnostic_codes.end())
        << "`" << code << "` is not in the list of codes";
  }
}

TEST_F(Mistakes, AreToldInTheHouseWordingAndShowNothingOfTheParser) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.path);
    for (const Diagnostic& diagnostic : language::load(sources_of(one)).diagnostics) {
      const std::string& text = diagnostic.message;
      SCOPED_TRACE(text);
      ASSERT_FALSE(text.empty());
      EXPECT_FALSE(text.front() >= 'A' && text.front() <= 'Z');
      EXPECT_FALSE(text.ends_with("."));
      for (const char* inside : {"boost", "x3", "spirit", "plumb::", "N5", "St6", "ast::", "unused"}) {
        EXPECT_EQ(text.find(inside), std::string::npos) << inside;
      }
    }
  }
}

TEST_F(Mistakes, PointIntoTheirFile) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.path);
    const language::Loaded loaded = language::load(sources_of(one));
    for (const Diagnostic& diagnostic : loaded.diagnostics) {
      ASSERT_LT(diagnostic.span.file, loaded.sources.size());
      EXPECT_LE(diagnostic.span.offset + diagnostic.span.length,
                loaded.sources[diagnostic.span.file].text().size());
    }
  }
}

}  // namespace
}  // namespace plumb::test
