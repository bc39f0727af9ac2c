#include "serve/worker_pool.hpp"

namespace plumb::serve {
namespace {

thread_local bool turning_away = false;

}  // namespace

bool is_turning_away() { return turning_away; }

WorkerPool::WorkerPool(std::size_t threads, std::size_t most_waiting, Crowd& crowd) : most_waiting_(most_waiting), crowd_(crowd) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void WorkerPool::enqueue(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (tasks_.size() < most_waiting_) {
      tasks_.push_back(std::move(task));
      crowd_.waiting = tasks_.size();
      changed_.notify_one();
      return;
    }
  }
  ++crowd_.turned_away;
  turning_away = true;
  task();
  turning_away = false;
}

void WorkerPool::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void WorkerPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
      crowd_.waiting = tasks_.size();
    }
    task();
  }
}

}  // namespace plumb::serve
