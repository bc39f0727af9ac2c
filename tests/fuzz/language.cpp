// Any text as a description: it is read or refused with a place, and what can be read can be laid out and printed
// without a change of meaning.
#include "language/format.hpp"
#include "language/load.hpp"
#include "language/print.hpp"

#include "fuzz/target.hpp"
#include "unit/language/describe.hpp"

namespace {

using plumb::SourceText;
using plumb::fuzz::fail;
using plumb::language::Loaded;

Loaded loaded(const std::string& text) { return plumb::language::load({SourceText("text", text)}); }

std::string shown(const Loaded& result) {
  std::string text;
  for (const auto& diagnostic : result.diagnostics) text += diagnostic.code + ": " + diagnostic.message + "\n";
  return text;
}

void check_layout(const std::string& text, const Loaded& meaning) {
  const auto once = plumb::language::format(SourceText("text", text));
  if (!once.text) {
    if (meaning.description) fail("it can be read and not be laid out", text);
    return;
  }
  const auto twice = plumb::language::format(SourceText("text", *once.text));
  if (!twice.text) fail("what was laid out cannot be laid out again", *once.text);
  if (*twice.text != *once.text) fail("laid out twice it changes:\n" + *once.text + "---\n" + *twice.text, text);
  if (!meaning.description) return;
  const Loaded after = loaded(*once.text);
  if (!after.description) fail("what was laid out cannot be read: " + shown(after) + *once.text, text);
  if (plumb::test::meaning_of(*after.description) != plumb::test::meaning_of(*meaning.description)) fail("laid out it means something else:\n" + *once.text, text);
}

void check_print(const std::string& text, const plumb::Description& description) {
  const std::string printed = plumb::language::print(description);
  const Loaded again = loaded(printed);
  if (!again.description) fail("what was printed cannot be read: " + shown(again) + printed, text);
  if (plumb::test::meaning_of(*again.description) != plumb::test::meaning_of(description)) {
    fail("printed it means something else:\n" + printed + "---\n" + plumb::test::meaning_of(description) + "---\n" + plumb::test::meaning_of(*again.description), text);
  }
}

}  // namespace

void plumb::fuzz::check(std::string_view input) {
  const std::string text(input);
  const Loaded meaning = loaded(text);
  if (meaning.description.has_value() == has_errors(meaning.diagnostics)) fail("mistakes and a description", text);
  for (const auto& diagnostic : meaning.diagnostics) {
    if (diagnostic.message.empty() || diagnostic.code.empty()) fail("a mistake without words", text);
  }
  check_layout(text, meaning);
  if (meaning.description) check_print(text, *meaning.description);
}
