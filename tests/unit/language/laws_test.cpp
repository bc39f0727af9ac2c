// Laws of the language over made-up descriptions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "describe.hpp"
#include "description_generator.hpp"
#include "language/format.hpp"
#include "language/load.hpp"
#include "language/print.hpp"
#include "load_text.hpp"
#include "text_mangler.hpp"

namespace plumb::test {
namespace {

/// PLUMB_LAW_RUNS makes the laws run longer.
std::uint32_t runs() {
  const char* value = std::getenv("PLUMB_LAW_RUNS");
  return value == nullptr ? 400U : static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10));
}

std::vector<std::string> comments_of(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find("// note "); at != std::string::npos; at = text.find("// note ", at + 1)) {
    found.push_back(text.substr(at, text.find(' ', at + 8) - at));
  }
  return found;
}

TEST(LanguageLaws, WhatIsPrintedMeansTheSameWhenItIsReadAgain) {
  for (std::uint32_t seed = 1; seed <= runs(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Description description = generated_description(seed);
    const std::string text = language::print(description);
    const language::Loaded again = loaded(text);
    ASSERT_TRUE(again.description.has_value()) << shown(again) << text;
    EXPECT_TRUE(again.diagnostics.empty()) << shown(again);
    ASSERT_EQ(meaning_of(*again.description), meaning_of(description)) << text;
  }
}

TEST(LanguageLaws, PrintingWhatWasReadGivesTheSameText) {
  for (std::uint32_t seed = 1; seed <= runs(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string text = language::print(generated_description(seed));
    const language::Loaded again = loaded(text);
    ASSERT_TRUE(again.description.has_value()) << shown(again) << text;
    const std::string second = language::print(*again.description);
    const language::Loaded third = loaded(second);
    ASSERT_TRUE(third.description.has_value()) << shown(third) << second;
    ASSERT_EQ(language::print(*third.description), second);
  }
}

TEST(LanguageLaws, WhatIsPrintedIsLaidOutAlready) {
  for (std::uint32_t seed = 1; seed <= runs(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string text = language::print(generated_description(seed));
    const language::Formatted formatted = language::format(SourceText("text", text));
    ASSERT_TRUE(formatted.text.has_value());
    ASSERT_EQ(*formatted.text, text);
  }
}

TEST(LanguageLaws, FormattingKeepsMeaningAndCommentsAndChangesNothingTwice) {
  for (std::uint32_t seed = 1; seed <= runs(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string neat = language::print(generated_description(seed));
    const language::Loaded right = loaded(neat);
    ASSERT_TRUE(right.description.has_value()) << shown(right) << neat;
    const std::string untidy = mangled(neat, seed);
    const language::Loaded before = loaded(untidy);
    ASSERT_TRUE(before.description.has_value()) << shown(before) << untidy;
    ASSERT_EQ(meaning_of(*before.description), meaning_of(*right.description)) << untidy;
    const language::Formatted formatted = language::format(SourceText("text", untidy));
    ASSERT_TRUE(formatted.text.has_value()) << untidy;
    const language::Loaded after = loaded(*formatted.text);
    ASSERT_TRUE(after.description.has_value()) << shown(after) << untidy << "\n====\n" << *formatted.text;
    ASSERT_EQ(meaning_of(*after.description), meaning_of(*before.description)) << *formatted.text;
    ASSERT_EQ(comments_of(*formatted.text), comments_of(untidy)) << untidy << "\n====\n" << *formatted.text;
    const language::Formatted again = language::format(SourceText("text", *formatted.text));
    ASSERT_TRUE(again.text.has_value());
    ASSERT_EQ(*again.text, *formatted.text) << untidy;
  }
}

TEST(LanguageLaws, CutOrDamagedTextIsNeverMoreThanAMistake) {
  std::uint32_t random = 12345;
  const auto next = [&] { return random = random * 1664525U + 1013904223U; };
  for (std::uint32_t seed = 1; seed <= runs(); ++seed) {
    std::string text = language::print(generated_description(seed));
    if (text.empty()) continue;
    for (int k = 0; k < 4; ++k) {
      std::string broken = text;
      const std::size_t at = (next() >> 8U) % broken.size();
      switch ((next() >> 8U) % 4) {
        case 0:
          broken.resize(at);
          break;
        case 1:
          broken.erase(at, 1 + (next() >> 8U) % 5);
          break;
        case 2:
          broken.insert(at, std::string(1, "(){}\"`'\n;,=?/"[(next() >> 8U) % 13]));
          break;
        default:
          broken[at] = static_cast<char>(next() >> 24U);
          break;
      }
      const language::Loaded one = loaded(broken);
      EXPECT_EQ(one.description.has_value(), !has_errors(one.diagnostics));
      for (const Diagnostic& diagnostic : one.diagnostics) {
        ASSERT_EQ(diagnostic.message.find("boost"), std::string::npos) << shown(one);
      }
      const language::Formatted formatted = language::format(SourceText("text", broken));
      if (!formatted.text) continue;
      const language::Formatted again = language::format(SourceText("text", *formatted.text));
      ASSERT_TRUE(again.text.has_value()) << broken << "\n====\n" << *formatted.text;
      ASSERT_EQ(*again.text, *formatted.text) << broken;
      if (one.description) {
        const language::Loaded after = loaded(*formatted.text);
        ASSERT_TRUE(after.description.has_value()) << shown(after) << broken << "\n====\n" << *formatted.text;
        ASSERT_EQ(meaning_of(*after.description), meaning_of(*one.description)) << broken;
      }
    }
  }
}

}  // namespace
}  // namespace plumb::test
