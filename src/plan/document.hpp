// plan/document.hpp: a plan as the document that people review, as JSON, as text and as SQL; and back.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "plan/plan.hpp"
#include "sarif/sarif.hpp"

namespace plumb::plan {

/// The plan as JSON (docs/plan_format.md), indented, the same bytes for the same plan.
std::string to_json(const Plan& plan);

/// The whole document. Its last part is the JSON; everything before follows from it.
std::string to_markdown(const Plan& plan);

/// For a terminal.
std::string to_text(const Plan& plan, bool color);

/// The statements alone, each ended by ";", with the steps as comments.
std::string to_sql(const Plan& plan);

/// For code scanning: refusals, risks and notices at the lines of the description; what has no line is put at the beginning
/// of `file`. The rules' ids are the words of the JSON. The log's version is left empty.
sarif::Log to_sarif(const Plan& plan, const std::string& file);

/// Why a file is no plan that may run.
struct NotAPlan {
  std::string reason;
  bool changed = false;  ///< a plan, but not the bytes that plumb wrote
};

/// Reads a plan file (Markdown or JSON), renders the document again from its machine part and compares byte for byte.
std::variant<Plan, NotAPlan> read_plan(std::string_view bytes);

}  // namespace plumb::plan
