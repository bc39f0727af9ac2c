#include "apply/run_log.hpp"

#include <cerrno>
#include <cstring>

#include "apply/history.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

std::string milliseconds_text(std::chrono::milliseconds duration) { return std::to_string(duration.count()) + " ms"; }

}  // namespace

std::string precise_now_utc() {
  const auto now = std::chrono::system_clock::now();
  std::string fraction = std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  std::string text = utc_text(now);
  text.insert(text.size() - 1, "." + fraction);
  return text;
}

void RunLog::Closer::operator()(std::FILE* file) const { std::fclose(file); }

RunLog::RunLog(const std::string& path) : file_(std::fopen(path.c_str(), "wx")) {
  if (!file_) throw FileError(path, std::string("the log cannot be written: ") + std::strerror(errno));
}

void RunLog::note(std::string_view text) { line(text); }

void RunLog::step(std::size_t number, std::size_t of, std::string_view what) { line("step " + std::to_string(number) + " of " + std::to_string(of) + ": " + replace_all(std::string(what), "`", "")); }

void RunLog::begin(std::string_view sql) {
  line("runs:");
  indented(sql);
}

void RunLog::end(std::chrono::milliseconds duration, std::uint64_t count) { line("done in " + milliseconds_text(duration) + ", " + counted(count, "row")); }

void RunLog::failed(std::chrono::milliseconds duration, std::string_view problem) {
  line("failed after " + milliseconds_text(duration) + ":");
  indented(problem);
}

void RunLog::warning(std::string_view text) { line("warning: " + std::string(text)); }

void RunLog::line(std::string_view text) {
  const std::string whole = precise_now_utc() + " " + replace_all(std::string(text), "\n", "\n    ") + "\n";
  std::fwrite(whole.data(), 1, whole.size(), file_.get());
  std::fflush(file_.get());
}

void RunLog::indented(std::string_view text) {
  std::string whole;
  for (const auto one : split_lines(text)) whole += "    " + std::string(one) + "\n";
  std::fwrite(whole.data(), 1, whole.size(), file_.get());
  std::fflush(file_.get());
}

}  // namespace plumb::apply
