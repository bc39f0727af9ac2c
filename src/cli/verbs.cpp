#include "cli/verbs.hpp"

#include <functional>

#include <CLI/CLI.hpp>

#include "plan/build.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// The options that many verbs share.
class Options {
 public:
  explicit Options(Raw& raw) : raw_(raw) {}

  void common(CLI::App& app) {
    app.add_option("--config", raw_.arguments.config, "settings file (default: plumb.toml, where there is one)")->type_name("FILE");
    app.add_option("--env", raw_.arguments.env, "environment of the settings file: [env.NAME]")->type_name("NAME");
    app.add_option("--color", raw_.color, "auto, always or never")->type_name("WHEN");
    app.add_flag("--json", raw_.arguments.json, "one JSON document on stdout");
    app.add_flag("-q,--quiet", raw_.arguments.quiet, "only results and errors");
    app.add_flag("-v,--verbose", raw_.arguments.verbose, "say more");
    app.add_flag("--no-progress", raw_.arguments.no_progress, "no progress line");
  }
  void db(CLI::App& app) {
    app.add_option("--db", raw_.arguments.db, "the database: sqlite:FILE or mariadb://user@host:port/name?socket=…")->type_name("URL");
    app.add_option("--lock-timeout", raw_.lock_timeout, "how long to wait for a lock (default: 10s)")->type_name("TIME");
  }
  void to(CLI::App& app) {
    app.add_option("--to", raw_.arguments.to, "the desired state: a .plumb file, an .sql file, a folder of these, or another database")->type_name("PATH");
    packages(app);
    scratch(app);
  }
  void packages(CLI::App& app) {
    app.add_option("--packages", raw_.packages, "a part of the description alone: core, setup..core, ..core or core..")->type_name("RANGE");
  }
  void scratch(CLI::App& app) {
    app.add_option("--scratch", raw_.arguments.scratch, "the server on which SQL for MariaDB is run in a scratch database (default: the one of --db)")->type_name("URL");
  }
  void reading(CLI::App& app) {
    app.add_flag("--strict-order", raw_.arguments.strict_order, "columns in another order are a difference");
    definers(app);
  }
  void definers(CLI::App& app) { app.add_flag("--strip-definers", raw_.arguments.strip_definers, "pass over whose views and triggers are (DEFINER): those that stand keep theirs, new ones get the user who makes them"); }
  void rename(CLI::App& app) {
    app.add_option("--rename", raw_.arguments.renames, "an earlier name: OLD=NEW of a table, TABLE.OLD=NEW of a column; may be given several times")->type_name("OLD=NEW")->allow_extra_args(false);
  }
  void output(CLI::App& app, const std::string& text) { app.add_option("-o,--output", raw_.arguments.output, text)->type_name("FILE"); }
  void format(CLI::App& app, const std::string& text) { app.add_option("--format", raw_.arguments.format, text)->type_name("FORMAT"); }
  void allow(CLI::App& app) {
    app.add_option("--allow", raw_.allow, "destructive kinds to permit: " + join(plan::allow_words(), ", "))->type_name("KIND,…");
    app.add_flag("--no-attic", raw_.arguments.no_attic, "lose what is dropped or narrowed, instead of keeping it aside for rollback");
    app.add_option("--rehearse", raw_.arguments.rehearse, "try the plan out on the schema alone (default), or on a copy of the tables it touches with all rows, and say how long each step took")
        ->type_name("schema|data")->check(CLI::IsMember({"schema", "data"}));
    app.add_flag("--no-rehearsal", raw_.arguments.no_rehearsal, "do not try the plan out on a scratch database");
    app.add_option("--phase", raw_.arguments.phase, "expand: only what the application made for the old schema does not notice; contract: the rest (default: all)")->type_name("PART");
    app.add_option("--largest-rebuild", raw_.arguments.largest_rebuild, "larger tables are written anew only with --allow slow or an --alter-wrapper: 1000000 rows, 500MB, 20GB")->type_name("SIZE");
    app.add_option("--alter-wrapper", raw_.arguments.alter_wrapper, "the program that changes tables larger than --largest-rebuild, with {table} and {alter} among its words")->type_name("COMMAND");
    app.add_flag("--no-algorithm", raw_.arguments.no_algorithm, "do not try on empty tables how the server runs each statement, and write no ALGORITHM and LOCK into it");
    app.add_flag("--no-probe", raw_.arguments.no_probe, "do not ask the rows while planning; the guards ask when the plan runs");
    app.add_flag("--no-examples", raw_.arguments.no_examples, "count the rows in the way, and name none: no values of rows in plans and messages");
    app.add_option("--probe-timeout", raw_.probe_timeout, "how long one query of the rows may take while planning; 0: as long as it takes (default: 60s)")->type_name("TIME");
  }
  void sync(CLI::App& app) {
    app.add_option("--mode", raw_.arguments.mode, "init, append, upsert or mirror, instead of what the description says for each table")
        ->type_name("MODE")->check(CLI::IsMember({"init", "append", "upsert", "mirror"}));
    app.add_option("--on-conflict", raw_.arguments.on_conflict, "rows changed here and there since the last sync: stop (default), theirs (the package's) or ours (the database's)")
        ->type_name("WHAT")->check(CLI::IsMember({"stop", "theirs", "ours"}));
    app.add_option("--own-changes", raw_.arguments.own_changes, "rows that only this database has changed since the last sync: keep (default) or overwrite")
        ->type_name("WHAT")->check(CLI::IsMember({"keep", "overwrite"}));
    app.add_option("--most-lost", raw_.arguments.most_lost, "how many rows of a hundred a table may lose (default: 50)")->type_name("PERCENT")->check(CLI::Range(0U, 100U));
  }
  void data(CLI::App& app) {
    app.add_option("--data", raw_.arguments.data, "a package of master data, a folder or a .tar.zst, that is brought after the schema")->type_name("PACKAGE");
    sync(app);
  }
  void targets(CLI::App& app, bool changes) {
    app.add_option("--targets", raw_.arguments.targets, "every database of this list, one a line, instead of --db")->type_name("FILE");
    app.add_option("--parallel", raw_.arguments.parallel, "so many databases of --targets at a time (default: 4)")->type_name("N")->check(CLI::Range(1, 1000));
    if (!changes) return;
    app.add_option("--canary", raw_.arguments.canary, "so many databases of --targets in each state first, one after the other; when one fails the others are left alone (default: 1)")->type_name("N");
    app.add_flag("--drifted", raw_.arguments.drifted, "also databases of --targets that something else has changed since their last deployment");
    app.add_option("--max-failures", raw_.arguments.max_failures, "begin no further database of --targets once more than so many have failed (default: 0)")->type_name("N");
  }
  void journal(CLI::App& app) { app.add_option("--journal", raw_.arguments.journal, "append what is run, before and after each statement, to this file (JSON Lines)")->type_name("FILE"); }
  void log_dir(CLI::App& app) { app.add_option("--log-dir", raw_.arguments.log_dir, "write a log and a report of the run into this folder")->type_name("FOLDER"); }
  void backup_dir(CLI::App& app) { app.add_option("--backup-dir", raw_.backup_dir, "the folder of the backups (default: backups)")->type_name("DIR"); }
  void yes(CLI::App& app) { app.add_flag("-y,--yes", raw_.arguments.yes, "answer yes"); }
  void paths(CLI::App& app, const std::string& name, const std::string& text, bool required) {
    auto* option = app.add_option(name, raw_.arguments.paths, text)->type_name("");
    if (required) option->required();
  }

 private:
  Raw& raw_;
};

using DefineVerb = std::function<CLI::App&(CLI::App& parent, const std::string& name, const std::string& text, const std::string& full)>;

CLI::App& define_backup_group(CLI::App& app) {
  CLI::App* backup = app.add_subcommand("backup", "backups: make, list, verify, prune");
  backup->require_subcommand(0, 1);
  return *backup;
}

void define_backups(CLI::App& app, Raw& raw, const DefineVerb& verb) {
  Options options(raw);
  Arguments& arguments = raw.arguments;
  CLI::App& backup = define_backup_group(app);
  CLI::App& create = verb(backup, "create", "a backup of the database, in one compressed file", "backup create");
  options.db(create);
  options.output(create, "write into this file, which must not exist (default: a new one in the folder of the backups)");
  options.backup_dir(create);
  options.format(create, "native (default), or json: a description and every row as JSON, which can be restored on the other engine too");
  CLI::App& list = verb(backup, "list", "the backups of the folder, the newest first", "backup list");
  options.backup_dir(list);
  CLI::App& verify = verb(backup, "verify", "restore a backup into a scratch database and compare", "backup verify");
  options.db(verify);
  options.scratch(verify);
  options.paths(verify, "file", "the backup", true);
  CLI::App& prune = verb(backup, "prune", "remove old backups; the last good one of each database always stays", "backup prune");
  options.backup_dir(prune);
  prune.add_option("--keep-days", arguments.keep_days, "those younger than that stay (default: 30, unless --keep is given)")->type_name("DAYS");
  prune.add_option("--keep", arguments.keep, "so many of each database stay, whatever their age")->type_name("N");
  prune.add_flag("--dry-run", arguments.dry_run, "list them only");
  options.yes(prune);
  CLI::App& restore = verb(app, "restore", "put the content of a backup into an empty database, or into a new one", "restore");
  options.db(restore);
  restore.add_flag("--replace", arguments.replace, "also where something stands in the database; a backup of that is made before");
  restore.add_flag("--no-backup", arguments.no_backup, "replace without that backup");
  options.backup_dir(restore);
  options.yes(restore);
  options.paths(restore, "file", "the backup", true);
}

void define_deployments(CLI::App& app, Raw& raw, const DefineVerb& verb) {
  Options options(raw);
  Arguments& arguments = raw.arguments;
  CLI::App& package = verb(app, "package", "everything that a deployment needs, in one file: description, master data, hooks, reviewed plans", "package");
  package.require_subcommand(0, 1);
  options.to(package);
  options.db(package);
  package.add_option("--data", arguments.data, "master data: an exported folder or .tar.zst (default: the rows of --db, where the description has master tables)")->type_name("PACKAGE");
  package.add_option("--hooks", arguments.hooks_folder, "programs called before-apply, health and so on")->type_name("FOLDER");
  package.add_option("--plan", arguments.plans, "a reviewed plan that deploy runs and no other; one for each engine")->type_name("FILE")->allow_extra_args(false);
  options.output(package, "the file, or the folder that gets it (default: SCHEMA_VERSION.tar.zst here); .tar.zst or .tar.gz");
  CLI::App& verified = verb(package, "verify", "is the package whole, and does all in it fit together?", "package verify");
  options.paths(verified, "package", "the file", true);
  CLI::App& shown = verb(package, "show", "what is in the package", "package show");
  options.paths(shown, "package", "the file", true);

  CLI::App& preflight = verb(app, "preflight", "the checklist before a deployment: connection, rights, room, locks, versions", "preflight");
  options.db(preflight);
  options.paths(preflight, "package", "what is to be deployed", false);

  CLI::App& deploy = verb(app, "deploy", "bring packages to a database, one after the other: preflight, backup, plan, apply, master data, validate, hooks, report", "deploy");
  options.db(deploy);
  options.allow(deploy);
  options.reading(deploy);
  options.yes(deploy);
  options.log_dir(deploy);
  options.journal(deploy);
  options.backup_dir(deploy);
  deploy.add_option("--plan", arguments.plans, "the reviewed plan; exactly it is run, or nothing")->type_name("FILE");
  deploy.add_option("--on-failure", arguments.on_failure, "rollback (default): what a failed deployment has done is undone; stop: it stays as it is")->type_name("WHAT")->check(CLI::IsMember({"rollback", "stop"}));
  deploy.add_flag("--backup", arguments.part_backup, "only the backup, and the other parts that are named");
  deploy.add_flag("--migrate", arguments.part_migrate, "only the schema, and the other parts that are named");
  deploy.add_flag("--data", arguments.part_data, "only the master data, and the other parts that are named");
  deploy.add_flag("--validate", arguments.part_validate, "only the check, and the other parts that are named");
  deploy.add_flag("--no-backup", arguments.no_backup, "everything else");
  deploy.add_flag("--no-hooks", arguments.no_hooks, "run no hooks, of plumb.toml or of the package");
  deploy.add_flag("--dry-run", arguments.dry_run, "checklist and plan only");
  options.targets(deploy, true);
  options.packages(deploy);
  options.paths(deploy, "files", "in the order of their versions", true);

  CLI::App& install = verb(app, "install", "a new installation in an empty database: schema, master data, first rows", "install");
  options.db(install);
  options.packages(install);
  options.yes(install);
  options.log_dir(install);
  install.add_flag("--no-hooks", arguments.no_hooks, "run no hooks, of plumb.toml or of the package");
  install.add_flag("--dry-run", arguments.dry_run, "checklist and plan only");
  options.paths(install, "package", "the file", true);

  CLI::App& versions = verb(app, "versions", "which versions the packages bring, and where a database stands among them", "versions");
  options.db(versions);
  options.paths(versions, "packages", "the files", true);
}

void define_serve(CLI::App& app, Raw& raw, const DefineVerb& verb) {
  Options options(raw);
  Arguments& arguments = raw.arguments;
  CLI::App& serve = verb(app, "serve", "health, version, metrics and a status page over HTTP; reads only", {});
  options.db(serve);
  options.to(serve);
  options.reading(serve);
  options.backup_dir(serve);
  serve.add_option("--listen", arguments.listen, "where to listen; port 0 is a free one (default: 127.0.0.1:8182)")->type_name("ADDRESS:PORT");
  serve.add_option("--require", arguments.require, "the versions that applications need: 0.5.0, >=0.4,<0.6 (default: the description's version)")->type_name("VERSION");
  serve.add_option("--cache", raw.cache, "the database is asked for its state at most once in that time (default: 5s)")->type_name("TIME");
  serve.add_option("--validate-every", raw.validate_every, "its rows are validated at most once in that time; 0: never (default: 15m)")->type_name("TIME");
  serve.add_option("--rate", arguments.rate, "requests a second that one client may make; 0: no limit (default: 50)")->type_name("N")->check(CLI::Range(0.0, 1e9));
  serve.add_option("--token-file", arguments.token_file, "ask every request for the bearer token that stands in this file; PLUMB_SERVE_TOKEN holds one too")->type_name("FILE");
  serve.add_option("--origin", arguments.origins, "an application whose pages may read the health: https://app.example.org; may be given several times")->type_name("ORIGIN")->allow_extra_args(false);
}

}  // namespace

void define(CLI::App& app, Raw& raw, std::map<const CLI::App*, std::string>& verbs) {
  Options options(raw);
  Arguments& arguments = raw.arguments;
  const auto verb = [&](CLI::App& parent, const std::string& name, const std::string& text, const std::string& full = {}) -> CLI::App& {
    CLI::App* sub = parent.add_subcommand(name, text);
    verbs[sub] = full.empty() ? name : full;
    options.common(*sub);
    return *sub;
  };

  CLI::App& init = verb(app, "init", "a first plumb.toml and description, from a database when --db is given");
  options.db(init);
  options.paths(init, "folder", "where to (default: here)", false);

  CLI::App& fmt = verb(app, "fmt", "lay out descriptions");
  fmt.add_flag("--check", arguments.check, "change nothing; exit 2 when a file is not laid out");
  options.paths(fmt, "paths", "files or folders; - for standard input", true);

  CLI::App& check = verb(app, "check", "parse, resolve and lint a description without a database");
  check.add_option("--engine", arguments.engine, "also say what this engine cannot do: sqlite or mariadb")->type_name("ENGINE");
  check.add_option("--lint", raw.lint, "the level of a rule: RULE=off, note, warning or error; may be given several times")->type_name("RULE=LEVEL")->allow_extra_args(false);
  check.add_flag("--strict", arguments.strict, "warnings fail as errors do");
  options.format(check, "text (default), json or sarif");
  options.output(check, "write into this file: .sarif or .json");
  options.scratch(check);
  options.paths(check, "paths", "files or folders of one description", true);

  CLI::App& inspect = verb(app, "inspect", "a live database as a description");
  options.db(inspect);
  options.output(inspect, "write into this file, whose ending says the format, or into this folder, one file a table");
  options.format(inspect, "plumb (default), sql, json, mermaid or dot");
  options.definers(inspect);

  CLI::App& diff = verb(app, "diff", "what differs between two states: descriptions, SQL files, databases; exit 2 when something does");
  diff.add_option("--engine", arguments.engine, "in whose terms: sqlite or mariadb (default: the engine of the two)")->type_name("ENGINE");
  options.scratch(diff);
  options.reading(diff);
  options.rename(diff);
  options.paths(diff, "states", "FROM and TO", true);

  CLI::App& plan = verb(app, "plan", "what would be done to make the database what the description says");
  options.db(plan);
  options.to(plan);
  options.output(plan, "write the plan into this file: .md, .json, .sql or .sarif; the first two can be applied");
  options.format(plan, "text (default), markdown, json, sql or sarif");
  options.allow(plan);
  options.reading(plan);
  options.rename(plan);
  options.data(plan);
  options.targets(plan, false);
  plan.add_flag("--json-schema", arguments.json_schema, "print the JSON Schema of plans as JSON, and nothing else");
  plan.add_flag("--exit-code", arguments.exit_code, "exit 2 when there is something to do");

  CLI::App& show = verb(app, "show", "a saved plan again");
  options.format(show, "text (default), markdown, json, sql or sarif");
  options.paths(show, "plan", "the plan file", true);

  CLI::App& approve = verb(app, "approve", "write somebody's consent into a saved plan");
  approve.add_option("--by", arguments.by, "who approves it")->type_name("NAME");
  approve.add_option("--note", arguments.note, "why, or with what in mind: one line")->type_name("TEXT");
  options.paths(approve, "plan", "the plan file", true);

  CLI::App& apply = verb(app, "apply", "run a saved plan, or plan, show, ask and run");
  options.db(apply);
  options.to(apply);
  options.allow(apply);
  options.reading(apply);
  options.rename(apply);
  options.yes(apply);
  options.data(apply);
  options.log_dir(apply);
  options.journal(apply);
  apply.add_flag("--assert", arguments.ask_assertions, "ask the description's assertions after the last step; one that does not hold is a failure of the run");
  apply.add_option("--health", arguments.health, "a command that must end with 0 after the last step: is the application well?")->type_name("COMMAND");
  apply.add_flag("--auto-rollback", arguments.auto_rollback, "undo everything when a step, the verification, an assertion (implies --assert) or the health command fails");
  apply.add_flag("--dry-run", arguments.dry_run, "show what would be run");
  apply.add_flag("--backup", arguments.backup, "make a backup before the first step");
  options.backup_dir(apply);
  options.targets(apply, true);
  options.paths(apply, "plan", "the plan file: exactly it is run, or nothing", false);

  CLI::App& validate = verb(app, "validate", "is the database what the description says, rows included?");
  options.db(validate);
  options.to(validate);
  options.reading(validate);
  options.targets(validate, false);
  validate.add_flag("--strict", arguments.strict, "undeclared tables and columns count as differences");

  CLI::App& status = verb(app, "status", "version, what is pending, the last deployment");
  options.db(status);
  options.to(status);
  options.reading(status);
  options.targets(status, false);
  status.add_option("--require", arguments.require, "exit 2 unless the database has this version: 0.5.0, >=0.4,<0.6, ^0.5, ~0.5.1")->type_name("VERSION");

  CLI::App& history = verb(app, "history", "what was done to the database");
  options.db(history);
  history.add_option("--limit", arguments.limit, "how many (default: 20)")->type_name("N");
  history.require_subcommand(0, 1);
  CLI::App& history_show = verb(history, "show", "the plan of one deployment again", "history show");
  options.db(history_show);
  options.format(history_show, "text (default), markdown, json or sql");
  options.paths(history_show, "number", "the deployment's number", true);

  CLI::App& resume = verb(app, "resume", "go on with a deployment that was cut off or stopped");
  options.db(resume);
  options.to(resume);
  options.data(resume);
  options.targets(resume, true);
  options.log_dir(resume);
  options.journal(resume);
  resume.add_flag("--abandon", arguments.abandon, "let go of it instead: what stands stays, and a new plan begins there");

  CLI::App& rollback = verb(app, "rollback", "undo the last deployment, or one that is half done, with every value");
  options.db(rollback);
  rollback.add_option("--steps", arguments.steps, "so many deployments")->type_name("N");
  rollback.add_option("--to-version", arguments.to_version, "back to this version")->type_name("VERSION");
  rollback.add_option("--deployment", arguments.deployment, "this deployment and all after it")->type_name("NUMBER");
  options.log_dir(rollback);
  options.journal(rollback);
  rollback.add_flag("--dry-run", arguments.dry_run, "show what would be run");
  options.yes(rollback);

  CLI::App& unlock = verb(app, "unlock", "show which run holds the lock of the database, and end it");
  options.db(unlock);
  unlock.add_flag("--dry-run", arguments.dry_run, "show it only");
  options.yes(unlock);

  CLI::App& purge = verb(app, "purge", "let go of what was kept aside for rollback");
  options.db(purge);
  purge.add_option("--older-than", arguments.older_than, "of deployments before that: 30d (default), 12h, 0d for all")->type_name("AGE");
  purge.add_flag("--dry-run", arguments.dry_run, "list it only");
  options.yes(purge);

  define_backups(app, raw, verb);

  CLI::App* data = app.add_subcommand("data", "master data by natural key");
  verbs[data] = "data";
  data->require_subcommand(0, 1);
  CLI::App& exported = verb(*data, "export", "the rows of the master tables as a folder of JSON", "data export");
  options.db(exported);
  options.to(exported);
  options.output(exported, "the folder, or a file that ends in .tar.zst; with --all the file");
  exported.add_flag("--all", arguments.all_tables, "every row of every table with its ids, as `plumb backup create --format json` writes it");
  CLI::App& seeded = verb(*data, "seed", "insert the description's seed rows into tables that are empty", "data seed");
  options.db(seeded);
  options.to(seeded);
  CLI::App& verified = verb(*data, "verify", "is the package whole, and does it fit the description? Needs no database", "data verify");
  options.to(verified);
  options.paths(verified, "package", "the folder or .tar.zst", true);
  CLI::App& sealed = verb(*data, "seal", "write the checksums of a folder anew, after an edit by hand", "data seal");
  options.paths(sealed, "folder", "the folder", true);
  CLI::App& differences = verb(*data, "diff", "what a sync would change; exit 2 when it would", "data diff");
  options.db(differences);
  options.to(differences);
  options.sync(differences);
  options.paths(differences, "package", "the exported folder or .tar.zst", true);
  CLI::App& sync = verb(*data, "sync", "bring the master tables to what the folder says", "data sync");
  options.db(sync);
  options.to(sync);
  options.sync(sync);
  options.yes(sync);
  sync.add_flag("--no-attic", arguments.no_attic, "do not keep rows as they were for rollback");
  sync.add_flag("--dry-run", arguments.dry_run, "show what would change");
  options.paths(sync, "package", "the exported folder or .tar.zst", true);

  define_deployments(app, raw, verb);

  define_serve(app, raw, verb);

  verb(app, "version", "the version of plumb");

  CLI::App& completion = verb(app, "completion", "the completions of a shell, as a script for it");
  options.paths(completion, "shell", "bash, zsh or fish", true);
  CLI::App& manual = verb(app, "manual", "the manual pages, made from what --help says");
  options.paths(manual, "folder", "where to", true);
}

}  // namespace plumb::cli
