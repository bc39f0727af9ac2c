// db/mariadb/behind.hpp: one thread that does one piece of work at a time, behind its owner's back.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace plumb::db::mariadb {

/// For one owner in one thread. Ends with the work that is under way.
class Behind {
 public:
  ~Behind();
  /// Comes back when the work has begun: the owner's own work would keep the processor that the thread is waiting for.
  /// Requires: wait() and take_thrown() have been called since the last one.
  void start(std::function<void()> work);
  /// Until the work is done, however it ended.
  void wait();
  /// After wait(): what the work threw, until it is taken; nothing where it went well.
  const std::exception_ptr& thrown() const { return thrown_; }
  std::exception_ptr take_thrown() { return std::exchange(thrown_, nullptr); }

 private:
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::function<void()> work_;  ///< empty: there is none
  bool has_begun_ = false;
  std::exception_ptr thrown_;
  std::jthread thread_;  ///< started by the first work
};

}  // namespace plumb::db::mariadb
