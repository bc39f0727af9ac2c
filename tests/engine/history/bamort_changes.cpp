#include "bamort_changes.hpp"

namespace plumb::test {

ExpectedChanges changes_of_0_5_0() {
  ExpectedChanges expected;
  expected.tables = {{"learning_sources", "gsm_lit_sources"},
                     {"skill_skills", "char_skills"},
                     {"skill_weaponskills", "char_weaponskills"},
                     {"skill_spells", "char_spells"},
                     {"learning_character_classes", "gsm_character_classes"},
                     {"class_learning_points", "gsm_cc_class_category_points"},
                     {"class_spell_points", "gsm_cc_class_spell_points"},
                     {"class_typical_skills", "gsm_cc_class_typical_skills"},
                     {"class_typical_spells", "gsm_cc_class_typical_spells"}};
  expected.columns = {{"bemerkungen", "bemerkung"},     {"char_experiances.erfahrungsschatz", "es"},
                      {"extern_id", "ext_id"},          {"users.password", "password_hash"},
                      {"lern_kosten", "learn_cost"},    {"lern_kategorie", "learning_category"},
                      {"reichweite_nah", "range_near"}, {"reichweite_mittel", "range_middle"},
                      {"reichweite_fern", "range_far"}};
  expected.dropped_tables = {"skill_improvement_cost2"};
  expected.dropped_columns = {"char_chars.vtt_id", "users.legacy_token", "gsm_equipments.kategorie_alt",
                              "learning_skill_improvement_costs.skill_category_difficulty_id"};
  const auto value = [](std::string text) {
    return [text](const std::map<std::string, std::string>&) { return text; };
  };
  const std::string text_kind = std::to_string(sql::Value(std::string()).index());
  const std::string number_kind = std::to_string(sql::Value(std::int64_t{0}).index());
  expected.backfilled = {{"game_system", value(text_kind + ":midgard")},
                         {"public", value(number_kind + ":0")},
                         {"ist_magisch", value(number_kind + ":0")},
                         {"ausgebrannt", value(number_kind + ":0")},
                         {"is_transportation", value(number_kind + ":0")},
                         {"lern_kategorie", [](const auto& row) { return row.at("category"); }}};
  return expected;
}

}  // namespace plumb::test
