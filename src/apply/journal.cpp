#include "apply/journal.hpp"

#include "apply/history.hpp"

namespace plumb::apply {
namespace {

sql::Value number(std::size_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

void Journal::begin(const Place& place, const std::string& before) {
  if (!begin_) begin_ = connection_.prepare("REPLACE INTO plumb_journal (deployment, step, command, before_state, started_at) VALUES (?, ?, ?, ?, ?)");
  const std::vector<sql::Value> values{deployment_, number(place.step), number(place.command), before, now_utc()};
  begin_->execute(values);
}

void Journal::end(const Place& place, std::uint64_t rows) {
  if (!end_) end_ = connection_.prepare("UPDATE plumb_journal SET finished_at = ?, changed_rows = ? WHERE deployment = ? AND step = ? AND command = ?");
  const std::vector<sql::Value> values{now_utc(), static_cast<std::int64_t>(rows), deployment_, number(place.step), number(place.command)};
  end_->execute(values);
}

std::uint64_t Journal::in_one(const Place& place, const std::function<std::uint64_t()>& change) {
  db::Transaction transaction(connection_);
  begin(place, {});
  const std::uint64_t rows = change();
  end(place, rows);
  transaction.commit();
  return rows;
}

Batch Journal::batch(const Place& place) const {
  const auto result = connection_.query("SELECT mark, changed_rows FROM plumb_journal WHERE mark IS NOT NULL AND finished_at IS NULL AND deployment = " + std::to_string(deployment_) + " AND step = " + std::to_string(place.step) +
                                        " AND command = " + std::to_string(place.command));
  if (result.rows.empty()) return {};
  return {db::as_text(result.rows[0][0]), static_cast<std::uint64_t>(std::stoull(db::as_text(result.rows[0][1])))};
}

std::uint64_t Journal::in_one_batch(const Place& place, const Batch& reached, bool is_last, const std::function<std::uint64_t()>& change) {
  db::Transaction transaction(connection_);
  const std::uint64_t rows = change();
  const auto write = connection_.prepare(
      "REPLACE INTO plumb_journal (deployment, step, command, before_state, started_at, finished_at, changed_rows, mark) VALUES (?, ?, ?, '', ?, ?, ?, ?)");
  const std::vector<sql::Value> values{deployment_, number(place.step), number(place.command), now_utc(), is_last ? sql::Value(now_utc()) : sql::Value(), number(reached.rows + rows), reached.mark};
  write->execute(values);
  transaction.commit();
  return rows;
}

std::optional<Entry> Journal::last() const {
  const auto result = connection_.query("SELECT step, command, before_state, finished_at IS NOT NULL, mark IS NOT NULL FROM plumb_journal WHERE deployment = " + std::to_string(deployment_) +
                                        " ORDER BY step DESC, command DESC LIMIT 1");
  if (result.rows.empty()) return std::nullopt;
  const sql::Row& row = result.rows.front();
  return Entry{{static_cast<std::size_t>(std::stoull(db::as_text(row[0]))), static_cast<std::size_t>(std::stoull(db::as_text(row[1])))}, db::as_text(row[2]), db::as_text(row[3]) == "1", db::as_text(row[4]) == "1"};
}

std::size_t Journal::finished() const {
  return static_cast<std::size_t>(db::single_integer(connection_, "SELECT count(*) FROM plumb_journal WHERE finished_at IS NOT NULL AND deployment = " + std::to_string(deployment_)));
}

}  // namespace plumb::apply
