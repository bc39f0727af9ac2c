// data/row_hash.hpp: rows by 64 bits, so that millions can be compared without being held. For this folder alone.
//
// hash_of() is a part of what plumb_master holds and must stay as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "data/rows.hpp"

namespace plumb::data {

struct RowHash {
  std::uint64_t key = 0;
  std::uint64_t content = 0;  ///< of everything that a sync compares: no column that is `local`
  bool operator==(const RowHash&) const = default;
};

std::uint64_t hash_of(std::string_view bytes);

/// Tells the bytes of a file from others for as long as the process runs: nobody can make other bytes of the same mark, because
/// it hangs on numbers that are drawn anew each time. Requires: the bytes come in the same pieces.
class BytesMark {
 public:
  void update(std::string_view piece);
  bool operator==(const BytesMark&) const = default;

 private:
  std::uint64_t mark_ = 0;
};

/// Writes a value so that different ones give different bytes.
void append_value(std::string& bytes, const Json& value);
void append_null(std::string& bytes);
void append_bool(std::string& bytes, bool value);
void append_whole(std::string& bytes, std::uint64_t number);
void append_real(std::string& bytes, double number);
void append_text(std::string& bytes, std::string_view text);

/// Requires: no field of the row is left out, but for local columns. `bytes` is scratch space.
RowHash hash_of(const MasterTable& table, const MasterRow& row, std::string& bytes);

/// Of the natural key alone.
std::uint64_t hash_of_key(const MasterTable& table, const MasterRow& row, std::string& bytes);

/// The fields that `given` holds, with their names, and their values in `row`: two rows that leave out the same fields have the
/// same `key` where their natural keys are the same.
RowHash hash_of_fields(const MasterTable& table, const MasterRow& given, const MasterRow& row, std::string& bytes);

/// True where every field that is compared is there.
bool is_whole(const MasterTable& table, const MasterRow& row);

}  // namespace plumb::data
