#include "cli/interrupts.hpp"

#include <atomic>
#include <csignal>

namespace plumb::cli {
namespace {

std::atomic<int> noted{0};

void note(int /*signal*/) { ++noted; }

}  // namespace

Interrupts::Interrupts() {
  noted = 0;
  on_int_ = std::signal(SIGINT, note);
  on_term_ = std::signal(SIGTERM, note);
}

Interrupts::~Interrupts() {
  std::signal(SIGINT, on_int_);
  std::signal(SIGTERM, on_term_);
}

bool Interrupts::came() const { return noted > 0; }

int Interrupts::times() const { return noted; }

}  // namespace plumb::cli
