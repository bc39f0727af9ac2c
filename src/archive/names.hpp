// archive/names.hpp: which names a file of an archive may have. Pure.
#pragma once

#include <string>
#include <string_view>

namespace plumb::archive {

/// Why a file must not have this name below a folder; empty: it may. Names are relative, with `/` between at most
/// eight parts, none of them `.` or `..`; no control characters and no backslash; parts of at most 255 bytes.
std::string why_not_a_name(std::string_view name);

/// The name with its strange bytes made visible, for a message.
std::string shown_name(std::string_view name);

}  // namespace plumb::archive
