#include <cstdio>

#include "backup/facts.hpp"
#include "backup/hold.hpp"
#include "data/whole_rows.hpp"
#include "desired/load_database.hpp"
#include "introspect/live_state.hpp"
#include "language/print.hpp"
#include "portable/load.hpp"
#include "portable/portable.hpp"

namespace plumb::portable {
namespace {

/// "rows/000012-countries.jsonl": the name is for people, the number makes it unique.
std::string part_name(std::size_t number, const std::string& table) {
  char digits[16];
  const int length = std::snprintf(digits, sizeof digits, "%06zu", number);
  std::string name = table.substr(0, 60);
  for (char& c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!is_plain) c = '_';
  }
  return "rows/" + std::string(digits, static_cast<std::size_t>(length)) + "-" + name + ".jsonl";
}

/// Also those that nobody chose: in another database plumb would make others.
void say_all_names(Table& table) {
  for (Index& index : table.indexes) index.name.generated = index.name.generated && index.name.empty();
  for (ForeignKey& key : table.foreign_keys) key.name.generated = key.name.generated && key.name.empty();
}

class Saving {
 public:
  Saving(const db::Target& target, backup::ArchiveWriter& archive, backup::Manifest& manifest, const backup::Progress& progress, std::vector<std::string>& notes)
      : target_(target), dialect_(dialect_for(target.engine)), sql_(backup_sql_for(target.engine)), archive_(archive), manifest_(manifest), progress_(progress), notes_(notes) {}

  void run() {
    manifest_.form = backup::Form::Portable;
    const auto connection = db::open(target_, db::OpenMode::ReadOnly);
    // a snapshot holds for the other tables
    const bool on_server = dialect_.capabilities().needs_server;
    const backup::Hold hold = backup::hold_tables(target_, sql_, on_server ? backup::tables_of(*connection, sql_).others : std::vector<std::string>());
    db::Snapshot snapshot(*connection);
    const LiveState live = introspect(*connection, dialect_);
    backup::note_schema(*connection, dialect_, live, manifest_);
    const auto next = sql_.next_numbers(*connection);
    const Description description = save_description(*connection, live);
    const auto& tables = description.schema.tables;
    for (const auto& [name, table] : tables) {
      save_rows(*connection, table);
      if (const auto number = next.find(name); number != next.end()) manifest_.tables.back().next = number->second;
      snapshot.let_go_of_tables();
    }
  }

 private:
  /// As it reads in the backup: what the rows' columns hold is said by the text, there as here.
  Description save_description(const db::Connection& connection, const LiveState& live) {
    Description described = desired::described(connection, dialect_, live);
    for (auto& [name, table] : described.schema.tables) say_all_names(table);
    for (const auto& [name, opaque] : described.schema.opaque) notes_.push_back(opaque.kind + " `" + opaque.name + "` is not in the portable form: " + opaque.reason);
    const std::string text = language::print(described);
    archive_.begin(description_part);
    archive_.write(text);
    manifest_.parts.push_back(archive_.end());
    return description_from(text);
  }

  void save_rows(db::Connection& connection, const Table& table) {
    const std::string part = part_name(manifest_.tables.size() + 1, table.name);
    archive_.begin(part);
    const data::RowsFacts facts = data::write_whole_rows(connection, dialect_, table, [&](std::string_view bytes) {
      archive_.write(bytes);
      bytes_ += bytes.size();
      progress_("saving rows", bytes_, 0);
    });
    manifest_.parts.push_back(archive_.end());
    manifest_.tables.push_back({table.name, facts.rows, facts.checksum, part, 0, facts.beyond});
  }

  const db::Target& target_;
  const Dialect& dialect_;
  const BackupSql& sql_;
  backup::ArchiveWriter& archive_;
  backup::Manifest& manifest_;
  const backup::Progress& progress_;
  std::vector<std::string>& notes_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

backup::Created create(const db::Target& target, const std::string& path, const std::string& made_by, const backup::Progress& progress, std::vector<std::string>& notes) {
  return backup::write(target, path, made_by, progress, [&](backup::ArchiveWriter& archive, backup::Manifest& manifest) { Saving(target, archive, manifest, progress, notes).run(); });
}

}  // namespace plumb::portable
