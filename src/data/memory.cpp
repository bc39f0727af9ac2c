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

constexpr std::size_t bytes_at_a_time = std::size_t{2} << 20U;

/// Rows are spread by the first byte of their key's hash; bucket 256 says that the table was brought at all.
constexpr std::int64_t mark = 256;
std::int64_t bucket_of(const RowHash& row) { return static_cast<std::int64_t>(row.key >> 56U); }

}  // namespace

Memory::Memory(db::Connection& connection, const Dialect& dialect)
    : connection_(connection), dialect_(dialect), stands_(db::single_integer(connection, dialect.memory_query()) > 0) {}

bool Memory::knows(const std::string& table) const {
  return stands_ && db::single_integer(connection_, "SELECT count(*) FROM plumb_master WHERE table_name = " + dialect_.literal(table) + " AND bucket = " + std::to_string(mark)) > 0;
}

void Memory::for_each(const std::string& table, const std::function<void(const RowHash&)>& visit) const {
  if (!stands_) return;
  connection_.for_each_row("SELECT hashes FROM plumb_master WHERE table_name = " + dialect_.literal(table), [&](const sql::Row& row) {
    const std::string text = db::as_text(row[0]);
    for (std::string_view bytes = text; bytes.size() >= 2 * bytes_of_a_hash; bytes.remove_prefix(2 * bytes_of_a_hash))
      visit({number_at(bytes), number_at(bytes.substr(bytes_of_a_hash))});
  });
}

std::uint64_t Memory::state() const {
  if (!stands_) return 0;
  std::uint64_t sum = 0;
  connection_.for_each_row("SELECT table_name, bucket, digest FROM plumb_master", [&](const sql::Row& row) {
    sum += hash_of(db::as_text(row[0]) + "\n" + db::as_text(row[1]) + "\n" + db::as_text(row[2]));
  });
  return sum;
}

void Memory::keep(const std::string& table, const std::vector<RowHash>& rows, std::vector<RowHash> others, UndoLog& undo) {
  std::sort(others.begin(), others.end(), [](const RowHash& a, const RowHash& b) { return a.key < b.key; });
  auto other = others.begin();
  std::map<std::int64_t, std::string> standing;
  for (const auto& row : connection_.query("SELECT bucket, digest FROM plumb_master WHERE table_name = " + dialect_.literal(table)).rows) {
    standing.emplace(std::get<std::int64_t>(row[0]), db::as_text(row[1]));
  }
  const auto write = connection_.prepare("REPLACE INTO plumb_master (table_name, bucket, digest, hashes) VALUES (?, ?, ?, ?)");
  std::vector<std::string> changed;
  std::vector<sql::Row> parts;
  std::size_t waiting_bytes = 0;
  const auto write_parts = [&] {
    write->execute_many(parts);
    parts.clear();
    waiting_bytes = 0;
  };
  const auto put = [&](std::int64_t bucket, std::string bytes) {
    std::string number;
    append_number(number, hash_of(bytes));
    const std::string digest = to_hex(number);
    const auto known = standing.find(bucket);
    const bool is_same = known != standing.end() && known->second == digest;
    if (known != standing.end() && !is_same) keep_part(table, bucket, undo);
    if (known != standing.end()) standing.erase(known);
    if (is_same) return;
    changed.push_back(std::to_string(bucket));
    waiting_bytes += bytes.size();
    parts.push_back({table, bucket, digest, sql::Blob{std::move(bytes)}});
    if (waiting_bytes >= bytes_at_a_time) write_parts();
  };
  put(mark, {});
  auto row = rows.begin();
  for (std::int64_t bucket = 0; bucket < mark; ++bucket) {
    std::string bytes;
    const auto append = [&](const RowHash& one) {
      append_number(bytes, one.key);
      append_number(bytes, one.content);
    };
    while (true) {
      const bool has_row = row != rows.end() && bucket_of(*row) == bucket;
      const bool has_other = other != others.end() && bucket_of(*other) == bucket;
      if (!has_row && !has_other) break;
      append(has_other && (!has_row || other->key < row->key) ? *other++ : *row++);
    }
    if (!bytes.empty()) put(bucket, std::move(bytes));
  }
  write_parts();
  const auto removal_of = [&](const std::vector<std::string>& buckets) { return "DELETE FROM plumb_master WHERE table_name = " + dialect_.literal(table) + " AND bucket IN (" + join(buckets, ", ") + ")"; };
  std::vector<std::string> gone;
  for (const auto& [bucket, digest] : standing) {
    keep_part(table, bucket, undo);
    gone.push_back(std::to_string(bucket));
  }
  if (!gone.empty()) connection_.execute(removal_of(gone));
  changed.insert(changed.end(), gone.begin(), gone.end());
  // the last one is run first: what stands then goes, before what stood comes
  if (!changed.empty()) undo.add(memory_name, removal_of(changed));
}

void Memory::keep_part(const std::string& table, std::int64_t bucket, UndoLog& undo) const {
  if (!undo.is_kept()) return;
  const auto before = connection_.query("SELECT digest, hashes FROM plumb_master WHERE table_name = " + dialect_.literal(table) + " AND bucket = " + std::to_string(bucket));
  for (const sql::Row& row : before.rows) {
    undo.add(memory_name, "INSERT INTO plumb_master (table_name, bucket, digest, hashes) VALUES (" + dialect_.literal(table) + ", " + std::to_string(bucket) + ", " + dialect_.literal(row[0]) + ", " +
                              dialect_.literal(sql::Blob{db::as_text(row[1])}) + ")");
  }
}

}  // namespace plumb::data
