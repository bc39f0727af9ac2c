// db/mariadb/behind.hpp: one thread that does one piece of work at a time, behind its owner's back.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace plumb::db::mariadb {

/// For one owner in one thread. Ends with the work that is under way.
class Behind {
 public:
  ~Behind();
  /// Requires: wait() has been called since the last one.
  void start(std::function<void()> work);
  /// Until the work is done, however it ended.
  void wait();
  /// What the work threw, until forget().
  void rethrow() const;
  void forget() { thrown_ = nullptr; }

 private:
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::function<void()> work_;  ///< empty: there is none
  std::exception_ptr thrown_;
  std::jthread thread_;  ///< started by the first work
};

}  // namespace plumb::db::mariadb
