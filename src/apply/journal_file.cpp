#include "apply/journal_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "apply/run_log.hpp"
#include "support/error.hpp"

namespace plumb::apply {
namespace {

using Json = nlohmann::ordered_json;

Json at(const char* event) { return Json{{"at", precise_now_utc()}, {"event", event}}; }

/// Steps and commands count from 1 here, as in the plan.
Json at(const char* event, const Place& place) {
  Json json = at(event);
  json["step"] = place.step + 1;
  json["command"] = place.command + 1;
  return json;
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

JournalFile::JournalFile(const std::string& path) : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
  if (file_ < 0) throw FileError(path, std::string("the journal cannot be written: ") + std::strerror(errno));
}

JournalFile::~JournalFile() { ::close(file_); }

void JournalFile::run(std::string_view facts) {
  Json json = at("run");
  json.update(Json::parse(facts));
  line(text_of(json));
}

void JournalFile::begin(const Place& place, std::string_view sql) {
  Json json = at("begin", place);
  json["sql"] = sql;
  line(text_of(json));
}

void JournalFile::end(const Place& place, std::uint64_t rows) {
  Json json = at("end", place);
  json["rows"] = rows;
  line(text_of(json));
}

void JournalFile::failed(const Place& place, std::string_view problem) {
  Json json = at("failed", place);
  json["problem"] = problem;
  line(text_of(json));
}

void JournalFile::ended(std::string_view outcome, std::string_view message) {
  Json json = at("ended");
  json["outcome"] = outcome;
  json["message"] = message;
  line(text_of(json));
}

void JournalFile::line(const std::string& text) {
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t count = ::write(file_, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(path_, std::string("the journal cannot be written: ") + std::strerror(errno));
    written += static_cast<std::size_t>(count);
  }
  if (::fdatasync(file_) != 0 && errno != EINVAL && errno != EROFS) throw FileError(path_, std::string("the journal cannot be written: ") + std::strerror(errno));
}

}  // namespace plumb::apply
