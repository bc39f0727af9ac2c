// The status page in a real browser, where Debian's chromium is installed: no error in its console, no request to anywhere else, in both
// themes, on a telephone and on a desk. PLUMB_SCREENSHOTS names a folder that keeps the pictures.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "serve/running_server.hpp"
#include "support/file.hpp"
#include "support/run.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

struct View {
  int width;
  int height;
  bool is_dark;
};

class Browser : public testing::Test {
 protected:
  void SetUp() override {
    if (run({"chromium", "--version"}).exit_code != 0) GTEST_SKIP() << "chromium is not installed: apt-get install chromium";
  }

  RunResult look(const std::string& url, const View& view, const std::string& picture, const std::string& net_log) const {
    return run({"timeout", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + (profile_ / "profile"), "--enable-logging=stderr", "--v=0", "--virtual-time-budget=3000", "--blink-settings=preferredColorScheme=" + std::string(view.is_dark ? "0" : "1"),
                "--window-size=" + std::to_string(view.width) + "," + std::to_string(view.height), "--log-net-log=" + net_log, "--screenshot=" + picture, url});
  }

  /// What pages asked for; what the browser does for itself has no page behind it.
  static std::vector<std::string> requests_of_pages(const std::string& net_log) {
    const Json log = Json::parse(read_file(net_log), nullptr, false);
    std::vector<std::string> urls;
    if (!log.is_object()) return urls;
    for (const Json& event : log.at("events")) {
      if (!event.contains("params") || !event.at("params").is_object()) continue;
      const Json& params = event.at("params");
      if (params.contains("url") && params.contains("initiator") && params.at("initiator").get<std::string>().starts_with("http")) urls.push_back(params.at("url").get<std::string>());
    }
    return urls;
  }

  ScratchFolder profile_;
};

TEST_F(Browser, ShowsThePageAndAsksNobodyElse) {
  const Workplace place("sqlite");
  const std::string text = "schema shop version 0.5.0\n\nuser table customers {\n  id    serial\n  name  varchar(50)\n}\n";
  place.write("app.plumb", text);
  ASSERT_TRUE(ended_with(0, place.plumb({"apply", "--db", place.url(), "--to", "app.plumb", "--yes"})));
  place.write("app.plumb", text + "user table orders_with_a_rather_long_name_of_its_own {\n  id           serial\n  customer_id  ref(customers)\n}\n");
  const RunningServer server(place.folder(), {"--db", place.url(), "--to", "app.plumb", "--rate", "0"});
  const std::string base = "http://127.0.0.1:" + std::to_string(server.port());
  const char* kept = std::getenv("PLUMB_SCREENSHOTS");
  std::map<std::string, std::string> pictures;
  for (const std::string page : {"/", "/banner"}) {
    for (const View& view : {View{375, 812, false}, View{375, 812, true}, View{1280, 900, false}, View{1280, 900, true}}) {
      const std::string name = (page == "/" ? "page-" : "banner-") + std::to_string(view.width) + (view.is_dark ? "-dark" : "-light") + ".png";
      SCOPED_TRACE(name);
      const std::string picture = profile_ / name;
      const std::string net_log = profile_ / (name + ".json");
      const auto result = look(base + page, view, picture, net_log);
      EXPECT_TRUE(ended_with(0, result));
      EXPECT_TRUE(lacks(result.err, "CONSOLE")) << "nothing is said in the console";
      ASSERT_TRUE(fs::exists(picture)) << result.err;
      pictures[name] = read_file(picture);
      for (const auto& url : requests_of_pages(net_log)) EXPECT_TRUE(url.starts_with(base)) << url;
      if (kept != nullptr) fs::copy_file(picture, fs::path(kept) / name, fs::copy_options::overwrite_existing);
    }
  }
  EXPECT_NE(pictures["page-375-light.png"], pictures["page-375-dark.png"]);
  EXPECT_NE(pictures["page-1280-light.png"], pictures["page-1280-dark.png"]);
  EXPECT_FALSE(requests_of_pages(profile_ / "page-1280-light.png.json").empty()) << "the log tells of the style and the script";
}

}  // namespace
}  // namespace plumb::test
