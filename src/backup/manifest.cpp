#include "backup/manifest.hpp"

#include <nlohmann/json.hpp>

#include "support/error.hpp"

namespace plumb::backup {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string to_json(const Manifest& manifest) {
  Json json{{"format", manifest.format}, {"form", manifest.form == Form::Portable ? "portable" : "native"}, {"made_by", manifest.made_by},   {"created_at", manifest.created_at}, {"engine", manifest.engine}, {"engine_version", manifest.engine_version},
            {"database", manifest.database}, {"name", manifest.name},         {"version", manifest.version},       {"fingerprint", manifest.fingerprint}};
  json["defaults"] = Json::object();
  for (const auto& [name, value] : manifest.defaults) json["defaults"][name] = value;
  json["parts"] = Json::array();
  for (const auto& part : manifest.parts) json["parts"].push_back(Json{{"name", part.name}, {"bytes", part.bytes}, {"stored_bytes", part.stored_bytes}, {"sha256", part.sha256}});
  json["saved_exactly"] = Json::array();
  for (const auto& table : manifest.saved_exactly) json["saved_exactly"].push_back(Json{{"table", table.name}, {"why", table.why}});
  json["tables"] = Json::array();
  for (const auto& table : manifest.tables) {
    Json one{{"name", table.name}, {"rows", table.rows}};
    if (!table.checksum.empty()) one["checksum"] = table.checksum;
    if (!table.part.empty()) one["part"] = table.part;
    if (table.next != 0) one["next"] = table.next;
    if (!table.beyond.empty()) one["beyond"] = table.beyond;
    json["tables"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_from_json(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    Manifest manifest;
    manifest.format = json.at("format").get<int>();
    if (manifest.format < format_version) throw Error("the backup is of format " + std::to_string(manifest.format) + ", which plumb wrote before its first release and does not read any more");
    if (manifest.format > format_version) throw Error("the backup is of format " + std::to_string(manifest.format) + ", and this plumb reads up to " + std::to_string(format_version));
    manifest.form = json.at("form") == "portable" ? Form::Portable : Form::Native;
    manifest.made_by = json.at("made_by");
    manifest.created_at = json.at("created_at");
    manifest.engine = json.at("engine");
    manifest.engine_version = json.at("engine_version");
    manifest.database = json.at("database");
    manifest.name = json.at("name");
    manifest.version = json.at("version");
    manifest.fingerprint = json.at("fingerprint");
    for (const auto& [name, value] : json.at("defaults").items()) manifest.defaults[name] = value.get<std::string>();
    for (const auto& part : json.at("parts")) manifest.parts.push_back({part.at("name"), part.at("bytes"), part.at("stored_bytes"), part.at("sha256")});
    for (const auto& table : json.at("saved_exactly")) manifest.saved_exactly.push_back({table.at("table"), table.at("why")});
    for (const auto& table : json.at("tables")) manifest.tables.push_back({table.at("name"), table.at("rows"), table.value("checksum", std::string()), table.value("part", std::string()), table.value("next", std::uint64_t{0}), table.value("beyond", std::vector<std::string>())});
    return manifest;
  } catch (const nlohmann::json::exception& error) {
    throw Error(std::string("the manifest of the backup cannot be read: ") + error.what());
  }
}

std::uint64_t rows_of(const Manifest& manifest) {
  std::uint64_t rows = 0;
  for (const auto& table : manifest.tables) rows += table.rows;
  return rows;
}

}  // namespace plumb::backup
