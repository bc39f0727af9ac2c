#include "backup/shelf.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <map>

#include "backup/restore.hpp"
#include "support/error.hpp"

namespace plumb::backup {
namespace fs = std::filesystem;
namespace {

std::string days_ago(unsigned days) {
  const std::time_t moment = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() - std::chrono::hours(24) * days);
  std::tm parts{};
  ::gmtime_r(&moment, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Shelved shelved(const fs::path& path) {
  Shelved one;
  one.path = path.string();
  std::error_code ignored;
  one.file_bytes = fs::file_size(path, ignored);
  try {
    one.manifest = manifest_of(one.path);
  } catch (const Error& error) {
    one.problem = error.what();
  }
  return one;
}

/// One database's backups, the newest first: those that go by age and number.
std::vector<Shelved> going_of(const std::vector<Shelved>& backups, const Retention& retention) {
  std::vector<Shelved> going;
  for (std::size_t i = 0; i < backups.size(); ++i) {
    if (retention.keep && i < *retention.keep) continue;
    if (retention.keep_days && backups[i].manifest.created_at > days_ago(*retention.keep_days)) continue;
    going.push_back(backups[i]);
  }
  return going;
}

}  // namespace

std::vector<Shelved> list(const std::string& folder) {
  std::vector<Shelved> shelf;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().string().ends_with(ending)) shelf.push_back(shelved(it->path()));
  }
  std::sort(shelf.begin(), shelf.end(), [](const Shelved& a, const Shelved& b) {
    return a.manifest.created_at != b.manifest.created_at ? a.manifest.created_at > b.manifest.created_at : a.path > b.path;
  });
  return shelf;
}

std::vector<Shelved> outdated(const std::vector<Shelved>& shelf, const Retention& retention, const Progress& progress) {
  std::map<std::string, std::vector<Shelved>> databases;
  for (const auto& one : shelf) {
    if (one.problem.empty()) databases[one.manifest.database].push_back(one);
  }
  std::vector<Shelved> all;
  for (const auto& [database, backups] : databases) {
    auto going = going_of(backups, retention);
    if (going.empty()) continue;
    const auto good = std::find_if(backups.begin(), backups.end(), [&](const Shelved& one) { return check_bytes(one.path, progress).problems.empty(); });
    if (good == backups.end()) continue;  // what may be left of them is better than nothing
    std::erase_if(going, [&](const Shelved& one) { return one.path == good->path; });
    all.insert(all.end(), going.begin(), going.end());
  }
  return all;
}

void remove(const std::vector<Shelved>& going, const std::string& folder) {
  for (const auto& one : going) {
    std::error_code error;
    if (!fs::remove(one.path, error) && error) throw FileError(one.path, "cannot be removed: " + error.message());
  }
  remove_unfinished(folder);
}

}  // namespace plumb::backup
