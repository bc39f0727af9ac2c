#include "fleet/roll_out.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace plumb::fleet {
namespace {

class RollOut {
 public:
  RollOut(std::size_t count, const Order& order, const std::function<Result(std::size_t)>& work, const std::function<void(std::size_t, const Result&)>& on_result)
      : count_(count), order_(order), work_(work), on_result_(on_result) {}

  void carry_out() {
    const std::size_t canaries = std::min(order_.canaries, count_);
    while (next_ < canaries && !is_over()) do_next();
    if (is_over()) return;
    std::vector<std::thread> threads;
    const std::size_t wanted = std::min(std::max<std::size_t>(1, order_.parallel), count_ - canaries);
    for (std::size_t i = 0; i < wanted; ++i) {
      threads.emplace_back([this] {
        while (!is_over() && do_next()) {
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }

 private:
  bool is_over() const { return stopped_ || (order_.ends && order_.ends()); }

  Result result_of(std::size_t number) {
    const auto begin = std::chrono::steady_clock::now();
    Result result;
    try {
      result = work_(number);
    } catch (const std::exception& error) {
      result = {Outcome::Failed, 1, error.what(), {}};
    }
    result.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return result;
  }

  bool do_next() {
    const std::size_t number = next_++;
    if (number >= count_) return false;
    const Result result = result_of(number);
    const std::lock_guard lock(mutex_);
    if (result.outcome == Outcome::Failed) {
      ++failures_;
      if (number < order_.canaries || failures_ > order_.most_failures) stopped_ = true;
    }
    on_result_(number, result);
    return true;
  }

  const std::size_t count_;
  const Order& order_;
  const std::function<Result(std::size_t)>& work_;
  const std::function<void(std::size_t, const Result&)>& on_result_;
  std::mutex mutex_;
  std::atomic<std::size_t> next_{0};
  std::size_t failures_ = 0;
  std::atomic<bool> stopped_{false};
};

}  // namespace

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::Failed: return "failed";
    case Outcome::Differs: return "differs";
    case Outcome::Done: return "done";
    case Outcome::Nothing: return "nothing to do";
    case Outcome::NotBegun: return "not begun";
  }
  return "failed";
}

void roll_out(std::size_t count, const Order& order, const std::function<Result(std::size_t)>& work, const std::function<void(std::size_t, const Result&)>& on_result) {
  RollOut(count, order, work, on_result).carry_out();
}

int exit_code_of(const std::vector<Result>& results) {
  constexpr std::array<int, 6> gravest_first{6, 1, 5, 4, 3, 2};
  const auto any = [&](const auto& holds) { return std::any_of(results.begin(), results.end(), holds); };
  for (const int code : gravest_first) {
    if (any([&](const Result& one) { return one.exit_code == code; })) return code;
  }
  return any([](const Result& one) { return one.outcome == Outcome::Failed || one.outcome == Outcome::NotBegun; }) ? 1 : 0;
}

}  // namespace plumb::fleet
