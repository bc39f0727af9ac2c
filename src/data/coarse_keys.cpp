#include "data/coarse_keys.hpp"

#include <algorithm>
#include <array>

namespace plumb::data {
namespace {

/// Case, trailing spaces, and the letters that are one in Swedish, Lithuanian or classical Latin do not count. Zero: not plain.
constexpr std::array<char, 256> coarse_letters() {
  std::array<char, 256> letters{};
  for (int c = ' '; c <= '~'; ++c) {
    char lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if (lower == 'w' || lower == 'u') lower = 'v';
    if (lower == 'j' || lower == 'y') lower = 'i';
    letters[static_cast<std::size_t>(c)] = lower;
  }
  return letters;
}

constexpr std::array<char, 256> letters = coarse_letters();

}  // namespace

CoarseKeys::CoarseKeys(const MasterTable& table) : key_(table.key) {
  for (const std::size_t k : key_) {
    const MasterColumn& column = table.columns[k];
    const bool is_text = column.kind == ValueKind::Text || column.kind == ValueKind::Char || column.kind == ValueKind::Any;
    if (!column.parent && is_text) collated_.push_back(k);
  }
}

bool CoarseKeys::is_collated(std::size_t column) const { return std::find(collated_.begin(), collated_.end(), column) != collated_.end(); }

bool CoarseKeys::append_text(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  bytes_ += '=';
  for (const char c : text) {
    const char letter = letters[static_cast<unsigned char>(c)];
    if (letter == 0) return false;
    bytes_ += letter;
  }
  bytes_ += '\n';
  return true;
}

std::optional<std::uint64_t> CoarseKeys::form_of(const QuickRow& row) {
  bytes_.clear();
  for (const std::size_t k : key_) {
    if (!row.is_text(k) || !is_collated(k)) row.append(bytes_, k);
    else if (!append_text(row.text(k))) return std::nullopt;
  }
  return hash_of(bytes_);
}

std::optional<std::uint64_t> CoarseKeys::form_of(const MasterRow& row) {
  bytes_.clear();
  for (const std::size_t k : key_) {
    const Json& value = row.values[k];
    if (!value.is_string() || !is_collated(k)) append_value(bytes_, value);
    else if (!append_text(value.get_ref<const std::string&>())) return std::nullopt;
  }
  return hash_of(bytes_);
}

}  // namespace plumb::data
