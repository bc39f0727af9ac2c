#include "db/mariadb/progress.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "db/mariadb/handle.hpp"
#include "support/error.hpp"

namespace plumb::db::mariadb {
namespace {
constexpr std::chrono::milliseconds progress_interval{100};
}  // namespace

ProgressWatch::ProgressWatch(Target target, unsigned long session_id)
    : target_(std::move(target)), session_id_(session_id) {}

ProgressWatch::~ProgressWatch() {
  set(nullptr);
}

void ProgressWatch::set(std::function<bool()> callback) {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  callback_ = std::move(callback);
  if (callback_) thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

void ProgressWatch::statement_begins() {
  if (!callback_) return;
  {
    const std::lock_guard lock(mutex_);
    running_ = true;
    killed_ = false;
    thrown_ = nullptr;
  }
  changed_.notify_one();
}

bool ProgressWatch::statement_ends() {
  if (!callback_) return false;
  bool killed = false;
  {
    // Waits for a KILL that is being sent: from here on none is under way.
    const std::lock_guard lock(mutex_);
    running_ = false;
    killed = killed_;
  }
  changed_.notify_one();
  return killed;
}

void ProgressWatch::rethrow() {
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

void ProgressWatch::watch(const std::stop_token& stop) {
  mysql_thread_init();
  {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      changed_.wait(lock, stop, [this] { return running_ && !killed_; });
      const bool ended = changed_.wait_for(lock, stop, progress_interval, [this] { return !running_; });
      if (ended || stop.stop_requested()) continue;
      if (!wants_to_go_on()) kill_query();
    }
  }
  mysql_thread_end();
}

bool ProgressWatch::wants_to_go_on() noexcept {
  if (thrown_) return false;
  try {
    return callback_();
  } catch (...) {
    thrown_ = std::current_exception();
    return false;
  }
}

void ProgressWatch::kill_query() noexcept {
  try {
    const Handle second = connect(target_);
    const std::string sql = "KILL QUERY " + std::to_string(session_id_);
    killed_ = mysql_real_query(second.get(), sql.data(), sql.size()) == 0;
  } catch (const std::exception&) {
    // No second connection now (too many of them, perhaps): the next round tries again.
  }
}

}  // namespace plumb::db::mariadb
