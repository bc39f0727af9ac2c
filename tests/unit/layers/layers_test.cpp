// Holds the source tree to the table of docs/tour.md: who may include whom, and where foreign libraries may appear.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

const std::vector<std::string>& layers() {
  static const std::vector<std::string> folders{"support", "archive", "sarif", "sql",   "model", "language", "diff", "db",       "dialect",
                                                "lint",  "introspect", "plan", "policy", "probe", "desired", "rehearse", "apply",  "backup",  "data", "validate", "portable", "deploy", "serve", "fleet", "cli"};
  return folders;
}

std::size_t height(const std::string& folder) {
  return static_cast<std::size_t>(std::find(layers().begin(), layers().end(), folder) - layers().begin());
}

struct Include {
  std::string file;    ///< "diff/match.cpp"
  std::string folder;  ///< "diff"
  std::string what;    ///< "model/schema.hpp" or "boost/spirit/home/x3.hpp"
};

std::vector<Include> includes() {
  const std::string root = std::string(PLUMB_SOURCE_DIR) + "/src";
  std::vector<Include> found;
  for (const std::string ending : {".hpp", ".cpp"}) {
    for (const auto& path : files_below(root, ending)) {
      const std::string file = path.substr(root.size() + 1);
      const std::string text = read_file(path);
      for (const auto line : split_lines(text)) {
        if (!line.starts_with("#include ")) continue;
        const std::string_view name = trim(line.substr(9));
        const std::size_t end = name.find_first_of("\">", 1);
        if (end == std::string_view::npos) continue;
        found.push_back({file, file.substr(0, file.find('/')), std::string(name.substr(1, end - 1))});
      }
    }
  }
  return found;
}

TEST(Layers, EveryFolderOfTheSourcesIsALayer) {
  for (const auto& entry : std::filesystem::directory_iterator(std::string(PLUMB_SOURCE_DIR) + "/src")) {
    if (!entry.is_directory()) continue;
    EXPECT_LT(height(entry.path().filename().string()), layers().size()) << entry.path();
  }
}

TEST(Layers, AFolderIncludesOnlyFoldersBelowIt) {
  std::size_t own = 0;
  for (const Include& include : includes()) {
    const std::string target = include.what.substr(0, include.what.find('/'));
    if (include.folder == "main.cpp" || height(target) == layers().size()) continue;
    ++own;
    EXPECT_LE(height(target), height(include.folder)) << include.file << " includes " << include.what;
  }
  EXPECT_GT(own, 100U);
}

TEST(Layers, PlanAndDiffNeitherConnectNorReadFiles) {
  for (const Include& include : includes()) {
    if (include.folder != "plan" && include.folder != "diff" && include.folder != "policy" && include.folder != "lint") continue;
    EXPECT_FALSE(include.what.starts_with("db/") || include.what == "support/file.hpp" || include.what == "chrono" || include.what == "fstream")
        << include.file << " includes " << include.what;
  }
}

TEST(Layers, ForeignLibrariesAppearOnlyInTheirFolders) {
  const std::map<std::string, std::set<std::string>> homes{
      {"boost/", {"language", "dialect"}}, {"mysql.h", {"db"}},     {"SQLiteCpp/", {"db"}},        {"sqlite3.h", {"db"}},
      {"CLI/", {"cli"}},                   {"toml.hpp", {"cli"}},   {"openssl/", {"support"}}, {"archive.h", {"archive"}}, {"archive_entry.h", {"archive"}},     {"nlohmann/", {"sarif", "plan", "apply", "backup", "data", "validate", "portable", "deploy", "serve", "cli"}},
      {"zstd.h", {"backup"}},              {"httplib.h", {"serve"}},
  };
  for (const Include& include : includes()) {
    for (const auto& [library, folders] : homes) {
      if (!include.what.starts_with(library)) continue;
      EXPECT_TRUE(folders.contains(include.folder)) << include.file << " includes " << include.what;
    }
  }
}

TEST(Layers, HeavyLibrariesStayOutOfPublicHeaders) {
  for (const Include& include : includes()) {
    if (!include.file.ends_with(".hpp")) continue;
    const bool is_private_grammar = include.file.starts_with("language/grammar/") || include.file.find("_grammar.hpp") != std::string::npos ||
                                    include.file.find("_tokens.hpp") != std::string::npos || include.file.find("_traits.hpp") != std::string::npos;
    EXPECT_TRUE(!include.what.starts_with("boost/") || is_private_grammar) << include.file;
    const bool is_private = include.file.starts_with("data/") && include.file != "data/master_data.hpp";  // the door of its folder
    EXPECT_FALSE((include.what.starts_with("nlohmann/json.hpp") && !is_private) || include.what.starts_with("CLI/")) << include.file;
  }
}

TEST(Layers, SharedCodeAsksForNoEngineByName) {
  for (const std::string folder : {"lint", "policy", "diff", "plan", "probe", "apply", "backup", "validate", "introspect", "serve"}) {
    for (const auto& path : files_below(std::string(PLUMB_SOURCE_DIR) + "/src/" + folder, ".cpp")) {
      const std::string text = read_file(path);
      for (const std::string engine : {"\"sqlite\"", "\"mariadb\""}) {
        EXPECT_EQ(text.find(engine), std::string::npos) << path << " names " << engine;
      }
    }
  }
}

}  // namespace
TEST(Documents, TellTheWayOutOfEveryRefusal) {
  const std::string document = read_file(std::string(PLUMB_SOURCE_DIR) + "/docs/troubleshooting.md");
  static const std::regex code("(?:blocked\\.push_back\\(\\{|refuse\\(|return \\{|\\? )\"([a-z]+-[a-z-]+|slow|policy)\", ?(?:\"|[a-z])|: \"(needs-permission)\"");
  std::set<std::string> codes;
  for (const auto& path : files_below(std::string(PLUMB_SOURCE_DIR) + "/src", ".cpp")) {
    const std::string text = read_file(path);
    for (std::sregex_iterator found(text.begin(), text.end(), code), end; found != end; ++found) codes.insert((*found)[1].matched ? (*found)[1] : (*found)[2]);
  }
  EXPECT_GT(codes.size(), 12U);
  for (const std::string& one : codes) EXPECT_NE(document.find("`" + one + "`"), std::string::npos) << one;
}

}  // namespace plumb
