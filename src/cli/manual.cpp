#include "cli/manual.hpp"

#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// Text that troff prints as it is (man7.org/linux/man-pages/man7/groff_char.7.html): no request at the beginning of a line, no hyphen for a minus.
std::string plain(std::string_view text) {
  std::string escaped = replace_all(replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  escaped = replace_all(replace_all(escaped, "…", "..."), "`", "\\(ga");
  if (escaped.starts_with('.') || escaped.starts_with('\'')) escaped.insert(0, "\\&");
  return escaped;
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

std::string page_name(const Command& command) { return command.path.empty() ? "plumb" : "plumb-" + join(command.path, "-"); }

std::string reference(const Command& command) { return "\\fB" + plain(page_name(command)) + "\\fR(1)"; }

std::string operands_of(const Command& command) {
  std::string text;
  for (const Operand& operand : command.operands) {
    const std::string name = italic(to_upper(operand.name)) + (operand.several ? "..." : "");
    text += " " + (operand.required ? name : "[" + name + "]");
  }
  return text;
}

std::string synopsis(const Command& command) {
  std::string text = ".SH SYNOPSIS\n" + bold("plumb" + (command.path.empty() ? "" : " " + join(command.path, " "))) + " [" + italic("options") + "]" + operands_of(command) + "\n";
  if (!command.commands.empty()) text += ".br\n" + bold("plumb" + (command.path.empty() ? "" : " " + join(command.path, " "))) + " " + italic("VERB") + " ...\n";
  return text;
}

std::string options_of(const Command& command) {
  if (command.options.empty()) return {};
  std::string text = ".SH OPTIONS\n";
  for (const CommandOption& option : command.options) {
    std::vector<std::string> names;
    for (const std::string& name : option.names) names.push_back(bold(name));
    const std::string value = option.value.empty() ? "" : " " + italic(option.value);
    text += ".TP\n" + join(names, ", ") + value + "\n" + plain(option.text);
    if (!option.choices.empty()) text += " (" + plain(join(option.choices, ", ")) + ")";
    text += "\n";
  }
  return text;
}

std::string verbs_of(const Command& command) {
  if (command.commands.empty()) return {};
  std::string text = ".SH VERBS\n";
  for (const Command& sub : command.commands) text += ".TP\n" + reference(sub) + "\n" + plain(sub.text) + "\n";
  return text;
}

constexpr std::string_view of_plumb_itself = R"(.SH EXIT STATUS
.TP
0
done, or no difference
.TP
1
an error: bad input, a failed statement, a database that cannot be reached
.TP
2
differences were found
.TP
3
refused: a plan would lose data, or a rule of the policy forbids it
.TP
4
stale: the database is no longer the one that the plan was made for
.TP
5
locked: somebody else holds what is needed
.TP
6
interrupted: a deployment was cut off; resume or rollback comes first
.TP
64
the command line was not understood
.SH ENVIRONMENT
Every setting may also stand in a variable: \fBPLUMB_DB\fR for \-\-db, \fBPLUMB_TO\fR for \-\-to, and so on. \fBPLUMB_PASSWORD\fR holds the password that the URL of a database leaves out; it is never shown or written.
.SH FILES
.TP
\fIplumb.toml\fR
settings, environments, policy, lint levels and hooks; read from the current folder
)";

std::string page(const Command& command, const Command* parent, const std::string& source) {
  std::string text = ".TH " + to_upper(plain(page_name(command))) + " 1 " + source + " \"plumb\"\n.SH NAME\n" + plain(page_name(command)) + " \\- " + plain(command.text) + "\n" + synopsis(command);
  if (!command.operands.empty()) {
    text += ".SH OPERANDS\n";
    for (const Operand& operand : command.operands) text += ".TP\n" + italic(to_upper(operand.name)) + "\n" + plain(operand.text) + "\n";
  }
  text += verbs_of(command) + options_of(command);
  if (command.path.empty()) text += of_plumb_itself;
  if (parent != nullptr) text += ".SH SEE ALSO\n" + reference(*parent) + "\n";
  return text;
}

void add_pages(const Command& command, const Command* parent, const std::string& source, std::map<std::string, std::string>& pages) {
  pages[page_name(command) + ".1"] = page(command, parent, source);
  for (const Command& sub : command.commands) add_pages(sub, &command, source, pages);
}

}  // namespace

std::map<std::string, std::string> manual_pages(const Command& command, const std::string& version, const std::string& date) {
  std::map<std::string, std::string> pages;
  add_pages(command, nullptr, date + " \"plumb " + version + "\"", pages);
  return pages;
}

}  // namespace plumb::cli
