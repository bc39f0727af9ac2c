// plumb_client.hpp: asks `plumb serve` whether an application may work with its database. One header for C++17 on POSIX
// systems, without dependencies.
//
//   const auto health = plumb::client::ask("127.0.0.1", 8182);
//   if (!health.may_start()) throw std::runtime_error(health.reason);
#pragma once

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace plumb::client {

struct Health {
  bool answered = false;    ///< false: `reason` says why there is no answer
  int http_status = 0;
  std::string status;       ///< "ok", "warning", "error"
  std::string reason;
  std::string required_version;
  std::string actual_version;
  bool compatible = false;

  /// The version fits and nothing is broken; a warning is no reason not to start.
  bool may_start() const { return answered && compatible && status != "error"; }
};

namespace detail {

/// The text of a member of the outermost object; empty where it is missing or null. `plumb serve` writes each on a line of its own.
inline std::string member(const std::string& json, const std::string& name) {
  const std::string begin = "\n  \"" + name + "\": ";
  std::size_t at = json.find(begin);
  if (at == std::string::npos) return {};
  at += begin.size();
  if (json[at] != '"') return json.substr(at, json.find_first_of(",\n", at) - at);
  std::string text;
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\' && at + 1 < json.size()) ++at;
    text.push_back(json[at]);
  }
  return text;
}

inline std::string text_member(const std::string& json, const std::string& name) {
  const std::string text = member(json, name);
  return text == "null" ? std::string() : text;
}

inline int connected(const std::string& host, unsigned short port, int seconds) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return -1;
  int result = -1;
  for (addrinfo* one = found; one != nullptr && result < 0; one = one->ai_next) {
    const int file = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (file < 0) continue;
    const timeval limit{seconds, 0};
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (connect(file, one->ai_addr, one->ai_addrlen) == 0) result = file;
    else close(file);
  }
  freeaddrinfo(found);
  return result;
}

}  // namespace detail

/// Throws nothing but std::bad_alloc. `token`: where the server asks for one.
inline Health ask(const std::string& host, unsigned short port, const std::string& token = {}, int seconds = 5) {
  Health health;
  const int file = detail::connected(host, port, seconds);
  if (file < 0) {
    health.reason = "plumb serve cannot be reached at " + host + ":" + std::to_string(port);
    return health;
  }
  const std::string request = "GET /api/system/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + (token.empty() ? std::string() : "Authorization: Bearer " + token + "\r\n") + "\r\n";
  std::string answer;
  if (send(file, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
    char buffer[4096];
    ssize_t count = 0;
    while (answer.size() < 1000000 && (count = recv(file, buffer, sizeof buffer, 0)) > 0) answer.append(buffer, static_cast<std::size_t>(count));
  }
  close(file);
  health.status = detail::text_member(answer, "status");
  health.answered = answer.compare(0, 7, "HTTP/1.") == 0 && !health.status.empty();
  if (answer.size() > 12) health.http_status = std::atoi(answer.c_str() + 9);
  health.reason = health.answered ? detail::text_member(answer, "reason") : "plumb serve gave no health: HTTP status " + std::to_string(health.http_status);
  health.required_version = detail::text_member(answer, "required_version");
  health.actual_version = detail::text_member(answer, "actual_version");
  health.compatible = detail::member(answer, "compatible") == "true";
  return health;
}

}  // namespace plumb::client
