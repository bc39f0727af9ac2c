// The one translation unit that sees Spirit X3.
#include "language/parse.hpp"

#include "language/grammar/item_def.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

using grammar::Iterator;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

/// The offset of the first byte that begins no UTF-8 character. Requires: there is one.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && !is_valid_utf8(text.substr(at, length))) ++length;
    if (length > 4) return at;
    at += length;
  }
  return at;
}

/// Text that is no text: nothing of the file is read then.
bool refuse_binary(std::string_view text, std::uint32_t file, std::vector<Diagnostic>& diagnostics) {
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    diagnostics.push_back({Severity::Error,
                           "not-text",
                           {file, static_cast<std::uint32_t>(nul), 1},
                           "the file holds a NUL byte: it is no text",
                           {}});
    return true;
  }
  if (is_ascii(text) || is_valid_utf8(text)) return false;
  diagnostics.push_back({Severity::Error,
                         "not-text",
                         {file, static_cast<std::uint32_t>(first_bad_byte(text)), 1},
                         "the file is not UTF-8: this byte belongs to no character",
                         {}});
  return true;
}

/// The braces of packages, which may hold any number of items, are matched here and not by a rule.
void match_packages(const ast::File& file, std::uint32_t number, std::vector<Diagnostic>& diagnostics) {
  std::vector<const ast::PackageOpen*> open;
  const auto error = [&](ast::Span span, std::string message) {
    diagnostics.push_back(
        {Severity::Error, "syntax", {number, span.offset, span.length}, std::move(message), {}});
  };
  for (const ast::Item& item : file.items) {
    if (const auto* package = std::get_if<ast::PackageOpen>(&item.body);
        package != nullptr && item.span.length > 0) {
      open.push_back(package);
    } else if (const auto* close = std::get_if<ast::PackageClose>(&item.body)) {
      if (open.empty()) {
        error(close->span, "this `}` closes nothing");
      } else {
        open.pop_back();
      }
    }
  }
  for (const ast::PackageOpen* package : open) {
    error(package->name.span,
          "package `" + std::string(package->name.text) + "` is not closed; `}` is missing");
  }
}

}  // namespace

ast::File parse(const SourceText& source, std::uint32_t file, std::vector<Diagnostic>& diagnostics,
                grammar::Recording* recording) {
  ast::File out;
  const std::string_view text = source.text();
  out.unread = refuse_binary(text, file, diagnostics);
  if (out.unread) return out;
  grammar::State state;  // the views of the tree look at the text and at `out.strings`
  state.begin = text.data();
  state.end = text.data() + text.size();
  state.last_end = state.begin;
  state.file = file;
  state.out = &out;
  state.diagnostics = &diagnostics;
  state.recording = recording;
  Iterator first = state.begin + (text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  first = grammar::skip_lines(first, state.end, false);
  const auto context = grammar::x3::make_context<grammar::state_tag>(state);
  while (first < state.end) {
    ast::Item& item = out.items.emplace_back();
    if (!grammar::item.parse(first, state.end, context, grammar::x3::unused, item)) {
      out.items.pop_back();
      const Iterator behind = grammar::take_stray_docs(state, first);
      if (behind == first) break;
      first = behind;
    }
  }
  if (!state.gave_up) match_packages(out, file, diagnostics);
  out.unread = state.gave_up;
  return out;
}

}  // namespace plumb::language
