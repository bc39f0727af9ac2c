#include "serve/bounded_server.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

#include "support/text.hpp"

namespace plumb::serve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t threads = 32;
constexpr std::size_t most_head_bytes = 8192;
constexpr std::size_t most_header_fields = 64;
constexpr unsigned requests_of_a_connection = 10'000;
constexpr unsigned requests_in_a_crowd = 64;
constexpr std::chrono::milliseconds time_for_a_head{5000};
constexpr std::chrono::milliseconds time_for_a_head_in_a_crowd{1000};
constexpr std::chrono::milliseconds idle_time{5000};
constexpr std::chrono::milliseconds idle_time_in_a_crowd{500};  // a request may be on its way
constexpr std::chrono::milliseconds write_time{5000};
constexpr int slice_ms = 100;

/// What has become of reading a head.
enum class Head { Complete, Closed, Late, TooLarge, Malformed, HasBody };

/// A connection from which whole heads are read, and which the library then reads.
class Client : public httplib::Stream {
 public:
  explicit Client(socket_t socket) : socket_(socket) {}

  template <class GoOn>
  Head read_head(GoOn&& go_on, const Crowd& crowd) {
    head_.clear();
    at_ = 0;
    std::size_t seen = 0;
    auto begin = Clock::now();
    for (;;) {
      const std::size_t end = arrived_.find("\r\n\r\n", seen < 3 ? 0 : seen - 3);
      if (end != std::string::npos && end + 4 <= most_head_bytes) {
        head_ = arrived_.substr(0, end + 4);
        arrived_.erase(0, end + 4);
        return judge();
      }
      if (arrived_.size() > most_head_bytes) return Head::TooLarge;
      seen = arrived_.size();
      const bool is_idle = arrived_.empty();
      const bool is_crowded = crowd.waiting > 0;
      const auto limit = is_idle ? (is_crowded && served_ > 0 ? idle_time_in_a_crowd : idle_time) : is_crowded ? time_for_a_head_in_a_crowd : time_for_a_head;
      if (Clock::now() - begin >= limit && !is_readable_within(0)) return is_idle ? Head::Closed : Head::Late;
      if (Clock::now() - begin >= time_for_a_head + idle_time) return Head::Late;
      if (!go_on()) return Head::Closed;
      if (!is_readable_within(slice_ms)) continue;
      std::array<char, 4096> bytes;
      const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
      if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return Head::Closed;
      if (count > 0) {
        if (is_idle) begin = Clock::now();
        arrived_.append(bytes.data(), static_cast<std::size_t>(count));
      }
    }
  }

  void answer_briefly(int status, const std::string& reason) {
    const std::string body = std::to_string(status) + " " + reason + "\n";
    write_all("HTTP/1.1 " + std::to_string(status) + " " + reason + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\nConnection: close\r\n" + (status == 503 ? "Retry-After: 1\r\n" : "") + "\r\n" + body);
  }

  /// So that the client gets to read the answer although not all was read that it sent.
  void drain() {
    ::shutdown(socket_, SHUT_WR);
    std::array<char, 4096> bytes;
    for (int rounds = 0; rounds < 64 && is_readable_within(20) && ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0; ++rounds) {
    }
  }

  void count_answer() { ++served_; }
  /// It has had its share while others wait.
  bool has_had_its_share(const Crowd& crowd) const { return crowd.waiting > 0 && served_ % requests_in_a_crowd == requests_in_a_crowd - 1; }
  bool has_failed() const { return failed_; }

  bool is_readable() const override { return at_ < head_.size(); }
  bool is_writable() const override { return !failed_; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min(size, head_.size() - at_);
    std::memcpy(to, head_.data() + at_, count);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) override {
    written_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  /// An answer goes out in one piece.
  void flush() {
    write_all(written_);
    written_.clear();
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override { name(::getpeername, ip, port); }
  void get_local_ip_and_port(std::string& ip, int& port) const override { name(::getsockname, ip, port); }
  socket_t socket() const override { return socket_; }

 private:
  /// Takes out what the library shall not see, and refuses what no reader of these pages sends.
  Head judge() {
    if (head_.find('\0') != std::string::npos) return Head::Malformed;
    const std::size_t first_end = head_.find("\r\n");
    if (!head_.substr(0, first_end).ends_with(" HTTP/1.1") && !head_.substr(0, first_end).ends_with(" HTTP/1.0")) return Head::Malformed;
    std::string kept = head_.substr(0, first_end + 2);
    std::size_t fields = 0;
    for (std::size_t at = first_end + 2; at + 2 < head_.size();) {
      const std::size_t end = head_.find("\r\n", at);
      const std::string line = head_.substr(at, end - at);
      at = end + 2;
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos || colon == 0 || line.find_first_of(" \t") < colon || line.find_first_of("\r\n") != std::string::npos) return Head::Malformed;
      if (++fields > most_header_fields) return Head::TooLarge;
      const std::string field = to_lower(line.substr(0, colon));
      const std::string value(trim(line.substr(colon + 1)));
      if (field == "transfer-encoding" || (field == "content-length" && value != "0")) return Head::HasBody;
      if (field != "range" && field != "content-length" && field != "expect") kept += line + "\r\n";
    }
    head_ = kept + "\r\n";
    return Head::Complete;
  }

  bool is_readable_within(int milliseconds) const {
    pollfd file{socket_, POLLIN, 0};
    return ::poll(&file, 1, milliseconds) > 0;
  }

  void write_all(std::string_view bytes) {
    const auto begin = Clock::now();
    while (!bytes.empty() && !failed_) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
        continue;
      }
      if (errno != EAGAIN && errno != EINTR) failed_ = true;
      if (Clock::now() - begin > write_time) failed_ = true;
      pollfd file{socket_, POLLOUT, 0};
      if (!failed_) ::poll(&file, 1, slice_ms);
    }
  }

  template <class Ask>
  void name(Ask&& ask, std::string& ip, int& port) const {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (ask(socket_, reinterpret_cast<sockaddr*>(&address), &length) != 0) return;
    std::array<char, NI_MAXHOST> host{};
    if (::getnameinfo(reinterpret_cast<sockaddr*>(&address), length, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST) != 0) return;
    ip = host.data();
    port = address.ss_family == AF_INET ? ntohs(reinterpret_cast<sockaddr_in*>(&address)->sin_port) : 0;
  }

  socket_t socket_;
  std::string arrived_;  ///< not yet a whole head
  std::string head_;     ///< of the request that is answered
  std::size_t at_ = 0;   ///< how far the library has read it
  std::string written_;
  unsigned served_ = 0;
  bool failed_ = false;
};

}  // namespace

BoundedServer::BoundedServer(std::size_t most_connections) {
  new_task_queue = [this, most_connections] { return new WorkerPool(threads, most_connections, crowd_); };
  set_tcp_nodelay(true);
  set_keep_alive_max_count(requests_of_a_connection);
}

bool BoundedServer::process_and_close_socket(socket_t socket) {
  if (is_turning_away()) {
    Client(socket).answer_briefly(503, "Service Unavailable");
  } else {
    ++crowd_.open;
    talk(socket);
    --crowd_.open;
  }
  ::shutdown(socket, SHUT_RDWR);
  ::close(socket);
  return true;
}

void BoundedServer::talk(socket_t socket) {
  Client client(socket);
  for (unsigned left = requests_of_a_connection; left > 0; --left) {
    const Head head = client.read_head([this] { return !is_stopping(); }, crowd_);
    if (head == Head::Closed) return;
    if (head == Head::Late) client.answer_briefly(408, "Request Timeout");
    if (head == Head::TooLarge) client.answer_briefly(431, "Request Header Fields Too Large");
    if (head == Head::Malformed) client.answer_briefly(400, "Bad Request");
    if (head == Head::HasBody) client.answer_briefly(413, "Content Too Large");
    if (head != Head::Complete) return client.drain();
    const bool is_last = left == 1 || is_stopping() || client.has_had_its_share(crowd_);  // which the answer says
    bool is_closed = false;
    const bool is_answered = process_request(client, is_last, is_closed, nullptr);
    client.flush();
    if (!is_answered || is_closed || is_last || client.has_failed()) return;
    client.count_answer();
  }
}

}  // namespace plumb::serve
