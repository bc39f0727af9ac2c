#include "data/batches.hpp"

#include "support/error.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t rows_in_a_batch = 2000;

}  // namespace

sql::Row& Batch::next(const WrittenRow& written) {
  written_.push_back(written);
  if (rows_.size() < written_.size()) rows_.emplace_back();
  return rows_[written_.size() - 1];
}

bool Batch::is_full() const { return written_.size() >= rows_in_a_batch; }

Batch& Batches::of(const std::string& sql) {
  Batch& batch = batches_[sql];
  batch.sql_ = sql;
  return batch;
}

void Batches::add(const std::string& sql, sql::Row values, const WrittenRow& written) {
  Batch& batch = of(sql);
  batch.next(written) = std::move(values);
  if (batch.is_full()) flush(batch);
}

void Batches::flush() {
  for (auto& [sql, batch] : batches_) flush(batch);
}

void Batches::flush(Batch& batch) {
  if (batch.written_.empty()) return;
  if (!batch.statement_) batch.statement_ = connection_.prepare(batch.sql_);
  connection_.execute("SAVEPOINT plumb_rows");
  try {
    batch.statement_->execute_many(std::span(batch.rows_).first(batch.written_.size()));
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Constraint || error.kind() == DatabaseErrorKind::Other || error.kind() == DatabaseErrorKind::MissingExtension)
      find_the_row(batch);
    throw;
  }
  connection_.execute("RELEASE SAVEPOINT plumb_rows");
  batch.written_.clear();
}

/// Throws when a single row fails too. Returns when none does or the transaction is gone: then the first
/// error stands.
void Batches::find_the_row(Batch& batch) {
  try {
    connection_.execute("ROLLBACK TO SAVEPOINT plumb_rows");
  } catch (const DatabaseError&) {
    return;
  }
  for (std::size_t i = 0; i < batch.written_.size(); ++i) {
    try {
      batch.statement_->execute(batch.rows_[i]);
    } catch (const DatabaseError& error) {
      throw DatabaseError(error.kind(), error.engine(), error.code(), place_(batch.written_[i]) + ": " + error.what() + "; nothing was written", error.sql());
    }
  }
}

}  // namespace plumb::data
