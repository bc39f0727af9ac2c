#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "support/text.hpp"

namespace plumb::cli {
namespace {

bool is_capable(int descriptor) {
  const char* term = std::getenv("TERM");
  return ::isatty(descriptor) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

bool wants_color(const Arguments& arguments, int descriptor) {
  switch (arguments.color) {
    case Color::Always: return true;
    case Color::Never: return false;
    case Color::Auto: break;
  }
  const char* no_color = std::getenv("NO_COLOR");
  return is_capable(descriptor) && (no_color == nullptr || *no_color == '\0');
}

std::size_t width_of_terminal() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

constexpr std::chrono::milliseconds redraw_interval{100};

}  // namespace

bool color_on_stdout(const Arguments& arguments) { return wants_color(arguments, STDOUT_FILENO); }
bool color_on_stderr(const Arguments& arguments) { return wants_color(arguments, STDERR_FILENO); }
bool stdin_is_terminal() { return ::isatty(STDIN_FILENO) != 0; }

ProgressLine::ProgressLine(const Arguments& arguments) {
  if (arguments.quiet || arguments.no_progress) return;
  live_ = is_capable(STDERR_FILENO) && std::getenv("CI") == nullptr;
  lines_ = !live_;
}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(std::size_t step, std::size_t steps, const std::string& what, std::chrono::milliseconds elapsed) {
  const auto now = std::chrono::steady_clock::now();
  const std::string place = steps == 0 ? std::string() : "[" + std::to_string(step) + "/" + std::to_string(steps) + "] ";
  const std::string text = place + replace_all(replace_all(what, "`", ""), "\n", " ");
  if (lines_ && step != last_step_ && step != 0) std::fprintf(stderr, "%s\n", text.c_str());
  if (live_ && (step != last_step_ || now - last_draw_ >= redraw_interval)) {
    const std::string seconds = " " + std::to_string(elapsed.count() / 1000) + "s";
    std::fprintf(stderr, "\r\x1b[K%s%s", shortened(text, width_of_terminal() - seconds.size() - 4).c_str(), seconds.c_str());
    std::fflush(stderr);
    drawn_ = true;
    last_draw_ = now;
  }
  last_step_ = step;
}

void ProgressLine::clear() {
  if (drawn_) std::fprintf(stderr, "\r\x1b[K");
  drawn_ = false;
}

}  // namespace plumb::cli
