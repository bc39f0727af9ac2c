// dialect/mariadb/show_create_ast.hpp: what the grammar of SHOW CREATE finds: stretches of the text, nothing
// undone yet.
#pragma once

#include <string_view>
#include <vector>

#include "model/table.hpp"

namespace plumb::mariadb::show_create::ast {

/// A stretch of the text; not there at all is different from empty.
struct Slice {
  const char* begin = nullptr;
  const char* end = nullptr;
  std::string_view text() const {
    return begin == nullptr ? std::string_view()
                            : std::string_view(begin, static_cast<std::size_t>(end - begin));
  }
  bool stands() const { return begin != nullptr; }
};

struct Column {
  Slice name;
  Slice type;
  Slice charset;
  Slice collation;
  Slice row;        ///< START or END of GENERATED ALWAYS AS ROW …
  Slice generated;  ///< the expression, without the brackets
  bool is_virtual = false;
  bool is_stored = false;
  bool not_null = false;
  bool null = false;
  bool invisible = false;
  Slice default_value;
  bool without_versioning = false;
  Slice on_update;
  bool auto_increment = false;
  Slice comment;
  Slice options;  ///< `name`='value' of the storage engine
  Slice check;
};

struct Part {
  Slice column;
  Slice length;
  bool descending = false;
  bool without_overlaps = false;
};

struct Key {
  IndexKind kind = IndexKind::Plain;
  Slice name;
  std::vector<Part> parts;
  Slice options;  ///< before the comment
  Slice comment;
  Slice more_options;
};

struct PrimaryKey {
  std::vector<Part> parts;
  Slice options;
};

struct ForeignKey {
  Slice name;
  std::vector<Slice> columns;
  std::vector<Slice> table;  ///< perhaps with the database before it
  std::vector<Slice> referenced;
  Slice on_delete;
  Slice on_update;
};

struct Check {
  Slice name;
  Slice expression;
};

/// KEY=value; the words of a clause that has no value.
struct Option {
  Slice key;
  Slice value;
};

struct Table {
  Slice name;
  std::vector<Column> columns;
  std::vector<PrimaryKey> primary_keys;
  std::vector<Key> keys;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Check> checks;
  std::vector<Slice> periods;
  std::vector<Option> options;
  Slice partitions;
};

struct View {
  Slice header;
  std::vector<Slice> name;
  std::vector<Slice> columns;
  Slice query;
};

}  // namespace plumb::mariadb::show_create::ast
