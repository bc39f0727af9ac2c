#include "portable/load.hpp"

#include <map>

#include "apply/apply.hpp"
#include "data/whole_rows.hpp"
#include "dialect/backup_sql.hpp"
#include "language/load.hpp"
#include "portable/fit.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/text.hpp"
#include "validate/validate.hpp"

namespace plumb::portable {
namespace {

class Loading {
 public:
  Loading(const backup::ArchiveReader& archive, const backup::Manifest& manifest, db::Connection& connection, const Dialect& dialect, const backup::Progress& progress, std::vector<std::string>& notes)
      : archive_(archive), manifest_(manifest), connection_(connection), dialect_(dialect), sql_(backup_sql_for(dialect.name())), progress_(progress), notes_(notes), parts_(by_name(manifest.parts)), written_(read_description()), description_(written_) {
    const Dialect& from = dialect_for(manifest.engine);
    if (!same_engine()) description_.schema = fitted(from.canonicalise(written_.schema).schema(), beyond(), from, dialect, notes);
    schema_ = dialect.canonicalise(description_.schema).schema();
  }

  void run() {
    make_tables();
    for (const auto& table : manifest_.tables) put_rows(table);
    complete();
    tell_broken_references();
  }

 private:
  bool same_engine() const { return manifest_.engine == dialect_.name(); }

  Beyond beyond() const {
    Beyond columns;
    for (const auto& table : manifest_.tables) columns[table.name].insert(table.beyond.begin(), table.beyond.end());
    return columns;
  }

  const backup::Part& part_of(const std::string& name) const {
    const auto found = parts_.find(name);
    if (found == parts_.end()) throw Error("the manifest of the backup does not name the part `" + name + "`");
    return *found->second;
  }

  static std::map<std::string, const backup::Part*> by_name(const std::vector<backup::Part>& parts) {
    std::map<std::string, const backup::Part*> found;
    for (const auto& part : parts) found.emplace(part.name, &part);
    return found;
  }

  Description read_description() const {
    std::string text;
    archive_.read(part_of(description_part), [&](std::string_view bytes) { text += bytes; });
    return description_from(text);
  }

  /// Without triggers: they must not see the rows come.
  void make_tables() {
    for (const auto& statement : sql_.load_session()) connection_.execute(statement);
    Schema bare = schema_;
    bare.triggers.clear();
    const auto statements = dialect_.create_statements(bare);
    for (std::size_t i = 0; i < statements.size(); ++i) {
      progress_("making tables", i, statements.size());
      connection_.execute(statements[i]);
    }
  }

  void put_rows(const backup::TableFacts& facts) {
    const auto table = description_.schema.tables.find(facts.name);
    if (table == description_.schema.tables.end()) throw Error("the description of the backup has no table `" + facts.name + "`");
    db::Transaction transaction(connection_);
    data::RowLoader loader(connection_, dialect_, table->second, same_engine());
    archive_.read(part_of(facts.part), [&](std::string_view bytes) {
      loader.take(bytes);
      done_ += bytes.size();
      progress_("restoring rows", done_, all_bytes());
    });
    const data::RowsFacts given = loader.finish();
    transaction.commit();
    set_next(facts);
    const data::RowsFacts now = data::facts_of_whole_rows(connection_, dialect_, table->second);
    if (now.rows != facts.rows || given.rows != facts.rows) throw Error("table `" + facts.name + "` has " + counted(now.rows, "row") + " instead of " + grouped(facts.rows));
    const bool is_same = now.checksum == given.checksum && (!same_engine() || now.checksum == facts.checksum);
    if (!is_same) throw Error("table `" + facts.name + "`: the rows that stand are not those that were saved");
  }

  void set_next(const backup::TableFacts& facts) {
    const auto table = schema_.tables.find(facts.name);
    if (facts.next == 0 || table == schema_.tables.end()) return;
    for (const Column& column : table->second.columns) {
      if (!column.auto_increment) continue;
      for (const auto& statement : sql_.set_next_number(facts.name, facts.next)) connection_.execute(statement);
    }
  }

  /// What is still missing, as any deployment: triggers and the version. Whatever else were missing would come too.
  void complete() {
    progress_("completing", 0, 0);
    PlanOptions options;
    options.ask_rows = false;
    options.needs_server_spelling = false;
    const plan::Draft draft = make_plan(connection_, dialect_, description_, options);
    if (!draft.plan.blocked.empty()) throw Error("the schema cannot be made: " + draft.plan.blocked.front().text);
    if (plan::is_empty(draft.plan)) return;
    const apply::Result result = apply::apply(connection_, dialect_, draft.plan, {});
    if (result.outcome != apply::Outcome::Done) throw Error("the schema cannot be made: " + result.message);
  }

  void tell_broken_references() {
    for (const auto& finding : validate::check(connection_, dialect_, description_, false).findings) {
      if (finding.code == "broken-reference") notes_.push_back(finding.text + ", as it was when it was saved");
    }
  }

  std::uint64_t all_bytes() const {
    std::uint64_t all = 0;
    for (const auto& part : manifest_.parts) all += part.bytes;
    return all;
  }

  const backup::ArchiveReader& archive_;
  const backup::Manifest& manifest_;
  db::Connection& connection_;
  const Dialect& dialect_;
  const BackupSql& sql_;
  const backup::Progress& progress_;
  std::vector<std::string>& notes_;
  std::map<std::string, const backup::Part*> parts_;
  Description written_;      ///< as it was saved
  Description description_;  ///< as this engine shall have it
  Schema schema_;            ///< the same in its spelling
  std::uint64_t done_ = 0;
};

}  // namespace

Description description_from(const std::string& text) {
  language::Loaded loaded = language::load(std::vector<SourceText>{SourceText(description_part, text)});
  if (!loaded.description) throw Error("the description of the backup cannot be read:\n" + render(loaded.diagnostics, loaded.sources, false));
  return std::move(*loaded.description);
}

void load(const backup::ArchiveReader& archive, const backup::Manifest& manifest, db::Connection& connection, const Dialect& dialect, const backup::Progress& progress, std::vector<std::string>& notes) {
  Loading(archive, manifest, connection, dialect, progress, notes).run();
}

}  // namespace plumb::portable
