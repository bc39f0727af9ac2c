// serve/health.hpp: whether an application may work with the database, judged from facts. Pure.
#pragma once

#include <string>
#include <vector>

#include "serve/facts.hpp"
#include "serve/serve.hpp"

namespace plumb::serve {

enum class Status { Ok, Warning, Error };

/// "ok", "warning", "error".
std::string_view word(Status status);
/// What the answer to a health check says by its HTTP status: 200 for ok and warning, 500 for an error.
int http_status(Status status);

struct Health {
  Status status = Status::Ok;
  std::vector<std::string> reasons;  ///< the gravest first; empty: all is well
  std::string required;              ///< the version; empty: the description has none
  bool compatible = false;           ///< the database is known to have a version that is required
};

/// `facts` and `checked` may be missing: nothing is known yet.
Health judge(const Subject& subject, const Facts* facts, const Checked* checked);

/// All reasons as one sentence; "the database is what the description says" where there are none.
std::string reason(const Health& health);

}  // namespace plumb::serve
