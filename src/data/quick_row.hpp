// data/quick_row.hpp: a row as it stands in its file, hashed and bound without making values of its fields. For this folder alone.
//
// Takes only rows that hold every field of their table, each in a form that is clear at a look. Every other row is read
// thoroughly (PackageReader), which also says what is wrong with it; both give the same hash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/master_tables.hpp"
#include "data/row_hash.hpp"
#include "sql/value.hpp"

namespace plumb::data {

class QuickRow {
 public:
  /// Whether rows of the table can be read this way at all: they hold no rows of others and stand in none.
  static bool suits(const MasterTable& table) { return !table.owner && table.details.empty(); }

  /// Requires: it suits. Borrows the tables.
  QuickRow(const MasterTables& tables, std::size_t table);

  /// False: the row is to be read thoroughly. The text must live as long as the row is looked at.
  bool read(std::string_view text);

  RowHash hash();
  /// The natural key as JSON, as key_text() gives it.
  std::string key() const;
  /// The values to bind, in the order of the columns; NULL for a reference.
  void bind(sql::Row& values) const;
  bool is_reference(std::size_t column) const { return fields_[column].kind == Kind::Reference; }
  /// The natural key that a reference holds, as JSON, and its hash. Requires: is_reference().
  const std::string& referred(std::size_t column) const { return fields_[column].json; }
  std::uint64_t referred_hash(std::size_t column) const;
  /// The text of a column, where it holds one.
  bool is_text(std::size_t column) const { return fields_[column].kind == Kind::Text; }
  std::string_view text(std::size_t column) const { return fields_[column].text; }
  void append(std::string& bytes, std::size_t column) const { append(bytes, fields_[column]); }

 private:
  enum class Kind { Missing, Null, True, False, Whole, Real, Text, Reference };
  struct Field {
    Kind kind = Kind::Missing;
    std::string_view text;
    std::int64_t whole = 0;
    double real = 0;
    std::string form;  ///< what `text` shows, where the file says it in another spelling; the bytes of a reference
    std::string json;  ///< of a reference
  };

  bool read_fields();
  bool read_value(const MasterColumn& column, Field& field);
  bool read_text(const MasterColumn& column, Field& field);
  bool take_number(bool& is_whole);
  bool read_number(const MasterColumn& column, Field& field);
  bool read_reference(const MasterColumn& column, Field& field);
  bool take_string(std::string_view& text);
  bool take(char c);
  bool take_word(std::string_view word);
  void skip();
  std::size_t column_of(std::string_view name) const;
  static void append(std::string& bytes, const Field& field);
  static void append_json(std::string& json, const std::string& name, const Field& field);

  const MasterTables& tables_;
  const MasterTable& table_;
  std::vector<Field> fields_;
  std::string bytes_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::size_t depth_ = 0;
  std::vector<std::string> beginnings_;  ///< of the fields: `"name":`
};

}  // namespace plumb::data
