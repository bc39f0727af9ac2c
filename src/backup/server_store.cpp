// Databases that live on a server: its own dump program writes them, its own client reads them back.
#include <algorithm>
#include <optional>

#include "backup/facts.hpp"
#include "backup/hold.hpp"
#include "backup/store.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/backup_sql.hpp"
#include "support/error.hpp"
#include "support/piped_program.hpp"
#include "support/text.hpp"

namespace plumb::backup {
namespace {

constexpr std::string_view exact_part = "exact.sql";
constexpr std::string_view dump_part = "database.sql";
constexpr const char* where_from = ", and backups need it: `apt-get install mariadb-client`";

/// A value of an option file. Source: https://mariadb.com/kb/en/configuring-mariadb-with-option-files/#option-file-syntax
std::string option_value(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\\' || c == '"') out += std::string("\\") + c;
    else out += c;
  }
  return out + "\"";
}

/// How to reach the server, for its programs. What the user's own option file says holds where the target says nothing.
std::string option_file(const db::Target& target) {
  std::string text;
  const auto parameter = [&](std::string_view name) {
    const auto found = target.parameters.find(name);
    return found == target.parameters.end() ? std::string() : found->second;
  };
  if (const std::string file = parameter("defaults-file"); !file.empty()) text += "!include " + file + "\n";
  text += "[client]\n";
  const auto say = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) text += name + "=" + option_value(value) + "\n";
  };
  say("user", target.user);
  say("password", target.password);
  if (const std::string socket = parameter("socket"); !socket.empty()) {
    say("socket", socket);
  } else {
    say("host", target.host);
    if (target.port != 0) text += "port=" + std::to_string(target.port) + "\nprotocol=tcp\n";
  }
  for (const std::string name : {"ssl-ca", "ssl-cert", "ssl-key"}) say(name, parameter(name));
  if (!parameter("ssl-ca").empty() || !parameter("ssl-verify").empty() || !parameter("ssl-cert").empty()) text += "ssl\n";
  if (parameter("ssl-verify") == "true" || (parameter("ssl-verify").empty() && !parameter("ssl-ca").empty())) text += "ssl-verify-server-cert\n";
  return text + "default-character-set=utf8mb4\n";
}

/// True once the dump has printed something of the database: its transaction has begun before that.
bool has_begun(const std::string& head) {
  for (const char* mark : {"\n-- Table structure", "\n-- Temporary", "\n-- Dumping", "\n-- Sequence", "\nCREATE ", "\n-- Dump completed"}) {
    if (head.find(mark) != std::string::npos) return true;
  }
  return false;
}

/// mariadb-dump's rows are refused, or become others, where they stand against a check or hold a 31st of February: it does not switch off
/// what forbids them.
std::string taking_what_stood(std::string head) {
  const std::string mode = "SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\n";
  return replace_all(std::move(head), mode, "SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES' */;\nSET SESSION check_constraint_checks = 0;\n");
}

class ScratchTrial final : public Trial {
 public:
  ScratchTrial(const db::Target& server, std::unique_ptr<desired::ScratchDatabase> database) : target_(server), database_(std::move(database)) { target_.database = database_->name(); }
  db::Target target() const override { return target_; }

 private:
  db::Target target_;
  std::unique_ptr<desired::ScratchDatabase> database_;
};

class ServerStore final : public Store {
 public:
  explicit ServerStore(const Dialect& dialect) : dialect_(dialect), sql_(backup_sql_for(dialect.name())) {}

  /// The rows that are counted, those that are saved exactly and those of the dump are of one moment: writers wait from
  /// before the first snapshot is taken until the dump has taken its own. Tables without snapshots are held throughout.
  void save(const db::Target& from, ArchiveWriter& archive, Manifest& manifest, const Progress& progress) const override {
    const auto snapshot = db::open(from, db::OpenMode::ReadOnly);
    const HeldTables tables = tables_of(*snapshot, sql_);
    progress("waiting for writers", 0, 0);
    Hold short_hold = hold_tables(from, sql_, tables.of_the_moment);
    Hold long_hold = hold_tables(from, sql_, tables.others);
    const Schema schema = dialect_.read(*snapshot);
    note_schema(*snapshot, dialect_, manifest);
    snapshot->execute(sql_.begin_snapshot());
    for (const auto& table : sql_.not_exact_in_dumps(*snapshot)) manifest.saved_exactly.push_back({table.name, table.why});
    PipedProgram dump(dump_command(from, tables), dump_options(from, manifest), PipedProgram::Direction::Writes, where_from);
    const Part part = take_dump(dump, archive, short_hold, progress);
    for (const auto* names : {&tables.of_the_moment, &tables.others}) {
      for (const auto& name : *names) {
        progress("counting rows", manifest.tables.size(), tables.of_the_moment.size() + tables.others.size());
        manifest.tables.push_back(facts_of(*snapshot, dialect_, name));
      }
    }
    std::sort(manifest.tables.begin(), manifest.tables.end(), [](const TableFacts& a, const TableFacts& b) { return a.name < b.name; });
    if (!manifest.saved_exactly.empty()) manifest.parts.push_back(save_exactly(*snapshot, schema, archive, manifest, progress));
    manifest.parts.push_back(part);
  }

  std::unique_ptr<Trial> try_out(const ArchiveReader& archive, const Manifest& manifest, const db::Target* server, const Progress& progress) const override {
    if (server == nullptr) throw UsageError("a backup of " + manifest.engine + " is tried out on a server: say --scratch URL or --db URL");
    db::Target holder = *server;
    auto scratch = desired::ScratchDatabase::on_mariadb(holder, nullptr);
    auto trial = std::make_unique<ScratchTrial>(holder, std::move(scratch));
    for (const auto& sql : sql_.empty_database(trial->target().database, manifest.defaults)) administrator(holder)->execute(sql);
    load(archive, manifest, trial->target(), progress);
    return trial;
  }

  bool exists(const db::Target& target, std::uint64_t& objects) const override {
    objects = 0;
    if (db::single_integer(*administrator(target), sql_.database_query(target.database)) == 0) return false;
    objects = static_cast<std::uint64_t>(db::single_integer(*db::open(target, db::OpenMode::ReadOnly), sql_.objects_query()));
    return true;
  }

  void restore(const ArchiveReader& archive, const Manifest& manifest, const db::Target& target, const Progress& progress) const override {
    std::uint64_t objects = 0;
    const bool stands = exists(target, objects);
    const auto session = administrator(target);
    for (const auto& sql : stands ? sql_.empty_database(target.database, manifest.defaults) : sql_.create_database(target.database, manifest.defaults)) session->execute(sql);
    load(archive, manifest, target, progress);
    if (const auto wrong = differences(*db::open(target, db::OpenMode::ReadOnly), dialect_, manifest); !wrong.empty()) throw Error("what was restored is not what was saved: " + wrong.front());
  }

 private:
  /// A session without a database.
  static std::unique_ptr<db::Connection> administrator(const db::Target& target) {
    db::Target server = target;
    server.database.clear();
    return db::open(server, db::OpenMode::ReadWrite);
  }

  static std::vector<std::string> dump_command(const db::Target& from, const HeldTables& tables) {
    std::vector<std::string> command{"mariadb-dump", "--defaults-file={options}", "--single-transaction", "--skip-lock-tables", "--routines", "--events", "--triggers", "--hex-blob", "--no-tablespaces", "--comments"};
    if (tables.keep_history) command.emplace_back("--dump-history");
    command.emplace_back("--");
    command.push_back(from.database);
    return command;
  }

  static std::string dump_options(const db::Target& from, const Manifest& manifest) {
    std::string text = option_file(from) + "max-allowed-packet=1G\n[mariadb-dump]\n";
    for (const auto& table : manifest.saved_exactly) text += "ignore-table=" + option_value(from.database + "." + table.name) + "\n";
    return text;
  }

  static Part take_dump(PipedProgram& dump, ArchiveWriter& archive, Hold& hold, const Progress& progress) {
    archive.begin(std::string(dump_part));
    std::string head;
    bool begun = false;
    std::uint64_t bytes = 0;
    const auto write = [&](std::string_view text) {
      archive.write(text);
      bytes += text.size();
    };
    for (std::string_view piece = dump.read(); !piece.empty(); piece = dump.read()) {
      if (begun) {
        write(piece);
      } else {
        head += piece;
        begun = has_begun(head);
        if (!begun) continue;
        hold.release();
        write(taking_what_stood(std::move(head)));
      }
      progress("dumping", bytes, 0);
    }
    hold.release();
    if (!begun) write(head);
    dump.finish();
    return archive.end();
  }

  Part save_exactly(db::Connection& snapshot, const Schema& schema, ArchiveWriter& archive, const Manifest& manifest, const Progress& progress) const {
    archive.begin(std::string(exact_part));
    for (const auto& sql : dialect_.utc_begin()) snapshot.execute(sql);
    std::uint64_t bytes = 0;
    for (const auto& table : manifest.saved_exactly) {
      sql_.write_exactly(snapshot, schema, table.name, [&](std::string_view piece) {
        archive.write(piece);
        bytes += piece.size();
        progress("saving exactly", bytes, 0);
      });
    }
    return archive.end();
  }

  static void load(const ArchiveReader& archive, const Manifest& manifest, const db::Target& target, const Progress& progress) {
    // The client program has the name of its engine.
    PipedProgram client({target.engine, "--defaults-file={options}", "--binary-mode", "--batch", "--", target.database}, option_file(target) + "max-allowed-packet=1G\n", PipedProgram::Direction::Reads, where_from);
    std::uint64_t all = 0;
    for (const auto& part : manifest.parts) all += part.bytes;
    std::uint64_t done = 0;
    for (const auto& part : manifest.parts) {
      archive.read(part, [&](std::string_view bytes) {
        client.write(bytes);
        done += bytes.size();
        progress("restoring", done, all);
      });
    }
    client.finish();
  }

  const Dialect& dialect_;
  const BackupSql& sql_;
};

}  // namespace

std::unique_ptr<Store> server_store(const Dialect& dialect) { return std::make_unique<ServerStore>(dialect); }

}  // namespace plumb::backup
