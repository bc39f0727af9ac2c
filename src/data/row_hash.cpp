#include "data/row_hash.hpp"

#include <cstring>

namespace plumb::data {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t eight(const char* bytes) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < 8; ++i) number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return number;
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (unsigned i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
}

void append_text(std::string& bytes, char kind, std::string_view text) {
  bytes.push_back(kind);
  append_number(bytes, text.size());
  bytes.append(text);
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
  constexpr std::uint64_t first = 0x9E3779B97F4A7C15U;
  constexpr std::uint64_t second = 0xD6E8FEB86659FD93U;
  std::uint64_t hash = first ^ bytes.size();
  while (bytes.size() >= 16) {
    hash = folded(eight(bytes.data()) ^ second, eight(bytes.data() + 8) ^ hash);
    bytes.remove_prefix(16);
  }
  char rest[16] = {};
  std::memcpy(rest, bytes.data(), bytes.size());
  hash = folded(eight(rest) ^ second, eight(rest + 8) ^ hash);
  return folded(hash ^ first, second);
}

void append_value(std::string& bytes, const Json& value) {
  if (value.is_null()) {
    bytes.push_back('0');
  } else if (value.is_boolean()) {
    bytes.push_back(value.get<bool>() ? 't' : 'f');
  } else if (value.is_string()) {
    append_text(bytes, 's', value.get_ref<const std::string&>());
  } else if (value.is_number_float()) {
    bytes.push_back('d');
    std::uint64_t number = 0;
    const double real = value.get<double>();
    std::memcpy(&number, &real, sizeof number);
    append_number(bytes, number);
  } else if (value.is_number()) {
    bytes.push_back('i');
    append_number(bytes, value.get<std::uint64_t>());
  } else if (value.is_object()) {
    bytes.push_back('{');
    for (const auto& [name, field] : value.items()) append_value(bytes, field);
    bytes.push_back('}');
  } else {
    append_text(bytes, 'j', shown(value));
  }
}

RowHash hash_of(const MasterTable& table, const MasterRow& row, std::string& bytes) {
  RowHash hash;
  bytes.clear();
  for (const std::size_t k : table.key) append_value(bytes, row.values[k]);
  hash.key = hash_of(bytes);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].in_key && !table.columns[c].is_local) append_value(bytes, row.values[c]);
  }
  hash.content = hash_of(bytes);
  return hash;
}

bool is_whole(const MasterTable& table, const MasterRow& row) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (row.values[c].is_discarded() && !table.columns[c].is_local) return false;
  }
  return true;
}

}  // namespace plumb::data
