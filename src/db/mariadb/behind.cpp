#include "db/mariadb/behind.hpp"

#include <mysql.h>

namespace plumb::db::mariadb {

Behind::~Behind() {
  wait();
  thread_.request_stop();
}

void Behind::start(std::function<void()> work) {
  std::unique_lock lock(mutex_);
  work_ = std::move(work);
  has_begun_ = false;
  changed_.notify_all();
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  changed_.wait(lock, [this] { return has_begun_; });
}

void Behind::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !work_; });
}

void Behind::run(const std::stop_token& stop) {
  mysql_thread_init();
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return static_cast<bool>(work_); })) {
    has_begun_ = true;
    changed_.notify_all();
    lock.unlock();
    try {
      work_();
    } catch (...) {
      thrown_ = std::current_exception();
    }
    lock.lock();
    work_ = nullptr;
    changed_.notify_all();
  }
  mysql_thread_end();
}

}  // namespace plumb::db::mariadb
