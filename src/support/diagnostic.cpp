#include "support/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace plumb {
namespace {

constexpr std::uint32_t longest_caret = 100;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "error";
}

const char* color_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "\x1b[1;31m";
    case Severity::Warning: return "\x1b[1;35m";
    case Severity::Note: return "\x1b[1;36m";
  }
  return "";
}

/// The line and the caret under it; tabs are kept in the indentation so that the caret lines up.
void append_excerpt(std::string& out, const SourceText& source, const SourceSpan& span, bool color) {
  const LineColumn at = source.line_column(span.offset);
  const std::string_view line = source.line(at.line);
  out.append("  ").append(line).append("\n  ");
  std::uint32_t column = 1;
  std::size_t i = 0;
  for (; i < line.size() && column < at.column; ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if ((byte & 0xC0U) == 0x80U) continue;
    out.push_back(line[i] == '\t' ? '\t' : ' ');
    ++column;
  }
  while (i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U) ++i;
  std::uint32_t width = 0;
  for (std::size_t k = i; k < line.size() && k < i + span.length; ++k) {
    if ((static_cast<unsigned char>(line[k]) & 0xC0U) != 0x80U) ++width;
  }
  width = std::clamp(width, 1U, longest_caret);
  if (color) out.append("\x1b[1;32m");
  out.push_back('^');
  out.append(width - 1, '~');
  if (color) out.append("\x1b[0m");
  out.push_back('\n');
}

void append_message(std::string& out, Severity severity, const SourceText& source, const SourceSpan& span,
                    const std::string& message, const std::string& code, bool color) {
  const LineColumn at = source.line_column(span.offset);
  if (color) out.append("\x1b[1m");
  out.append(source.path()).append(":").append(std::to_string(at.line)).append(":").append(std::to_string(at.column));
  out.append(": ");
  if (color) out.append("\x1b[0m").append(color_of(severity));
  out.append(word(severity)).append(": ");
  if (color) out.append("\x1b[0m");
  out.append(message);
  if (!code.empty()) out.append(" [").append(code).append("]");
  out.push_back('\n');
  append_excerpt(out, source, span, color);
}

}  // namespace

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

std::string render(const std::vector<Diagnostic>& diagnostics, const std::vector<SourceText>& sources, bool color) {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(diagnostics.size());
  for (const auto& diagnostic : diagnostics) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->span.file, a->span.offset) < std::tie(b->span.file, b->span.offset);
  });
  std::string out;
  for (const Diagnostic* diagnostic : sorted) {
    if (diagnostic->span.file >= sources.size()) {
      out.append(word(diagnostic->severity)).append(": ").append(diagnostic->message).push_back('\n');
      continue;
    }
    append_message(out, diagnostic->severity, sources[diagnostic->span.file], diagnostic->span, diagnostic->message,
                   diagnostic->code, color);
    for (const auto& note : diagnostic->notes) {
      if (note.span && note.span->file < sources.size()) {
        append_message(out, Severity::Note, sources[note.span->file], *note.span, note.message, {}, color);
      } else {
        out.append("  note: ").append(note.message).push_back('\n');
      }
    }
  }
  return out;
}

}  // namespace plumb
