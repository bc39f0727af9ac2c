// db/mariadb/progress.hpp: a thread that asks ten times a second whether a running statement shall go on.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "db/target.hpp"

namespace plumb::db::mariadb {

/// Watches the statements of one session. When the callback says no, or throws, the statement is ended by
/// KILL QUERY from a second connection.
class ProgressWatch {
 public:
  ProgressWatch(Target target, unsigned long session_id);
  ~ProgressWatch();
  ProgressWatch(const ProgressWatch&) = delete;
  ProgressWatch& operator=(const ProgressWatch&) = delete;

  /// The callback is called from the watching thread and must not use the session. Nothing switches the watch
  /// off. Requires: no statement runs.
  void set(std::function<bool()> callback);
  void statement_begins();
  /// True when a KILL QUERY was sent: it may have come too late for this statement and would hit the next
  /// one.
  bool statement_ends();
  /// What the callback threw during the last statement goes on here.
  void rethrow();

 private:
  void watch(const std::stop_token& stop);
  bool wants_to_go_on() noexcept;
  void kill_query() noexcept;

  Target target_;
  unsigned long session_id_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::function<bool()> callback_;
  std::exception_ptr thrown_;
  bool running_ = false;
  bool killed_ = false;
  std::jthread thread_;
};

}  // namespace plumb::db::mariadb
