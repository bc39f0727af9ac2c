#include "serve/client_limits.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace plumb::serve {
namespace {

constexpr std::size_t most_clients = 4096;
const std::string everybody_else = "*";

/// One network of IPv6 has as many addresses as it likes, and is one client.
std::string client_of(const std::string& address) {
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return address;
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) return address;
  return {reinterpret_cast<const char*>(parsed.s6_addr), 8};
}

}  // namespace

bool ClientLimits::admit(const std::string& address, Clock::time_point now) {
  if (rate_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  std::string client = client_of(address);
  if (!buckets_.contains(client) && buckets_.size() >= most_clients) {
    forget_idle(now);
    if (buckets_.size() >= most_clients) client = everybody_else;
  }
  const auto [entry, is_new] = buckets_.try_emplace(client, Bucket{burst(), now});
  Bucket& bucket = entry->second;
  const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(burst(), bucket.tokens + std::max(0.0, seconds) * rate_);
  bucket.filled = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

/// A bucket that is full again says nothing.
void ClientLimits::forget_idle(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) { return std::chrono::duration<double>(now - entry.second.filled).count() * rate_ >= burst(); });
}

}  // namespace plumb::serve
