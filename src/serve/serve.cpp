#include "serve/serve.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <thread>

#include "serve/bounded_server.hpp"
#include "serve/client_limits.hpp"
#include "serve/documents.hpp"
#include "serve/embedded_texts.hpp"
#include "serve/health.hpp"
#include "serve/look.hpp"
#include "serve/status_page.hpp"
#include "serve/watch.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::serve {
namespace {

constexpr std::size_t most_waiting_connections = 256;
constexpr std::chrono::milliseconds patience_of_a_request{1500};
constexpr std::chrono::seconds backups_period{60};

/// What a page of ours may load: what comes from here, and nothing else.
constexpr const char* content_policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Takes as long for every text of the same length.
bool is_equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differs = static_cast<unsigned char>(differs | (a[i] ^ b[i]));
  return differs == 0;
}

/// What stands in `Authorization: Basic`, after the user's name.
std::string basic_password(std::string_view encoded) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0;
  unsigned value = 0;
  for (const char c : encoded) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) break;
    value = (value << 6 | static_cast<unsigned>(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text.push_back(static_cast<char>(value >> bits & 0xff));
  }
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? std::string() : text.substr(colon + 1);
}

/// A name that only this machine can have meant; else a page elsewhere could have had its own name point here.
bool names_this_machine(const std::string& host) {
  const std::size_t end = host.starts_with("[") ? host.find(']') + 1 : host.find(':');
  const std::string name = host.substr(0, end);
  return name == "localhost" || name == "[::1]" || name.starts_with("127.");
}

class Service {
 public:
  explicit Service(const Settings& settings)
      : settings_(settings),
        limits_(settings.rate),
        server_(most_waiting_connections),
        facts_(settings.cache, 20, [this](const Facts& before) { return count_failure(look(settings_.subject, before, going_on())); }),
        shelf_(backups_period, 20, [this](const Shelf&) { return look_at_backups(settings_.subject); }),
        checked_(settings.validate_every, 100, [this](const Checked&) { return check(settings_.subject, going_on()); }) {
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      respond(request, response);
      ++answers_[static_cast<std::size_t>(response.status / 100)];
      return httplib::Server::HandlerResponse::Handled;
    });
    server_.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) { response.status = 500; });
  }

  int bind() { return settings_.port == 0 ? server_.bind_to_any_port(settings_.host) : server_.bind_to_port(settings_.host, settings_.port) ? settings_.port : -1; }
  void listen() { server_.listen_after_bind(); }

  /// The first look begins before anybody asks.
  void warm_up() { known(std::chrono::milliseconds(0)); }

  void stop() {
    stopping_ = true;
    server_.stop();
  }

 private:
  GoOn going_on() {
    return [this] { return !stopping_; };
  }

  Facts count_failure(Facts facts) {
    if (!facts.problem.empty()) ++failed_looks_;
    return facts;
  }

  Known known(std::chrono::milliseconds patience) {
    Known known;
    known.facts = facts_.ask(patience);
    known.shelf = shelf_.ask(patience / 5);
    if (settings_.validate_every.count() > 0) known.checked = checked_.ask(std::chrono::milliseconds(0));
    if (known.checked && known.facts && known.checked->fingerprint != known.facts->fingerprint) checked_.hurry();
    return known;
  }

  void respond(const httplib::Request& request, httplib::Response& response) {
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Cache-Control", "no-store");
    response.set_header("Referrer-Policy", "no-referrer");
    if (!limits_.admit(request.remote_addr, Clock::now())) {
      ++limited_;
      response.set_header("Retry-After", "1");
      return say(response, 429, "too many requests");
    }
    if (request.method != "GET" && request.method != "HEAD") {
      response.set_header("Allow", "GET, HEAD");
      return say(response, 405, "only GET");
    }
    if (settings_.token.empty() && is_loopback(settings_.host) && !names_this_machine(request.get_header_value("Host"))) return say(response, 403, "the Host of the request is not this machine");
    if (!settings_.token.empty() && !is_authorised(request)) {
      response.set_header("WWW-Authenticate", "Bearer, Basic realm=\"plumb\", charset=\"UTF-8\"");
      return say(response, 401, "the token is missing or wrong");
    }
    route(request, response);
  }

  bool is_authorised(const httplib::Request& request) const {
    const std::string given = request.get_header_value("Authorization");
    if (given.starts_with("Bearer ")) return is_equal_in_constant_time(given.substr(7), settings_.token);
    if (given.starts_with("Basic ")) return is_equal_in_constant_time(basic_password(given.substr(6)), settings_.token);
    return false;
  }

  void route(const httplib::Request& request, httplib::Response& response) {
    response.status = 200;
    if (request.path == "/api/system/health") return health(request, response);
    if (request.path == "/api/system/version") return response.set_content(version_json(settings_.subject, known(patience_of_a_request)), "application/json");
    if (request.path == "/metrics") return metrics(response);
    if (request.path == "/") return page(response);
    if (request.path == "/banner") return file(response, "banner.html", "text/html; charset=utf-8");
    if (request.path == "/banner.js") {
      response.set_header("Cross-Origin-Resource-Policy", "cross-origin");
      return file(response, "banner.js", "text/javascript; charset=utf-8");
    }
    if (request.path == "/page.js") return file(response, "page.js", "text/javascript; charset=utf-8");
    if (request.path == "/style.css") return file(response, "style.css", "text/css; charset=utf-8");
    if (request.path == "/favicon.ico") {
      response.status = 204;
      return;
    }
    say(response, 404, "there is nothing here");
  }

  void health(const httplib::Request& request, httplib::Response& response) {
    const std::string origin = request.get_header_value("Origin");
    for (const auto& permitted : settings_.origins) {
      if (permitted != origin) continue;
      response.set_header("Access-Control-Allow-Origin", origin);
      response.set_header("Vary", "Origin");
    }
    const Known now = known(patience_of_a_request);
    const Health judged = judge(now);
    response.status = http_status(judged.status);
    response.set_content(health_json(settings_.subject, judged, now), "application/json");
  }

  Health judge(const Known& now) const { return serve::judge(settings_.subject, now.facts.get(), now.checked.get()); }

  void page(httplib::Response& response) {
    const Known now = known(patience_of_a_request);
    response.set_header("Content-Security-Policy", content_policy);
    response.set_content(status_page(settings_.subject, judge(now), now), "text/html; charset=utf-8");
  }

  void metrics(httplib::Response& response) {
    const Known now = known(patience_of_a_request);
    Counters counters;
    counters.looks = facts_.looks();
    counters.failed_looks = failed_looks_;
    counters.checks = checked_.looks();
    for (std::size_t i = 0; i < answers_.size(); ++i) counters.answers[i] = answers_[i];
    counters.limited = limited_;
    counters.turned_away = server_.crowd().turned_away;
    counters.connections = server_.crowd().open;
    response.set_content(metrics_text(settings_.subject, judge(now), now, counters), "text/plain; version=0.0.4; charset=utf-8");
  }

  void file(httplib::Response& response, const std::string& name, const char* type) {
    if (name.ends_with(".html")) response.set_header("Content-Security-Policy", content_policy);
    response.set_content(embedded_texts().at(name), type);
  }

  static void say(httplib::Response& response, int status, const std::string& text) {
    response.status = status;
    response.set_content(text + "\n", "text/plain; charset=utf-8");
  }

  const Settings& settings_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> failed_looks_{0};
  std::atomic<std::uint64_t> limited_{0};
  std::array<std::atomic<std::uint64_t>, 6> answers_{};
  ClientLimits limits_;
  BoundedServer server_;
  Watch<Facts> facts_;
  Watch<Shelf> shelf_;
  Watch<Checked> checked_;
};

/// The signals wait until the main thread takes them.
sigset_t held_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// A database that does not answer must not keep the program from ending.
void end_soon_in_any_case() {
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::seconds(5));
    ::_exit(0);
  }).detach();
}

}  // namespace

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

Address parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const bool has_host = colon != std::string::npos;
  Address address;
  address.host = !has_host ? "127.0.0.1" : colon == 0 ? "0.0.0.0" : text.substr(0, colon);
  if (address.host.starts_with("[") && address.host.ends_with("]")) address.host = address.host.substr(1, address.host.size() - 2);
  const std::string digits = has_host ? text.substr(colon + 1) : text;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (digits.empty() || problem != std::errc() || end != digits.data() + digits.size()) throw UsageError("--listen takes ADDRESS:PORT, as in `127.0.0.1:8182`, not `" + text + "`");
  return address;
}

void run(const Settings& settings, const std::function<void(const std::string&)>& listening) {
  const sigset_t signals = held_signals();
  Service service(settings);
  const int port = service.bind();
  const std::string host = settings.host.find(':') == std::string::npos ? settings.host : "[" + settings.host + "]";
  if (port <= 0) throw Error("cannot listen on " + host + ":" + std::to_string(settings.port) + ": the port is taken, or the address is not of this machine");
  service.warm_up();
  std::atomic<bool> has_ended{false};
  const pthread_t main_thread = ::pthread_self();
  std::thread answering([&] {
    service.listen();
    has_ended = true;
    ::pthread_kill(main_thread, SIGTERM);
  });
  listening("http://" + host + ":" + std::to_string(port));
  int signal = 0;
  ::sigwait(&signals, &signal);
  const bool ended_by_itself = has_ended;
  end_soon_in_any_case();
  service.stop();
  answering.join();
  if (ended_by_itself) throw Error("cannot take connections any more");
}

}  // namespace plumb::serve
