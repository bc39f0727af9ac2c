// db/mariadb/session.hpp: one connected handle and the watch over its statements; connection and prepared
// statements share it.
#pragma once

#include <string_view>
#include <utility>

#include "db/mariadb/errors.hpp"
#include "db/mariadb/handle.hpp"
#include "db/mariadb/progress.hpp"

namespace plumb::db::mariadb {

class Session {
 public:
  Session(Handle handle, const Target& target)
      : handle_(std::move(handle)), watch_(target, mysql_thread_id(handle_.get())) {}

  MYSQL* handle() { return handle_.get(); }
  void on_progress(std::function<bool()> callback) { watch_.set(std::move(callback)); }

  /// Runs the work, which is one statement from its sending to the end of its results, under the watch.
  template <class Work>
  auto watched(Work work) -> decltype(work()) {
    try {
      const Watching watching(*this);
      return work();
    } catch (const DatabaseError&) {
      watch_.rethrow();
      throw;
    }
  }

 private:
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
};

}  // namespace plumb::db::mariadb
