// desired/overlook_widths.hpp: types that say the same, though one of them is wider.
#pragma once

#include "model/schema.hpp"

namespace plumb::desired {

/// `loose` is a state of an engine that holds no value to its column's type, in portable types; `written` the same as its
/// engine has it. An integer there has 64 bits, a float double precision, and a number without digits any. So where
/// `other` has a type that holds all of that, or the one that the words of `loose` are meant to be, `loose` gets the type
/// of `other`.
void overlook_widths(Schema& loose, const Schema& written, const Schema& other);

}  // namespace plumb::desired
