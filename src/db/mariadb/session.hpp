// db/mariadb/session.hpp: one connected handle and the watch over its statements; connection and prepared
// statements share it.
#pragma once

#include <exception>
#include <functional>
#include <string_view>
#include <utility>

#include "db/mariadb/behind.hpp"
#include "db/mariadb/errors.hpp"
#include "db/mariadb/handle.hpp"
#include "db/mariadb/progress.hpp"

namespace plumb::db::mariadb {

class Session {
 public:
  Session(Handle handle, const Target& target)
      : handle_(std::move(handle)), watch_(target, mysql_thread_id(handle_.get())) {}

  /// Waits for what goes on behind, however that ends.
  MYSQL* handle() {
    wait();
    return handle_.get();
  }
  void on_progress(std::function<bool()> callback) {
    wait();
    watch_.set(std::move(callback));
  }

  /// Runs the work, which is one statement from its sending to the end of its results, under the watch. Where what went on
  /// behind has failed, nothing is run: the transaction may be gone.
  template <class Work>
  auto watched(Work work) -> decltype(work()) {
    wait();
    if (behind_.thrown()) std::rethrow_exception(behind_.thrown());
    return watched_now(std::move(work));
  }

  /// The same in another thread, which must not use handle().
  void watched_behind(std::function<void()> work) {
    finish();
    behind_.start([this, work = std::move(work)] { watched_now(work); });
  }
  /// Waits for that; throws what it threw, for the last time.
  void finish() {
    if (const auto thrown = wait_and_forget()) std::rethrow_exception(thrown);
  }
  /// Waits for that, whatever it throws.
  void wait() { behind_.wait(); }
  /// The same; gives what was thrown, which nothing asks for any more.
  std::exception_ptr wait_and_forget() {
    wait();
    return behind_.take_thrown();
  }

 private:
  template <class Work>
  auto watched_now(Work work) -> decltype(work()) {
    try {
      const Watching watching(*this);
      return work();
    } catch (const DatabaseError&) {
      watch_.rethrow();
      throw;
    }
  }

  class Watching {
   public:
    explicit Watching(Session& session) : session_(session) { session_.watch_.statement_begins(); }
    ~Watching() {
      if (session_.watch_.statement_ends()) session_.swallow_late_kill();
    }
    Watching(const Watching&) = delete;
    Watching& operator=(const Watching&) = delete;

   private:
    Session& session_;
  };

  /// A KILL QUERY that came after the end of its statement hits this one, whose failure means nothing.
  void swallow_late_kill() {
    constexpr std::string_view nothing = "DO 0";
    mysql_real_query(handle_.get(), nothing.data(), nothing.size());
  }

  Handle handle_;
  ProgressWatch watch_;
  Behind behind_;
};

}  // namespace plumb::db::mariadb
