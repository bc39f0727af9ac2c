#include "fleet/targets.hpp"

#include <glob.h>

#include <filesystem>
#include <set>

#include "db/target.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::fleet {
namespace {

constexpr std::string_view file_scheme = "sqlite:";
constexpr std::string_view memory = "sqlite::memory:";
constexpr std::string_view pattern_marks = "*[";

struct Line {
  std::string name;  ///< empty: none is given
  std::string url;
};

/// The files of a pattern, sorted.
std::vector<std::string> files_like(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  return paths;
}

std::string with_escapes(const std::string& path) { return replace_all(replace_all(path, "%", "%25"), "?", "%3F"); }

Line taken_apart(const std::string& line, const std::string& place) {
  if (db::is_target_url(line)) return {{}, line};
  const std::size_t end = line.find_first_of(" \t");
  Line parts{line.substr(0, end), end == std::string::npos ? std::string() : std::string(trim(line.substr(end)))};
  if (!db::is_target_url(parts.url)) throw UsageError(place + ": a line is the URL of a database, or a name and a URL: `acme sqlite:tenants/acme.db`");
  return parts;
}

/// The same database from the list's folder; all of them for a pattern.
std::vector<std::string> urls_of(const std::string& url, const std::filesystem::path& folder) {
  if (!url.starts_with(file_scheme) || url.starts_with(memory)) return {url};
  const std::string path = url.substr(file_scheme.size());
  const std::string from_here = std::filesystem::path(path).is_absolute() || folder.empty() ? path : (folder / path).string();
  if (path.find_first_of(pattern_marks) == std::string::npos) return {std::string(file_scheme) + from_here};
  std::vector<std::string> urls;
  for (const auto& file : files_like(from_here)) urls.push_back(std::string(file_scheme) + with_escapes(file));
  return urls;
}

/// Letters, digits, points and lines; everything else becomes `_`.
std::string as_folder(const std::string& name) {
  std::string folder = name;
  for (char& c : folder) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!is_plain) c = '_';
  }
  constexpr std::size_t longest = 100;
  if (folder.size() > longest) folder.erase(0, folder.size() - longest);  // of a path the end says more
  return folder.find_first_not_of('.') == std::string::npos ? "_" + folder : folder;
}

class List {
 public:
  void add(const std::string& name, const std::string& url, const std::string& place) {
    const std::string shown = db::parse_target(url).display_name();
    Member member{url, name.empty() ? shown : name, {}};
    if (!databases_.insert(shown).second) throw UsageError(place + ": " + shown + " comes twice");
    if (!names_.insert(member.name).second) throw UsageError(place + ": the name `" + member.name + "` comes twice");
    member.folder = as_folder(member.name);
    for (unsigned number = 2; !folders_.insert(member.folder).second; ++number) member.folder = as_folder(member.name) + "-" + std::to_string(number);
    members_.push_back(std::move(member));
  }
  std::vector<Member> take() { return std::move(members_); }

 private:
  std::vector<Member> members_;
  std::set<std::string> databases_;
  std::set<std::string> names_;
  std::set<std::string> folders_;
};

}  // namespace

std::vector<Member> read_targets(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const std::string text = read_file(path);
  List list;
  std::size_t number = 0;
  for (const auto raw : split_lines(text)) {
    ++number;
    const std::string trimmed(trim(raw));
    if (trimmed.empty() || trimmed.starts_with("#")) continue;
    const std::string place = path + ":" + std::to_string(number);
    const Line line = taken_apart(trimmed, place);
    const auto urls = urls_of(line.url, folder);
    if (urls.empty()) throw UsageError(place + ": there is no file like `" + line.url + "`");
    if (!line.name.empty() && urls.size() > 1) throw UsageError(place + ": one name for " + std::to_string(urls.size()) + " databases");
    for (const auto& url : urls) list.add(line.name, url, place);
  }
  auto members = list.take();
  if (members.empty()) throw UsageError("`" + path + "` names no database");
  return members;
}

}  // namespace plumb::fleet
