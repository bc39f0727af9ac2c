#include "data/quick_row.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "data/json_text.hpp"
#include "data/one_form.hpp"
#include "data/text_forms.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the text is a decimal in its one form already.
bool is_decimal(std::string_view text, std::uint32_t precision, std::uint32_t scale) {
  const std::size_t behind = scale == 0 ? 0 : scale + 1;
  if (text.size() <= behind || text.size() - (scale == 0 ? 0 : 1) > precision) return false;
  const std::string_view whole = text.substr(0, text.size() - behind);
  if (whole.size() > 1 && whole.front() == '0') return false;
  if (scale != 0 && text[whole.size()] != '.') return false;
  return std::all_of(whole.begin(), whole.end(), is_digit) && std::all_of(text.end() - scale, text.end(), is_digit);
}

}  // namespace

QuickRow::QuickRow(const MasterTables& tables, std::size_t table) : tables_(tables), table_(tables.tables[table]), fields_(table_.columns.size()) {
  is_bindable_ = std::none_of(table_.columns.begin(), table_.columns.end(), [](const MasterColumn& column) { return column.parent.has_value(); });
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
    std::string_view name;
    if ((number > 0 && !take(',')) || !take_string(name) || !take(':')) return false;
    const std::size_t c = column_of(name, number);
    if (c == fields_.size() || fields_[c].kind != Kind::Missing || !read_value(table_.columns[c], fields_[c])) return false;
  }
  return take('}');
}

std::size_t QuickRow::column_of(std::string_view name, std::size_t likely) const {
  if (table_.columns[likely].name == name) return likely;
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
  const auto as_form = [&](std::optional<std::string> form) {
    if (!form) return false;
    field.form = std::move(*form);
    field.text = field.form;
    return true;
  };
  const std::uint32_t digits = column.type.length.value_or(0);
  switch (column.kind) {
    case ValueKind::Text:
      return field.text.size() <= sure_bytes(column.type);
    case ValueKind::Char:
      return field.text.size() <= sure_bytes(column.type) && !field.text.ends_with(' ');
    case ValueKind::Decimal:
      return is_decimal(field.text, column.type.precision, column.type.scale) || as_form(decimal_form(field.text, column.type.precision, column.type.scale));
    case ValueKind::Enum:
      return std::find(column.type.members.begin(), column.type.members.end(), field.text) != column.type.members.end();
    case ValueKind::Uuid:
      return as_form(uuid_form(field.text));
    case ValueKind::Date:
      return as_form(date_form(field.text));
    case ValueKind::Time:
      return as_form(time_form(field.text, digits));
    case ValueKind::DateTime:
      return as_form(date_time_form(field.text, digits));
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Float:
    case ValueKind::Double:
    case ValueKind::Set:
    case ValueKind::Inet6:
    case ValueKind::Blob:
    case ValueKind::Binary:
    case ValueKind::Any:
      return false;
  }
  return false;
}

bool QuickRow::read_number(const MasterColumn& column, Field& field) {
  const char* begin = at_;
  if (at_ != end_ && *at_ == '-') ++at_;
  const char* digits = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  constexpr std::ptrdiff_t sure_digits = 18;
  if (at_ == digits || at_ - digits > sure_digits || (*digits == '0' && at_ - digits > 1)) return false;
  const bool is_whole = at_ == end_ || (*at_ != '.' && *at_ != 'e' && *at_ != 'E');
  if (!is_whole || std::from_chars(begin, at_, field.whole).ec != std::errc()) return false;
  field.kind = Kind::Whole;
  if (column.kind == ValueKind::Integer) return holds_whole(column.type, field.whole);
  if (column.kind != ValueKind::Double) return false;
  field.kind = Kind::Real;
  field.real = field.whole == 0 ? 0.0 : static_cast<double>(field.whole);
  return true;
}

/// The natural key of the referred row, its fields in their order.
bool QuickRow::read_reference(const MasterColumn& column, Field& field) {
  const MasterTable& parent = tables_.tables[*column.parent];
  if (!take('{') || ++depth_ > deepest_nesting) return false;
  field.kind = Kind::Reference;
  std::string bytes = "{";
  bool is_first = true;
  for (const std::size_t k : parent.key) {
    std::string_view name;
    Field part;
    if ((!is_first && !take(',')) || !take_string(name) || name != parent.columns[k].name || !take(':') || !read_value(parent.columns[k], part)) return false;
    append(bytes, part);
    is_first = false;
  }
  bytes += '}';
  field.form = std::move(bytes);
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
