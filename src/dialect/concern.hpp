// dialect/concern.hpp: something that is allowed in a description but will cause trouble later.
#pragma once

#include <string>
#include <string_view>

namespace plumb {

enum class SubjectKind { Schema, Table, Column, Index, PrimaryKey, NaturalKey, ForeignKey, Check, View, Trigger };

/// What a remark is about, by the names that a description gives it.
struct Subject {
  SubjectKind kind = SubjectKind::Schema;
  std::string table;  ///< where a table, or a part of one, is meant
  std::string name;   ///< of the part, the view or the trigger; Schema: the engine whose options are meant
};

/// `rule` is one of docs/lint.md. Wording of the message: as of a Diagnostic.
struct Concern {
  std::string_view rule;
  Subject subject;
  std::string message;
};

}  // namespace plumb
