#include <algorithm>
#include <filesystem>
#include <system_error>

#include "data/json_file.hpp"
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

std::vector<const MasterRow*> in_key_order(const MasterTable& table, const std::vector<MasterRow>& rows) {
  std::vector<const MasterRow*> sorted;
  sorted.reserve(rows.size());
  for (const MasterRow& row : rows) sorted.push_back(&row);
  std::sort(sorted.begin(), sorted.end(), [&](const MasterRow* a, const MasterRow* b) {
    for (const std::size_t k : table.key) {
      if (comes_before(a->values[k], b->values[k])) return true;
      if (comes_before(b->values[k], a->values[k])) return false;
    }
    return false;
  });
  return sorted;
}

/// The rows one after the other, so that the whole table need not stand twice in the memory.
std::string file_text(const MasterTable& table, const std::vector<MasterRow>& rows) {
  std::string text;
  for (const MasterRow* row : in_key_order(table, rows)) {
    Json one = Json::object();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      check_value(table, *row, table.columns[c], row->values[c]);
      one[table.columns[c].name] = row->values[c];
    }
    text += text.empty() ? "[\n  " : ",\n  ";
    text += replace_all(one.dump(2), "\n", "\n  ");
  }
  return text.empty() ? "[]\n" : text + "\n]\n";
}

bool is_ours(const std::string& folder, const std::string& schema) {
  const std::string path = folder + "/metadata.json";
  if (!file_exists(path)) return false;
  try {
    const Json metadata = read_json(path);
    return metadata.is_object() && metadata.contains("format") && metadata.contains("schema") &&
           metadata["schema"] == schema;
  } catch (const FileError&) {
    return false;
  }
}

bool holds_an_array(const std::string& path) {
  const std::string text = read_file(path);
  return trim(text).starts_with('[');
}

void remove_stale_files(const std::string& folder, const MasterTables& tables) {
  std::vector<fs::path> stale;
  std::error_code problem;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
    const std::string name = it->path().filename().string();
    if (!name.ends_with(".json") || name == "metadata.json" || !it->is_regular_file(problem)) continue;
    if (!tables.find(name.substr(0, name.size() - 5)) && holds_an_array(it->path().string()))
      stale.push_back(it->path());
  }
  for (const auto& path : stale) fs::remove(path, problem);
  if (problem)
    throw FileError(folder, "a file of a table that is gone cannot be removed: " + problem.message());
}

}  // namespace

void write_package(const std::string& folder, const MasterTables& tables, const Rows& rows) {
  if (file_exists(folder) && !is_folder(folder)) throw FileError(folder, "is a file, not a folder");
  std::vector<std::string> texts;
  for (std::size_t index = 0; index < tables.tables.size(); ++index)
    texts.push_back(file_text(tables.tables[index], rows.tables[index]));
  make_folders(folder);
  if (is_ours(folder, tables.schema)) remove_stale_files(folder, tables);
  for (std::size_t index = 0; index < tables.tables.size(); ++index)
    write_file(folder + "/" + tables.tables[index].name + ".json", texts[index]);
  const Json metadata{{"format", format_version}, {"schema", tables.schema}, {"version", tables.version}};
  write_file(folder + "/metadata.json", metadata.dump(2) + "\n");
}

}  // namespace plumb::data
