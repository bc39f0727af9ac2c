// diff/reading.hpp: how a declared table is to be read.
#pragma once

namespace plumb::diff {

/// See Description.
struct Reading {
  bool is_complete = false;
  bool column_order_counts = false;
};

}  // namespace plumb::diff
