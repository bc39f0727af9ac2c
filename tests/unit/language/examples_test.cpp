// Every example that the project shows to its users.
#include <gtest/gtest.h>

#include "describe.hpp"
#include "language/format.hpp"
#include "load_text.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

std::string source_path(const std::string& path) {
  return std::string(PLUMB_SOURCE_DIR) + "/" + path;
}

/// The ```plumb blocks of a page.
std::vector<std::string> examples_of(const std::string& page) {
  static constexpr std::string_view fence = "```plumb\n";
  const std::string text = read_file(source_path(page));
  std::vector<std::string> found;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    found.push_back(text.substr(at, text.find("```", at) - at));
  }
  return found;
}

TEST(Examples, OfTheReferenceAreRight) {
  const std::vector<std::string> examples = examples_of("docs/language.md");
  EXPECT_GE(examples.size(), 19U);
  for (const std::string& example : examples) {
    const language::Loaded one = loaded(example);
    EXPECT_TRUE(one.description) << shown(one) << example;
    EXPECT_TRUE(one.diagnostics.empty()) << shown(one);
  }
}

TEST(Examples, OfTheReferenceAreLaidOut) {
  for (const std::string& example : examples_of("docs/language.md")) {
    const language::Formatted formatted = language::format(SourceText("example", example));
    ASSERT_TRUE(formatted.text);
    EXPECT_EQ(*formatted.text, example);
  }
}

TEST(Examples, ThatRunMeanTheSameWhenTheyAreFormatted) {
  for (const char* folder : {"schema/shop", "schema/bamort"}) {
    std::vector<SourceText> before;
    std::vector<SourceText> after;
    for (const std::string& path : files_below(source_path(folder), ".plumb")) {
      before.emplace_back(path, read_file(path));
      const language::Formatted formatted = language::format(before.back());
      ASSERT_TRUE(formatted.text) << path;
      after.emplace_back(path, *formatted.text);
      EXPECT_EQ(*language::format(after.back()).text, *formatted.text);
    }
    const language::Loaded one = language::load(std::move(before));
    const language::Loaded two = language::load(std::move(after));
    ASSERT_TRUE(one.description) << shown(one);
    ASSERT_TRUE(two.description) << shown(two);
    EXPECT_EQ(meaning_of(*one.description), meaning_of(*two.description));
    EXPECT_EQ(one.description->schema, two.description->schema);
  }
}

}  // namespace
}  // namespace plumb::test
