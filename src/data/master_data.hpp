// data/master_data.hpp: master data out of a database, and another database brought to it. The door of this
// folder. docs/master_data.md says what everything means.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::data {

/// What becomes of a row that was changed here and there since the last sync.
enum class OnConflict { Stop, Theirs, Ours };

/// A table as the steps of a plan will leave it: its name as it stands (empty: it is not there yet), and for each column that
/// is not simply there an expression over the row as it stands.
struct SeenTable {
  std::string name;
  std::map<std::string, std::string> columns;
};
using SeenTables = std::map<std::string, SeenTable>;

struct SyncOptions {
  std::optional<SyncMode> mode;                ///< for every table, instead of the declared one
  OnConflict on_conflict = OnConflict::Stop;   ///< Theirs: the package's; Ours: the database's
  bool overwrite_own = false;                  ///< what only this database has changed since the last sync is overwritten
  unsigned most_lost = 50;                     ///< a table that would lose a larger share of its rows, in percent, stops the sync
  std::string aside;                           ///< the attic table that keeps rows as they were, made before; empty: nothing is kept
  bool operator==(const SyncOptions&) const = default;
};

/// A field of a row that a sync changes; values as JSON texts.
struct FieldChange {
  std::string column;
  std::string before;
  std::string after;
};

struct RowChange {
  std::string key;  ///< the natural key as JSON
  std::vector<FieldChange> fields;
};

/// A row that is left as it is although the package says otherwise.
struct KeptRow {
  std::string key;
  std::string reason;
};

struct TableChanges {
  std::string table;
  SyncMode mode = SyncMode::Upsert;
  std::vector<std::string> inserted;  ///< natural keys, at most 10,000
  std::uint64_t inserted_count = 0;
  std::string inserted_digest;        ///< SHA-256 of all of them; empty: there are none
  std::vector<RowChange> updated;
  std::vector<std::string> deleted;
  std::vector<RowChange> retired;
  std::vector<RowChange> conflicts;   ///< before: the database's value; after: the package's
  std::vector<KeptRow> kept;
  std::vector<std::string> only_target;  ///< rows that the package does not have and that the mode lets be; at most 10,000
  std::uint64_t only_target_count = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t compared = 0;  ///< rows of the package
  std::uint64_t decided = 0;   ///< changed here and there, and decided by OnConflict
  std::chrono::milliseconds duration{};  ///< of comparing and writing
};

/// A comparison with everything that carrying it out takes, so that it need not be made again. Lives no longer than the connection.
class Prepared {
 public:
  virtual ~Prepared() = default;
  /// Whether the rows, what is remembered, the package and the options are what they were. Throws DatabaseError.
  virtual bool holds(const SyncOptions& options) const = 0;
};

/// What a sync would do, or did.
struct Comparison {
  std::vector<TableChanges> tables;   ///< in the order in which they are written
  std::vector<std::string> problems;  ///< why nothing can be done; empty: it can
  std::string package;                ///< fingerprint of the package
  std::string before;                 ///< fingerprint of the rows of the database that the changes depend on
  std::chrono::milliseconds duration{};
  std::shared_ptr<Prepared> prepared;  ///< of tables as they are, not as steps will leave them

  std::uint64_t changes() const;
  std::uint64_t conflicts() const;
  /// SHA-256 of everything that would be written.
  std::string fingerprint() const;
};

/// Writes the rows of all master tables into a folder or a .tar.zst; gives the number of rows. `time` stands in
/// metadata.json. Throws DatabaseError, FileError, and Error with every reason when the description's master tables cannot
/// be exported.
std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description,
                          const std::string& path, const std::string& time = {});

/// Everything that can be wrong with a package without a database; empty: nothing is. Throws FileError.
std::vector<std::string> verify(const Description& description, const std::string& path);

/// Writes checksums.txt of a folder anew.
void seal(const std::string& folder);

/// Compares the package with the database. Reads only.
Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description,
                   const std::string& path, const SyncOptions& options = {}, const SeenTables& seen = {});

/// The same inside of a transaction that somebody else began.
Comparison compare_inside(db::Connection& connection, const Dialect& dialect, const Description& description,
                          const std::string& path, const SyncOptions& options, const SeenTables& seen);

/// Brings the master tables to what the package says, in one transaction: rows are inserted and updated by
/// natural key; ids that stand are never changed; no other table is written, which the engine itself guards where it can.
/// Afterwards nothing may differ, else everything is rolled back and Error is thrown.
Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description,
                const std::string& path, const SyncOptions& options = {}, const std::shared_ptr<Prepared>& prepared = {});

/// What must stand before the transaction in which sync_inside() runs: the table that remembers.
void prepare_sync(db::Connection& connection, const Dialect& dialect);

/// The same inside of a transaction that somebody else began and ends. Throws what sync() throws; the transaction must then
/// be rolled back. What was prepared on this connection is carried out where it still holds.
Comparison sync_inside(db::Connection& connection, const Dialect& dialect, const Description& description,
                       const std::string& path, const SyncOptions& options, const std::shared_ptr<Prepared>& prepared = {});

/// Undoes, inside of a transaction, the sync that kept rows in `aside`; gives the number of statements. `tables` may be
/// written, no other. Throws DatabaseError, and Error when rows of others would be changed.
std::uint64_t undo(db::Connection& connection, const Dialect& dialect, const std::string& aside, const std::vector<std::string>& tables);

/// What became of a `seed`.
struct SeededTable {
  std::string table;
  std::uint64_t rows = 0;    ///< inserted
  bool had_rows = false;     ///< and so was passed over
};

/// Inserts the description's `seed` rows into tables that are empty, in one transaction. Throws Error, before anything is
/// written, for an environment variable that is not set; DatabaseError that names the row.
std::vector<SeededTable> seed(db::Connection& connection, const Dialect& dialect, const Description& description);

std::string to_text(const Comparison& comparison, bool verbose);
std::string to_json(const Comparison& comparison);

}  // namespace plumb::data
