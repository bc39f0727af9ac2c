#include "data/package.hpp"

#include <algorithm>
#include <set>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr int format_version = 1;
constexpr std::size_t deepest_nesting = 64;

/// Parses with a bound on nesting; a problem is a sentence.
Json parsed(const std::string& text, const std::string& path) {
  if (!is_valid_utf8(text)) throw FileError(path, "is no valid UTF-8");
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string) {
      if (text[i] == '\\') ++i;
      else if (text[i] == '"') in_string = false;
    } else if (text[i] == '"') {
      in_string = true;
    } else if (text[i] == '[' || text[i] == '{') {
      if (++depth > deepest_nesting) throw FileError(path, "is nested more than " + std::to_string(deepest_nesting) + " deep");
    } else if (text[i] == ']' || text[i] == '}') {
      if (depth > 0) --depth;
    }
  }
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::size_t at = std::min(error.byte, text.size());
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    throw FileError(path, "is no valid JSON: line " + std::to_string(line));
  }
}

/// By the natural key, field by field: numbers by size, texts by bytes.
bool comes_before(const MasterTable& table, const MasterRow& a, const MasterRow& b) {
  for (const std::size_t k : table.key) {
    if (a.values[k] < b.values[k]) return true;
    if (b.values[k] < a.values[k]) return false;
  }
  return false;
}

class Reader {
 public:
  Reader(std::string folder, const MasterTables& tables, const Rows& standing) : folder_(std::move(folder)), tables_(tables), standing_(standing) {
    package_.rows.tables.resize(tables.tables.size());
    package_.rows.key_of_handle.resize(tables.tables.size());
    package_.rows.handle_of_key.resize(tables.tables.size());
    keys_.resize(tables.tables.size());
  }

  Package run() {
    read_metadata();
    for (const std::size_t index : tables_.by_key) read_table(index);
    check_references();
    note_files_of_no_table();
    return std::move(package_);
  }

 private:
  void problem(const std::string& text) {
    constexpr std::size_t most = 100;
    if (package_.problems.size() < most) package_.problems.push_back(text);
  }

  void read_metadata() {
    const std::string path = folder_ + "/metadata.json";
    if (!is_folder(folder_)) throw FileError(folder_, "is no folder");
    if (!file_exists(path)) throw FileError(folder_, "holds no metadata.json: not a folder of master data");
    const Json metadata = parsed(read_file(path), path);
    if (!metadata.is_object() || !metadata.contains("format") || !metadata["format"].is_number_integer()) throw FileError(path, "names no `format`");
    if (metadata["format"] != format_version) throw FileError(path, "has format " + metadata["format"].dump() + "; this plumb reads format " + std::to_string(format_version));
    if (metadata.contains("schema") && metadata["schema"].is_string() && metadata["schema"] != tables_.schema) {
      throw FileError(path, "is of the schema `" + metadata["schema"].get<std::string>() + "`, the description is `" + tables_.schema + "`");
    }
    if (metadata.contains("version") && metadata["version"].is_string()) package_.version = metadata["version"].get<std::string>();
  }

  void read_table(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    const std::string path = folder_ + "/" + table.name + ".json";
    if (!file_exists(path)) return;
    const Json rows = parsed(read_file(path), path);
    if (!rows.is_array()) throw FileError(path, "must hold an array of rows");
    std::size_t number = 0;
    for (const Json& one : rows) {
      ++number;
      read_row(index, one, path + ": row " + std::to_string(number));
    }
  }

  void read_row(std::size_t index, const Json& one, const std::string& place) {
    const MasterTable& table = tables_.tables[index];
    if (!one.is_object()) return problem(place + " is no object");
    MasterRow row;
    row.values.assign(table.columns.size(), Json(Json::value_t::discarded));
    bool whole = true;
    for (const auto& [field, value] : one.items()) {
      const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&, f = field](const MasterColumn& c) { return c.name == f; });
      if (column == table.columns.end()) {
        std::vector<std::string> names;
        for (const MasterColumn& c : table.columns) names.push_back(c.name);
        const std::string near = closest_match(field, names);
        problem(place + ": `" + field + "` is no column of `" + table.name + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
        whole = false;
        continue;
      }
      try {
        row.values[static_cast<std::size_t>(column - table.columns.begin())] = value_of(value, *column);
      } catch (const Error& error) {
        problem(place + ": `" + field + "` must be " + error.what() + ", not " + shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60));
        whole = false;
      }
    }
    for (const std::size_t k : table.key) {
      if (!row.values[k].is_discarded()) continue;
      problem(place + ": the field `" + table.columns[k].name + "` of the natural key is missing");
      whole = false;
    }
    if (!whole) return;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (row.values[c].is_null() && !table.columns[c].nullable) {
        problem(place + ": `" + table.columns[c].name + "` may not be null");
        whole = false;
      }
    }
    row.key = key_text(key_object(table, row));
    if (!keys_[index].insert(row.key).second) {
      problem(place + ": the natural key " + row.key + " stands twice in `" + table.name + "`");
      whole = false;
    }
    if (whole) package_.rows.tables[index].push_back(std::move(row));
  }

  /// A reference in the column's own order of fields, each value in its one form.
  Json value_of(const Json& value, const MasterColumn& column) const {
    if (!column.parent || value.is_null()) return in_one_form(value, column);
    const MasterTable& parent = tables_.tables[*column.parent];
    std::vector<std::string> names;
    for (const std::size_t k : parent.key) names.push_back(parent.columns[k].name);
    const std::string wanted = "a natural key of `" + parent.name + "`: {" + join(names, ", ") + "}";
    if (!value.is_object() || value.size() != parent.key.size()) throw Error(wanted);
    Json key = Json::object();
    for (const std::size_t k : parent.key) {
      const MasterColumn& part = parent.columns[k];
      if (!value.contains(part.name)) throw Error(wanted);
      key[part.name] = value_of(value[part.name], part);
    }
    return key;
  }

  void check_references() {
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      const MasterTable& table = tables_.tables[index];
      for (const MasterRow& row : package_.rows.tables[index]) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
          const MasterColumn& column = table.columns[c];
          if (!column.parent || row.values[c].is_null() || row.values[c].is_discarded()) continue;
          const std::string key = key_text(row.values[c]);
          if (keys_[*column.parent].contains(key)) continue;
          const auto& standing = standing_.handle_of_key[*column.parent];
          const auto handle = standing.find(column.parent_column);
          if (handle != standing.end() && handle->second.contains(key)) continue;
          problem(folder_ + "/" + table.name + ".json: row " + row.key + ": `" + column.name + "` refers to " + key + ", which is neither in the folder nor in the database's `" +
                  tables_.tables[*column.parent].name + "`");
        }
      }
    }
  }

  void note_files_of_no_table() {
    for (const auto& path : files_below(folder_, ".json")) {
      const std::string name = path.substr(path.find_last_of('/') + 1);
      if (name == "metadata.json") continue;
      if (!tables_.find(name.substr(0, name.size() - 5))) problem(path + ": there is no master table `" + name.substr(0, name.size() - 5) + "`");
    }
  }

  std::string folder_;
  const MasterTables& tables_;
  const Rows& standing_;
  Package package_;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

void write_package(const std::string& folder, const MasterTables& tables, const Rows& rows) {
  if (file_exists(folder) && !is_folder(folder)) throw FileError(folder, "is a file, not a folder");
  make_folders(folder);
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    const MasterTable& table = tables.tables[index];
    std::vector<const MasterRow*> sorted;
    for (const MasterRow& row : rows.tables[index]) sorted.push_back(&row);
    std::sort(sorted.begin(), sorted.end(), [&](const MasterRow* a, const MasterRow* b) { return comes_before(table, *a, *b); });
    Json array = Json::array();
    for (const MasterRow* row : sorted) {
      Json one = Json::object();
      for (std::size_t c = 0; c < table.columns.size(); ++c) one[table.columns[c].name] = row->values[c];
      array.push_back(std::move(one));
    }
    write_file(folder + "/" + table.name + ".json", array.dump(2) + "\n");
  }
  const Json metadata{{"format", format_version}, {"schema", tables.schema}, {"version", tables.version}};
  write_file(folder + "/metadata.json", metadata.dump(2) + "\n");
}

Package read_package(const std::string& folder, const MasterTables& tables, const Rows& standing) { return Reader(folder, tables, standing).run(); }

}  // namespace plumb::data
