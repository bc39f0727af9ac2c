// serve/serve.hpp: health, version, metrics and a status page of one database over HTTP. Only reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/target.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"
#include "plan/plan.hpp"
#include "support/version.hpp"

namespace plumb::serve {

/// What is looked at.
struct Subject {
  db::Target target;
  const Dialect* dialect = nullptr;
  Description description;
  std::string required;                      ///< as it was asked for; empty: the description's version
  std::optional<VersionRange> range;         ///< the same, taken apart
  std::string backup_dir;                    ///< where backups are looked for
  plan::Allowed allowed;
  std::string tool_version;                  ///< "0.1.0"
};

struct Settings {
  Subject subject;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8182;                 ///< 0: a free one
  std::chrono::milliseconds cache{5000};     ///< the state is read at most once in that time
  std::chrono::seconds validate_every{900};  ///< the rows are validated at most once in that time; 0: never
  double rate = 50;                          ///< requests a second and client; 0: as many as there come
  std::string token;                         ///< asked of every request; empty: of none
  std::vector<std::string> origins;          ///< whose pages may read the health (CORS)
};

/// Where a port is named: "127.0.0.1:8182", "[::1]:8182", "8182" (of this machine alone), ":8182" (of all addresses).
/// Throws UsageError.
struct Address {
  std::string host;
  std::uint16_t port = 0;
};
Address parse_address(const std::string& text);
/// True where only this machine can reach it.
bool is_loopback(const std::string& host);

/// Answers requests until SIGTERM or SIGINT. `listening` is told the URL once requests are taken. Call from the main thread,
/// before it has started others. Throws Error when the address cannot be taken; a database that cannot be reached is a state to
/// tell, not an error.
void run(const Settings& settings, const std::function<void(const std::string&)>& listening);

}  // namespace plumb::serve
