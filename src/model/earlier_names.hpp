// model/earlier_names.hpp: whether a name that is still declared can be the earlier name of something else.
#pragma once

#include <string>

#include "model/description.hpp"

namespace plumb {

/// True where nothing of that name is declared, or what is declared had another name itself and takes this one when it is free: `t_old was t`
/// beside `t was t_new`. False where it stays, or where the names go in a circle, which no order of renames can begin.
bool is_left_by_table(const Description& description, const std::string& name);
bool is_left_by_column(const Table& table, const TableIntent& intent, const std::string& name);

}  // namespace plumb
