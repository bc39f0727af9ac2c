#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "data/json_file.hpp"
#include "data/package.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

class Reader {
 public:
  Reader(std::string folder, const MasterTables& tables, const Rows& standing)
      : folder_(std::move(folder)), tables_(tables), standing_(standing) {
    package_ = empty_package(tables);
    rows_of_key_.resize(tables.tables.size());
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
    if (package_.problems.size() == most) package_.problems.push_back("further problems are not listed");
  }

  void read_metadata() {
    const std::string path = folder_ + "/metadata.json";
    if (!is_folder(folder_)) throw FileError(folder_, "is no folder");
    if (!file_exists(path)) throw FileError(folder_, "holds no metadata.json: not a folder of master data");
    const Json metadata = read_json(path);
    if (!metadata.is_object() || !metadata.contains("format") || !metadata["format"].is_number_integer())
      throw FileError(path, "names no `format`");
    if (metadata["format"] != format_version) {
      throw FileError(path, "has format " + metadata["format"].dump() + "; this plumb reads format " +
                                std::to_string(format_version));
    }
    if (metadata.contains("schema") && metadata["schema"].is_string() &&
        metadata["schema"] != tables_.schema) {
      throw FileError(path, "is of the schema `" + metadata["schema"].get<std::string>() +
                                "`, the description is `" + tables_.schema + "`");
    }
    if (metadata.contains("version") && metadata["version"].is_string())
      package_.version = metadata["version"].get<std::string>();
  }

  void read_table(std::size_t index) {
    const std::string path = folder_ + "/" + tables_.tables[index].name + ".json";
    if (!file_exists(path)) return;
    const Json rows = read_json(path);
    if (!rows.is_array()) throw FileError(path, "must hold an array of rows");
    package_.rows.tables[index].reserve(rows.size());
    std::size_t number = 0;
    for (const Json& one : rows) read_row(index, one, ++number);
  }

  void read_row(std::size_t index, const Json& one, std::size_t number) {
    const MasterTable& table = tables_.tables[index];
    MasterRow row;
    row.number = number;
    row.values.assign(table.columns.size(), Json(Json::value_t::discarded));
    std::vector<std::string> wrong;
    if (one.is_object()) {
      for (const auto& [field, value] : one.items()) read_field(table, row, field, value, wrong);
      for (const std::size_t k : table.key) {
        if (row.values[k].is_discarded() && !one.contains(table.columns[k].name))
          wrong.push_back("the field `" + table.columns[k].name + "` of the natural key is missing");
      }
    } else {
      wrong.emplace_back("must be an object, not " + shortened(shown(one), 60));
    }
    const bool has_key = std::none_of(table.key.begin(), table.key.end(),
                                      [&](std::size_t k) { return row.values[k].is_discarded(); });
    if (has_key) add_key(index, row, wrong);
    for (const auto& sentence : wrong) problem(place_of(folder_, table, row) + ": " + sentence);
    if (wrong.empty()) package_.rows.tables[index].push_back(std::move(row));
  }

  void add_key(std::size_t index, MasterRow& row, std::vector<std::string>& wrong) {
    row.key = key_text(key_object(tables_.tables[index], row));
    const auto [other, is_new] = rows_of_key_[index].emplace(row.key, row.number);
    if (!is_new)
      wrong.push_back("the natural key stands twice in `" + tables_.tables[index].name + "`, in row " +
                      std::to_string(other->second) + " too");
  }

  void read_field(const MasterTable& table, MasterRow& row, const std::string& field, const Json& value,
                  std::vector<std::string>& wrong) {
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const MasterColumn& c) { return c.name == field; });
    if (column == table.columns.end()) {
      wrong.push_back(unknown_field(table, field));
    } else if (value.is_null() && !column->nullable) {
      wrong.push_back("`" + field + "` may not be null");
    } else {
      try {
        row.values[static_cast<std::size_t>(column - table.columns.begin())] = value_of(value, *column);
      } catch (const Error& error) {
        wrong.push_back("`" + field + "` must be " + error.what() + ", not " + shortened(shown(value), 60));
      }
    }
  }

  static std::string unknown_field(const MasterTable& table, const std::string& field) {
    if (std::find(table.kept.begin(), table.kept.end(), field) != table.kept.end()) {
      return "`" + field + "` is filled by the database itself and stands in no file";
    }
    std::vector<std::string> names;
    for (const MasterColumn& column : table.columns) names.push_back(column.name);
    const std::string near = closest_match(field, names);
    return "`" + field + "` is no column of `" + table.name + "`" +
           (near.empty() ? "" : "; did you mean `" + near + "`?");
  }

  /// A reference in the column's own order of fields, each value in its one form.
  Json value_of(const Json& value, const MasterColumn& column) const {
    if (!column.parent || value.is_null()) return in_one_form(value, column);
    const MasterTable& parent = tables_.tables[*column.parent];
    std::vector<std::string> names;
    for (const std::size_t k : parent.key) names.push_back("\"" + parent.columns[k].name + "\": …");
    const std::string wanted = "a natural key of `" + parent.name + "`: {" + join(names, ", ") + "}";
    if (!value.is_object() || value.size() != parent.key.size()) throw Error(wanted);
    Json key = Json::object();
    for (const std::size_t k : parent.key) {
      const MasterColumn& part = parent.columns[k];
      if (!value.contains(part.name) || (value[part.name].is_null() && !part.nullable)) throw Error(wanted);
      key[part.name] = value_of(value[part.name], part);
    }
    return key;
  }

  void check_references() {
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      const MasterTable& table = tables_.tables[index];
      for (const MasterRow& row : package_.rows.tables[index]) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
          if (table.columns[c].parent && row.values[c].is_object())
            check_reference(table, row, table.columns[c], row.values[c]);
        }
      }
    }
  }

  void check_reference(const MasterTable& table, const MasterRow& row, const MasterColumn& column,
                       const Json& value) {
    const std::string key = key_text(value);
    if (rows_of_key_[*column.parent].contains(key)) return;
    const auto& standing = standing_.handle_of_key[*column.parent];
    const auto handle = standing.find(column.parent_column);
    if (handle != standing.end() && handle->second.contains(key)) return;
    problem(place_of(folder_, table, row) + ": `" + column.name + "` refers to " + key +
            ", which is neither in the folder nor in the database's `" + tables_.tables[*column.parent].name +
            "`");
  }

  void note_files_of_no_table() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      const std::string name = entry.path().filename().string();
      if (!name.ends_with(".json") || name == "metadata.json") continue;
      const std::string table = name.substr(0, name.size() - 5);
      const auto known = tables_.find(table);
      if (!known || tables_.tables[*known].name != table) names.push_back(table);
    }
    std::sort(names.begin(), names.end());
    for (const auto& table : names)
      problem(folder_ + "/" + table + ".json: there is no master table `" + table + "`");
  }

  std::string folder_;
  const MasterTables& tables_;
  const Rows& standing_;
  Package package_;
  std::vector<std::unordered_map<std::string, std::size_t>> rows_of_key_;
};

}  // namespace

std::string place_of(const std::string& folder, const MasterTable& table, const MasterRow& row) {
  std::string place = folder + "/" + table.name + ".json: row " + std::to_string(row.number);
  if (!row.key.empty()) place += " " + shortened(row.key, 300);
  return place;
}

Package empty_package(const MasterTables& tables) {
  Package package;
  package.rows.tables.resize(tables.tables.size());
  package.rows.key_of_handle.resize(tables.tables.size());
  package.rows.handle_of_key.resize(tables.tables.size());
  return package;
}

Package read_package(const std::string& folder, const MasterTables& tables, const Rows& standing) {
  return Reader(folder, tables, standing).run();
}

}  // namespace plumb::data
