#include "data/master_data.hpp"
#include "data/one_form.hpp"
#include "support/text.hpp"

namespace plumb::data {

std::string to_text(const Comparison& comparison, bool verbose) {
  constexpr std::size_t most = 10;
  std::string out;
  std::uint64_t unchanged = 0;
  std::uint64_t kept = 0;
  for (const TableChanges& table : comparison.tables) {
    unchanged += table.unchanged;
    kept += table.only_target.size();
    if (table.inserted.empty() && table.updated.empty() && (!verbose || table.only_target.empty())) continue;
    out += table.table + ": " + counted(table.inserted.size(), "insert") + ", " +
           counted(table.updated.size(), "update") + ", " + grouped(table.unchanged) + " unchanged, " +
           grouped(table.only_target.size()) + " only here\n";
    const auto limited = [&](const auto& list, const auto& print) {
      for (std::size_t i = 0; i < list.size() && (verbose || i < most); ++i) print(list[i]);
      if (!verbose && list.size() > most)
        out += "    … " + grouped(list.size() - most) + " more (--verbose lists all)\n";
    };
    limited(table.inserted, [&](const std::string& key) { out += "  + " + key + "\n"; });
    limited(table.updated, [&](const RowChange& change) {
      out += "  ~ " + change.key + "\n";
      for (const FieldChange& field : change.fields)
        out += "      " + field.column + ": " + shortened(field.before, 100) + " → " +
               shortened(field.after, 100) + "\n";
    });
    if (verbose)
      limited(table.only_target,
              [&](const std::string& key) { out += "  = " + key + " (only here, kept)\n"; });
  }
  return out + counted(comparison.changes(), "row") + " to change, " + grouped(unchanged) + " unchanged, " +
         grouped(kept) + " only in the database and kept\n";
}

std::string to_json(const Comparison& comparison) {
  Json json{{"changes", comparison.changes()}, {"problems", comparison.problems}};
  json["tables"] = Json::array();
  for (const TableChanges& table : comparison.tables) {
    Json one{{"table", table.table}, {"unchanged", table.unchanged}};
    one["inserted"] = Json::array();
    for (const auto& key : table.inserted) one["inserted"].push_back(Json::parse(key));
    one["updated"] = Json::array();
    for (const RowChange& change : table.updated) {
      Json fields = Json::object();
      for (const FieldChange& field : change.fields)
        fields[field.column] =
            Json{{"before", Json::parse(field.before)}, {"after", Json::parse(field.after)}};
      one["updated"].push_back(Json{{"key", Json::parse(change.key)}, {"fields", std::move(fields)}});
    }
    one["only_target"] = Json::array();
    for (const auto& key : table.only_target) one["only_target"].push_back(Json::parse(key));
    json["tables"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::data
