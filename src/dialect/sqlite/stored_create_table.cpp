#include "dialect/sqlite/stored_create_table.hpp"

#include <utility>

#include "dialect/sqlite/stored_create.hpp"
#include "dialect/sqlite/stored_create_part.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/stored_create_type.hpp"
#include "dialect/sqlite/unqualified.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite::stored {
namespace {

constexpr std::string_view engine = "sqlite";

/// "ON CONFLICT IGNORE"; ABORT is what happens anyway.
std::string conflict_text(ast::Conflict conflict) {
  switch (conflict) {
    case ast::Conflict::Unspecified:
    case ast::Conflict::Abort:
      return {};
    case ast::Conflict::Rollback:
      return "ON CONFLICT ROLLBACK";
    case ast::Conflict::Fail:
      return "ON CONFLICT FAIL";
    case ast::Conflict::Ignore:
      return "ON CONFLICT IGNORE";
    case ast::Conflict::Replace:
      return "ON CONFLICT REPLACE";
  }
  return {};
}

/// In upper case; BINARY is what holds anyway.
std::string collation_name(std::string_view written) {
  std::string name = upper_word(written);
  return name == "BINARY" ? std::string() : name;
}

bool is_current_time(std::string_view word) {
  return is_word(word, "current_timestamp") || is_word(word, "current_date") || is_word(word, "current_time");
}

/// The value as it can stand behind DEFAULT again; nothing where the engine would not take it.
std::optional<std::string> default_text(const ast::Default& clause) {
  const std::string_view value = clause.value.text;
  const std::string minus = clause.sign == '-' ? "-" : "";
  const Token token = token_at(value.data(), value.data() + value.size());
  switch (token.kind) {
    case Lexeme::Symbol:
      return clause.sign == '\0' ? std::optional(std::string(value)) : std::nullopt;
    case Lexeme::Number:
    case Lexeme::Blob:
      return minus + to_lower(value);
    case Lexeme::String:
      return minus + std::string(value);
    case Lexeme::Word:
      if (is_current_time(value)) return minus + to_upper(value);
      if (clause.sign != '\0') return std::nullopt;
      if (is_word(value, "true") || is_word(value, "false")) return to_lower(value);
      return sql::quote_string(value, false);
    case Lexeme::Quoted:
      if (clause.sign != '\0') return std::nullopt;
      return sql::quote_string(name_text(value), false);
    case Lexeme::End:
    case Lexeme::Illegal:
      return std::nullopt;
  }
  return std::nullopt;
}

class TableBuilder {
 public:
  TableBuilder(const ast::Table& tree, std::string_view text) : tree_(tree), text_(text) {}

  std::variant<Table, SyntaxProblem> build() {
    table_.name = name_text(tree_.name.text);
    table_.written.text = std::string(text_);
    for (const auto option : tree_.options) {
      table_.options[std::string(engine)][option == ast::TableOption::Strict ? "strict" : "without rowid"] =
          "";
    }
    table_.columns.reserve(tree_.columns.size());
    for (const auto& column : tree_.columns) add_column(column);
    name_.reset();
    for (const auto& clause : tree_.clauses) {
      std::visit([this](const auto& c) { add(c); }, clause);
    }
    settle();
    if (problem_) return std::move(*problem_);
    return std::move(table_);
  }

 private:
  void add_column(const ast::Column& tree) {
    Column& column = table_.columns.emplace_back();
    column.name = name_text(tree.name.text);
    column.type = native_type(type_to_write(tree.type.text));
    column.nullable = true;
    column.written.text = verbatim({tree.begin, static_cast<std::size_t>(tree.end - tree.begin)});
    name_.reset();
    for (const auto& clause : tree.clauses) {
      std::visit([this](const auto& c) { add(c); }, clause);
    }
  }

  Column& column() { return table_.columns.back(); }

  /// The name written before this constraint.
  ObjectName take_name() {
    ObjectName name = name_ ? ObjectName(name_text(*name_)) : ObjectName(std::string(), true);
    name_.reset();
    return name;
  }

  void add(const ast::ConstraintName& clause) { name_ = clause.name.text; }
  void add(const ast::Comma&) { name_.reset(); }

  void add(const ast::NotNull& clause) {
    name_.reset();
    column().nullable = false;
    const std::string conflict = conflict_text(clause.conflict);
    column().extra = conflict.empty() ? std::string() : "NOT NULL " + conflict;
  }
  void add(const ast::Null&) { name_.reset(); }

  void add(const ast::ColumnPrimaryKey& clause) {
    IndexPart part;
    part.column = column().name;
    part.descending = clause.order == ast::Order::Descending;
    set_primary_key({part}, clause.autoincrement, clause.conflict);
  }
  void add(const ast::TablePrimaryKey& clause) {
    if (auto parts = key_parts(clause.parts))
      set_primary_key(std::move(*parts), clause.autoincrement, clause.conflict);
    key_of_table_ = true;
  }

  void set_primary_key(std::vector<IndexPart> parts, bool autoincrement, ast::Conflict conflict) {
    if (table_.primary_key) return fail(text_, "more than one primary key");
    PrimaryKey& key = table_.primary_key.emplace();
    key.name = take_name();
    key.parts = std::move(parts);
    key.extra = conflict_text(conflict);
    if (!autoincrement) return;
    Column* const automatic = key.parts.size() == 1 ? table_.find_column(key.parts.front().column) : nullptr;
    if (automatic != nullptr) automatic->auto_increment = true;
  }

  void add(const ast::ColumnUnique& clause) {
    IndexPart part;
    part.column = column().name;
    add_unique({part}, clause.conflict);
  }
  void add(const ast::TableUnique& clause) {
    if (auto parts = key_parts(clause.parts)) add_unique(std::move(*parts), clause.conflict);
  }

  void add_unique(std::vector<IndexPart> parts, ast::Conflict conflict) {
    Index& index = table_.indexes.emplace_back();
    index.name = take_name();
    index.kind = IndexKind::Unique;
    index.constraint = true;
    index.parts = std::move(parts);
    index.extra = conflict_text(conflict);
  }

  std::optional<std::vector<IndexPart>> key_parts(const std::vector<ast::Slice>& slices) {
    std::vector<IndexPart> parts;
    parts.reserve(slices.size());
    for (const auto& slice : slices) {
      std::optional<IndexPart> part = build_part(slice.text);
      if (!part || table_.find_column(part->column) == nullptr) {
        fail(slice.text, "a key has a part that is no column");
        return std::nullopt;
      }
      parts.push_back(std::move(*part));
    }
    return parts;
  }

  void add(const ast::Check& clause) {
    column().checks.push_back({take_name(), unqualified(verbatim(clause.expression.text))});
  }
  void add(const ast::TableCheck& clause) {
    table_.checks.push_back({take_name(), unqualified(verbatim(clause.expression.text))});
  }

  void add(const ast::Default& clause) {
    name_.reset();
    column().default_value.reset();
    if (is_word(clause.value.text, "null")) return;  // whatever its sign
    std::optional<std::string> text = default_text(clause);
    if (!text) return fail(clause.value.text, "a default that is no value");
    Default value;
    value.kind = DefaultKind::Expression;
    value.sql = std::move(*text);
    column().default_value = std::move(value);
  }

  void add(const ast::Collate& clause) {
    name_.reset();
    column().collation = collation_name(clause.name.text);
  }

  void add(const ast::GeneratedAs& clause) {
    name_.reset();
    column().generated = Generated{verbatim(clause.expression.text), is_word(clause.storage.text, "stored")};
  }

  void add(const ast::References& clause) { add_foreign_key({column().name}, clause); }
  void add(const ast::ForeignKey& clause) {
    add_foreign_key(name_texts(clause.columns), clause.references);
    defer(clause.deferral.deferred);
  }
  /// As the engine has it, this belongs to the last foreign key written so far, be it another column's.
  void add(const ast::Deferral& clause) {
    name_.reset();
    defer(clause.deferred);
  }

  void defer(bool deferred) {
    if (!table_.foreign_keys.empty()) deferred_.back() = deferred;
  }

  void add_foreign_key(std::vector<std::string> columns, const ast::References& clause) {
    ForeignKey& key = table_.foreign_keys.emplace_back();
    deferred_.push_back(false);
    key.name = take_name();
    key.columns = std::move(columns);
    key.table = name_text(clause.table.text);
    key.referenced = name_texts(clause.columns);
    for (const auto& argument : clause.arguments) {
      if (const auto* match = std::get_if<ast::Match>(&argument)) {
        const std::string name = upper_word(match->name.text);
        key.extra = name == "SIMPLE" ? std::string() : "MATCH " + name;
      } else if (const auto& on = std::get<ast::On>(argument); on.event == ast::On::Event::Delete) {
        key.on_delete = on.action;
      } else if (on.event == ast::On::Event::Update) {
        key.on_update = on.action;
      }
    }
  }

  void fail(std::string_view where, std::string_view reason) {
    if (!problem_)
      problem_ = SyntaxProblem{static_cast<std::size_t>(where.data() - text_.data()), std::string(reason)};
  }

  /// What can be said only when the whole table is known.
  void settle() {
    for (std::size_t i = 0; i < deferred_.size(); ++i) {
      std::string& extra = table_.foreign_keys[i].extra;
      if (deferred_[i])
        extra += extra.empty() ? "DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE INITIALLY DEFERRED";
    }
    for (auto& key : table_.foreign_keys) {
      for (auto& name : key.columns) {
        if (const Column* found = table_.find_column(name)) name = found->name;
      }
    }
    for (auto& column : table_.columns) {
      if (column.generated && !column.nullable && column.extra.empty()) column.extra = "NOT NULL";
    }
    for (auto& index : table_.indexes) settle_index(index, table_);
    if (table_.primary_key) settle_primary_key(*table_.primary_key);
  }

  void settle_primary_key(PrimaryKey& key) {
    Index parts;
    parts.parts = std::move(key.parts);
    settle_index(parts, table_);
    key.parts = std::move(parts.parts);

    const auto options = table_.options.find(engine);
    const bool without_rowid = options != table_.options.end() && options->second.contains("without rowid");
    const bool strict = options != table_.options.end() && options->second.contains("strict");
    Column* const only = key.parts.size() == 1 ? table_.find_column(key.parts.front().column) : nullptr;
    const bool integer = only != nullptr && only->type.native.common == "integer";
    // an order means nothing to a rowid; written behind the column's own PRIMARY KEY, DESC prevents the alias
    const bool alias = integer && !without_rowid && (key_of_table_ || !key.parts.front().descending);
    if (alias) {
      key.parts.front().descending = false;
      key.parts.front().collation.clear();
      only->nullable = false;
    }
    if (!without_rowid && !strict) return;
    for (const auto& part : key.parts) {
      if (Column* found = table_.find_column(part.column)) found->nullable = false;
    }
  }

  const ast::Table& tree_;
  std::string_view text_;
  Table table_;
  std::optional<std::string_view> name_;  ///< a CONSTRAINT name that waits for its constraint
  bool key_of_table_ = false;             ///< PRIMARY KEY (…), not a column's own
  std::vector<bool> deferred_;            ///< in the order of table_.foreign_keys
  std::optional<SyntaxProblem> problem_;
};

}  // namespace

std::vector<std::string> name_texts(const std::vector<ast::Slice>& names) {
  std::vector<std::string> texts;
  texts.reserve(names.size());
  for (const auto& name : names) texts.push_back(name_text(name.text));
  return texts;
}

std::optional<IndexPart> build_part(std::string_view text) {
  const std::optional<Part> part = take_part(text);
  if (!part) return std::nullopt;
  IndexPart out;
  if (part->column.empty()) {
    out.expression = sql::EngineSql(expression_text(*part));
  } else {
    out.column = name_text(part->column);
  }
  if (!part->collation.empty()) out.collation = upper_word(part->collation);
  out.descending = part->descending;
  return out;
}

std::variant<Table, SyntaxProblem> build_table(const ast::Table& tree, std::string_view text) {
  return TableBuilder(tree, text).build();
}

}  // namespace plumb::sqlite::stored
