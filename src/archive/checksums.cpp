#include "archive/checksums.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

#include "archive/names.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = std::uintmax_t{4} << 20U;
constexpr std::size_t digits = 64;

bool is_sum(std::string_view text) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::map<std::string, std::string> read_sums(const std::string& path, std::vector<std::string>& problems) {
  std::error_code unknown;
  const auto size = fs::file_size(path, unknown);
  if (!unknown && size > most_bytes) throw FileError(path, "is larger than 4 MiB");
  std::map<std::string, std::string> sums;
  const std::string text = read_file(path);
  std::size_t number = 0;
  for (const auto line : split_lines(text)) {
    ++number;
    if (line.empty()) continue;
    const bool is_line = line.size() > digits + 2 && is_sum(line.substr(0, digits)) && line.substr(digits, 2) == "  ";
    if (!is_line || !why_not_a_name(line.substr(digits + 2)).empty()) {
      problems.push_back(path + ":" + std::to_string(number) + ": is no line of the form `SHA-256  NAME`");
    } else if (!sums.emplace(line.substr(digits + 2), line.substr(0, digits)).second) {
      problems.push_back(path + ":" + std::to_string(number) + ": names `" + std::string(line.substr(digits + 2)) + "` a second time");
    }
  }
  return sums;
}

}  // namespace

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path, "cannot be read");
  Sha256 sum;
  std::vector<char> buffer(std::size_t{1} << 18U);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sum.update({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) throw FileError(path, "cannot be read");
  return sum.hex();
}

std::string checksums_of(const std::string& folder, std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string text;
  for (const auto& name : names) {
    if (name != checksums_name) text += sha256_of_file(folder + "/" + name) + "  " + name + "\n";
  }
  return text;
}

std::vector<std::string> check_checksums(const std::string& folder, const std::vector<std::string>& names) {
  return check_checksums(folder, names, [&](const std::string& name) { return sha256_of_file(folder + "/" + name); });
}

std::vector<std::string> check_checksums(const std::string& folder, const std::vector<std::string>& names, const std::function<std::string(const std::string&)>& sum_of) {
  std::vector<std::string> problems;
  auto sums = read_sums(folder + "/" + checksums_name, problems);
  for (const auto& name : names) {
    if (name == checksums_name) continue;
    const auto sum = sums.find(name);
    if (sum == sums.end()) {
      problems.push_back(folder + "/" + name + ": stands in no line of checksums.txt");
      continue;
    }
    if (sum_of(name) != sum->second)
      problems.push_back(folder + "/" + name + ": its bytes are not those that checksums.txt vouches for");
    sums.erase(sum);
  }
  for (const auto& [name, sum] : sums) problems.push_back(folder + "/" + name + ": is missing, and checksums.txt names it");
  return problems;
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  fs::recursive_directory_iterator it(folder, problem);
  if (problem) throw FileError(folder, "cannot be read: " + problem.message());
  for (const fs::recursive_directory_iterator end; it != end; it.increment(problem)) {
    if (problem) throw FileError(folder, "cannot be read: " + problem.message());
    const fs::file_status status = it->symlink_status(problem);
    if (fs::is_directory(status)) continue;
    const std::string path = it->path().string();
    const std::string name = path.substr(folder.size() + (folder.ends_with('/') ? 0 : 1));
    if (!fs::is_regular_file(status)) throw FileError(path, fs::is_symlink(status) ? "is a link; a package holds files alone" : "is no regular file");
    if (const std::string why = why_not_a_name(name); !why.empty()) throw FileError(folder + "/" + shown_name(name), why);
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace plumb::archive
