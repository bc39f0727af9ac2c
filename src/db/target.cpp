#include "db/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <vector>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::db {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view mariadb_scheme = "mariadb:";
constexpr std::string_view mysql_scheme = "mysql:";

const std::vector<std::string>& sqlite_parameters() {
  static const std::vector<std::string> names = {"busy-timeout"};
  return names;
}

const std::vector<std::string>& mariadb_parameters() {
  static const std::vector<std::string> names = {"connect-timeout", "defaults-file", "lock-wait-timeout",
                                                 "password-file",   "socket",        "ssl-ca",
                                                 "ssl-cert",        "ssl-key",       "ssl-verify"};
  return names;
}

bool has_scheme(std::string_view text, std::string_view scheme) {
  return equal_ignoring_case(text.substr(0, scheme.size()), scheme);
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// Undoes %XX. `part` names the piece of the URL for the message, which never repeats the text: it may be
/// secret.
std::string percent_decoded(std::string_view text, std::string_view part) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const auto high = i + 1 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      throw UsageError(
          fmt::format("the {} of the target has a `%` that is not followed by two hexadecimal digits; write "
                      "a `%` itself as `%25`",
                      part));
    }
    const auto byte = static_cast<char>(*high * 16 + *low);
    if (byte == '\0') throw UsageError(fmt::format("the {} of the target holds a zero byte", part));
    out.push_back(byte);
    i += 2;
  }
  return out;
}

/// The bytes that a piece of a URL may show as they are; `also` holds further ones for this piece.
std::string percent_encoded(std::string_view text, std::string_view also) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos || byte >= 0x80 ||
                       also.find(c) != std::string_view::npos;
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(digits[byte / 16]);
      out.push_back(digits[byte % 16]);
    }
  }
  return out;
}

void check_number(std::string_view name, const std::string& value, std::uint64_t largest) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (problem == std::errc() && end == value.data() + value.size() && number <= largest) return;
  throw UsageError(fmt::format("parameter `{}` of the target must be a whole number from 0 to {}, not `{}`",
                               name, largest, value));
}

void check_parameter(const std::string& name, const std::string& value) {
  constexpr std::uint64_t a_year_in_seconds = 31536000;
  if (name == "busy-timeout") check_number(name, value, 2147483647);
  if (name == "connect-timeout" || name == "lock-wait-timeout") check_number(name, value, a_year_in_seconds);
  if (name == "ssl-verify" && value != "true" && value != "false") {
    throw UsageError(
        fmt::format("parameter `ssl-verify` of the target must be `true` or `false`, not `{}`", value));
  }
  if (value.empty()) throw UsageError(fmt::format("parameter `{}` of the target has no value", name));
}

void parse_parameters(std::string_view query, const std::vector<std::string>& known, Target& target) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string name = percent_decoded(pair.substr(0, equals), "parameters");
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string nearest = closest_match(name, known);
      throw UsageError(
          nearest.empty()
              ? fmt::format("unknown parameter `{}` in the target; {} targets have: {}", name, target.engine,
                            join(known, ", "))
              : fmt::format("unknown parameter `{}` in the target; did you mean `{}`?", name, nearest));
    }
    const std::string value = equals == std::string_view::npos
                                  ? std::string()
                                  : percent_decoded(pair.substr(equals + 1), "parameters");
    check_parameter(name, value);
    if (!target.parameters.emplace(name, value).second) {
      throw UsageError(fmt::format("parameter `{}` stands twice in the target", name));
    }
  }
}

/// Cuts off what follows the first `separator`, and gives it.
std::string_view split_off(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

Target parse_sqlite(std::string_view rest) {
  Target target;
  target.engine = "sqlite";
  const std::string_view query = split_off(rest, '?');
  if (rest.substr(0, 2) == "//") {
    if (rest.substr(0, 3) != "///") {
      throw UsageError(fmt::format("a SQLite target has no host; write `sqlite:{}`", rest.substr(2)));
    }
    rest.remove_prefix(2);
  }
  target.path = percent_decoded(rest, "path");
  if (target.path.empty()) throw UsageError("the target names no file; write `sqlite:path/to/file.db`");
  parse_parameters(query, sqlite_parameters(), target);
  return target;
}

std::uint16_t parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem != std::errc() || end != text.data() + text.size() || port == 0) {
    // The text is not repeated: with an unescaped `/` in a password it is a piece of that password.
    throw UsageError(
        "the port of the target is not a number from 1 to 65535 (a `/`, `?`, `#`, `@` or `%` inside a user "
        "name or "
        "password must be written as `%2F`, `%3F`, `%23`, `%40`, `%25`)");
  }
  return port;
}

void parse_authority(std::string_view authority, Target& target) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    std::string_view user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    const std::string_view password = split_off(user, ':');
    target.user = percent_decoded(user, "user name");
    target.password = percent_decoded(password, "password");
  }
  std::string_view port;
  bool has_port = false;
  if (!authority.empty() && authority.front() == '[') {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) throw UsageError("the host of the target has a `[` without a `]`");
    target.host = std::string(authority.substr(1, close - 1));
    const std::string_view after = authority.substr(close + 1);
    has_port = !after.empty();
    if (has_port && after.front() != ':')
      throw UsageError("only a port may follow the `]` of the target's host");
    port = has_port ? after.substr(1) : after;
  } else {
    has_port = authority.find(':') != std::string_view::npos;
    port = split_off(authority, ':');
    target.host = percent_decoded(authority, "host");
  }
  if (has_port) target.port = parse_port(port);
}

/// The first line of the file, which is the password.
std::string password_from_file(const std::string& path) {
  const std::string bytes = read_file(path);
  std::string_view line = std::string_view(bytes).substr(0, bytes.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return std::string(line);
}

void settle_password(Target& target) {
  if (const auto file = target.parameters.find("password-file"); file != target.parameters.end()) {
    target.password = password_from_file(file->second);
    return;
  }
  const char* from_environment = std::getenv("PLUMB_PASSWORD");
  if (from_environment != nullptr && *from_environment != '\0') target.password = from_environment;
}

Target parse_mariadb(std::string_view rest) {
  Target target;
  target.engine = "mariadb";
  if (rest.substr(0, 2) != "//")
    throw UsageError("a MariaDB target is written `mariadb://user@host:3306/database`");
  rest.remove_prefix(2);
  const std::string_view query = split_off(rest, '?');
  const std::string_view database = split_off(rest, '/');
  parse_authority(rest, target);
  if (database.find('/') != std::string_view::npos) {
    throw UsageError("the target's database name holds a `/`; write it as `%2F` if that is meant");
  }
  target.database = percent_decoded(database, "database name");
  if (target.database.empty()) {
    throw UsageError("the target names no database; write `mariadb://user@host:3306/database`");
  }
  parse_parameters(query, mariadb_parameters(), target);
  settle_password(target);
  return target;
}

std::string shown_parameters(const Target& target) {
  std::string out;
  for (const auto& [name, value] : target.parameters) {
    if (target.unspoken.contains(name)) continue;
    out += (out.empty() ? "?" : "&") + name + "=" + percent_encoded(value, "/:@,+");
  }
  return out;
}

std::string shown_host(const Target& target) {
  const bool is_ipv6 = target.host.find(':') != std::string::npos;
  std::string out = is_ipv6 ? "[" + target.host + "]" : percent_encoded(target.host, "");
  if (target.port != 0) out += ":" + std::to_string(target.port);
  return out;
}

}  // namespace

std::string Target::display_name() const {
  if (engine == "sqlite") {
    // A `%` or `?` in a path would be read as something else when the name is used as a URL again.
    return "sqlite:" + replace_all(replace_all(path, "%", "%25"), "?", "%3F") + shown_parameters(*this);
  }
  const std::string shown_user = user.empty() ? std::string() : percent_encoded(user, "") + "@";
  return "mariadb://" + shown_user + shown_host(*this) + "/" + percent_encoded(database, "") +
         shown_parameters(*this);
}

bool is_target_url(std::string_view text) {
  return has_scheme(text, sqlite_scheme) || has_scheme(text, mariadb_scheme) ||
         has_scheme(text, mysql_scheme);
}

Target parse_target(std::string_view url) {
  if (has_scheme(url, sqlite_scheme)) return parse_sqlite(url.substr(sqlite_scheme.size()));
  if (has_scheme(url, mariadb_scheme)) return parse_mariadb(url.substr(mariadb_scheme.size()));
  if (has_scheme(url, mysql_scheme)) {
    throw UsageError("plumb speaks to MariaDB, not to MySQL; a MariaDB target begins with `mariadb://`");
  }
  throw UsageError(
      "the target is no URL that plumb knows; write `sqlite:path/to/file.db` or "
      "`mariadb://user@host:3306/database`");
}

}  // namespace plumb::db
