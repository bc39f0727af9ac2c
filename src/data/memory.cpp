#include "data/memory.hpp"

#include <algorithm>
#include <map>

#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t bytes_of_a_hash = 8;

void append_number(std::string& bytes, std::uint64_t number) {
  for (unsigned i = 0; i < bytes_of_a_hash; ++i) bytes.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
}

std::uint64_t number_at(std::string_view bytes) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < bytes_of_a_hash; ++i) number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return number;
}

/// Rows are spread by the first byte of their key's hash; bucket 256 says that the table was brought at all.
constexpr std::int64_t mark = 256;
std::int64_t bucket_of(const RowHash& row) { return static_cast<std::int64_t>(row.key >> 56U); }

}  // namespace

Memory::Memory(db::Connection& connection, const Dialect& dialect) : connection_(connection), stands_(db::single_integer(connection, dialect.memory_query()) > 0) {}

std::optional<std::unordered_map<std::uint64_t, std::uint64_t>> Memory::of(const std::string& table) const {
  if (!stands_) return std::nullopt;
  std::optional<std::unordered_map<std::uint64_t, std::uint64_t>> known;
  connection_.for_each_row("SELECT table_name, hashes FROM plumb_master", [&](const sql::Row& row) {
    if (db::as_text(row[0]) != table) return;
    if (!known) known.emplace();
    const std::string text = db::as_text(row[1]);
    for (std::string_view bytes = text; bytes.size() >= 2 * bytes_of_a_hash; bytes.remove_prefix(2 * bytes_of_a_hash))
      known->emplace(number_at(bytes), number_at(bytes.substr(bytes_of_a_hash)));
  });
  return known;
}

void Memory::keep(const std::string& table, const std::vector<RowHash>& rows) {
  std::map<std::int64_t, std::string> standing;
  for (const auto& row : connection_.query("SELECT table_name, bucket, digest FROM plumb_master").rows) {
    if (db::as_text(row[0]) == table) standing.emplace(std::get<std::int64_t>(row[1]), db::as_text(row[2]));
  }
  const auto write = connection_.prepare("REPLACE INTO plumb_master (table_name, bucket, digest, hashes) VALUES (?, ?, ?, ?)");
  const auto put = [&](std::int64_t bucket, std::string bytes) {
    std::string number;
    append_number(number, hash_of(bytes));
    const std::string digest = to_hex(number);
    const auto known = standing.find(bucket);
    const bool is_same = known != standing.end() && known->second == digest;
    if (known != standing.end()) standing.erase(known);
    if (is_same) return;
    write->execute(std::vector<sql::Value>{table, bucket, digest, sql::Blob{std::move(bytes)}});
  };
  put(mark, {});
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::int64_t bucket = bucket_of(rows[begin]);
    std::string bytes;
    for (; begin < rows.size() && bucket_of(rows[begin]) == bucket; ++begin) {
      append_number(bytes, rows[begin].key);
      append_number(bytes, rows[begin].content);
    }
    put(bucket, std::move(bytes));
  }
  if (standing.empty()) return;
  const auto remove = connection_.prepare("DELETE FROM plumb_master WHERE table_name = ? AND bucket = ?");
  for (const auto& [bucket, digest] : standing) remove->execute(std::vector<sql::Value>{table, bucket});
}

}  // namespace plumb::data
