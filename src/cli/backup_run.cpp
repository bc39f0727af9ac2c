#include "cli/backup_run.hpp"

#include <array>
#include <cstdio>
#include <iostream>

#include "cli/interrupts.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "portable/portable.hpp"
#include "support/bytes.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

std::string place_text(std::uint64_t done, std::uint64_t all) {
  if (all == 0) return done == 0 ? std::string() : " " + bytes_in_words(done);
  const bool is_bytes = all > 1'000'000;
  return is_bytes ? " " + bytes_in_words(done) + " of " + bytes_in_words(all) : " " + std::to_string(done) + " of " + std::to_string(all);
}

}  // namespace

void with_progress(const Arguments& arguments, const std::function<void(const backup::Progress&)>& work) {
  const Interrupts interrupts;
  ProgressLine line(arguments);
  const auto begin = std::chrono::steady_clock::now();
  std::string last;
  std::size_t number = 0;
  work([&](const std::string& what, std::uint64_t done, std::uint64_t all) {
    if (interrupts.came()) throw Error("interrupted; nothing half done was left");
    if (what != last) ++number;
    last = what;
    line.show(number, 0, what + place_text(done, all), std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin));
  });
  line.clear();
}

backup::Created make_backup(const Arguments& arguments, const std::string& output) {
  const db::Target target = target_of(arguments);
  const std::string path = output.empty() ? backup::new_path(arguments.backup_dir, target) : output;
  backup::Created created;
  with_progress(arguments, [&](const backup::Progress& progress) { created = backup::create(target, dialect_for(target.engine), path, std::string("plumb ") + version_text, progress); });
  return created;
}

backup::Created make_portable_backup(const Arguments& arguments, const std::string& output) {
  const db::Target target = target_of(arguments);
  const std::string path = output.empty() ? backup::new_path(arguments.backup_dir, target) : output;
  backup::Created created;
  std::vector<std::string> notes;
  with_progress(arguments, [&](const backup::Progress& progress) { created = portable::create(target, path, std::string("plumb ") + version_text, progress, notes); });
  for (const auto& note : notes) std::cerr << "note: " << note << "\n";
  return created;
}

void back_up_before(const Arguments& arguments) {
  const db::Target target = target_of(arguments);
  if (target.engine == "sqlite" && !file_exists(target.path)) return;
  const backup::Created created = make_backup(arguments, {});
  if (!arguments.quiet) std::cerr << "backup: " << created.path << " (" << bytes_in_words(created.file_bytes) << ", read back)\n";
}

}  // namespace plumb::cli
