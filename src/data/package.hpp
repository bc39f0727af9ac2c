// data/package.hpp: a package of master data, opened, read, written. For this folder alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "archive/scratch_folder.hpp"
#include "data/master_tables.hpp"
#include "data/quick_row.hpp"
#include "data/row_file.hpp"
#include "data/rows.hpp"
#include "data/sorted_lines.hpp"

namespace plumb::data {

/// Of the package; a package of the format before is read too.
inline constexpr int format_version = 2;
/// A table with more rows is written as JSON Lines.
inline constexpr std::uint64_t most_rows_of_an_array = 10'000;

struct Metadata {
  int format = format_version;
  std::string schema;
  std::string version;              ///< of the description that wrote it
  std::uint32_t data_format = 1;    ///< `data format` of that description
  std::string source;               ///< the database, without a password
  std::string time;                 ///< UTC
  std::map<std::string, std::uint64_t> rows;
};

/// A folder or a .tar.zst, checked: links, names, sizes, checksums, format and schema. An archive is unpacked among the
/// temporary files; a package of an earlier data format is brought to the description's. Its files are read several times
/// later on, and each time every byte must be what it was.
class Package {
 public:
  /// Throws FileError, and Error with every mismatch of checksums.txt.
  Package(const std::string& path, const MasterTables& tables);

  const std::string& path() const { return path_; }  ///< as the user named it
  const Metadata& metadata() const { return metadata_; }
  bool is_sealed() const { return sealed_; }
  /// The file of a table's rows, empty where it has none; and its name in messages.
  std::string file_of(const std::string& table) const;
  std::string shown_file(const std::string& table) const;
  /// How many rows of a table metadata.json says there are, as far as the file can hold so many; 0: it does not say.
  std::uint64_t likely_rows(const std::string& table) const;
  /// Throws FileError when these are not the bytes that the table's file had when the package was opened.
  void expect(const std::string& table, const BytesMark& mark) const;
  [[noreturn]] void has_changed(const std::string& table) const;
  /// SHA-256 of everything that a sync reads of it.
  const std::string& fingerprint() const { return fingerprint_; }
  /// Names of row files, without their endings.
  const std::vector<std::string>& tables() const { return tables_; }

 private:
  /// What tells the bytes of a file.
  struct FileSum {
    std::string sha256;
    BytesMark mark;
  };

  void find_files();
  FileSum sum_of(const std::string& name) const;
  void leave_out(const MasterTables& tables);
  void read_metadata(const MasterTables& tables);

  std::string path_;
  std::string folder_;
  std::unique_ptr<archive::ScratchFolder> unpacked_;
  std::unique_ptr<archive::ScratchFolder> upgraded_;
  Metadata metadata_;
  bool sealed_ = false;
  std::vector<std::string> tables_;
  std::map<std::string, std::string> files_;  ///< table -> name of its file
  std::map<std::string, BytesMark> marks_;    ///< of their bytes
  std::string fingerprint_;
};

/// "PACKAGE/TABLE.json: row 12 {"code":"DE"}"; of details also which one of their owner.
std::string place_of(const Package& package, const MasterTables& tables, std::size_t table, const MasterRow& row);

/// Collects what is wrong, up to a hundred sentences.
class Problems {
 public:
  void add(std::string text);
  const std::vector<std::string>& all() const { return list_; }
  bool empty() const { return list_.empty(); }

 private:
  std::vector<std::string> list_;
};

/// Reads rows into their one form, details out of their owners.
class PackageReader {
 public:
  using Visit = std::function<void(std::size_t table, MasterRow row)>;
  /// Given a row that could be read at a look, and where it stands; whole_row() makes values of it.
  using VisitQuick = std::function<void(QuickRow& row, const RowText& text)>;

  PackageReader(const Package& package, const MasterTables& tables, Problems& problems) : package_(package), tables_(tables), problems_(problems) {}

  /// The rows of a table that stands in no other, and of its details. A row with a mistake is told and left out. Throws
  /// FileError when the file cannot be read.
  void read(std::size_t table, const Visit& visit) const;
  /// The same, but rows that can be read at a look are given to `quick` instead.
  void read(std::size_t table, const Visit& visit, const VisitQuick& quick) const;
  /// Of a table that stands in no other. Requires: nothing is wrong with the row.
  MasterRow whole_row(std::size_t table, const RowText& text) const;
  /// Called for each list of details that an owner's row holds, with the table of the details and the owner's key.
  std::function<void(std::size_t table, const Json& owner)> on_list;

 private:
  void read_row(std::size_t table, const Json& one, MasterRow row, const Json* owner, const Visit& visit) const;
  void read_field(std::size_t table, MasterRow& row, const std::string& field, const Json& value, std::vector<std::string>& wrong) const;
  void read_details(std::size_t owner, const Json& one, const MasterRow& row, const Visit& visit) const;
  Json value_of(const Json& value, const MasterColumn& column) const;
  std::string unknown_field(const MasterTable& table, const std::string& field) const;

  const Package& package_;
  const MasterTables& tables_;
  Problems& problems_;
};

/// Adds a problem for each file that is of no table.
void note_files_of_no_table(const Package& package, const MasterTables& tables, Problems& problems);

/// The rows of one table on their way into a package.
struct TableContent {
  std::uint64_t count = 0;
  std::vector<MasterRow> rows;         ///< all of them …
  std::unique_ptr<SortedLines> lines;  ///< … or, of a large table that stands in no other, their lines
};

/// The row as a line of a file. Throws Error that names table, row and field when a value is none that the column's declared
/// type can hold.
std::string line_of(const MasterTable& table, const MasterRow& row);

/// What an export is of.
struct Origins {
  std::string source;
  std::string time;
};

/// Writes every table's file, metadata.json and checksums.txt into a folder, or all of it as one archive. Files of tables
/// that are no longer master tables are removed when the folder holds this schema's master data already. A folder or archive
/// that says the same rows already keeps its source and time, and so its bytes. Throws FileError, and Error that names table,
/// row and field when a value is none that the column's declared type can hold.
void write_package(const std::string& path, const MasterTables& tables, const std::vector<TableContent>& content, const Origins& origins);

/// Writes checksums.txt anew, after files were edited by hand.
void seal(const std::string& folder);

/// Brings the rows of a package whose files are of the format `from` to the description's, into the folder `to`. Throws Error
/// where no way leads there, FileError.
void upgrade(const Package& package, std::uint32_t from, const MasterTables& tables, const std::string& to);

}  // namespace plumb::data
