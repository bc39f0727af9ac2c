// dialect/sqlite/rebuild.hpp: the statements that give a table another form without losing anything of it.
#pragma once

#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "model/description.hpp"
#include "model/schema.hpp"

namespace plumb::sqlite {

/// The procedure of sqlite.org/lang_altertable.html ("Making Other Kinds Of Table Schema Changes"): a new table beside
/// the old one, all rows, rowids and the AUTOINCREMENT mark copied, the old one dropped, the new one renamed; then the
/// indexes and triggers. Views and other tables' triggers and foreign keys go on naming the table.
/// Requires: foreign_keys off before the transaction began. `intent` gives the backfills, `undone` (or nullptr) what a step that is undone has kept.
struct Surroundings {
  std::vector<Trigger> triggers;        ///< of the table, that stay
  std::vector<std::string> texts;       ///< CREATE texts of what else belongs to it and is put back as it was
  std::vector<std::string> statistics;  ///< the tables of Schema::statistics
};
std::vector<Command> rebuild(const Table& before, const Table& after, const TableIntent& intent, const Surroundings& surroundings, const KeptValues* undone);

bool is_without_rowid(const Table& table);

/// The column that is another name of the rowid, a lone INTEGER PRIMARY KEY (sqlite.org/lang_createtable.html#rowid); nullptr for none.
const Column* rowid_alias(const Table& table);
bool has_rowid_alias(const Table& table);

/// A name by which the rowid can be reached in both tables; empty when all three names are taken.
std::string rowid_name(const Table& before, const Table& after);

/// The statements in place of DROP TABLE that leave the rows, the rowids and the AUTOINCREMENT mark under `aside`.
std::vector<Command> keep_table(const Table& table, const std::string& aside);

/// The statements that keep the AUTOINCREMENT mark of a table under `aside`, and those that give it back unless it has been passed since.
std::vector<Command> keep_mark(const std::string& table, const std::string& aside);
std::vector<Command> restore_mark(const std::string& table, const std::string& aside);

/// CREATE VIEW and CREATE TRIGGER as they are stored, else as they would be made.
std::string create_again(const View& view);
std::string create_again(const Trigger& trigger);

/// An expression over the table before a way back: the earlier value of a column that stays in it; empty: none is kept.
std::string restore_of(const KeptValues* undone, const Table& table, const std::string& column);

/// How rows get the value of `column`, when a backfill says so; empty otherwise.
std::string backfill_of(const TableIntent& intent, const std::string& column);

}  // namespace plumb::sqlite
