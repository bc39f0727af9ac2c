#include "data/writing.hpp"

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {

Writing::Writing(db::Connection& session, const Dialect& of_engine, const Package& of_rows, const MasterTables& all, const DatabaseRows& standing, Handles& known, const Work& to_do,
                 UndoLog& log)
    : connection(session), dialect(of_engine), package(of_rows), tables(all), rows(standing), handles(known), work(to_do), undo(log),
      batches(session, [this](const WrittenRow& written) { return place(written); }), spent(all.tables.size()), same_(of_engine.keeping_forms().same) {}

std::optional<sql::Value> Writing::bound(const MasterColumn& column, const Json& value) const {
  if (!column.parent || value.is_null()) return to_database(value, column);
  const sql::Value* found = handle(column, key_text(value));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const sql::Value* Writing::handle(const MasterColumn& reference, const std::string& key) const {
  const auto& of_parent = handles.handle_of_key[*reference.parent];
  const auto handle = of_parent.find(reference.parent_column);
  if (handle == of_parent.end()) return nullptr;
  const auto found = handle->second.find(key);
  return found == handle->second.end() ? nullptr : &found->second;
}

std::optional<sql::Value> Writing::own_handle(const MasterTable& table, const MasterRow& row, const MasterColumn& column) const {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const MasterColumn& own = table.columns[c];
    if (own.name == column.parent_column && !own.parent && !row.values[c].is_discarded()) return to_database(row.values[c], own);
  }
  return std::nullopt;
}

std::string Writing::condition(const MasterTable& table, const sql::Row& raw) const {
  std::vector<std::string> parts;
  for (std::size_t a = 0; a < table.address.size(); ++a) parts.push_back(quoted(table.address[a]) + " = " + dialect.literal(raw[table.columns.size() + a]));
  return join(parts, " AND ");
}

std::optional<std::string> Writing::key_condition(std::size_t index, const MasterRow& row) const {
  const MasterTable& table = tables.tables[index];
  std::vector<std::string> where;
  for (const std::size_t k : table.key) {
    const auto part = bound(table.columns[k], row.values[k]);
    if (!part) return std::nullopt;
    where.push_back(quoted(table.columns[k].name) + " " + same_ + " " + dialect.literal(*part));
  }
  return join(where, " AND ");
}

std::string Writing::place(const WrittenRow& written) const {
  if (written.row != nullptr && written.row->number == 0) return "table `" + tables.tables[written.table].name + "`, row " + written.row->key;
  if (written.row != nullptr) return place_of(package, tables, written.table, *written.row);
  MasterRow found;
  found.number = written.number;
  Problems told_already;
  PackageReader(package, tables, told_already).read(written.table, [&](std::size_t, MasterRow row) {
    if (row.number == written.number) found = std::move(row);
  });
  return place_of(package, tables, written.table, found);
}

void lead_nowhere(const Writing& writing, std::size_t table, const MasterRow& row) {
  throw Error(writing.place(table, row) + ": a reference leads nowhere; nothing was written");
}

}  // namespace plumb::data
