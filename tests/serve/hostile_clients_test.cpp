// Clients that send what nobody should, or too much of it.
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

#include "serve/client_limits.hpp"
#include "serve/html.hpp"
#include "serve/running_server.hpp"

namespace plumb::test {
namespace {

class HostileClients : public testing::Test {
 protected:
  HostileClients() : place_("sqlite") { place_.write("app.plumb", "schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n"); }
  std::vector<std::string> words(std::vector<std::string> further = {}) const {
    std::vector<std::string> all{"--db", place_.url(), "--to", "app.plumb"};
    all.insert(all.end(), further.begin(), further.end());
    return all;
  }
  const Workplace& place() const { return place_; }

 private:
  Workplace place_;
};

std::string request(const std::string& line, const std::string& fields = {}) { return line + "\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n"; }

TEST_F(HostileClients, GetAnAnswerToMalformedRequests) {
  RunningServer server(place().folder(), words({"--rate", "0"}));
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1")), "HTTP/1.1 200"));
  EXPECT_TRUE(contains(server.talk(request("GET /")), "HTTP/1.1 400"));
  EXPECT_TRUE(contains(server.talk(request("NONSENSE / HTTP/1.1")), "HTTP/1.1 4"));
  EXPECT_TRUE(contains(server.talk("\r\n\r\n"), "HTTP/1.1 400"));
  EXPECT_TRUE(contains(server.talk(std::string("GET /\0x HTTP/1.1\r\n\r\n", 20)), "HTTP/1.1 400"));
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1", "No colon\r\n")), "HTTP/1.1 400"));
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1", "A : b\r\n")), "HTTP/1.1 400"));
  EXPECT_TRUE(contains(server.talk(request("POST / HTTP/1.1")), "HTTP/1.1 405"));
  EXPECT_TRUE(contains(server.talk(request("DELETE /api/system/health HTTP/1.1")), "HTTP/1.1 405"));
  EXPECT_TRUE(contains(server.talk(request("GET /%00%ff/../../etc/passwd HTTP/1.1")), "HTTP/1.1 404"));
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1", "Range: bytes=0-0,0-0,0-0\r\n")), "HTTP/1.1 200"));
  EXPECT_EQ(server.get("/api/system/version").status, 200);
}

TEST_F(HostileClients, CannotMakeItKeepMuch) {
  RunningServer server(place().folder(), words({"--rate", "0"}));
  EXPECT_TRUE(contains(server.talk("GET /" + std::string(20'000'000, 'a')), "HTTP/1.1 431"));
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1", "A: " + std::string(9000, 'a') + "\r\n")), "HTTP/1.1 431"));
  std::string many;
  for (int i = 0; i < 500; ++i) many += "A: b\r\n";
  EXPECT_TRUE(contains(server.talk(request("GET / HTTP/1.1", many)), "HTTP/1.1 431"));
  EXPECT_TRUE(contains(server.talk(request("POST / HTTP/1.1", "Content-Length: 99999999999\r\n")), "HTTP/1.1 413"));
  EXPECT_TRUE(contains(server.talk(request("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n"), "HTTP/1.1 413"));
  EXPECT_TRUE(contains(server.talk("GET / HT"), "HTTP/1.1 408"));  // and no more
  EXPECT_EQ(server.get("/api/system/version").status, 200);
  EXPECT_LT(server.metric("process_resident_memory_bytes").value_or(1e12), 200e6);
}

TEST_F(HostileClients, WhoHoldManyConnectionsDoNotKeepOthersOut) {
  RunningServer server(place().folder(), words({"--rate", "0"}));
  std::vector<int> held;
  for (int i = 0; i < 150; ++i) {
    held.push_back(server.connect());
    EXPECT_EQ(::send(held.back(), "GET / HT", 8, MSG_NOSIGNAL), 8);
  }
  EXPECT_EQ(server.get("/api/system/version").status, 200);
  for (const int one : held) ::close(one);
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(HostileClients, AreSlowedDown) {
  RunningServer server(place().folder(), words({"--rate", "5"}));
  int answered = 0;
  int limited = 0;
  for (int i = 0; i < 60; ++i) {
    const Answer answer = server.get("/api/system/version");
    answered += answer.status == 200;
    limited += answer.status == 429;
  }
  EXPECT_EQ(answered + limited, 60);
  EXPECT_GE(answered, 10);
  EXPECT_GE(limited, 10);
}

TEST_F(HostileClients, OfAnotherNameForThisMachineAreTurnedAway) {
  RunningServer server(place().folder(), words());
  EXPECT_EQ(server.get("/api/system/health", {{"Host", "evil.example.org"}}).status, 403);
  EXPECT_EQ(server.get("/api/system/version", {{"Host", "localhost:1"}}).status, 200);
}

TEST_F(HostileClients, OfOtherOriginsReadOnlyWhatIsPermitted) {
  RunningServer server(place().folder(), words({"--origin", "https://app.example.org"}));
  EXPECT_TRUE(contains(server.get("/api/system/health", {{"Origin", "https://app.example.org"}}).head, "Access-Control-Allow-Origin: https://app.example.org"));
  EXPECT_TRUE(lacks(server.get("/api/system/health", {{"Origin", "https://evil.example.org"}}).head, "Access-Control-Allow-Origin"));
}

TEST(ClientLimits, FillUpAgain) {
  serve::ClientLimits limits(2);
  const auto start = serve::Clock::now();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limits.admit("10.0.0.1", start));
  EXPECT_FALSE(limits.admit("10.0.0.1", start));
  EXPECT_TRUE(limits.admit("10.0.0.2", start));
  EXPECT_TRUE(limits.admit("10.0.0.1", start + std::chrono::milliseconds(500)));
  EXPECT_FALSE(limits.admit("10.0.0.1", start + std::chrono::milliseconds(500)));
}

TEST(ClientLimits, TakeANetworkOfIpv6ForOneClient) {
  serve::ClientLimits limits(1);
  const auto now = serve::Clock::now();
  int admitted = 0;
  for (int i = 0; i < 20; ++i) admitted += limits.admit("2001:db8:0:1::" + std::to_string(i), now);
  EXPECT_EQ(admitted, 2);
}

TEST(ClientLimits, RememberOnlySoMany) {
  serve::ClientLimits limits(1);
  const auto now = serve::Clock::now();
  int admitted = 0;
  for (int i = 0; i < 10000; ++i) admitted += limits.admit("10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".1", now);
  EXPECT_LE(admitted, 4100);
}

TEST(Html, EscapesEverything) {
  EXPECT_EQ(serve::escaped("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  EXPECT_EQ(serve::escaped("a\x01\xff"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(serve::escaped("Grün €"), "Grün €");
  EXPECT_EQ(serve::marked_up("table `a<b` **loses** 2 * 3 `"), "table <code>a&lt;b</code> <strong>loses</strong> 2 * 3 `");
  EXPECT_EQ(serve::filled("a {{x}} {{y}} b", {{"x", "{{y}}"}, {"y", "1"}}), "a {{y}} 1 b");
}

}  // namespace
}  // namespace plumb::test
