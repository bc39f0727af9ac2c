#include <algorithm>

#include "data/package.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {

void PackageReader::read(std::size_t table, const Visit& visit) const { read(table, visit, {}); }

void PackageReader::read(std::size_t table, const Visit& visit, const VisitQuick& quick) const {
  const std::string path = package_.file_of(tables_.tables[table].name);
  if (path.empty()) return;
  const bool is_quick = quick && QuickRow::suits(tables_.tables[table]);
  QuickRow at_a_look(tables_, table);
  const BytesMark mark = for_each_row_of(path, package_.shown_file(tables_.tables[table].name), [&](const RowText& text) {
    if (is_quick && at_a_look.read(text.text)) return quick(at_a_look, text);
    MasterRow row;
    row.number = text.place.number;
    read_row(table, text.parse(), std::move(row), nullptr, visit);
  });
  package_.expect(tables_.tables[table].name, mark);
}

MasterRow PackageReader::whole_row(std::size_t table, const RowText& text) const {
  MasterRow made;
  MasterRow row;
  row.number = text.place.number;
  read_row(table, text.parse(), std::move(row), nullptr, [&](std::size_t, MasterRow one) { made = std::move(one); });
  return made;
}

void PackageReader::read_row(std::size_t index, const Json& one, MasterRow row, const Json* owner, const Visit& visit) const {
  const MasterTable& table = tables_.tables[index];
  row.values.assign(table.columns.size(), Json(Json::value_t::discarded));
  std::vector<std::string> wrong;
  if (owner != nullptr) row.values[table.owner_reference] = *owner;
  if (one.is_object()) {
    for (const auto& [field, value] : one.items()) read_field(index, row, field, value, wrong);
    for (const std::size_t k : table.key) {
      if (row.values[k].is_discarded() && !one.contains(table.columns[k].name)) wrong.push_back("the field `" + table.columns[k].name + "` of the natural key is missing");
    }
  } else {
    wrong.emplace_back("must be an object, not " + shortened(shown(one), 60));
  }
  const bool has_key = std::none_of(table.key.begin(), table.key.end(), [&](std::size_t k) { return row.values[k].is_discarded(); });
  if (has_key) row.key = key_text(key_object(table, row));
  for (const auto& sentence : wrong) problems_.add(place_of(package_, tables_, index, row) + ": " + sentence);
  if (has_key && one.is_object()) read_details(index, one, row, visit);
  if (wrong.empty()) visit(index, std::move(row));
}

void PackageReader::read_details(std::size_t owner, const Json& one, const MasterRow& row, const Visit& visit) const {
  for (const std::size_t detail : tables_.tables[owner].details) {
    const std::string& field = tables_.tables[detail].field;
    if (!one.contains(field)) continue;
    const Json& list = one[field];
    if (!list.is_array()) {
      problems_.add(place_of(package_, tables_, owner, row) + ": `" + field + "` must be a list of rows, not " + shortened(shown(list), 60));
      continue;
    }
    const Json key = key_object(tables_.tables[owner], row);
    if (on_list) on_list(detail, key);
    std::size_t number = 0;
    for (const Json& each : list) {
      MasterRow child;
      child.number = row.number;
      child.detail = ++number;
      read_row(detail, each, std::move(child), &key, visit);
    }
  }
}

void PackageReader::read_field(std::size_t index, MasterRow& row, const std::string& field, const Json& value, std::vector<std::string>& wrong) const {
  const MasterTable& table = tables_.tables[index];
  const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const MasterColumn& c) { return c.name == field; });
  const bool is_detail = std::any_of(table.details.begin(), table.details.end(), [&](std::size_t detail) { return tables_.tables[detail].field == field; });
  if (is_detail) return;
  if (column == table.columns.end()) {
    wrong.push_back(unknown_field(table, field));
  } else if (table.owner && static_cast<std::size_t>(column - table.columns.begin()) == table.owner_reference) {
    wrong.push_back("`" + field + "` is the row that it stands in, and is left out");
  } else if (value.is_null() && !column->nullable) {
    wrong.push_back("`" + field + "` may not be null");
  } else {
    try {
      row.values[static_cast<std::size_t>(column - table.columns.begin())] = value_of(value, *column);
    } catch (const Error& error) {
      wrong.push_back("`" + field + "` must be " + error.what() + ", not " + shortened(shown(value), 60));
    }
  }
}

std::string PackageReader::unknown_field(const MasterTable& table, const std::string& field) const {
  if (std::find(table.kept.begin(), table.kept.end(), field) != table.kept.end()) return "`" + field + "` is filled by the database itself and stands in no file";
  std::vector<std::string> names;
  for (const MasterColumn& column : table.columns) names.push_back(column.name);
  const std::string near = closest_match(field, names);
  return "`" + field + "` is no column of `" + table.name + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?");
}

/// A reference in the column's own order of fields, each value in its one form.
Json PackageReader::value_of(const Json& value, const MasterColumn& column) const {
  if (!column.parent || value.is_null()) return in_one_form(value, column);
  const MasterTable& parent = tables_.tables[*column.parent];
  const auto wanted = [&] {
    std::vector<std::string> names;
    for (const std::size_t k : parent.key) names.push_back("\"" + parent.columns[k].name + "\": …");
    return Error("a natural key of `" + parent.name + "`: {" + join(names, ", ") + "}");
  };
  if (!value.is_object() || value.size() != parent.key.size()) throw wanted();
  Json key = Json::object();
  for (const std::size_t k : parent.key) {
    const MasterColumn& part = parent.columns[k];
    if (!value.contains(part.name) || (value[part.name].is_null() && !part.nullable)) throw wanted();
    key[part.name] = value_of(value[part.name], part);
  }
  return key;
}

}  // namespace plumb::data
