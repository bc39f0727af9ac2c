#include "data/row_hash.hpp"

#include <bit>
#include <cstring>
#include <random>

namespace plumb::data {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// The first byte is the lowest, whatever the machine.
std::uint64_t little_endian(std::uint64_t number) {
  if constexpr (std::endian::native == std::endian::big) return __builtin_bswap64(number);
  return number;
}

std::uint64_t eight(const char* bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return little_endian(number);
}

/// The kind and a number.
void append_number(std::string& bytes, char kind, std::uint64_t number) {
  char nine[9];
  nine[0] = kind;
  number = little_endian(number);
  std::memcpy(nine + 1, &number, sizeof number);
  bytes.append(nine, sizeof nine);
}

void append_sized(std::string& bytes, char kind, std::string_view text) {
  append_number(bytes, kind, text.size());
  bytes.append(text);
}

struct Constants {
  std::uint64_t first;
  std::uint64_t second;
};

std::uint64_t hash_with(const Constants& constants, std::string_view bytes) {
  std::uint64_t hash = constants.first ^ bytes.size();
  while (bytes.size() >= 16) {
    hash = folded(eight(bytes.data()) ^ constants.second, eight(bytes.data() + 8) ^ hash);
    bytes.remove_prefix(16);
  }
  char rest[16] = {};
  std::memcpy(rest, bytes.data(), bytes.size());
  hash = folded(eight(rest) ^ constants.second, eight(rest + 8) ^ hash);
  return folded(hash ^ constants.first, constants.second);
}

/// Nobody knows them beforehand.
const Constants& secret() {
  static const Constants constants = [] {
    std::random_device chance;
    const auto number = [&] { return static_cast<std::uint64_t>(chance()) << 32U | chance(); };
    return Constants{number(), number()};
  }();
  return constants;
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) { return hash_with({0x9E3779B97F4A7C15U, 0xD6E8FEB86659FD93U}, bytes); }

void BytesMark::update(std::string_view piece) { mark_ = folded(mark_ ^ secret().first, hash_with(secret(), piece) ^ secret().second); }

void append_null(std::string& bytes) { bytes.push_back('0'); }

void append_bool(std::string& bytes, bool value) { bytes.push_back(value ? 't' : 'f'); }

void append_whole(std::string& bytes, std::uint64_t number) {
  append_number(bytes, 'i', number);
}

void append_real(std::string& bytes, double number) {
  append_number(bytes, 'd', std::bit_cast<std::uint64_t>(number));
}

void append_text(std::string& bytes, std::string_view text) { append_sized(bytes, 's', text); }

void append_value(std::string& bytes, const Json& value) {
  if (value.is_null()) return append_null(bytes);
  if (value.is_boolean()) return append_bool(bytes, value.get<bool>());
  if (value.is_string()) return append_text(bytes, value.get_ref<const std::string&>());
  if (value.is_number_float()) return append_real(bytes, value.get<double>());
  if (value.is_number()) return append_whole(bytes, value.get<std::uint64_t>());
  if (!value.is_object()) return append_sized(bytes, 'j', shown(value));
  bytes.push_back('{');
  for (const auto& [name, field] : value.items()) append_value(bytes, field);
  bytes.push_back('}');
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

std::uint64_t hash_of_key(const MasterTable& table, const MasterRow& row, std::string& bytes) {
  bytes.clear();
  for (const std::size_t k : table.key) append_value(bytes, row.values[k]);
  return hash_of(bytes);
}

RowHash hash_of_fields(const MasterTable& table, const MasterRow& given, const MasterRow& row, std::string& bytes) {
  RowHash hash;
  const auto is_given = [&](std::size_t c) { return !table.columns[c].in_key && !table.columns[c].is_local && !given.values[c].is_discarded(); };
  hash_of_key(table, row, bytes);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (is_given(c)) append_text(bytes, table.columns[c].name);
  }
  bytes.push_back('p');
  hash.key = hash_of(bytes);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (is_given(c)) append_value(bytes, row.values[c]);
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
