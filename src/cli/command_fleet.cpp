// cli/command_fleet.cpp: plan, apply, deploy, resume, status and validate with --targets: the same for many databases.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "archive/scratch_folder.hpp"
#include "cli/commands.hpp"
#include "cli/fleet_plans.hpp"
#include "cli/fleet_report.hpp"
#include "cli/fleet_states.hpp"
#include "cli/fleet_words.hpp"
#include "cli/interrupts.hpp"
#include "cli/run_plan.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "fleet/child.hpp"
#include "fleet/roll_out.hpp"
#include "fleet/targets.hpp"
#include "plan/build.hpp"
#include "plan/document.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using fleet::Outcome;
using fleet::Result;

/// Plans are made for so many databases of a state, where rows are in the way of the first; then one that asks no rows.
constexpr std::size_t most_tried = 3;

Result failure(int exit_code, const std::string& message) { return {Outcome::Failed, exit_code == Ok ? static_cast<int>(ErrorExit) : exit_code, message, {}}; }
Result in_order() { return {Outcome::Nothing, Ok, {}, {}}; }

class Fleet {
 public:
  explicit Fleet(const Arguments& arguments) : arguments_(arguments), interrupts_(std::in_place), progress_(arguments), begin_(std::chrono::steady_clock::now()) {
    if (!arguments.journal.empty()) throw UsageError("--journal is one file for one run; it does not go with --targets");
    report_.verb = arguments.verb;
    report_.started_at = apply::now_utc();
    report_.members = fleet::read_targets(arguments.targets);
    report_.results.resize(report_.members.size());
  }

  int carry_out() {
    const std::string& verb = arguments_.verb;
    const int stopped = verb == "status" || verb == "validate" ? ask_all() : verb == "plan" ? plan_all() : verb == "resume" ? resume_all() : verb == "deploy" ? deploy_all() : apply_all();
    progress_.clear();
    report_.was_interrupted = interrupts_->came();
    report_.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin_);
    std::cout << (arguments_.json ? to_json(report_) : to_text(report_)) << std::flush;
    const bool changes = verb == "apply" || verb == "deploy" || verb == "resume";
    if (changes && !arguments_.log_dir.empty()) write_fleet_report(arguments_, report_);
    return stopped != Ok ? stopped : fleet::exit_code_of(report_.results);
  }

 private:
  using Work = std::function<Result(std::size_t member)>;

  std::size_t count() const { return report_.members.size(); }
  std::size_t failures() const {
    return static_cast<std::size_t>(std::count_if(report_.results.begin(), report_.results.end(), [](const Result& one) { return one.outcome == Outcome::Failed; }));
  }

  /// Looks and questions: of all, whatever fails.
  fleet::Order for_all() const {
    fleet::Order order;
    order.parallel = arguments_.parallel;
    order.ends = [this] { return interrupts_->came(); };
    return order;
  }

  fleet::ChildResult child(std::size_t member, const std::vector<std::string>& words, bool changes = true) const {
    const int enough = changes ? 2 : 1;  // the first Ctrl-C lets what changes a database come to its end
    return fleet::run_child(words, surroundings_of(arguments_, report_.members[member]), [this, enough] { return interrupts_->times() >= enough; });
  }

  void tell(std::size_t member, const Result& result) {
    report_.results[member] = result;
    if (result.outcome != Outcome::Failed || arguments_.quiet) return;
    progress_.clear();
    std::cerr << report_.members[member].name << ": " << result.message << "\n";
  }

  void work_on(const std::vector<std::size_t>& members, const fleet::Order& order, const std::string& what, const Work& work) {
    std::size_t done = 0;
    fleet::roll_out(members.size(), order, [&](std::size_t i) { return work(members[i]); }, [&](std::size_t i, const Result& result) {
      tell(members[i], result);
      ++done;
      if (progress_.is_live() || arguments_.verbose) progress_.show(done, members.size(), what, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin_));
    });
  }

  std::vector<std::size_t> all() const {
    std::vector<std::size_t> members(count());
    for (std::size_t i = 0; i < members.size(); ++i) members[i] = i;
    return members;
  }

  /// Whose schema something else has changed since the last deployment is nothing that nobody looks at.
  void leave_out_drifted() {
    if (arguments_.drifted) return;
    for (Group& group : report_.groups) {
      if (!group.look.is_drifted) continue;
      fail(group, failure(RefusedExit, "its schema is not as its last deployment left it; `plumb plan` shows what that means, `--drifted` goes on with it"));
      group.members.clear();
    }
  }

  // --- status and validate

  Result asked(std::size_t member, const std::vector<std::string>& words) const {
    const auto answer = child(member, words, false);
    const Json json = Json::parse(answer.out, nullptr, false);
    if (json.is_object() && answer.exit_code == InterruptedExit) return failure(InterruptedExit, status_in_words(answer.out) + ", a deployment is half done");
    if (!json.is_object() || (answer.exit_code != Ok && answer.exit_code != DifferenceExit)) return failure(answer.exit_code, reason_of(answer));
    if (arguments_.verb == "status") return {answer.exit_code == Ok && json.value("pending", Json::array()).empty() ? Outcome::Nothing : Outcome::Differs, answer.exit_code, status_in_words(answer.out), {}};
    return answer.exit_code == Ok ? in_order() : Result{Outcome::Differs, DifferenceExit, findings_in_words(answer.out), {}};
  }

  int ask_all() {
    auto words = words_of_call(arguments_);
    words.insert(words.end(), {"--json", "--quiet"});
    work_on(all(), for_all(), arguments_.verb, [&](std::size_t member) { return asked(member, words); });
    return Ok;
  }

  // --- plan

  void look_at_all() {
    report_.looks.resize(count());
    work_on(all(), for_all(), "look", [&](std::size_t member) {
      report_.looks[member] = look_at_member(arguments_, report_.members[member]);
      const Look& look = report_.looks[member];
      return look.problem.empty() ? Result{} : failure(look.exit_code, look.problem);
    });
    report_.groups = groups_of(report_.looks);
  }

  /// Tries to plan for the group by one of its databases. The refusal where the plan is blocked or there is none.
  std::optional<Result> plan_by(Group& group, std::size_t member, const std::string& file, std::vector<std::string> words) {
    words.insert(words.end(), {"--output=" + file});
    const auto planned = child(member, words, false);
    if (planned.exit_code != Ok && planned.exit_code != RefusedExit) return failure(planned.exit_code, reason_of(planned));
    const auto read = plan::read_plan(read_file(file));
    const auto* plan = std::get_if<plan::Plan>(&read);
    if (plan == nullptr) return failure(ErrorExit, reason_of(planned));
    group.plan = *plan;
    group.file = file;
    if (!plan->blocked.empty()) return failure(RefusedExit, plan->blocked.front().text);
    return std::nullopt;
  }

  void fail(const Group& group, const Result& result) {
    const std::lock_guard lock(mutex_);
    for (const std::size_t member : group.members) tell(member, result);
  }

  void plan_group(Group& group, const std::string& folder) {
    const std::string file = (fs::path(folder) / (group.name() + ".md")).string();
    const auto words = words_to_plan(arguments_);
    for (std::size_t tries = 0; tries < most_tried && !group.members.empty(); ++tries) {
      const std::size_t first = group.members.front();
      const auto refused = plan_by(group, first, file, words);
      if (!refused) return;
      const bool others_may_pass = !group.plan || is_blocked_by_rows_alone(*group.plan);
      if (!others_may_pass) {
        fail(group, *refused);
        group.members.clear();
        return;
      }
      const std::lock_guard lock(mutex_);
      tell(first, *refused);
      group.members.erase(group.members.begin());
      group.plan.reset();
    }
    if (group.members.empty()) return;
    auto asks_no_rows = words;
    if (std::find(words.begin(), words.end(), "--no-probe") == words.end()) asks_no_rows.emplace_back("--no-probe");
    if (const auto refused = plan_by(group, group.members.front(), file, asks_no_rows)) {
      fail(group, *refused);
      group.members.clear();
    }
  }

  void plan_groups(const std::string& folder) {
    fleet::roll_out(report_.groups.size(), for_all(), [&](std::size_t i) {
      plan_group(report_.groups[i], folder);
      return Result{};
    }, [this](std::size_t i, const Result& result) {
      if (result.outcome != Outcome::Failed) return;  // what went wrong otherwise is told already
      fail(report_.groups[i], result);
      report_.groups[i].members.clear();
    });
    settle_those_in_order();
  }

  void settle_those_in_order() {
    for (const Group& group : report_.groups) {
      for (const std::size_t member : group.members) {
        if (group.is_in_order()) report_.results[member] = in_order();
      }
    }
  }

  void show_plans() {
    progress_.clear();
    if (arguments_.json || arguments_.quiet) return;
    for (const Group& group : report_.groups) {
      if (group.members.empty() || !group.plan || group.is_in_order()) continue;
      const std::string drift = group.look.is_drifted ? ", which is not as the last deployment left it" : "";
      std::cout << "== " << counted(group.members.size(), "database") << " in the state " << group.name() << drift << ", as " << report_.members[group.members.front()].name << "\n"
                << plan::to_text(*group.plan, color_on_stdout(arguments_)) << "\n";
    }
    std::cout << std::flush;
  }

  int plan_all() {
    if (arguments_.output == "-" || !arguments_.format.empty()) throw UsageError("with --targets plans are written as Markdown into the folder of -o, one for each state that is found");
    std::optional<archive::ScratchFolder> temporary;
    if (arguments_.output.empty()) temporary.emplace();
    else make_folders(arguments_.output);
    look_at_all();
    plan_groups(temporary ? temporary->path() : arguments_.output);
    show_plans();
    for (const Group& group : report_.groups) {
      if (group.is_in_order() || !group.plan) continue;
      const std::string where = temporary ? std::string() : " (" + group.file + ")";
      for (const std::size_t member : group.members) report_.results[member] = {Outcome::Differs, arguments_.exit_code ? DifferenceExit : Ok, plan::summary(*group.plan) + where, {}};
    }
    return Ok;
  }

  // --- apply

  void take_reviewed_plans() {
    const auto plans = reviewed_plans(arguments_.paths);
    for (Group& group : report_.groups) {
      const Look& look = group.look;
      const auto begins_here = [&](const ReviewedPlan& one) { return one.plan.engine == look.engine && one.plan.from == look.fingerprint && one.plan.version_from == look.version; };
      const auto ends_here = [&](const ReviewedPlan& one) { return one.plan.engine == look.engine && one.plan.to == look.fingerprint && one.plan.version_to == look.version; };
      if (std::any_of(plans.begin(), plans.end(), ends_here)) {
        for (const std::size_t member : group.members) report_.results[member] = in_order();
        continue;
      }
      auto found = std::find_if(plans.begin(), plans.end(), [&](const ReviewedPlan& one) { return begins_here(one) && fs::path(one.file).stem() == group.name(); });
      if (found == plans.end()) found = std::find_if(plans.begin(), plans.end(), begins_here);
      if (found == plans.end()) {
        fail(group, failure(StaleExit, "none of the plans was made for its state (" + group.name() + ", version " + (look.version.empty() ? std::string("none") : look.version) + ")"));
        continue;
      }
      group.plan = found->plan;
      group.file = found->file;
    }
  }

  /// So many of each state, then all others in the order of the list.
  std::vector<std::size_t> canaries_first(const std::vector<std::size_t>& waiting, std::size_t& canaries) const {
    std::set<std::size_t> left(waiting.begin(), waiting.end());
    std::vector<std::size_t> order;
    for (const Group& group : report_.groups) {
      std::size_t taken = 0;
      for (const std::size_t member : group.members) {
        if (taken == arguments_.canary) break;
        if (left.erase(member) == 0) continue;
        order.push_back(member);
        ++taken;
      }
    }
    canaries = order.size();
    order.insert(order.end(), left.begin(), left.end());
    return order;
  }

  /// Ctrl-C at the question ends the program.
  bool agreed(const std::string& question) {
    interrupts_.reset();
    progress_.clear();
    const bool answer = confirmed(arguments_, question);
    interrupts_.emplace();
    return answer;
  }

  /// Asks, and runs `work` for those that wait. Gives the exit code when nothing was run.
  int roll_out_to(const std::vector<std::size_t>& waiting, const Work& work) {
    if (interrupts_->came() || waiting.empty()) return Ok;
    if (failures() > arguments_.max_failures) {
      if (!arguments_.quiet) std::cerr << "plumb: " << counted(failures(), "database") << " cannot be brought there, and --max-failures is " << arguments_.max_failures << "; nothing was run\n";
      return Ok;
    }
    if (arguments_.paths.empty() && !agreed("Apply to " + counted(waiting.size(), "database") + "? Only `yes` applies: ")) {
      std::cerr << "not applied\n";
      return RefusedExit;
    }
    fleet::Order order = for_all();
    const auto members = canaries_first(waiting, order.canaries);
    order.most_failures = arguments_.max_failures - failures();
    work_on(members, order, arguments_.verb, work);
    return Ok;
  }

  Result applied(std::size_t member, const Group& group) const {
    auto words = words_of_call(arguments_);
    words.emplace_back("--quiet");
    auto planned = words;
    planned.insert(planned.begin() + 1, group.file);
    auto result = child(member, planned);
    const bool may_plan_anew = arguments_.yes && arguments_.paths.empty() && (result.exit_code == RefusedExit || result.exit_code == StaleExit);
    if (!may_plan_anew) return result.exit_code == Ok ? Result{Outcome::Done, Ok, {}, {}} : failure(result.exit_code, reason_of(result));
    words.emplace_back("--yes");
    result = child(member, words);
    return result.exit_code == Ok ? Result{Outcome::Done, Ok, "by a plan of its own, because its rows ask for one", {}} : failure(result.exit_code, reason_of(result));
  }

  int apply_all() {
    if (arguments_.policy && arguments_.policy->review && arguments_.paths.empty() && !arguments_.dry_run) {
      std::cerr << "plumb: the policy `" << arguments_.policy->name << "` wants plans to be reviewed: write them down with `plumb plan --targets FILE -o FOLDER`, then `plumb apply FOLDER --targets FILE`; nothing was run\n";
      return RefusedExit;
    }
    const archive::ScratchFolder folder;
    look_at_all();
    if (arguments_.paths.empty()) {
      leave_out_drifted();
      plan_groups(folder.path());
    } else {
      take_reviewed_plans();
    }
    show_plans();
    if (arguments_.dry_run) return Ok;
    std::map<std::size_t, const Group*> groups;
    std::vector<std::size_t> waiting;
    for (const Group& group : report_.groups) {
      for (const std::size_t member : group.members) {
        if (group.plan && !group.is_in_order() && report_.results[member].outcome == Outcome::NotBegun) groups[member] = &group;
      }
    }
    for (const auto& [member, group] : groups) waiting.push_back(member);
    return roll_out_to(waiting, [&](std::size_t member) { return applied(member, *groups.at(member)); });
  }

  // --- deploy and resume

  /// Whether it has what the last package brings, rows included.
  bool has_everything(std::size_t member) const {
    auto words = words_to_plan(arguments_);
    words.insert(words.end(), {"--to=" + arguments_.paths.back(), "--no-rehearsal", "--exit-code", "--quiet", "--json"});
    return child(member, words, false).exit_code == Ok;
  }

  Result deployed(std::size_t member) const {
    if (has_everything(member)) return in_order();
    auto words = words_of_call(arguments_);
    words.insert(words.begin() + 1, arguments_.paths.begin(), arguments_.paths.end());
    words.insert(words.end(), {"--yes", "--quiet"});
    const auto result = child(member, words);
    if (result.exit_code == Ok && arguments_.dry_run) return {Outcome::Differs, Ok, "to be deployed", {}};
    return result.exit_code == Ok ? Result{Outcome::Done, Ok, {}, {}} : failure(result.exit_code, reason_of(result));
  }

  int deploy_all() {
    if (!arguments_.yes && !stdin_is_terminal() && !arguments_.dry_run) throw UsageError("there is nobody to ask; say --yes to go on without a question");
    look_at_all();
    leave_out_drifted();
    std::vector<std::size_t> waiting;
    for (std::size_t member = 0; member < count(); ++member) {
      if (report_.results[member].outcome == Outcome::NotBegun) waiting.push_back(member);
    }
    if (!arguments_.dry_run && !agreed("Deploy " + join(arguments_.paths, ", ") + " to " + counted(waiting.size(), "database") + "? Only `yes` deploys: ")) {
      std::cerr << "not deployed\n";
      return RefusedExit;
    }
    return roll_out_to(waiting, [&](std::size_t member) { return deployed(member); });
  }

  int resume_all() {
    report_.looks.resize(count());
    std::vector<std::size_t> waiting;
    work_on(all(), for_all(), "look", [&](std::size_t member) {
      const Look look = look_at_member(arguments_, report_.members[member]);
      if (look.exit_code == InterruptedExit) return Result{};
      return look.problem.empty() ? in_order() : failure(look.exit_code, look.problem);
    });
    for (std::size_t member = 0; member < count(); ++member) {
      if (report_.results[member].outcome == Outcome::NotBegun) waiting.push_back(member);
    }
    auto words = words_of_call(arguments_);
    words.emplace_back("--quiet");
    fleet::Order order = for_all();
    order.most_failures = arguments_.max_failures;
    work_on(waiting, order, "resume", [&](std::size_t member) {
      const auto result = child(member, words);
      return result.exit_code == Ok ? Result{Outcome::Done, Ok, {}, {}} : failure(result.exit_code, reason_of(result));
    });
    return Ok;
  }

  const Arguments& arguments_;
  std::optional<Interrupts> interrupts_;
  ProgressLine progress_;
  std::chrono::steady_clock::time_point begin_;
  FleetReport report_;
  std::mutex mutex_;
};

}  // namespace

int command_fleet(const Arguments& arguments) { return Fleet(arguments).carry_out(); }

}  // namespace plumb::cli
