#include "language/resolve/type.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "language/grammar/lex.hpp"
#include "language/sql_text.hpp"

namespace plumb::language {
namespace {

constexpr std::uint32_t longest_char = 255;
constexpr std::uint32_t longest_varchar = 65535;
constexpr std::uint32_t most_fraction_digits = 6;
constexpr std::uint32_t most_decimal_digits = 65;
constexpr std::uint32_t most_decimal_scale = 38;
constexpr std::size_t most_set_members = 64;

/// Types of other systems and what they are called here.
struct OtherName {
  std::string_view other;
  std::string_view ours;
};
constexpr std::array<OtherName, 14> other_names{
    OtherName{"integer", "int"},           OtherName{"string", "varchar(255)"},
    OtherName{"boolean", "bool"},          OtherName{"numeric", "decimal"},
    OtherName{"dec", "decimal"},           OtherName{"real", "double"},
    OtherName{"clob", "longtext"},         OtherName{"bytea", "blob"},
    OtherName{"tinytext", "varchar(255)"}, OtherName{"tinyblob", "varbinary(255)"},
    OtherName{"character", "char"},        OtherName{"nvarchar", "varchar"},
    OtherName{"number", "decimal"},        OtherName{"timestamptz", "timestamp"}};

const std::vector<std::string>& type_words() {
  static const std::vector<std::string> words{
      "bool",   "tinyint",    "smallint", "mediumint", "int",        "bigint",   "decimal",   "float",
      "double", "char",       "varchar",  "text",      "mediumtext", "longtext", "binary",    "varbinary",
      "blob",   "mediumblob", "longblob", "date",      "time",       "datetime", "timestamp", "year",
      "json",   "uuid",       "inet6",    "enum",      "set",        "serial",   "ref",       "native"};
  return words;
}

const std::vector<std::string>& member_words() {
  static const std::vector<std::string> words{"index", "unique", "check", "fulltext", "spatial", "use"};
  return words;
}

/// Reads one type; every step reports what is wrong and says whether it was right.
class TypeBuilder {
 public:
  TypeBuilder(Scope& scope, const Place& place, const ast::Type& written)
      : scope_(scope), place_(place), written_(written) {}

  std::optional<ColumnType> build(std::string_view column) {
    if (written_.word.text == "ref") return build_ref();
    const auto kind = grammar::kind_of_word(written_.word.text);
    if (!kind) return unknown(column);
    type_.kind = *kind;
    if (!take_arguments()) return std::nullopt;
    if (written_.is_unsigned) {
      if (!is_integer(*kind))
        return wrong(written_.word.span, "only integers can be unsigned, " + word() + " cannot");
      type_.is_unsigned = true;
    }
    return type_;
  }

 private:
  std::string word() const { return "`" + std::string(written_.word.text) + "`"; }

  std::nullopt_t wrong(ast::Span span, std::string message) {
    scope_.error("type-arguments", place_.file, span, std::move(message));
    return std::nullopt;
  }

  std::optional<ColumnType> build_ref() {
    if (written_.arguments.size() != 1 || written_.arguments.front().value.kind != ast::ValueKind::Word) {
      return wrong(written_.word.span, "`ref` takes one table: `ref(users)`");
    }
    if (written_.is_unsigned) {
      return wrong(written_.word.span,
                   "`ref` has the type of the column that it refers to, `unsigned` cannot be added");
    }
    type_.kind = TypeKind::SerialRef;
    return type_;
  }

  std::nullopt_t unknown(std::string_view column) {
    const std::string_view name = written_.word.text;
    std::string hint;
    for (const OtherName& other : other_names) {
      if (equal_ignoring_case(name, other.other)) hint = "; did you mean `" + std::string(other.ours) + "`?";
    }
    const auto is_word = [&](const std::string& candidate) { return candidate == column; };
    const auto& members = member_words();
    if (hint.empty() && std::none_of(members.begin(), members.end(), is_word)) {
      const std::string meant = closest_match(column, members);
      if (!meant.empty() && !written_.arguments.empty())
        hint = "; did you mean `" + meant + " " + std::string(name) + "`?";
    }
    if (hint.empty()) hint = Scope::did_you_mean(name, type_words());
    scope_.error("unknown-type", place_.file, written_.word.span, "type " + word() + " is not known" + hint);
    return std::nullopt;
  }

  bool take_arguments() {
    const TypeKind kind = type_.kind;
    if (kind != TypeKind::Native) {
      for (const ast::TypeArgument& argument : written_.arguments) {
        if (!argument.engine.empty()) {
          wrong(argument.engine.span, "only `native` takes a value for each engine");
          return false;
        }
      }
    }
    switch (kind) {
      case TypeKind::Char:
        return take_length("characters", longest_char);
      case TypeKind::Varchar:
        return take_length("characters", longest_varchar);
      case TypeKind::Binary:
        return take_length("bytes", longest_char);
      case TypeKind::Varbinary:
        return take_length("bytes", longest_varchar);
      case TypeKind::Time:
      case TypeKind::DateTime:
      case TypeKind::Timestamp:
        return take_fraction();
      case TypeKind::Decimal:
        return take_precision();
      case TypeKind::Enum:
      case TypeKind::Set:
        return take_members();
      case TypeKind::Native:
        return take_native();
      case TypeKind::Bool:
      case TypeKind::TinyInt:
      case TypeKind::SmallInt:
      case TypeKind::MediumInt:
      case TypeKind::Int:
      case TypeKind::BigInt:
      case TypeKind::Float:
      case TypeKind::Double:
      case TypeKind::Text:
      case TypeKind::MediumText:
      case TypeKind::LongText:
      case TypeKind::Blob:
      case TypeKind::MediumBlob:
      case TypeKind::LongBlob:
      case TypeKind::Date:
      case TypeKind::Year:
      case TypeKind::Json:
      case TypeKind::Uuid:
      case TypeKind::Inet6:
      case TypeKind::Serial:
      case TypeKind::SerialRef:
        break;
    }
    if (written_.arguments.empty()) return true;
    wrong(written_.arguments.front().value.span, word() + " takes nothing in parentheses");
    return false;
  }

  std::optional<std::uint32_t> number(const ast::Value& value, std::uint32_t most) {
    std::uint32_t out = 0;
    const char* end = value.text.data() + value.text.size();
    if (value.kind == ast::ValueKind::Number) {
      const auto [stop, problem] = std::from_chars(value.text.data(), end, out);
      if (problem == std::errc() && stop == end && out <= most) return out;
    }
    return wrong(value.span, word() + " takes a whole number from 0 to " + std::to_string(most) + " here");
  }

  bool take_length(const char* unit, std::uint32_t most) {
    if (written_.arguments.size() != 1) {
      wrong(written_.word.span,
            word() + " takes its length in " + unit + ": `" + std::string(written_.word.text) + "(100)`");
      return false;
    }
    type_.length = number(written_.arguments.front().value, most);
    return type_.length.has_value();
  }

  bool take_fraction() {
    if (written_.arguments.empty()) return true;
    if (written_.arguments.size() > 1) {
      wrong(written_.arguments[1].value.span, word() + " takes one number, the digits after the second");
      return false;
    }
    type_.length = number(written_.arguments.front().value, most_fraction_digits);
    if (!type_.length) return false;
    if (*type_.length == 0) type_.length.reset();
    return true;
  }

  bool take_precision() {
    if (written_.arguments.empty() || written_.arguments.size() > 2) {
      wrong(written_.word.span,
            word() + " takes its digits and how many of them are decimals: `decimal(10,2)`");
      return false;
    }
    const auto digits = number(written_.arguments[0].value, most_decimal_digits);
    const auto scale = written_.arguments.size() < 2
                           ? std::optional(0U)
                           : number(written_.arguments[1].value, most_decimal_scale);
    if (!digits || !scale) return false;
    if (*digits == 0 || *scale > *digits) {
      wrong(written_.arguments.back().value.span,
            "of " + std::to_string(*digits) + " digits " + std::to_string(*scale) + " cannot be decimals");
      return false;
    }
    type_.precision = *digits;
    type_.scale = *scale;
    return true;
  }

  bool take_members() {
    if (written_.arguments.empty()) {
      wrong(written_.word.span,
            word() + " takes its members: `" + std::string(written_.word.text) + "(\"a\", \"b\")`");
      return false;
    }
    for (const ast::TypeArgument& argument : written_.arguments) {
      if (argument.value.kind != ast::ValueKind::String) {
        wrong(argument.value.span, "a member of " + word() + " is a string in double quotes");
        return false;
      }
      const std::string member(argument.value.text);
      if (std::find(type_.members.begin(), type_.members.end(), member) != type_.members.end()) {  // which letters are the same, the collation says
        wrong(argument.value.span, "the member `" + member + "` is there twice");
        return false;
      }
      if (type_.kind == TypeKind::Set && member.find(',') != std::string::npos) {
        wrong(argument.value.span, "a member of `set` cannot hold a comma");
        return false;
      }
      type_.members.push_back(member);
    }
    if (type_.kind == TypeKind::Set && type_.members.size() > most_set_members) {
      wrong(written_.word.span, "`set` takes " + std::to_string(most_set_members) + " members at most");
      return false;
    }
    return true;
  }

  bool take_native() {
    if (written_.arguments.empty()) {
      wrong(written_.word.span, "`native` takes the engine's type: `native(\"mediumint(9)\")`");
      return false;
    }
    for (const ast::TypeArgument& argument : written_.arguments) {
      if (argument.value.kind != ast::ValueKind::String) {
        wrong(argument.value.span, "an engine's type is a string in double quotes");
        return false;
      }
      if (!take_native(argument)) return false;
    }
    return true;
  }

  bool take_native(const ast::TypeArgument& argument) {
    const std::string engine(argument.engine.text);
    if (argument.engine.empty()) {
      if (&argument == &written_.arguments.front()) {
        type_.native.common = std::string(argument.value.text);
        return true;
      }
      wrong(argument.value.span, "a further type of `native` is for one engine: `mariadb: \"point\"`");
      return false;
    }
    if (!is_engine_name(engine)) {
      scope_.error("unknown-engine", place_.file, argument.engine.span, unknown_engine(engine));
      return false;
    }
    const auto same = [&](const auto& variant) { return variant.first == engine; };
    if (std::any_of(type_.native.variants.begin(), type_.native.variants.end(), same)) {
      scope_.error("duplicate-clause", place_.file, argument.engine.span,
                   "the type for `" + engine + "` is given twice");
      return false;
    }
    type_.native.variants.emplace_back(engine, std::string(argument.value.text));
    return true;
  }

  Scope& scope_;
  const Place& place_;
  const ast::Type& written_;
  ColumnType type_;
};

}  // namespace

bool is_integer(TypeKind kind) {
  return kind == TypeKind::TinyInt || kind == TypeKind::SmallInt || kind == TypeKind::MediumInt ||
         kind == TypeKind::Int || kind == TypeKind::BigInt;
}

std::optional<ColumnType> build_type(Scope& scope, const Place& place, const ast::Type& written,
                                     std::string_view column) {
  return TypeBuilder(scope, place, written).build(column);
}

std::string type_text(const ColumnType& type) {
  if (type.kind == TypeKind::SerialRef) return "serial_ref";
  if (type.kind == TypeKind::Native) return "native";
  std::string out(type_word(type.kind));
  if (type.kind == TypeKind::Decimal) {
    const std::uint32_t digits = type.precision == 0 ? 10 : type.precision;
    out += "(" + std::to_string(digits) + "," + std::to_string(type.scale) + ")";
  }
  if (type.length) out += "(" + std::to_string(*type.length) + ")";
  if (type.is_unsigned) out += " unsigned";
  return out;
}

bool can_refer(const ColumnType& a, const ColumnType& b) {
  enum class Family { Number, Text, Bytes, Other };
  const auto family = [](const ColumnType& type) {
    if (type.kind == TypeKind::Char || type.kind == TypeKind::Varchar) return Family::Text;
    if (type.kind == TypeKind::Binary || type.kind == TypeKind::Varbinary) return Family::Bytes;
    if (is_integer(type.kind)) return Family::Number;
    return Family::Other;
  };
  const auto plain = [](ColumnType type) {  // what a serial holds
    if (type.kind != TypeKind::Serial && type.kind != TypeKind::SerialRef) return type;
    type.kind = TypeKind::BigInt;
    type.is_unsigned = true;
    return type;
  };
  if (a.kind == TypeKind::Native || b.kind == TypeKind::Native) return true;
  const ColumnType left = plain(a);
  const ColumnType right = plain(b);
  if (family(left) != family(right)) return false;
  switch (family(left)) {
    case Family::Text:
    case Family::Bytes:
      return true;
    case Family::Number:
      return left.kind == right.kind && left.is_unsigned == right.is_unsigned;
    case Family::Other:
      return left.kind == right.kind && left.precision == right.precision && left.scale == right.scale;
  }
  return true;
}

}  // namespace plumb::language
