// data/row_file.hpp: the rows of one file of a package, one after the other, never all in memory. For this folder alone.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "data/one_form.hpp"
#include "data/row_hash.hpp"

namespace plumb::data {

/// Where a row stands in its file.
struct RowPlace {
  std::size_t number = 0;  ///< from 1
  std::size_t line = 0;    ///< on which it begins
};

/// A row as it stands in its file. Holds while it is visited.
struct RowText {
  std::string_view text;
  RowPlace place;
  std::size_t depth = 0;  ///< of the brackets around it
  const std::string& shown;

  /// Throws FileError.
  Json parse() const;
};

/// A file is read in pieces of so many bytes.
inline constexpr std::size_t bytes_of_a_piece = std::size_t{1} << 20U;

/// Reads a `.json` file (an array of rows) or a `.jsonl` file (a row a line). A row has at most 64 MiB. `shown` is the
/// file's name in messages. Gives the mark of all of its bytes. Throws FileError that names the line; what is wrong within a
/// row, only its parse() says.
BytesMark for_each_row_of(const std::string& path, const std::string& shown, const std::function<void(const RowText&)>& visit);

/// A whole small file: metadata.json. Throws FileError.
Json read_json(const std::string& path, const std::string& shown);

}  // namespace plumb::data
