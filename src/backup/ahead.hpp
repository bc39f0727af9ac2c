// backup/ahead.hpp: work on several threads at once whose results come in the order of the work. For this folder alone.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace plumb::backup {

template <class Result>
class Ahead {
 public:
  /// `take` gets each result, in the thread of add() and finish().
  explicit Ahead(std::function<void(Result)> take) : take_(std::move(take)) {}

  /// Begins the work in a thread of its own; first waits for the oldest where enough is at work. Throws what that threw.
  template <class Work>
  void add(Work work) {
    if (at_work_.size() >= most_at_once()) take_first();
    at_work_.push_back(std::async(std::launch::async, std::move(work)));
  }
  void finish() {
    while (!at_work_.empty()) take_first();
  }

 private:
  /// One more than there are processors, so that none waits while a result is taken.
  static std::size_t most_at_once() { return std::clamp(std::thread::hardware_concurrency(), 1U, 8U) + 1; }

  void take_first() {
    std::future<Result> first = std::move(at_work_.front());
    at_work_.pop_front();
    take_(first.get());
  }

  std::function<void(Result)> take_;
  std::deque<std::future<Result>> at_work_;
};

}  // namespace plumb::backup
