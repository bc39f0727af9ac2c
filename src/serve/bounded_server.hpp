// serve/bounded_server.hpp: cpp-httplib's server with an end to everything that a client can make it keep: the bytes of a
// request, the time until it has come, the connections. For this folder alone.
//
// The head of a request is read whole, and judged, before the library sees it: version 0.11 reads lines of any length and any
// number of header fields, and matches a Range field by a regular expression.
#pragma once

#include <httplib.h>

#include "serve/worker_pool.hpp"

namespace plumb::serve {

class BoundedServer : public httplib::Server {
 public:
  explicit BoundedServer(std::size_t most_connections);
  const Crowd& crowd() const { return crowd_; }

 private:
  /// Answers the requests of one connection and closes it.
  bool process_and_close_socket(socket_t socket) override;
  void talk(socket_t socket);
  bool is_stopping() const { return svr_sock_ == INVALID_SOCKET; }

  Crowd crowd_;
};

}  // namespace plumb::serve
