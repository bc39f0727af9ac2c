#include "cli/interrupts.hpp"

#include <atomic>
#include <csignal>

namespace plumb::cli {
namespace {

std::atomic<bool> noted{false};

void note(int /*signal*/) { noted = true; }

}  // namespace

Interrupts::Interrupts() {
  noted = false;
  on_int_ = std::signal(SIGINT, note);
  on_term_ = std::signal(SIGTERM, note);
}

Interrupts::~Interrupts() {
  std::signal(SIGINT, on_int_);
  std::signal(SIGTERM, on_term_);
}

bool Interrupts::came() const { return noted; }

}  // namespace plumb::cli
