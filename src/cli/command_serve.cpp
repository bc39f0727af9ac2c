// cli/command_serve.cpp: plumb serve.
#include <cstdlib>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "desired/desired_state.hpp"
#include "serve/serve.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

constexpr std::chrono::seconds longest_wait_for_a_lock{1};

/// From a file or a variable, where other users of the machine do not see it.
std::string token_of(const Arguments& arguments) {
  const char* variable = std::getenv("PLUMB_SERVE_TOKEN");
  if (arguments.token_file.empty()) return variable == nullptr ? std::string() : std::string(variable);
  const std::string text = read_file(arguments.token_file);
  const std::string token(trim(text.substr(0, text.find('\n'))));
  if (token.empty()) throw UsageError("`" + arguments.token_file + "` holds no token; its first line is the token");
  return token;
}

/// SQL is run in a scratch database to be read: on a server, somebody must say on which.
void check_that_nothing_is_made(const Arguments& arguments, const db::Target& target) {
  if (arguments.to.empty() || !arguments.scratch.empty() || !dialect_for(target.engine).capabilities().needs_server) return;
  if (desired::kind_of(arguments.to) == desired::SourceKind::Sql) throw UsageError("serve makes nothing on the server of --db, and a description in SQL is read by running it: name another server by --scratch, or give a .plumb file");
}

serve::Settings settings_of(const Arguments& arguments, const db::Target& target, Description description) {
  const serve::Address address = serve::parse_address(arguments.listen);
  serve::Settings settings;
  settings.subject = {target, &dialect_for(target.engine), std::move(description), arguments.require, {}, arguments.backup_dir, allowed_of(arguments), version_text};
  if (!arguments.require.empty()) settings.subject.range = VersionRange::parse(arguments.require);
  settings.host = address.host;
  settings.port = address.port;
  settings.cache = arguments.cache;
  settings.validate_every = arguments.validate_every;
  settings.rate = arguments.rate;
  settings.token = token_of(arguments);
  settings.origins = arguments.origins;
  return settings;
}

}  // namespace

int command_serve(const Arguments& arguments) {
  Arguments impatient = arguments;
  impatient.lock_timeout = std::min(arguments.lock_timeout, longest_wait_for_a_lock);
  const db::Target target = target_of(impatient);
  check_that_nothing_is_made(arguments, target);
  auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const serve::Settings settings = settings_of(arguments, target, std::move(*description));
  if (!serve::is_loopback(settings.host) && settings.token.empty()) std::cerr << "warning: whoever reaches " << settings.host << " can read the schema and its history; --token-file asks for a token\n";
  serve::run(settings, [&](const std::string& url) {
    std::cout << url << std::endl;
    if (!arguments.quiet) std::cerr << "serving " << target.display_name() << "; Ctrl-C ends it\n";
  });
  return Ok;
}

}  // namespace plumb::cli
