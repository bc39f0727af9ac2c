#include "data_test.hpp"

#include <algorithm>
#include <stdexcept>

#include "language/load.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

Description usable(language::Loaded loaded) {
  if (!loaded.description) throw std::runtime_error(render(loaded.diagnostics, loaded.sources, false));
  return std::move(*loaded.description);
}

db::Target sqlite_target(const std::string& path) {
  db::Target target;
  target.engine = "sqlite";
  target.path = path;
  return target;
}

}  // namespace

Description described(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("test.plumb", text);
  return usable(language::load(std::move(sources)));
}

Description described_by_path(const std::string& path_in_sources) {
  return usable(
      language::load(std::vector<std::string>{std::string(PLUMB_SOURCE_DIR) + "/" + path_in_sources}));
}

DataDatabase::DataDatabase(const std::string& engine) : dialect_(dialect_for(engine)) {
  if (is_sqlite()) {
    folder_.emplace();
    target_ = sqlite_target(*folder_ / "data.db");
  } else {
    fresh_.emplace(MariaDbServer::shared().fresh_database("data"));
    target_ = fresh_->target();
  }
  connection_ = connect(db::OpenMode::CreateIfMissing);
}

std::unique_ptr<db::Connection> DataDatabase::connect(db::OpenMode mode) const {
  return db::open(target_, mode);
}

void DataDatabase::create(const Description& description) {
  for (const auto& statement :
       dialect_.create_statements(dialect_.canonicalise(description.schema).schema())) {
    connection_->execute(statement);
  }
}

std::string DataDatabase::rows(std::string_view query) {
  std::string text;
  for (const auto& row : connection_->query(query).rows) {
    std::vector<std::string> cells;
    for (const auto& value : row) cells.push_back(sql::is_null(value) ? "-" : db::as_text(value));
    text += join(cells, "|") + "\n";
  }
  return text;
}

std::uint64_t DataDatabase::export_to(const Description& description, const std::string& folder) {
  return data::export_rows(*connection_, dialect_, description, folder);
}

data::Comparison DataDatabase::compare(const Description& description, const std::string& folder, const data::SyncOptions& options) {
  return data::compare(*connection_, dialect_, description, folder, options);
}

data::Comparison DataDatabase::sync(const Description& description, const std::string& folder, const data::SyncOptions& options) {
  return data::sync(*connection_, dialect_, description, folder, options);
}

DataFolder::DataFolder(const std::string& schema, const std::string& version) : path_(scratch_ / "master") {
  make_folders(path_);
  write("metadata",
        "{\n  \"format\": 1,\n  \"schema\": \"" + schema + "\",\n  \"version\": \"" + version + "\"\n}\n");
}

DataFolder& DataFolder::write(const std::string& table, const std::string& json) {
  write_file(path_ + "/" + table + ".json", json);
  return *this;
}

std::string DataFolder::read(const std::string& table) const {
  return read_file(path_ + "/" + table + ".json");
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& path : files_below(folder, ""))
    if (!path.ends_with("/metadata.json") && !path.ends_with("/checksums.txt")) files.push_back(path.substr(folder.size() + 1) + ": " + read_file(path));
  std::sort(files.begin(), files.end());
  return files;
}

std::string problems(const data::Comparison& comparison) {
  return join(comparison.problems, "\n");
}

}  // namespace plumb::test
