// dialect/sqlite/triggers.hpp: the trigger that stands for `on update now`, made and recognised.
#pragma once

#include <optional>
#include <string>

#include "model/schema.hpp"

namespace plumb::sqlite {

/// A trigger that sets the column to `now` when an update of the row left it as it was, as MariaDB's
/// ON UPDATE CURRENT_TIMESTAMP does.
Trigger on_update_now_trigger(const Table& table, const std::string& column, const std::string& now);

/// The column that `trigger` keeps up to date, when it is exactly such a trigger of `table`.
std::optional<std::string> column_kept_by(const Trigger& trigger, const Table& table);

}  // namespace plumb::sqlite
