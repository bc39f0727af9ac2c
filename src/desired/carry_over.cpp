#include "desired/carry_over.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "dialect/backup_sql.hpp"
#include "language/spell.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

/// Words that mean the same to every engine. A name is known by its quotes or because a column has it.
bool is_common_word(std::string_view word) {
  static const std::set<std::string, std::less<>> words{"and", "or", "not", "in", "is", "null", "between", "like", "case", "when", "then", "else", "end", "true", "false",
                                                        "length", "lower", "upper", "coalesce", "abs", "trim", "json_valid", "nullif"};
  return words.contains(to_lower(word));
}

class Carrier {
 public:
  Carrier(const Dialect& from, const Dialect& to, Widths widths, LeftOut& left_out)
      : from_(from), to_(to), widens_(widths == Widths::AsHeld && !backup_sql_for(from.name()).types_bind()), lexis_(from.match_rules().lexis), left_out_(left_out) {}

  Schema carry(const Schema& schema) {
    Schema made;
    const Schema lifted = from_.lift(schema);
    for (const auto& [name, table] : lifted.tables) made.tables.emplace(name, carried(table));
    if (widens_) follow_references(made);
    for (const auto& [name, view] : lifted.views) left_out_.views.push_back(name);
    for (const auto& [name, trigger] : lifted.triggers) left_out_.triggers.push_back(name);
    for (const auto& [name, opaque] : lifted.opaque) {
      if (opaque.kind != "shadow table") leave_out(opaque.kind + " `" + opaque.name + "`");
    }
    if (has_collations_) leave_out("collations and character sets");
    return made;
  }

 private:
  void leave_out(std::string what) { left_out_.sentences.push_back(std::move(what)); }

  /// Double quotes may mean a string elsewhere, and || is OR on MariaDB: what is left is the same everywhere.
  bool is_common(std::string_view text, const Table& table) const {
    for (const sql::Token& token : sql::tokenize(text, lexis_)) {
      switch (token.kind) {
        case sql::TokenKind::QuotedName:
          if (table.find_column(sql::unquoted(token.text)) == nullptr) return false;
          break;
        case sql::TokenKind::Word:
          if (!is_common_word(token.text) && table.find_column(token.text) == nullptr) return false;
          break;
        case sql::TokenKind::String:
          if (token.text.front() != '\'' || token.text.find('\\') != std::string_view::npos) return false;
          break;
        case sql::TokenKind::Symbol: {
          static const std::set<std::string_view> operators{"(", ")", ",", "+", "-", "*", "<", ">", "<=", ">=", "=", "<>", "!="};
          if (!operators.contains(token.text)) return false;
          break;
        }
        case sql::TokenKind::Number: break;
        case sql::TokenKind::Comment: break;
        case sql::TokenKind::Unterminated: return false;
      }
    }
    return true;
  }

  /// Names are quoted in one way that both engines read.
  static sql::EngineSql plain(const sql::EngineSql& sql) { return sql::EngineSql(replace_all(sql.common, "\"", "`")); }

  void carry_checks(std::vector<Check>& checks, const Table& table, const std::string& where) {
    std::erase_if(checks, [&](Check& check) {
      if (!is_common(check.expression.common, table)) {
        leave_out("check (" + shortened(check.expression.common, 60) + ") of " + where);
        return true;
      }
      check.expression = plain(check.expression);
      return false;
    });
  }

  /// A type without a portable form, by SQLite's rules for what a type's name means
  /// (sqlite.org/datatype3.html#determination_of_column_affinity).
  static ColumnType nearest_type(const std::string& native) {
    const std::string text = to_upper(native);
    const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    ColumnType type;
    if (has("INT")) type.kind = TypeKind::BigInt;
    else if (has("CHAR") || has("CLOB") || has("TEXT")) type.kind = TypeKind::LongText;
    else if (text.empty() || text == "ANY" || has("BLOB")) type.kind = TypeKind::LongBlob;
    else if (has("REAL") || has("FLOA") || has("DOUB")) type.kind = TypeKind::Double;
    else {
      type.kind = TypeKind::Decimal;
      type.precision = 30;
      type.scale = 10;
    }
    return type;
  }

  /// The words that are in use everywhere, though SQLite keeps them as they are written: INT, VARCHAR(20), NUMERIC(8, 2).
  static std::optional<ColumnType> well_known_type(const std::string& native) {
    const auto tokens = sql::tokenize(native, sql::sqlite_lexis);
    if (tokens.empty()) return std::nullopt;
    std::string word = to_lower(tokens[0].text);
    if (word == "integer") word = "int";
    if (word == "boolean") word = "bool";
    if (word == "numeric") word = "decimal";
    if (word == "real") word = "double";
    const auto kind = type_kind(word);
    if (!kind || *kind == TypeKind::Enum || *kind == TypeKind::Set || *kind == TypeKind::Serial) return std::nullopt;
    ColumnType type;
    type.kind = *kind;
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      if (tokens[i].kind == sql::TokenKind::Number && tokens[i].text.size() < 6 && tokens[i].text.find('.') == std::string_view::npos) {
        numbers.push_back(static_cast<std::uint32_t>(std::stoul(std::string(tokens[i].text))));
      } else if (equal_ignoring_case(tokens[i].text, "unsigned")) {
        type.is_unsigned = true;
      } else if (tokens[i].text != "(" && tokens[i].text != ")" && tokens[i].text != ",") {
        return std::nullopt;
      }
    }
    if (type.kind == TypeKind::TinyInt && numbers == std::vector<std::uint32_t>{1}) type.kind = TypeKind::Bool;
    const bool has_length = type.kind == TypeKind::Char || type.kind == TypeKind::Varchar || type.kind == TypeKind::Binary || type.kind == TypeKind::Varbinary ||
                            type.kind == TypeKind::Time || type.kind == TypeKind::DateTime || type.kind == TypeKind::Timestamp;
    if (has_length && !numbers.empty()) type.length = numbers[0];
    if ((type.kind == TypeKind::Varchar || type.kind == TypeKind::Varbinary) && !type.length) return std::nullopt;
    if (type.kind == TypeKind::Decimal) {
      type.precision = numbers.empty() ? 10 : numbers[0];
      type.scale = numbers.size() < 2 ? 0 : numbers[1];
    }
    return type;
  }

  /// The digits of an integer of 64 bits, and those behind the point of whatever money and measures are kept in.
  static void make_widest(ColumnType& decimal) {
    decimal.precision = 65;
    decimal.scale = 30;
  }

  void widen_digits(ColumnType& type, const std::string& native, const std::string& where) {
    if (type.kind != TypeKind::Decimal || native.find('(') != std::string::npos) return;
    make_widest(type);
    leave_out("the type `" + native + "` of " + where + " names no digits; " + language::spelled_type(type) + " is taken for it");
  }

  static void widen(ColumnType& type) {
    if (type.kind == TypeKind::Int && !type.is_unsigned) type.kind = TypeKind::BigInt;
    if (type.kind == TypeKind::Float) type.kind = TypeKind::Double;
  }

  static bool is_integer(TypeKind kind) {
    return kind == TypeKind::TinyInt || kind == TypeKind::SmallInt || kind == TypeKind::MediumInt || kind == TypeKind::Int || kind == TypeKind::BigInt || kind == TypeKind::SerialRef;
  }

  /// A number that refers has the type of the one that it refers to, which some engines ask for.
  static bool follow_reference(Table& table, const ForeignKey& key, const Schema& schema) {
    const auto parent = schema.tables.find(key.table);
    if (parent == schema.tables.end()) return false;
    bool changed = false;
    for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
      Column* column = table.find_column(key.columns[i]);
      const Column* referred = parent->second.find_column(key.referenced[i]);
      if (column == nullptr || referred == nullptr || !is_integer(column->type.kind)) continue;
      ColumnType type = referred->type;
      if (type.kind == TypeKind::Serial) type.kind = TypeKind::SerialRef;
      if (!is_integer(type.kind) || type == column->type) continue;
      column->type = type;
      changed = true;
    }
    return changed;
  }

  /// What is referred to may refer to something else itself.
  static void follow_references(Schema& schema) {
    bool changed = true;
    for (std::size_t round = 0; changed && round < schema.tables.size(); ++round) {
      changed = false;
      for (auto& [name, table] : schema.tables) {
        for (const ForeignKey& key : table.foreign_keys) changed = follow_reference(table, key, schema) || changed;
      }
    }
  }

  void carry_type(Column& column, const std::string& where) {
    if (column.type.kind != TypeKind::Native) return;
    const std::string native = column.type.native.common;
    if (from_.name() == "sqlite") {
      if (auto known = well_known_type(native)) {
        column.type = std::move(*known);
        if (widens_) widen_digits(column.type, native, where);
        return;
      }
    }
    if (to_.name() == "sqlite") return leave_out("the type `" + native + "` of " + where + " has no portable form and is taken as it is");
    column.type = nearest_type(native);
    if (widens_ && column.type.kind == TypeKind::Decimal) make_widest(column.type);
    leave_out("the type `" + native + "` of " + where + " has no portable form; " + std::string(type_word(column.type.kind)) + " is taken for it");
  }

  static std::string without_trailing_zeros(std::string number) {
    if (number.find('.') == std::string::npos || number.find_first_of("eE") != std::string::npos) return number;
    while (number.ends_with('0')) number.pop_back();
    if (number.ends_with('.')) number.pop_back();
    return number;
  }

  /// False: the column cannot be carried over.
  bool carry_column(Column& column, const Table& table) {
    const std::string where = "column `" + table.name + "." + column.name + "`";
    column.written = {};
    has_collations_ = has_collations_ || !column.collation.empty() || !column.charset.empty();
    column.collation.clear();
    column.charset.clear();
    if (!column.extra.empty()) leave_out("`" + column.extra + "` of " + where);
    column.extra.clear();
    carry_type(column, where);
    if (widens_) widen(column.type);
    if (column.generated) {
      if (!is_common(column.generated->expression.common, table)) {
        leave_out(where + ": it is generated in the words of " + std::string(from_.name()));
        return false;
      }
      column.generated->expression = plain(column.generated->expression);
    }
    if (column.default_value && column.default_value->kind == DefaultKind::Expression) {
      const std::string text = column.default_value->sql.common;
      if (is_common(text, Table())) {
        column.default_value->sql = plain(column.default_value->sql);
      } else {
        leave_out("the default (" + shortened(text, 60) + ") of " + where);
        column.default_value.reset();
      }
    }
    // MariaDB prints a default with all the digits of its type
    if (column.default_value && column.default_value->kind == DefaultKind::Number) column.default_value->text = without_trailing_zeros(column.default_value->text);
    carry_checks(column.checks, table, where);
    return true;
  }

  /// False: the index cannot be carried over.
  bool carry_index(Index& index, const Table& table) {
    const std::string where = "index `" + index.name.text + "` of table `" + table.name + "`";
    index.written = {};
    index.extra.clear();
    for (IndexPart& part : index.parts) {
      has_collations_ = has_collations_ || !part.collation.empty();
      part.collation.clear();
      if (!part.expression) continue;
      if (!is_common(part.expression->common, table)) {
        leave_out(where + ": its expression is in the words of " + std::string(from_.name()));
        return false;
      }
      part.expression = plain(*part.expression);
    }
    if (index.where) {
      if (!is_common(index.where->common, table)) {
        leave_out(where + ": its condition is in the words of " + std::string(from_.name()));
        return false;
      }
      index.where = plain(*index.where);
    }
    return true;
  }

  Table carried(const Table& given) {
    Table made = given;
    const std::string where = "table `" + made.name + "`";
    made.written = {};
    made.options.clear();
    if (!made.extra.empty()) leave_out("`" + shortened(replace_all(made.extra, "\n", " "), 60) + "` of " + where);
    made.extra.clear();
    if (made.primary_key) {
      made.primary_key->extra.clear();
      made.primary_key->name = {};
    }
    std::erase_if(made.columns, [&](Column& column) { return !carry_column(column, given); });
    std::erase_if(made.indexes, [&](Index& index) {
      const bool whole = std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) { return part.column.empty() || made.find_column(part.column) != nullptr; });
      return !whole || !carry_index(index, given);
    });
    std::erase_if(made.foreign_keys, [&](ForeignKey& key) {
      key.extra.clear();
      const bool outside = !key.database.empty();
      if (outside) leave_out("the foreign key " + key.name.text + " of " + where + " to another database");
      return outside;
    });
    for (ForeignKey& key : made.foreign_keys) {
      if (key.name.empty()) key.name = ObjectName(generated_name("fk", made.name, key.columns), true);
    }
    name_what_has_no_name(made);
    carry_checks(made.checks, given, where);
    return made;
  }

  /// SQLite lets constraints be without names; other engines make theirs.
  static void name_what_has_no_name(Table& table) {
    for (Index& index : table.indexes) {
      if (!index.name.empty()) continue;
      std::vector<std::string> columns;
      for (const IndexPart& part : index.parts) columns.push_back(part.column);
      index.name = ObjectName(generated_name(index.kind == IndexKind::Unique ? "uq" : "idx", table.name, columns), true);
    }
    std::size_t number = 0;
    for (Check& check : table.checks) {
      ++number;
      if (check.name.empty()) check.name = ObjectName(generated_name("ck", table.name, {std::to_string(number)}), true);
    }
  }

  const Dialect& from_;
  const Dialect& to_;
  const bool widens_;
  const sql::Lexis lexis_;
  LeftOut& left_out_;
  bool has_collations_ = false;
};

}  // namespace

std::vector<std::string> LeftOut::told() const {
  std::vector<std::string> all = sentences;
  for (const std::string& name : views) all.push_back("view `" + name + "`: its query is in the words of its engine");
  for (const std::string& name : triggers) all.push_back("trigger `" + name + "`: its body is in the words of its engine");
  return all;
}

Schema carried_over(const Schema& schema, const Dialect& from, const Dialect& to, Widths widths, LeftOut& left_out) { return Carrier(from, to, widths, left_out).carry(schema); }

}  // namespace plumb::desired
