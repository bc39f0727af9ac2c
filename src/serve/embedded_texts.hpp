// serve/embedded_texts.hpp: the files of the folder page, built into the program. For this folder alone.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace plumb::serve {

/// By file name: "status.html".
const std::map<std::string, std::string, std::less<>>& embedded_texts();

}  // namespace plumb::serve
