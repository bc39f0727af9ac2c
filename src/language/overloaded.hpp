// language/overloaded.hpp: one function for each alternative of a variant.
#pragma once

namespace plumb::language {

template <class... Ts>
struct overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
overloaded(Ts...) -> overloaded<Ts...>;

}  // namespace plumb::language
