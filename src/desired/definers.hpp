// desired/definers.hpp: whose views and triggers are (MariaDB): DEFINER=`user`@`host`.
#pragma once

#include <string>

#include "model/schema.hpp"

namespace plumb::desired {

/// "ALGORITHM=… DEFINER=`a`@`b` SQL SECURITY …" with another definer, quoted like that; with none when it is empty.
std::string with_definer(const std::string& header, const std::string& definer);

/// Leaves open whose views and triggers are: what stands keeps its own, what is new gets the user who makes it.
void strip_definers(Schema& schema);

}  // namespace plumb::desired
