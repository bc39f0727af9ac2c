// plan/plan_sarif.cpp: a plan's risks, refusals and notices for code scanning, at the lines of the description.
#include <algorithm>
#include <array>

#include "plan/build.hpp"
#include "plan/document.hpp"
#include "plan/wording.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

struct KnownRule {
  std::string_view id;
  Severity level;
  std::string_view summary;
  std::string_view help;
};

/// The codes of refusals and the words of risks and notices, as in the plan's JSON.
constexpr std::array known_rules{
    KnownRule{"drop-table", Severity::Warning, "A table and its rows go.", "Declared with `drop table`, or permitted with `--allow drop-table`."},
    KnownRule{"drop-column", Severity::Warning, "A column and its values go.", "Declared with `drop column`, or permitted with `--allow drop-column`."},
    KnownRule{"drop-view", Severity::Warning, "A view goes.", "Declared with `drop view`, or permitted with `--allow drop-view`."},
    KnownRule{"narrow", Severity::Warning, "Values may change in the new type of their column.", "Look at the question's answer; `--allow narrow` permits it."},
    KnownRule{"rebuild-opaque", Severity::Warning, "A table is written anew and loses what no description can say.", "Only `--allow rebuild-opaque` permits it."},
    KnownRule{"data-in-the-way", Severity::Error, "Rows that stand make a step impossible.", "Clean them, or say in the description what they get: `backfill (…)`."},
    KnownRule{"needs-permission", Severity::Error, "A step loses something, and nobody has permitted that.", "Declare it in the description, or permit it with `--allow`."},
    KnownRule{"opaque-object", Severity::Error, "A step would lose what no description can say.", "Leave the table as it is, or permit it with `--allow rebuild-opaque`."},
    KnownRule{"policy", Severity::Error, "The policy of the environment refuses a step.", "docs/policy.md."},
    KnownRule{"hint-used", Severity::Note, "An earlier name was found and is used.", {}},
    KnownRule{"hint-applied", Severity::Note, "What an earlier name was written for has its new name already.", {}},
    KnownRule{"hint-unused", Severity::Warning, "Neither an earlier name nor the new one was found.", "Misspelled, perhaps."},
    KnownRule{"did-you-mean", Severity::Warning, "Something vanishes while something like it appears.", "Say `was` if it is a rename, `drop …` if it is none."},
    KnownRule{"undeclared", Severity::Note, "Something in the database is not declared and is left alone.", "Declare it, or drop it with `drop …`."},
    KnownRule{"opaque", Severity::Note, "Something in the database cannot be described and is left alone.", {}},
    KnownRule{"not-carried-out", Severity::Warning, "Something that is declared is not made.", {}},
};

std::string_view id_of(diff::NoticeKind kind) {
  switch (kind) {
    case diff::NoticeKind::HintUsed: return "hint-used";
    case diff::NoticeKind::HintApplied: return "hint-applied";
    case diff::NoticeKind::HintUnused: return "hint-unused";
    case diff::NoticeKind::DidYouMean: return "did-you-mean";
    case diff::NoticeKind::Undeclared: return "undeclared";
    case diff::NoticeKind::Opaque: return "opaque";
    case diff::NoticeKind::NotCarriedOut: return "not-carried-out";
  }
  return {};
}

class Writer {
 public:
  Writer(const Plan& plan, const std::string& file) : plan_(plan), file_(file) {}

  sarif::Log run() {
    for (const KnownRule& rule : known_rules) log_.rules.push_back({std::string(rule.id), rule.level, std::string(rule.summary), {}, std::string(rule.help)});
    for (const auto& refusal : plan_.blocked) add(refusal.code, Severity::Error, refusal.text, refusal.origin);
    std::size_t number = 0;
    for (const Step& step : plan_.steps) {
      ++number;
      for (const Risk& risk : step.risks) add_risk(step, risk, number);
    }
    for (const auto& notice : plan_.notices) {
      const std::string id(id_of(notice.kind));
      add(id, level_of(id), notice_in_words(notice), notice.origin);
    }
    return std::move(log_);
  }

 private:
  Severity level_of(const std::string& id) const {
    const auto known = std::find_if(log_.rules.begin(), log_.rules.end(), [&](const sarif::Rule& rule) { return rule.id == id; });
    return known == log_.rules.end() ? Severity::Warning : known->level;
  }

  /// What the rows have shown to be none, and what nobody permits (told among the refusals), is left out.
  void add_risk(const Step& step, const Risk& risk, std::size_t number) {
    const Question* decides = risk.decided_by >= 0 ? &step.questions.at(static_cast<std::size_t>(risk.decided_by)) : nullptr;
    const bool harmless = decides != nullptr && decides->answer && *decides->answer == 0;
    if (harmless || (!risk.declared && !permits(plan_.allowed, risk.kind))) return;
    const std::string how_much = decides != nullptr && decides->answer ? " (" + grouped(*decides->answer) + ")" : std::string();
    add(std::string(risk_word(risk.kind)), Severity::Warning, "step " + std::to_string(number) + " " + risk.text + how_much, risk.origin);
  }

  void add(const std::string& id, Severity level, const std::string& text, const Origin& origin) {
    const bool known = std::any_of(log_.rules.begin(), log_.rules.end(), [&](const sarif::Rule& rule) { return rule.id == id; });
    if (!known) log_.rules.push_back({id, level, "A plan cannot be made, or would not keep its promise.", {}, {}});
    const bool has_place = !origin.file.empty();
    log_.results.push_back({id, level, text, sarif::Place{has_place ? origin.file : file_, has_place ? origin.line : 1, 0, 0}});
  }

  const Plan& plan_;
  const std::string& file_;
  sarif::Log log_;
};

}  // namespace

sarif::Log to_sarif(const Plan& plan, const std::string& file) { return Writer(plan, file).run(); }

}  // namespace plumb::plan
