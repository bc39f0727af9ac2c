#include "language/layout.hpp"

#include <algorithm>

namespace plumb::language {
namespace {

/// Wider ones stand out instead of pushing everything else to the right.
constexpr std::size_t widest_aligned_name = 40;
constexpr std::size_t comment_gap = 2;

/// In characters; the bytes that continue one are not counted.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The widest name of each block.
std::vector<std::size_t> measured(const std::vector<Line>& lines) {
  std::vector<std::size_t> blocks;
  for (const Line& line : lines) {
    if (line.block >= blocks.size()) blocks.resize(line.block + 1);
    const std::size_t name = line.type.empty() ? 0 : width(line.text);
    if (name <= widest_aligned_name) blocks[line.block] = std::max(blocks[line.block], name);
  }
  return blocks;
}

}  // namespace

std::string laid_out(const std::vector<Line>& lines) {
  const std::vector<std::size_t> blocks = measured(lines);
  std::string out;
  for (const Line& line : lines) {
    if (line.kind == Line::Kind::Blank) {
      out += '\n';
      continue;
    }
    out.append(line.indent * 2, ' ');
    out += line.text;
    if (!line.type.empty()) {
      const std::size_t used = width(line.text);
      out.append((used < blocks[line.block] ? blocks[line.block] - used : 0) + line.gap, ' ');
      out += line.type;
    }
    if (!line.comment.empty()) {
      if (!line.text.empty()) out.append(comment_gap, ' ');
      out += line.comment;
    }
    out += '\n';
  }
  return out;
}

}  // namespace plumb::language
