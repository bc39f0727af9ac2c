// data/check_written.hpp: whether a sync has come to what it was to come to. For this folder alone.
#pragma once

#include "data/work.hpp"

namespace plumb::data {

struct WhereWritten {
  db::Connection& connection;
  const Dialect& dialect;
  const Package& package;
  const MasterTables& tables;
};

/// After writing nothing may differ from the package but what was left on purpose. Reads the tables of the package once; the
/// package only where a row is not what it should be. Throws Error that names the row.
void check_written(const WhereWritten& where, const Work& work);

}  // namespace plumb::data
