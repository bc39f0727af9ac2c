// language/grammar/recover.hpp: what is said about text that does not fit, and where reading goes on.
#pragma once

#include <string>

#include "language/grammar/state.hpp"

namespace plumb::language::grammar {

/// Records the mistake at `where` and moves `first` to the next declaration between the same braces.
/// `which` is what was expected, in the user's words.
void recover_member(State& state, Iterator& first, Iterator where, const std::string& which);
/// The same for declarations outside of braces.
void recover_item(State& state, Iterator& first, Iterator where, const std::string& which);

}  // namespace plumb::language::grammar
