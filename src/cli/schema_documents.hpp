// cli/schema_documents.hpp: a schema in the forms that other programs read.
#pragma once

#include <map>
#include <string>

#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::cli {

/// docs/inspect_json.md. The types and expressions are the engine's own.
std::string schema_json(const Schema& schema, const std::string& engine, const std::string& name, const std::string& version);

/// Tables and their foreign keys: Mermaid's erDiagram (mermaid.js.org/syntax/entityRelationshipDiagram.html).
std::string schema_mermaid(const Schema& schema);

/// The same in Graphviz's language (graphviz.org/doc/info/lang.html).
std::string schema_dot(const Schema& schema);

/// The whole script of a state.
std::string schema_sql(const Schema& schema, const Dialect& dialect);

/// File name -> text: one file a table and view, its triggers with it. Run in any order by plumb; by a client in the
/// order of the names only where no view reads another.
std::map<std::string, std::string> schema_sql_files(const Schema& schema, const Dialect& dialect);

/// The same for a description's text: `schema.plumb` holds what belongs to no table or view.
std::map<std::string, std::string> description_files(const std::string& text);

}  // namespace plumb::cli
