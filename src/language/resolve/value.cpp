#include "language/resolve/value.hpp"

namespace plumb::language {

Default as_default(const ast::Value& value) {
  Default out;
  out.text = std::string(value.text);
  switch (value.kind) {
    case ast::ValueKind::String:
      out.kind = DefaultKind::Literal;
      break;
    case ast::ValueKind::Number:
      out.kind = DefaultKind::Number;
      break;
    case ast::ValueKind::Bool:
      out.kind = DefaultKind::Bool;
      break;
    case ast::ValueKind::Null:
      out.kind = DefaultKind::Null;
      break;
    case ast::ValueKind::None:
    case ast::ValueKind::Now:
    case ast::ValueKind::Sql:
    case ast::ValueKind::Environment:
    case ast::ValueKind::Word:
      out.kind = DefaultKind::Expression;
      break;
  }
  return out;
}

SeedValue seed_value(const ast::Value& value) {
  SeedValue out;
  out.text = std::string(value.text);
  switch (value.kind) {
    case ast::ValueKind::String:
      out.kind = SeedValue::Kind::String;
      break;
    case ast::ValueKind::Number:
      out.kind = SeedValue::Kind::Number;
      break;
    case ast::ValueKind::Bool:
      out.kind = SeedValue::Kind::Bool;
      break;
    case ast::ValueKind::Environment:
      out.kind = SeedValue::Kind::Environment;
      break;
    case ast::ValueKind::Null:
    case ast::ValueKind::None:
    case ast::ValueKind::Now:
    case ast::ValueKind::Sql:
    case ast::ValueKind::Word:
      out.kind = SeedValue::Kind::Null;
      out.text.clear();
      break;
  }
  return out;
}

}  // namespace plumb::language
