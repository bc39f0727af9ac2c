// serve/client_limits.hpp: how many requests a client may make.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "serve/facts.hpp"

namespace plumb::serve {

/// A token bucket for each address. Threads may share it.
class ClientLimits {
 public:
  /// `rate` requests a second, twice as many at once; 0: no limit.
  explicit ClientLimits(double rate) : rate_(rate) {}

  /// Whether a request that comes now may be answered. `address` as the socket tells it.
  bool admit(const std::string& address, Clock::time_point now);

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point filled;
  };
  double burst() const { return rate_ * 2 < 1 ? 1 : rate_ * 2; }
  void forget_idle(Clock::time_point now);

  const double rate_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace plumb::serve
