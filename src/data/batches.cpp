#include "data/batches.hpp"

#include <utility>

#include "support/error.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t rows_in_a_batch = 4000;

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
  if (!batch.is_full()) return;
  send(batch);
  settle();
}

void Batches::flush() {
  for (auto& [sql, batch] : batches_) send(batch);
  settle();
}

void Batches::send(Batch& batch) {
  if (batch.written_.empty()) return settle();
  if (!batch.statement_) {
    settle();
    batch.statement_ = connection_.prepare(batch.sql_);
  }
  batch.statement_->load_many(std::span(batch.rows_).first(batch.written_.size()));
  settle();
  connection_.execute("SAVEPOINT plumb_rows");
  std::swap(batch.rows_, batch.sent_rows_);
  std::swap(batch.written_, batch.sent_);
  batch.written_.clear();
  naming_the_row(batch, [&] { batch.statement_->start_many(); });
  under_way_ = &batch;
}

void Batches::settle() {
  if (under_way_ == nullptr) return;
  Batch& batch = *std::exchange(under_way_, nullptr);
  naming_the_row(batch, [&] { batch.statement_->finish(); });
  connection_.execute("RELEASE SAVEPOINT plumb_rows");
}

template <class Work>
void Batches::naming_the_row(Batch& batch, Work work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Constraint || error.kind() == DatabaseErrorKind::Other || error.kind() == DatabaseErrorKind::MissingExtension)
      find_the_row(batch);
    throw;
  }
}

/// Throws when a single row fails too. Returns when none does or the transaction is gone: then the first
/// error stands.
void Batches::find_the_row(Batch& batch) {
  try {
    connection_.execute("ROLLBACK TO SAVEPOINT plumb_rows");
  } catch (const DatabaseError&) {
    return;
  }
  for (std::size_t i = 0; i < batch.sent_.size(); ++i) {
    try {
      batch.statement_->execute(batch.sent_rows_[i]);
    } catch (const DatabaseError& error) {
      throw DatabaseError(error.kind(), error.engine(), error.code(), place_(batch.sent_[i]) + ": " + error.what() + "; nothing was written", error.sql());
    }
  }
}

}  // namespace plumb::data
