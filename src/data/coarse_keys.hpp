// data/coarse_keys.hpp: natural keys with what some collation may ignore taken away. For this folder alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/master_tables.hpp"
#include "data/quick_row.hpp"
#include "data/rows.hpp"

namespace plumb::data {

/// Keys of one table. Plain texts (printable ASCII) that some collation may take for equal have the same form; no form: the key
/// holds another text, and only the engine can tell.
class CoarseKeys {
 public:
  explicit CoarseKeys(const MasterTable& table);

  /// Whether a collation has a part in the keys at all.
  bool is_needed() const { return !collated_.empty(); }
  /// The columns that it compares.
  const std::vector<std::size_t>& collated() const { return collated_; }
  std::optional<std::uint64_t> form_of(const QuickRow& row);
  std::optional<std::uint64_t> form_of(const MasterRow& row);

 private:
  bool is_collated(std::size_t column) const;
  bool append_text(std::string_view text);

  std::vector<std::size_t> key_;
  std::vector<std::size_t> collated_;
  std::string bytes_;
};

}  // namespace plumb::data
