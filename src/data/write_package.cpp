#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <unordered_map>

#include "archive/archive.hpp"
#include "archive/checksums.hpp"
#include "data/package.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

namespace fs = std::filesystem;

/// SQLite may hold anything in any column; a file says only what another database could hold too.
void check_value(const MasterTable& table, const MasterRow& row, const MasterColumn& column,
                 const Json& value) {
  if (value.is_null() || value.is_object()) return;
  const auto refuse = [&](const std::string& why) {
    throw Error("table `" + table.name + "`, row " + shortened(row.key, 200) + ": `" + column.name +
                "` holds " + shortened(shown(value), 60) + ", " + why);
  };
  if (value.is_string() && !is_valid_utf8(value.get_ref<const std::string&>()))
    refuse("which is no valid UTF-8");
  if (column.parent) return;
  try {
    if (in_one_form(value, column) == value) return;
  } catch (const Error& error) {
    refuse("but the column is declared to hold " + std::string(error.what()));
  }
  refuse("which its declared type does not hold as it is");
}

/// The texts of the files of one export.
class Texts {
 public:
  Texts(const MasterTables& tables, const std::vector<std::vector<MasterRow>>& rows) : tables_(tables), rows_(rows), details_(tables.tables.size()) {
    for (std::size_t index = 0; index < tables.tables.size(); ++index) {
      if (tables.tables[index].owner) gather(index);
    }
  }

  /// One piece after the other, so that the whole table need not stand twice in the memory.
  std::string of(std::size_t index) const {
    const bool as_lines = is_large(index);
    std::string text;
    for (const MasterRow* row : in_key_order(tables_.tables[index], all_of(rows_[index]))) {
      const Json one = as_json(index, *row);
      if (as_lines) {
        text += shown(one) + "\n";
        continue;
      }
      text += text.empty() ? "[\n  " : ",\n  ";
      text += replace_all(one.dump(2), "\n", "\n  ");
    }
    if (as_lines) return text;
    return text.empty() ? "[]\n" : text + "\n]\n";
  }

  bool is_large(std::size_t index) const { return rows_[index].size() > most_rows_of_an_array; }

 private:
  using Pointers = std::vector<const MasterRow*>;

  static Pointers all_of(const std::vector<MasterRow>& rows) {
    Pointers all;
    all.reserve(rows.size());
    for (const MasterRow& row : rows) all.push_back(&row);
    return all;
  }

  static Pointers in_key_order(const MasterTable& table, Pointers rows) {
    std::sort(rows.begin(), rows.end(), [&](const MasterRow* a, const MasterRow* b) {
      for (const std::size_t k : table.key) {
        if (comes_before(a->values[k], b->values[k])) return true;
        if (comes_before(b->values[k], a->values[k])) return false;
      }
      return false;
    });
    return rows;
  }

  void gather(std::size_t index) {
    for (const MasterRow& row : rows_[index]) details_[index][key_text(row.values[tables_.tables[index].owner_reference])].push_back(&row);
  }

  Json as_json(std::size_t index, const MasterRow& row) const {
    const MasterTable& table = tables_.tables[index];
    Json one = Json::object();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (table.owner && c == table.owner_reference) continue;
      check_value(table, row, table.columns[c], row.values[c]);
      one[table.columns[c].name] = row.values[c];
    }
    for (const std::size_t detail : table.details) {
      Json list = Json::array();
      const auto found = details_[detail].find(row.key);
      if (found != details_[detail].end()) {
        for (const MasterRow* child : in_key_order(tables_.tables[detail], found->second)) list.push_back(as_json(detail, *child));
      }
      one[tables_.tables[detail].field] = std::move(list);
    }
    return one;
  }

  const MasterTables& tables_;
  const std::vector<std::vector<MasterRow>>& rows_;
  std::vector<std::unordered_map<std::string, Pointers>> details_;  ///< by the owner's key
};

Json metadata_of(const std::string& path) {
  if (!file_exists(path)) return nullptr;
  try {
    return read_json(path, path);
  } catch (const FileError&) {
    return nullptr;
  }
}

bool is_ours(const Json& metadata, const std::string& schema) {
  return metadata.is_object() && metadata.contains("format") && metadata.contains("schema") && metadata["schema"] == schema;
}

bool holds_rows(const std::string& path) {
  if (path.ends_with(".jsonl")) return true;
  const std::string text = read_file(path);
  return trim(text).starts_with('[');
}

class Writer {
 public:
  Writer(const std::string& folder, const MasterTables& tables, const std::vector<std::vector<MasterRow>>& rows, const Origins& origins)
      : folder_(folder), tables_(tables), rows_(rows), origins_(origins), texts_(tables, rows) {}

  /// The names of the files.
  std::vector<std::string> write() {
    if (file_exists(folder_) && !is_folder(folder_)) throw FileError(folder_, "is a file, not a folder");
    std::vector<std::pair<std::string, std::string>> files;  // all texts before the first is written
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (!tables_.tables[index].owner && !tables_.tables[index].is_left_out) files.emplace_back(tables_.tables[index].name + (texts_.is_large(index) ? ".jsonl" : ".json"), texts_.of(index));
    }
    make_folders(folder_);
    const Json before = metadata_of(folder_ + "/metadata.json");
    if (is_ours(before, tables_.schema)) remove_stale_files(files);
    bool is_same = is_ours(before, tables_.schema);
    std::vector<std::string> names{"metadata.json"};
    for (const auto& [name, text] : files) {
      const std::string path = folder_ + "/" + name;
      names.push_back(name);
      if (file_exists(path) && read_file(path) == text) continue;
      is_same = false;
      write_file(path, text);
    }
    write_file(folder_ + "/metadata.json", metadata(before, is_same).dump(2) + "\n");
    write_file(folder_ + "/" + archive::checksums_name, archive::checksums_of(folder_, names));
    names.emplace_back(archive::checksums_name);
    return names;
  }

 private:
  Json metadata(const Json& before, bool is_same) const {
    Json metadata{{"format", format_version}, {"schema", tables_.schema}, {"version", tables_.version}, {"data_format", tables_.format.version}};
    const auto kept = [&](const char* field, const std::string& otherwise) {
      return is_same && before.contains(field) && before[field].is_string() ? before[field].get<std::string>() : otherwise;
    };
    metadata["source"] = kept("source", origins_.source);
    metadata["time"] = kept("time", origins_.time);
    Json counts = Json::object();
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (!tables_.tables[index].is_left_out) counts[tables_.tables[index].name] = rows_[index].size();
    }
    metadata["rows"] = std::move(counts);
    return metadata;
  }

  void remove_stale_files(const std::vector<std::pair<std::string, std::string>>& files) const {
    std::vector<fs::path> stale;
    std::error_code problem;
    for (fs::directory_iterator it(folder_, problem), end; !problem && it != end; it.increment(problem)) {
      const std::string name = it->path().filename().string();
      if (!(name.ends_with(".json") || name.ends_with(".jsonl")) || name == "metadata.json" || !it->is_regular_file(problem)) continue;
      const bool is_written = std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.first == name; });
      if (!is_written && holds_rows(it->path().string())) stale.push_back(it->path());
    }
    for (const auto& path : stale) fs::remove(path, problem);
    if (problem) throw FileError(folder_, "a file of a table that is gone cannot be removed: " + problem.message());
  }

  const std::string& folder_;
  const MasterTables& tables_;
  const std::vector<std::vector<MasterRow>>& rows_;
  const Origins& origins_;
  Texts texts_;
};

}  // namespace

void write_package(const std::string& path, const MasterTables& tables, const std::vector<std::vector<MasterRow>>& rows, const Origins& origins) {
  if (!archive::is_archive_name(path)) {
    Writer(path, tables, rows, origins).write();
    return;
  }
  const archive::ScratchFolder scratch;
  const std::string folder = scratch.path() + "/package";
  if (file_exists(path)) {
    try {
      make_folders(folder);
      archive::unpack(path, folder);
    } catch (const FileError&) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);  // whatever it was, it is written anew
    }
  }
  const auto names = Writer(folder, tables, rows, origins).write();
  archive::pack(folder, names, path);
}

}  // namespace plumb::data
