#include "language/resolve/scope.hpp"

#include <algorithm>
#include <cstring>

#include "language/sql_text.hpp"

namespace plumb::language {
namespace {

constexpr std::string_view placeholder = "{table}";
constexpr std::size_t most_reports = 200;
constexpr std::size_t shortest_hinted = 3;
constexpr std::uint32_t longest_count_bytes = 1024;
constexpr std::size_t most_name_comparisons = 50'000;  // a tenth of a second

bool has_placeholder(std::string_view text) {
  return text.find(placeholder) != std::string_view::npos;
}

bool same_columns(std::vector<std::string> a, const std::vector<IndexPart>& parts) {
  if (a.size() != parts.size()) return false;
  if (a.size() == 1) return !parts[0].expression && !parts[0].length && parts[0].column == a[0];
  std::vector<std::string> b;
  for (const IndexPart& part : parts) {
    if (part.expression || part.length) return false;
    b.push_back(part.column);
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace

Scope::Scope(const std::vector<SourceText>& all_sources, const std::vector<ast::File>& all_files,
             std::vector<Diagnostic>& diagnostics)
    : sources(all_sources), files(all_files), diagnostics_(diagnostics), cursors_(all_sources.size()) {}

void Scope::report(Severity severity, std::string code, std::uint32_t file, ast::Span span,
                   std::string message, std::vector<DiagnosticNote> notes) {
  const SourceSpan place{file, span.offset, span.length};
  // What is wrong in a mixin is wrong in every table that uses it, and told once.
  const auto same = [&](const Diagnostic& known) { return known.span == place && known.code == code; };
  if (reported_ > most_reports || std::any_of(diagnostics_.begin(), diagnostics_.end(), same)) return;
  if (++reported_ > most_reports) {
    diagnostics_.push_back(
        {Severity::Note, "too-many-errors", place, "further mistakes are not shown, there are too many", {}});
    return;
  }
  diagnostics_.push_back({severity, std::move(code), place, std::move(message), std::move(notes)});
}

DiagnosticNote Scope::first_one(std::uint32_t file, ast::Span span) {
  return {"the first one stands here", SourceSpan{file, span.offset, span.length}};
}

std::string Scope::text(const Place& place, const ast::Name& name) {
  if (std::memchr(name.text.data(), '{', name.text.size()) == nullptr || !has_placeholder(name.text)) {
    return std::string(name.text);
  }
  if (!place.in_mixin) {
    if (name.span.length != name.text.size())
      return std::string(name.text);  // in backquotes: the name itself
    error("placeholder-outside-mixin", place.file, name.span,
          "`{table}` stands for a table's name only in a mixin");
    return std::string(name.text);
  }
  return replace_all(std::string(name.text), placeholder, place.table);
}

std::vector<std::string> Scope::texts(const Place& place, const std::vector<ast::Name>& names) {
  std::vector<std::string> out;
  out.reserve(names.size());
  for (const ast::Name& name : names) out.push_back(text(place, name));
  return out;
}

sql::EngineSql Scope::engine_sql(const Place& place, const ast::Sql& written) {
  std::vector<LabelProblem> problems;
  sql::EngineSql sql = split_engines(written.text, &problems);
  for (LabelProblem& problem : problems) {
    const ast::Span span{written.span.offset + 1 + static_cast<std::uint32_t>(problem.offset),
                         static_cast<std::uint32_t>(problem.length)};
    error(std::move(problem.code), place.file, span, std::move(problem.message));
  }
  if (sql.empty())
    error("empty-sql", place.file, written.span, "the parentheses are empty; SQL is expected in them");
  if (place.in_mixin && has_placeholder(written.text)) {
    sql.common = replace_all(std::move(sql.common), placeholder, place.table);
    for (auto& [engine, text] : sql.variants) text = replace_all(std::move(text), placeholder, place.table);
  }
  return sql;
}

std::string Scope::docs(std::uint32_t file, ast::Span span) const {
  std::string out;
  if (span.length == 0) return out;
  bool first = true;
  for (std::string_view line : split_lines(sources[file].text().substr(span.offset, span.length))) {
    line = trim(line);
    if (!line.starts_with("///") || line.starts_with("////")) continue;
    line.remove_prefix(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (!first) out += '\n';
    first = false;
    out += line;
  }
  return out;
}

Origin Scope::origin(std::uint32_t file, ast::Span span) {
  const SourceText& source = sources[file];
  LineCursor& cursor = cursors_[file];
  // Declarations are asked for in the order of the text, mostly: counting on from the last one is cheaper
  // than a search.
  if (span.offset < cursor.offset || span.offset - cursor.offset > longest_count_bytes) {
    cursor.line = source.line_column(span.offset).line;
  } else {
    const char* at = source.text().data() + cursor.offset;
    const char* stop = source.text().data() + span.offset;
    cursor.line += static_cast<std::uint32_t>(std::count(at, stop, '\n'));
  }
  cursor.offset = span.offset;
  return {source.path(), cursor.line};
}

TableEntry* Scope::table_named(std::string_view name) {
  const auto number = table_names.find(name);
  return number ? &tables[*number] : nullptr;
}

TableEntry* Scope::find_table(std::uint32_t file, const ast::Name& name) {
  if (TableEntry* entry = table_named(name.text)) return entry;
  if (items_missing) return nullptr;
  error("unknown-table", file, name.span,
        "table `" + std::string(name.text) + "` is not declared" + table_hint(name.text));
  return nullptr;
}

Column* Scope::find_column(TableEntry& entry, std::uint32_t file, const ast::Name& name,
                           const std::string& text) {
  if (Column* column = entry.table->find_column(text)) return column;
  if (entry.damaged) return nullptr;
  error("unknown-column", file, name.span,
        "column `" + text + "` not found in table `" + entry.table->name + "`" +
            did_you_mean(text, column_names(*entry.table)));
  return nullptr;
}

std::string Scope::did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() < shortest_hinted) return {};  // everything is near to a letter or two
  const std::string meant = closest_match(word, candidates);
  return meant.empty() ? std::string() : "; did you mean `" + meant + "`?";
}

std::string Scope::table_hint(std::string_view word) {
  compared_ += tables.size();
  if (compared_ > most_name_comparisons) return {};
  std::vector<std::string> names;
  names.reserve(tables.size());
  for (const TableEntry& entry : tables) names.emplace_back(entry.node->name.text);
  return did_you_mean(word, names);
}

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  names.reserve(table.columns.size());
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

bool is_key(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && same_columns(columns, table.primary_key->parts)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return index.kind == IndexKind::Unique && !index.where && same_columns(columns, index.parts);
  });
}

bool same_but_for_the_name(Index a, const Index& b) {
  a.name = b.name;
  return a == b;
}

}  // namespace plumb::language
