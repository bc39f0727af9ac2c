#include "data/quick_row.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "data/json_text.hpp"
#include "data/one_form.hpp"
#include "data/text_forms.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::uint64_t each(unsigned char byte) { return 0x0101010101010101U * byte; }

/// Has the highest bit of the first byte that is zero, and of no byte before it.
constexpr std::uint64_t zero_bytes(std::uint64_t bytes) { return (bytes - each(1)) & ~bytes & each(0x80); }

/// The same of the first byte that ends a string or cannot stand in it as it is: a quote, a backslash, a control character.
constexpr std::uint64_t special_bytes(std::uint64_t bytes) {
  return zero_bytes(bytes ^ each('"')) | zero_bytes(bytes ^ each('\\')) | ((bytes - each(0x20)) & ~bytes & each(0x80));
}

/// The number of bytes before the first special one; `all` gets their bits. Stops at most seven bytes before the end where there is none.
std::size_t plain_bytes(const char* begin, const char* end, unsigned char& all) {
  const char* at = begin;
  std::uint64_t seen = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; end - at >= 8; at += 8) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, at, sizeof bytes);
      const std::uint64_t special = special_bytes(bytes);
      if (special == 0) {
        seen |= bytes;
        continue;
      }
      const auto before = static_cast<unsigned>(std::countr_zero(special)) / 8;
      if (before > 0) seen |= bytes << (64 - 8 * before);
      at += before;
      break;
    }
  }
  if ((seen & each(0x80)) != 0) all |= 0x80;
  return static_cast<std::size_t>(at - begin);
}

}  // namespace

QuickRow::QuickRow(const MasterTables& tables, std::size_t table) : tables_(tables), table_(tables.tables[table]), fields_(table_.columns.size()) {
  for (const MasterColumn& column : table_.columns) beginnings_.push_back("\"" + column.name + "\":");
}

bool QuickRow::read(std::string_view text) {
  at_ = text.data();
  end_ = text.data() + text.size();
  depth_ = 1;
  for (Field& field : fields_) field.kind = Kind::Missing;
  skip();
  if (!read_fields()) return false;
  skip();
  return at_ == end_;
}

bool QuickRow::read_fields() {
  if (!take('{')) return false;
  for (std::size_t number = 0; number < fields_.size(); ++number) {
    if (number > 0 && !take(',')) return false;
    std::size_t c = number;
    if (!take_word(beginnings_[number])) {
      std::string_view name;
      if (!take_string(name) || !take(':')) return false;
      c = column_of(name);
    }
    if (c == fields_.size() || fields_[c].kind != Kind::Missing || !read_value(table_.columns[c], fields_[c])) return false;
  }
  return take('}');
}

std::size_t QuickRow::column_of(std::string_view name) const {
  const auto found = std::find_if(table_.columns.begin(), table_.columns.end(), [&](const MasterColumn& column) { return column.name == name; });
  return static_cast<std::size_t>(found - table_.columns.begin());
}

void QuickRow::skip() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
}

bool QuickRow::take(char c) {
  skip();
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  return true;
}

bool QuickRow::take_word(std::string_view word) {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

/// A string without escapes.
bool QuickRow::take_string(std::string_view& text) {
  if (!take('"')) return false;
  const char* begin = at_;
  unsigned char all = 0;
  at_ += plain_bytes(at_, end_, all);
  for (; at_ != end_ && *at_ != '"'; ++at_) {
    const auto c = static_cast<unsigned char>(*at_);
    if (c == '\\' || c < 0x20) return false;
    all |= c;
  }
  if (at_ == end_) return false;
  text = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  ++at_;
  return all < 0x80 || is_valid_utf8(text);
}

bool QuickRow::read_value(const MasterColumn& column, Field& field) {
  skip();
  if (at_ == end_) return false;
  switch (*at_) {
    case 'n':
      field.kind = Kind::Null;
      return column.nullable && take_word("null");
    case 't':
      field.kind = Kind::True;
      return column.kind == ValueKind::Bool && !column.parent && take_word("true");
    case 'f':
      field.kind = Kind::False;
      return column.kind == ValueKind::Bool && !column.parent && take_word("false");
    case '{':
      return column.parent && read_reference(column, field);
    case '"':
      return !column.parent && read_text(column, field);
    default:
      return !column.parent && read_number(column, field);
  }
}

bool QuickRow::read_text(const MasterColumn& column, Field& field) {
  if (!take_string(field.text)) return false;
  field.kind = Kind::Text;
  if (column.kind == ValueKind::Text) return field.text.size() <= sure_bytes(column.type);
  if (column.kind == ValueKind::Char) return field.text.size() <= sure_bytes(column.type) && !field.text.ends_with(' ');
  if (column.kind == ValueKind::Enum) return std::find(column.type.members.begin(), column.type.members.end(), field.text) != column.type.members.end();
  if (!has_text_form(column.kind)) return false;
  const auto form = text_in_form(field.text, column, field.form);
  if (form) field.text = *form;
  return form.has_value();
}

/// -12, 12.5, 1e-7: as JSON spells numbers.
bool QuickRow::take_number(bool& is_whole) {
  const auto take_digits = [&] {
    const char* first = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ - first;
  };
  if (at_ != end_ && *at_ == '-') ++at_;
  const char* first = at_;
  constexpr std::ptrdiff_t sure_digits = 18;
  const std::ptrdiff_t digits = take_digits();
  if (digits == 0 || digits > sure_digits || (*first == '0' && digits > 1)) return false;
  is_whole = at_ == end_ || (*at_ != '.' && *at_ != 'e' && *at_ != 'E');
  if (take_word(".") && take_digits() == 0) return false;
  if (!take_word("e") && !take_word("E")) return true;
  if (!take_word("+")) take_word("-");
  return take_digits() != 0;
}

bool QuickRow::read_number(const MasterColumn& column, Field& field) {
  const char* begin = at_;
  bool is_whole = false;
  if (!take_number(is_whole)) return false;
  if (column.kind == ValueKind::Integer) {
    field.kind = Kind::Whole;
    return is_whole && std::from_chars(begin, at_, field.whole).ec == std::errc() && holds_whole(column.type, field.whole);
  }
  if (column.kind != ValueKind::Double && column.kind != ValueKind::Float) return false;
  field.kind = Kind::Real;
  if (std::from_chars(begin, at_, field.real).ec != std::errc()) return false;
  if (column.kind == ValueKind::Float) field.real = single_form(field.real);
  if (field.real == 0) field.real = 0.0;  // of a zero with a sign
  return std::isfinite(field.real);
}

/// The natural key of the referred row, its fields in their order.
bool QuickRow::read_reference(const MasterColumn& column, Field& field) {
  const MasterTable& parent = tables_.tables[*column.parent];
  if (!take('{') || ++depth_ > deepest_nesting) return false;
  field.kind = Kind::Reference;
  field.form = "{";
  field.json = "{";
  for (const std::size_t k : parent.key) {
    std::string_view name;
    Field part;
    const bool is_first = field.json.size() == 1;
    if ((!is_first && !take(',')) || !take_string(name) || name != parent.columns[k].name || !take(':') || !read_value(parent.columns[k], part)) return false;
    append(field.form, part);
    append_json(field.json, parent.columns[k].name, part);
  }
  field.form += '}';
  field.json += '}';
  --depth_;
  return take('}');
}

void QuickRow::append(std::string& bytes, const Field& field) {
  switch (field.kind) {
    case Kind::Missing:
    case Kind::Null:
      return append_null(bytes);
    case Kind::True:
    case Kind::False:
      return append_bool(bytes, field.kind == Kind::True);
    case Kind::Whole:
      return append_whole(bytes, static_cast<std::uint64_t>(field.whole));
    case Kind::Real:
      return append_real(bytes, field.real);
    case Kind::Text:
      return append_text(bytes, field.text);
    case Kind::Reference:
      bytes += field.form;
      return;
  }
}

/// A text that was read at a look holds nothing that JSON would write otherwise.
void QuickRow::append_json(std::string& json, const std::string& name, const Field& field) {
  if (json.size() > 1) json += ',';
  json += '"';
  json += name;
  json += "\":";
  switch (field.kind) {
    case Kind::Missing:
    case Kind::Null:
      json += "null";
      return;
    case Kind::True:
    case Kind::False:
      json += field.kind == Kind::True ? "true" : "false";
      return;
    case Kind::Whole:
      json += std::to_string(field.whole);
      return;
    case Kind::Real:
      json += shown(Json(field.real));
      return;
    case Kind::Text:
      json += '"';
      json += field.text;
      json += '"';
      return;
    case Kind::Reference:
      json += field.json;
      return;
  }
}

std::string QuickRow::key() const {
  std::string json = "{";
  for (const std::size_t k : table_.key) append_json(json, table_.columns[k].name, fields_[k]);
  return json + "}";
}

std::uint64_t QuickRow::referred_hash(std::size_t column) const {
  const std::string_view with_brackets = fields_[column].form;
  return hash_of(with_brackets.substr(1, with_brackets.size() - 2));
}

RowHash QuickRow::hash() {
  RowHash hash;
  bytes_.clear();
  for (const std::size_t k : table_.key) append(bytes_, fields_[k]);
  hash.key = hash_of(bytes_);
  for (std::size_t c = 0; c < fields_.size(); ++c) {
    if (!table_.columns[c].in_key && !table_.columns[c].is_local) append(bytes_, fields_[c]);
  }
  hash.content = hash_of(bytes_);
  return hash;
}

void QuickRow::bind(sql::Row& values) const {
  values.resize(fields_.size());
  for (std::size_t c = 0; c < fields_.size(); ++c) {
    const Field& field = fields_[c];
    switch (field.kind) {
      case Kind::Missing:
      case Kind::Null:
      case Kind::Reference:
        values[c] = sql::Value();
        break;
      case Kind::True:
      case Kind::False:
        values[c] = std::int64_t{field.kind == Kind::True ? 1 : 0};
        break;
      case Kind::Whole:
        values[c] = field.whole;
        break;
      case Kind::Real:
        values[c] = field.real;
        break;
      case Kind::Text:
        if (auto* text = std::get_if<std::string>(&values[c])) text->assign(field.text);
        else values[c] = std::string(field.text);
        break;
    }
  }
}

}  // namespace plumb::data
