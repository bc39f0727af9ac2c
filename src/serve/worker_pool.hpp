// serve/worker_pool.hpp: the threads that answer, and the connections that wait for one. For this folder alone.
#pragma once

#include <httplib.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace plumb::serve {

/// What connections and threads tell each other.
struct Crowd {
  std::atomic<std::size_t> waiting{0};       ///< connections for which no thread is free
  std::atomic<std::uint64_t> open{0};        ///< being answered
  std::atomic<std::uint64_t> turned_away{0};
};

/// True in a thread while it runs a task for which there was no place in the queue: the task is to turn its connection away.
bool is_turning_away();

/// A fixed number of threads and a queue with an end. A task that finds the queue full is run at once, to be turned away.
class WorkerPool : public httplib::TaskQueue {
 public:
  WorkerPool(std::size_t threads, std::size_t most_waiting, Crowd& crowd);
  void enqueue(std::function<void()> task) override;
  void shutdown() override;

 private:
  void work();

  std::size_t most_waiting_;
  Crowd& crowd_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace plumb::serve
