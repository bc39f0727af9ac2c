#include "dialect/mariadb/sequence.hpp"

#include <algorithm>

#include "dialect/add_step.hpp"
#include "dialect/mariadb/render.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// "CREATE SEQUENCE `s` start with 1 minvalue 1 … nocycle ENGINE=InnoDB COMMENT='…'"
struct SequenceText {
  std::vector<std::string> numbers;  ///< "start with 1", "minvalue 1", "maxvalue 9", "increment by 1", "cache 1000", "nocycle"
  std::string minimum;
  std::string maximum;
  std::string options;  ///< "ENGINE=InnoDB COMMENT='…'"
};

SequenceText read(const std::string& definition) {
  SequenceText read;
  const auto tokens = sql::tokenize(definition, sql::mariadb_lexis);
  const auto options = std::find_if(tokens.begin(), tokens.end(), [](const sql::Token& token) { return token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, "engine"); });
  if (options != tokens.end()) read.options = definition.substr(options->offset);
  for (auto token = tokens.begin() + std::min<std::ptrdiff_t>(3, options - tokens.begin()); token != options; ++token) {
    const bool begins = token->kind == sql::TokenKind::Word && !equal_ignoring_case(token->text, "with") && !equal_ignoring_case(token->text, "by");
    if (begins || read.numbers.empty()) read.numbers.emplace_back(token->text);
    else read.numbers.back() += (token[-1].text == "-" ? "" : " ") + std::string(token->text);
  }
  for (const std::string& part : read.numbers) {
    if (part.starts_with("minvalue ")) read.minimum = part.substr(9);
    if (part.starts_with("maxvalue ")) read.maximum = part.substr(9);
  }
  return read;
}

std::string to_instead_of(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (i >= before.size() || before[i] != after[i]) parts.push_back(after[i] + (i < before.size() ? " instead of " + before[i] : ""));
  }
  return join(parts, ", ");
}

/// A number that is used up already (NOCYCLE) is no reason.
Command guard(const std::string& name, const SequenceText& becomes) {
  return {CommandKind::Guard, "SELECT count(*) FROM " + quoted(name) + " WHERE next_not_cached_value NOT BETWEEN " + becomes.minimum + " AND " + becomes.maximum + " AND next_not_cached_value BETWEEN minimum_value AND maximum_value",
          "the next number of sequence `" + name + "` is not between " + becomes.minimum + " and " + becomes.maximum + "; give it one with setval() first"};
}

std::vector<Command> numbers_become(const std::string& name, const SequenceText& is, const SequenceText& becomes) {
  std::vector<Command> commands;
  if (is.minimum != becomes.minimum || is.maximum != becomes.maximum) commands.push_back(guard(name, becomes));
  commands.push_back({CommandKind::Statement, "ALTER SEQUENCE " + quoted(name) + " " + join(becomes.numbers, " "), {}});
  return commands;
}

bool has_comment(const SequenceText& text) { return text.options.find(" COMMENT=") != std::string::npos; }

std::vector<Command> options_become(const std::string& name, const SequenceText& is, const SequenceText& becomes) {
  const std::string none = has_comment(is) && !has_comment(becomes) ? " COMMENT=''" : "";
  return {{CommandKind::Statement, "ALTER TABLE " + quoted(name) + " " + becomes.options + none, {}}};
}

}  // namespace

std::vector<SequenceChange> sequence_changes(const Opaque& before, const Opaque& after) {
  const SequenceText is = read(before.definition);
  const SequenceText becomes = read(after.definition);
  const auto text_of = [&](const SequenceText& options) { return "CREATE SEQUENCE " + quoted(after.name) + " " + join(becomes.numbers, " ") + (options.options.empty() ? "" : " " + options.options); };
  std::vector<SequenceChange> changes;
  if (is.numbers != becomes.numbers) changes.push_back({to_instead_of(is.numbers, becomes.numbers), numbers_become(after.name, is, becomes), numbers_become(after.name, becomes, is), text_of(is)});
  if (is.options != becomes.options) changes.push_back({becomes.options + " instead of " + is.options, options_become(after.name, is, becomes), options_become(after.name, becomes, is), text_of(becomes)});
  return changes;
}

std::vector<Step> created_sequences(const diff::Changes& changes) {
  std::vector<Step> steps;
  for (const auto& [name, opaque] : changes.opaque_created) {
    Step& step = add_step(steps, StepSymbol::Create, opaque.kind + " `" + opaque.name + "`", "create");
    step.commands.push_back(statement(opaque.definition));
    step.effect.opaque.emplace(name, opaque);
    step.back = {BackKind::Loses, {statement("DROP SEQUENCE " + quoted(opaque.name))}, "the number that " + opaque.kind + " `" + opaque.name + "` has come to by then does not"};
  }
  return steps;
}

std::vector<Step> altered_sequences(const diff::Changes& changes) {
  std::vector<Step> steps;
  for (const auto& [name, pair] : changes.opaque_altered) {
    Opaque standing = pair.before;
    for (const SequenceChange& change : sequence_changes(pair.before, pair.after)) {
      Step& step = add_step(steps, StepSymbol::Change, "sequence `" + pair.after.name + "`: " + change.what, "alter", pair.after.name);
      step.commands = change.commands;
      standing.definition = change.definition;
      step.effect.opaque.emplace(name, standing);
      step.back = {BackKind::Exact, change.back, {}};
    }
  }
  return steps;
}

std::vector<Step> dropped_sequences(const diff::Changes& changes) {
  std::vector<Step> steps;
  for (const auto& [name, opaque] : changes.opaque_dropped) {
    Step& step = add_step(steps, StepSymbol::Drop, opaque.kind + " `" + opaque.name + "`", "drop", opaque.name);
    step.commands.push_back(statement("DROP SEQUENCE " + quoted(opaque.name)));
    step.risks.push_back({RiskKind::DropTable, "loses the number that " + opaque.kind + " `" + opaque.name + "` has come to", false, -1, {}});
    step.effect.opaque_dropped.emplace(name, opaque);
    step.back = {BackKind::Loses, {statement(opaque.definition)}, "the number that " + opaque.kind + " `" + opaque.name + "` had come to does not"};
  }
  return steps;
}

}  // namespace plumb::mariadb
