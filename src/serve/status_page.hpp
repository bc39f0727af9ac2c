// serve/status_page.hpp: the state at a glance, as one page of HTML.
#pragma once

#include <string>

#include "serve/documents.hpp"

namespace plumb::serve {

std::string status_page(const Subject& subject, const Health& health, const Known& known);

}  // namespace plumb::serve
