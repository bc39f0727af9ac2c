// tests/serve/running_server.hpp: a `plumb serve` that runs while a test does.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "cli/plumb_program.hpp"

namespace plumb::test {

struct Answer {
  int status = 0;
  std::string body;
  std::string head;  ///< the header fields, one line each
};

class RunningServer {
 public:
  /// `plumb serve --listen 127.0.0.1:0` with these words, in the folder; waits until it says where it listens. `wrapper` is put
  /// before the program.
  RunningServer(const std::string& folder, std::vector<std::string> words, const std::vector<std::string>& wrapper = {}, const std::vector<std::string>& variables = {});
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  int port() const { return port_; }
  int process_id() const { return process_; }
  Answer get(const std::string& path, const std::vector<std::pair<std::string, std::string>>& fields = {}) const;
  nlohmann::json health() const { return nlohmann::json::parse(get("/api/system/health").body); }
  /// Asks until the status is this one, for at most ten seconds; gives the last that there was.
  std::string status_becoming(const std::string& status) const;
  /// A figure of /metrics; nothing: it is not there.
  std::optional<double> metric(const std::string& name) const;
  /// Sends the bytes as they are and gives what comes back until the server closes, or for at most `seconds`.
  std::string talk(const std::string& bytes, int seconds = 8) const;
  /// A connection; the caller closes it.
  int connect() const;
  /// SIGTERM; the exit code, or 128 + the signal that ended it.
  int stop();

 private:
  int process_ = 0;
  int output_ = -1;
  int port_ = 0;
};

}  // namespace plumb::test
