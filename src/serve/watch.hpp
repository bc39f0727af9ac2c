// serve/watch.hpp: a value that is asked for often and found out seldom.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "serve/facts.hpp"

namespace plumb::serve {

/// One thread of its own finds the value out anew, when somebody asks and the one that there is has become older than the
/// period; never twice at a time. What takes long is asked more seldom, so that the database spends at most one part in
/// `patience` of its time on it.
template <class Value>
class Watch {
 public:
  using Find = std::function<Value(const Value& before)>;

  Watch(std::chrono::milliseconds period, unsigned patience, Find find) : period_(period), patience_(patience), find_(std::move(find)), thread_([this] { work(); }) {}
  ~Watch() { stop(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// The value; empty: none has been found yet. Where it is older than the period a new one is begun, and waited for `most`,
  /// counted from its beginning: a database that hangs makes nobody wait twice.
  std::shared_ptr<const Value> ask(std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    if (stopped_ || Clock::now() < next_) return value_;
    if (!is_wanted_) {
      is_wanted_ = true;
      began_ = Clock::now();
      work_to_do_.notify_one();
    }
    found_.wait_until(lock, began_ + most, [this] { return !is_wanted_ || stopped_; });
    return value_;
  }

  /// What there is holds no longer: the next one is not to wait for the end of the period.
  void hurry() {
    const std::lock_guard lock(mutex_);
    next_ = std::min(next_, earliest_);
  }

  /// How often the value has been found out.
  std::uint64_t looks() const { return looks_; }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    work_to_do_.notify_all();
    found_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void work() {
    for (;;) {
      std::shared_ptr<const Value> before;
      {
        std::unique_lock lock(mutex_);
        work_to_do_.wait(lock, [this] { return is_wanted_ || stopped_; });
        if (stopped_) return;
        before = value_;
      }
      const auto begin = Clock::now();
      auto value = std::make_shared<const Value>(find_(before ? *before : Value()));
      const auto end = Clock::now();
      ++looks_;
      const std::lock_guard lock(mutex_);
      value_ = std::move(value);
      earliest_ = end + (end - begin) * patience_;
      next_ = std::max(begin + period_, earliest_);
      is_wanted_ = false;
      found_.notify_all();
    }
  }

  std::chrono::milliseconds period_;
  unsigned patience_;
  Find find_;
  std::mutex mutex_;
  std::condition_variable work_to_do_;
  std::condition_variable found_;
  std::shared_ptr<const Value> value_;
  Clock::time_point next_;  ///< when the value is too old
  Clock::time_point earliest_;
  Clock::time_point began_;
  bool is_wanted_ = false;
  bool stopped_ = false;
  std::atomic<std::uint64_t> looks_{0};
  std::thread thread_;  ///< the last member: it uses the others
};

}  // namespace plumb::serve
