#include "data/whole_rows.hpp"

#include <vector>

#include "data/json_text.hpp"
#include "data/row_hash.hpp"
#include "data/whole_value.hpp"
#include "data/write_guard.hpp"
#include "dialect/backup_sql.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t rows_at_once = 1000;
constexpr std::size_t bytes_at_once = std::size_t{4} << 20U;
constexpr std::size_t longest_row = std::size_t{2} << 30U;
constexpr std::size_t bytes_a_write = std::size_t{1} << 18U;

std::vector<MasterColumn> columns_of(const Table& table) {
  std::vector<MasterColumn> columns;
  for (const Column& column : table.columns) {
    if (column.generated) continue;
    MasterColumn made;
    made.name = column.name;
    made.type = data_type(column.type);
    made.kind = value_kind(made.type);
    columns.push_back(std::move(made));
  }
  return columns;
}

/// A sum over the rows, so that their order does not count.
class Sum {
 public:
  explicit Sum(const std::vector<MasterColumn>& columns) : columns_(columns), is_beyond_(columns.size(), false) {}

  void add(const std::vector<Json>& values) {
    bytes_.clear();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      bool fits = true;
      append_value(bytes_, comparable_form(values[c], columns_[c], fits));
      if (!fits) is_beyond_[c] = true;
    }
    sum_ += hash_of(bytes_);
    ++rows_;
  }

  RowsFacts facts() const {
    RowsFacts facts{rows_, std::to_string(sum_), {}};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (is_beyond_[c]) facts.beyond.push_back(columns_[c].name);
    }
    return facts;
  }

 private:
  const std::vector<MasterColumn>& columns_;
  std::vector<bool> is_beyond_;
  std::string bytes_;
  std::uint64_t sum_ = 0;
  std::uint64_t rows_ = 0;
};

std::string order_of(const Table& table, const BackupSql& sql, const Dialect& dialect) {
  if (!table.primary_key) return {};
  std::vector<std::string> parts;
  for (const IndexPart& part : table.primary_key->parts) {
    const Column* column = table.find_column(part.column);
    if (column == nullptr) return {};
    parts.push_back(sql.same_order(dialect.quote(column->name), data_type(column->type)));
  }
  return " ORDER BY " + join(parts, ", ");
}

RowsFacts read_rows(db::Connection& connection, const Dialect& dialect, const Table& table, const std::string& order, const std::function<void(const std::vector<Json>&)>& visit) {
  const BackupSql& sql = backup_sql_for(dialect.name());
  const auto columns = columns_of(table);
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(sql.exact_value(dialect.quote(column.name), column.type));
  std::vector<Json> values(columns.size());
  Sum sum(columns);
  const UtcSession utc(connection, dialect);
  connection.for_each_row("SELECT " + join(names, ", ") + " FROM " + dialect.quote(table.name) + order, [&](const sql::Row& row) {
    for (std::size_t c = 0; c < columns.size(); ++c) values[c] = whole_form(row[c], columns[c], sql.types_bind());
    sum.add(values);
    visit(values);
  });
  return sum.facts();
}

}  // namespace

RowsFacts write_whole_rows(db::Connection& connection, const Dialect& dialect, const Table& table, const std::function<void(std::string_view)>& sink) {
  std::vector<std::string> fields;
  for (const auto& column : columns_of(table)) fields.push_back((fields.empty() ? "{" : ",") + shown(Json(column.name)) + ":");
  std::string text;
  const RowsFacts facts = read_rows(connection, dialect, table, order_of(table, backup_sql_for(dialect.name()), dialect), [&](const std::vector<Json>& values) {
    for (std::size_t c = 0; c < values.size(); ++c) text += fields[c] + shown(values[c]);
    text += "}\n";
    if (text.size() < bytes_a_write) return;
    sink(text);
    text.clear();
  });
  sink(text);
  return facts;
}

RowsFacts facts_of_whole_rows(db::Connection& connection, const Dialect& dialect, const Table& table) {
  return read_rows(connection, dialect, table, {}, [](const std::vector<Json>&) {});
}

struct RowLoader::State {
  State(const Table& made_of, bool is_same_engine) : table(made_of.name), same_engine(is_same_engine), columns(columns_of(made_of)) {}

  std::string table;
  bool same_engine;
  std::vector<MasterColumn> columns;
  Sum sum{columns};
  std::vector<Json> values;  ///< of one line
  std::unique_ptr<db::PreparedStatement> insert;
  std::string rest;  ///< a line whose end has not come yet
  std::vector<sql::Row> batch;
  std::size_t batch_bytes = 0;
  std::uint64_t number = 0;  ///< of rows

  std::string place() const { return "table `" + table + "`, row " + std::to_string(number); }

  sql::Value bound(const Json& value, const MasterColumn& column) const {
    if (value.is_null()) return {};
    try {
      return same_engine ? bound_as_it_is(value) : bound_by_type(value, column);
    } catch (const Error& error) {
      throw Error(place() + ": `" + column.name + "` holds " + shortened(shown(value), 60) + ", and must be " + error.what());
    }
  }

  void take_line(std::string_view line) {
    ++number;
    Json row;
    try {
      row = parse_json(line);
    } catch (const JsonProblem& problem) {
      throw Error(place() + " " + problem.text);
    }
    sql::Row parameters;
    parameters.reserve(columns.size());
    values.clear();
    auto field = row.begin();
    for (const MasterColumn& column : columns) {
      if (!row.is_object() || field == row.end() || field.key() != column.name) throw Error(place() + ": `" + column.name + "` is missing");
      parameters.push_back(bound(*field, column));
      values.push_back(std::move(*field));
      ++field;
    }
    if (field != row.end()) throw Error(place() + ": `" + field.key() + "` is no column");
    sum.add(values);
    batch.push_back(std::move(parameters));
    batch_bytes += line.size();
    if (batch.size() >= rows_at_once || batch_bytes >= bytes_at_once) insert_batch();
  }

  void insert_batch() {
    try {
      insert->execute_many(batch);
    } catch (const DatabaseError& error) {
      throw DatabaseError(error.kind(), error.engine(), error.code(), "table `" + table + "`, rows " + std::to_string(number + 1 - batch.size()) + " to " + std::to_string(number) + ": " + error.what(), error.sql());
    }
    batch.clear();
    batch_bytes = 0;
  }
};

RowLoader::RowLoader(db::Connection& connection, const Dialect& dialect, const Table& table, bool same_engine) : state_(std::make_unique<State>(table, same_engine)) {
  std::vector<std::string> names;
  for (const MasterColumn& column : state_->columns) names.push_back(dialect.quote(column.name));
  const std::vector<std::string> marks(names.size(), "?");
  state_->insert = connection.prepare("INSERT INTO " + dialect.quote(table.name) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")");
}

RowLoader::~RowLoader() = default;

void RowLoader::take(std::string_view bytes) {
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
    if (state_->rest.empty()) {
      state_->take_line(bytes.substr(0, end));
    } else {
      state_->rest += bytes.substr(0, end);
      state_->take_line(state_->rest);
      state_->rest.clear();
    }
    bytes.remove_prefix(end + 1);
  }
  state_->rest += bytes;
  if (state_->rest.size() > longest_row) throw Error("table `" + state_->table + "`: a row has more than 2 GiB");
}

RowsFacts RowLoader::finish() {
  if (!state_->rest.empty()) throw Error("table `" + state_->table + "`: the rows are cut off");
  if (!state_->batch.empty()) state_->insert_batch();
  return state_->sum.facts();
}

}  // namespace plumb::data
