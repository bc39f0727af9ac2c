// More clients than `plumb serve` has threads, each with a connection that it keeps: all are answered, and none is closed on unawares.
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "serve/running_server.hpp"

namespace plumb::test {
namespace {

using Clock = std::chrono::steady_clock;

struct Counts {
  std::atomic<unsigned> answered{0};
  std::atomic<unsigned> closed_unawares{0};
  std::atomic<unsigned> others{0};
};

/// One request and its whole answer; empty when the connection was closed before it was there.
std::string ask(int connection) {
  const std::string request = "GET /api/system/version HTTP/1.1\r\nHost: localhost\r\n\r\n";
  if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) return {};
  std::string answer;
  for (;;) {
    const std::size_t end = answer.find("\r\n\r\n");
    const std::size_t length = answer.find("Content-Length: ");
    if (end != std::string::npos && length < end && answer.size() >= end + 4 + std::stoul(answer.substr(length + 16))) return answer;
    std::array<char, 8192> bytes{};
    const ssize_t count = ::recv(connection, bytes.data(), bytes.size(), 0);
    if (count <= 0) return {};
    answer.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

void keep_asking(const RunningServer& server, Clock::time_point end, Counts& counts) {
  int connection = server.connect();
  while (Clock::now() < end) {
    const std::string answer = ask(connection);
    if (answer.empty()) ++counts.closed_unawares;
    else if (answer.starts_with("HTTP/1.1 200")) ++counts.answered;
    else ++counts.others;
    if (!answer.empty() && answer.find("Connection: close") == std::string::npos) continue;
    ::close(connection);
    connection = server.connect();
  }
  ::close(connection);
}

TEST(Crowd, OfClientsThatKeepTheirConnectionsIsServed) {
  const Workplace place("sqlite");
  place.write("app.plumb", "schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  RunningServer server(place.folder(), {"--db", place.url(), "--to", "app.plumb", "--rate", "0"});
  server.get("/api/system/version");
  const auto looks = server.metric("plumb_looks_total");
  Counts counts;
  std::vector<std::thread> clients;
  const auto end = Clock::now() + std::chrono::seconds(3);
  for (int i = 0; i < 48; ++i) clients.emplace_back([&] { keep_asking(server, end, counts); });
  for (auto& client : clients) client.join();
  EXPECT_EQ(counts.closed_unawares, 0U);
  EXPECT_EQ(counts.others, 0U);
  EXPECT_GT(counts.answered, 1000U);
  EXPECT_LE(server.metric("plumb_looks_total").value_or(0) - looks.value_or(0), 3) << "it is looked at most once in five seconds";
  EXPECT_LT(server.metric("process_resident_memory_bytes").value_or(1e12), 200e6);
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace plumb::test
