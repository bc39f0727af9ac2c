#include <algorithm>
#include <set>

#include "data/package.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

Json json_of(const SeedValue& value) {
  switch (value.kind) {
    case SeedValue::Kind::Null:
    case SeedValue::Kind::Environment:
      return nullptr;
    case SeedValue::Kind::Bool:
      return value.text == "true";
    case SeedValue::Kind::Number:
      return Json::parse(value.text, nullptr, false);
    case SeedValue::Kind::String:
      return value.text;
  }
  return nullptr;
}

bool lacks(const Json& row, const std::string& field) { return !row.contains(field) || row[field].is_null(); }

/// The field of the row, else of the row that it stands in.
const Json* looked_up(const std::string& field, const Json& row, const Json* owner) {
  if (row.contains(field)) return &row[field];
  if (owner != nullptr && owner->contains(field)) return &(*owner)[field];
  return nullptr;
}

/// A text in which `{name}` stands for a field; `{name}` alone is that field's own value.
Json filled_in(const SeedValue& value, const Json& row, const Json* owner) {
  if (value.kind != SeedValue::Kind::String) return json_of(value);
  const std::string& text = value.text;
  const bool is_one_name = text.size() > 2 && text.front() == '{' && text.find('}') == text.size() - 1;
  if (is_one_name) {
    const Json* field = looked_up(text.substr(1, text.size() - 2), row, owner);
    return field == nullptr ? Json(nullptr) : *field;
  }
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
    if (end == std::string::npos) {
      out += text[at++];
      continue;
    }
    const Json* field = looked_up(text.substr(at + 1, end - at - 1), row, owner);
    if (field != nullptr && !field->is_null()) out += field->is_string() ? field->get<std::string>() : shown(*field);
    at = end + 1;
  }
  return out;
}

void rename(Json& row, const std::string& from, const std::string& to) {
  Json renamed = Json::object();
  for (auto& [name, value] : row.items()) renamed[name == from ? to : name] = std::move(value);
  row = std::move(renamed);
}

void split(Json& row, const DataChange& change) {
  Json detail = Json::object();
  const bool any = std::any_of(change.fields.begin(), change.fields.end(), [&](const std::string& field) { return !lacks(row, field); });
  for (const auto& field : change.fields) detail[field] = row.contains(field) ? row[field] : Json(nullptr);
  Json& list = row[change.to];
  if (!list.is_array()) list = Json::array();
  if (any) list.push_back(std::move(detail));
}

void map_value(Json& value, const DataChange& change) {
  for (const auto& [from, to] : change.pairs) {
    if (value != json_of(from)) continue;
    value = json_of(to);
    return;
  }
}

void apply_to_row(Json& row, const Json* owner, const DataChange& change) {
  switch (change.kind) {
    case DataChangeKind::Table:
      break;
    case DataChangeKind::Rename:
      if (row.contains(change.field)) rename(row, change.field, change.to);
      break;
    case DataChangeKind::Copy:
      if (row.contains(change.field) && lacks(row, change.to)) row[change.to] = Json(row[change.field]);
      break;
    case DataChangeKind::Default:
      if (lacks(row, change.field)) row[change.field] = json_of(change.value);
      break;
    case DataChangeKind::Set:
      row[change.field] = filled_in(change.value, row, owner);
      break;
    case DataChangeKind::Refer: {
      if (lacks(row, change.field)) break;
      Json reference = Json::object();
      for (const auto& [name, value] : change.values) reference[name] = filled_in(value, row, owner);
      row[change.field] = std::move(reference);
      break;
    }
    case DataChangeKind::Map:
      if (row.contains(change.field)) map_value(row[change.field], change);
      break;
    case DataChangeKind::Split:
      split(row, change);
      break;
    case DataChangeKind::Drop:
      row.erase(change.field);
      break;
  }
}

void apply_change(Json& row, const DataChange& change) {
  if (change.list.empty()) return apply_to_row(row, nullptr, change);
  if (!row.contains(change.list) || !row[change.list].is_array()) return;
  for (Json& detail : row[change.list]) {
    if (detail.is_object()) apply_to_row(detail, &row, change);
  }
}

using Tables = std::map<std::string, std::vector<Json>>;

void apply_upgrade(Tables& tables, const DataUpgrade& upgrade) {
  for (const DataChange& change : upgrade.changes) {
    const auto table = tables.find(change.table);
    if (table == tables.end()) continue;  // the package does not hold it
    if (change.kind != DataChangeKind::Table) {
      for (Json& row : table->second) {
        if (row.is_object()) apply_change(row, change);
      }
      continue;
    }
    if (tables.contains(change.to)) throw Error(change.origin.to_string() + ": the package holds `" + change.to + "` and `" + change.table + "`, which becomes it");
    auto node = tables.extract(table);
    node.key() = change.to;
    tables.insert(std::move(node));
  }
}

}  // namespace

void upgrade(const Package& package, std::uint32_t from, const MasterTables& tables, const std::string& to) {
  const DataFormat& format = tables.format;
  if (from > format.version)
    throw Error("the package is of data format " + std::to_string(from) + ", and the description knows formats up to " + std::to_string(format.version) + ": use the description that it was made with, or a newer one");
  Tables rows;
  for (const auto& table : package.tables()) {
    auto& list = rows[table];
    package.expect(table, for_each_row_of(package.file_of(table), package.shown_file(table), [&](const RowText& row) { list.push_back(row.parse()); }));
  }
  for (std::uint32_t version = from; version < format.version; ++version) {
    const auto way = std::find_if(format.upgrades.begin(), format.upgrades.end(), [&](const DataUpgrade& one) { return one.from == version; });
    if (way == format.upgrades.end()) {
      std::vector<std::string> known;
      for (const DataUpgrade& one : format.upgrades) known.push_back(std::to_string(one.from));
      throw Error("the package is of data format " + std::to_string(from) + ", and no `from " + std::to_string(version) + " { … }` leads on from there; the description reads " +
                  (known.empty() ? "" : join(known, ", ") + " and ") + std::to_string(format.version));
    }
    apply_upgrade(rows, *way);
  }
  for (const auto& [table, list] : rows) {
    std::string text;
    for (const Json& row : list) text += shown(row) + "\n";
    write_file(to + "/" + table + ".jsonl", text);
  }
}

}  // namespace plumb::data
