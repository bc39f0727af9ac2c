#include "data/judge.hpp"

namespace plumb::data {
namespace {

/// A row that the package has and the database has not.
Verdict judge_missing(const RowCase& row, SyncMode mode, const SyncOptions& options) {
  const bool was_deleted_here = row.last.has_value();
  if (!was_deleted_here || mode == SyncMode::Init) return Verdict::Insert;
  const bool changed_there = row.package != row.last;
  if (!changed_there) return options.overwrite_own ? Verdict::Insert : Verdict::KeepOwn;
  if (options.on_conflict == OnConflict::Stop) return Verdict::Conflict;
  return options.on_conflict == OnConflict::Theirs ? Verdict::Insert : Verdict::KeepOwn;
}

/// A row that the database has and the package has not.
Verdict judge_surplus(const RowCase& row, SyncMode mode, const SyncOptions& options) {
  if (mode != SyncMode::Mirror) return Verdict::Nothing;
  if (!row.brought_before) return Verdict::Delete;
  const bool is_own = !row.last.has_value();
  if (is_own) return options.overwrite_own ? Verdict::Delete : Verdict::KeepOwn;
  if (row.database == row.last) return Verdict::Delete;
  if (options.on_conflict == OnConflict::Stop) return Verdict::Conflict;
  return options.on_conflict == OnConflict::Theirs ? Verdict::Delete : Verdict::KeepOwn;
}

/// A row that differs.
Verdict judge_different(const RowCase& row, SyncMode mode, const SyncOptions& options) {
  if (mode == SyncMode::Append || mode == SyncMode::Init) return Verdict::Nothing;
  if (!row.brought_before) return Verdict::Update;
  const bool changed_here = row.database != row.last;
  const bool changed_there = row.package != row.last;
  if (!changed_here) return Verdict::Update;
  if (!changed_there) return options.overwrite_own ? Verdict::Update : Verdict::KeepOwn;
  if (options.on_conflict == OnConflict::Stop) return Verdict::Conflict;
  return options.on_conflict == OnConflict::Theirs ? Verdict::Update : Verdict::KeepOwn;
}

}  // namespace

Verdict judge(const RowCase& row, SyncMode mode, const SyncOptions& options) {
  if (!row.package && !row.database) return Verdict::Nothing;
  if (!row.database) return judge_missing(row, mode, options);
  if (!row.package) return judge_surplus(row, mode, options);
  if (row.package == row.database) return Verdict::Nothing;
  return judge_different(row, mode, options);
}

bool is_decided(const RowCase& row, SyncMode mode, const SyncOptions& options) {
  SyncOptions undecided = options;
  undecided.on_conflict = OnConflict::Stop;
  return options.on_conflict != OnConflict::Stop && judge(row, mode, undecided) == Verdict::Conflict;
}

}  // namespace plumb::data
