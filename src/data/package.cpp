#include "data/package.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "archive/archive.hpp"
#include "archive/checksums.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_problems = 100;

/// The table that a file's name says; empty: it holds no rows.
std::string table_of(const std::string& name) {
  for (const std::string ending : {".json", ".jsonl"}) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return {};
}

std::string text_of(const Json& metadata, const char* field) {
  return metadata.contains(field) && metadata[field].is_string() ? metadata[field].get<std::string>() : std::string();
}

}  // namespace

Package::Package(const std::string& path, const MasterTables& tables) : path_(path), folder_(path) {
  while (folder_.size() > 1 && folder_.ends_with('/')) folder_.pop_back();
  path_ = folder_;
  if (archive::is_archive_name(path) && file_exists(path) && !is_folder(path)) {
    unpacked_ = std::make_unique<archive::ScratchFolder>();
    archive::unpack(path, unpacked_->path());
    folder_ = unpacked_->path();
  }
  if (!is_folder(folder_)) throw FileError(path, file_exists(path) ? "is no folder, and its name does not end in .tar.zst" : "is no folder");
  find_files();
  if (unpacked_ && !sealed_) throw FileError(path_, "holds no checksums.txt");
  read_metadata(tables);
  leave_out(tables);
  const std::uint32_t wanted = tables.format.version;
  if (metadata_.data_format == wanted) return;
  upgraded_ = std::make_unique<archive::ScratchFolder>();
  upgrade(*this, metadata_.data_format, tables, upgraded_->path());
  folder_ = upgraded_->path();
  const std::string fingerprint = fingerprint_;
  const bool sealed = sealed_;
  find_files();
  leave_out(tables);
  fingerprint_ = fingerprint;
  sealed_ = sealed;
}

Package::FileSum Package::sum_of(const std::string& name) const {
  std::ifstream file(folder_ + "/" + name, std::ios::binary);
  if (!file) throw FileError(path_ + "/" + name, "cannot be read");
  FileSum sum;
  Sha256 sha256;
  std::string piece(bytes_of_a_piece, '\0');
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(file.gcount()));
    sha256.update(bytes);
    if (!bytes.empty()) sum.mark.update(bytes);
  }
  if (file.bad()) throw FileError(path_ + "/" + name, "cannot be read");
  sum.sha256 = sha256.hex();
  return sum;
}

void Package::expect(const std::string& table, const BytesMark& mark) const {
  if (marks_.at(table) != mark) has_changed(table);
}

void Package::has_changed(const std::string& table) const { throw FileError(shown_file(table), "has changed while it was read; nothing was written"); }

void Package::find_files() {
  tables_.clear();
  files_.clear();
  marks_.clear();
  std::vector<std::string> names;
  std::error_code problem;
  for (fs::directory_iterator it(folder_, problem), end; !problem && it != end; it.increment(problem)) {
    const std::string name = it->path().filename().string();
    const std::string table = table_of(name);
    if (table.empty()) continue;
    const fs::file_status status = it->symlink_status(problem);
    if (!fs::is_regular_file(status)) throw FileError(path_ + "/" + name, fs::is_symlink(status) ? "is a link; a package holds files alone" : "is no file");
    names.push_back(name);
    if (name == "metadata.json") continue;
    if (!files_.emplace(table, name).second) throw FileError(path_ + "/" + table, "stands there as .json and as .jsonl");
    tables_.push_back(table);
  }
  if (problem) throw FileError(path_, "cannot be read: " + problem.message());
  std::sort(names.begin(), names.end());
  std::sort(tables_.begin(), tables_.end());
  std::map<std::string, FileSum> sums;
  for (const auto& name : names) {
    const FileSum& sum = sums.emplace(name, sum_of(name)).first->second;
    if (name != "metadata.json") marks_.emplace(table_of(name), sum.mark);
  }
  sealed_ = file_exists(folder_ + "/" + archive::checksums_name);
  if (sealed_) {
    auto wrong = archive::check_checksums(folder_, names, [&](const std::string& name) { return sums.at(name).sha256; });
    for (auto& text : wrong) text = replace_all(std::move(text), folder_ + "/", path_ + "/");
    if (!wrong.empty()) throw Error(join(wrong, "\n") + "\n(after an edit by hand, `plumb data seal` writes checksums.txt anew)");
  }
  Sha256 sum;
  for (const auto& name : names) {
    if (name != "metadata.json") sum.update(name + "\n" + sums.at(name).sha256 + "\n");
  }
  fingerprint_ = sum.hex();
}

void Package::leave_out(const MasterTables& tables) {
  const auto is_left_out = [&](const std::string& name) {
    const auto known = tables.find(name);
    return known ? tables.tables[*known].is_left_out : std::find(tables.left_out.begin(), tables.left_out.end(), name) != tables.left_out.end();
  };
  std::erase_if(tables_, is_left_out);
  std::erase_if(files_, [&](const auto& file) { return is_left_out(file.first); });
}

void Package::read_metadata(const MasterTables& tables) {
  const std::string path = folder_ + "/metadata.json";
  const std::string shown = path_ + "/metadata.json";
  const bool may_be_bare = std::any_of(tables.format.upgrades.begin(), tables.format.upgrades.end(), [](const DataUpgrade& one) { return one.from == 1; });
  if (!file_exists(path)) {
    // before there were packages, there were bare files
    if (!may_be_bare || files_.empty()) throw FileError(path_, "holds no metadata.json: not a folder of master data; `plumb data export` writes one to begin with, of an empty database too");
    metadata_.schema = tables.schema;
    return;
  }
  const Json metadata = read_json(path, shown);
  if (!metadata.is_object() || !metadata.contains("format") || !metadata["format"].is_number_integer()) throw FileError(shown, "names no `format`");
  metadata_.format = metadata["format"].is_number_unsigned() && metadata["format"].get<std::uint64_t>() > 1000 ? 1000 : metadata["format"].get<int>();
  if (metadata_.format < 1 || metadata_.format > format_version) {
    throw FileError(shown, "has format " + metadata["format"].dump() + "; this plumb reads formats 1 to " + std::to_string(format_version));
  }
  metadata_.schema = text_of(metadata, "schema");
  if (!metadata_.schema.empty() && metadata_.schema != tables.schema)
    throw FileError(shown, "is of the schema `" + metadata_.schema + "`, the description is `" + tables.schema + "`");
  metadata_.version = text_of(metadata, "version");
  metadata_.source = text_of(metadata, "source");
  metadata_.time = text_of(metadata, "time");
  metadata_.data_format = 1;
  if (metadata.contains("data_format")) {
    const Json& number = metadata["data_format"];
    if (!number.is_number_integer() || number < 1 || number > 1'000'000) throw FileError(shown, "has a `data_format` that is no whole number from 1");
    metadata_.data_format = number.get<std::uint32_t>();
  }
  if (!metadata.contains("rows") || !metadata["rows"].is_object()) return;
  for (const auto& [table, count] : metadata["rows"].items()) {
    if (count.is_number_integer() && count >= 0) metadata_.rows.emplace(table, count.get<std::uint64_t>());
  }
}

std::string Package::file_of(const std::string& table) const {
  const auto file = files_.find(table);
  return file == files_.end() ? std::string() : folder_ + "/" + file->second;
}

std::uint64_t Package::likely_rows(const std::string& table) const {
  const auto said = metadata_.rows.find(table);
  std::error_code unknown;
  const auto size = fs::file_size(file_of(table), unknown);
  return said == metadata_.rows.end() || unknown || said->second > size ? 0 : said->second;
}

std::string Package::shown_file(const std::string& table) const {
  const auto file = files_.find(table);
  return path_ + "/" + (file == files_.end() ? table + ".json" : file->second);
}

std::string place_of(const Package& package, const MasterTables& tables, std::size_t table, const MasterRow& row) {
  std::size_t root = table;
  while (tables.tables[root].owner) root = *tables.tables[root].owner;
  std::string place = package.shown_file(tables.tables[root].name) + ": row " + std::to_string(row.number);
  if (root != table) place += ", `" + tables.tables[table].field + "` " + std::to_string(row.detail);
  if (!row.key.empty()) place += " " + shortened(row.key, 300);
  return place;
}

void Problems::add(std::string text) {
  if (list_.size() < most_problems) list_.push_back(std::move(text));
  else if (list_.size() == most_problems) list_.emplace_back("further problems are not listed");
}

void note_files_of_no_table(const Package& package, const MasterTables& tables, Problems& problems) {
  for (const auto& name : package.tables()) {
    const auto known = tables.find(name);
    if (known && tables.tables[*known].name == name && !tables.tables[*known].owner) continue;
    if (known && tables.tables[*known].owner) {
      problems.add(package.shown_file(name) + ": the rows of `" + name + "` stand in those of `" + tables.tables[*tables.tables[*known].owner].name + "`");
    } else {
      problems.add(package.shown_file(name) + ": there is no master table `" + name + "`");
    }
  }
}

void seal(const std::string& folder) {
  std::vector<std::string> names;
  if (!is_folder(folder)) throw FileError(folder, "is no folder");
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && !table_of(name).empty()) names.push_back(name);
  }
  write_file(folder + "/" + archive::checksums_name, archive::checksums_of(folder, names));
}

}  // namespace plumb::data
