// serve/documents.hpp: what is known, as the bodies of answers (docs/serve.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "serve/facts.hpp"
#include "serve/health.hpp"
#include "serve/serve.hpp"

namespace plumb::serve {

/// All that is known at a moment. Pointers may be empty: not known yet.
struct Known {
  std::shared_ptr<const Facts> facts;
  std::shared_ptr<const Checked> checked;
  std::shared_ptr<const Shelf> shelf;
};

/// Since when the state is known, in seconds.
double age_of(const Known& known);

std::string health_json(const Subject& subject, const Health& health, const Known& known);
std::string version_json(const Subject& subject, const Known& known);

/// The program's own figures.
struct Counters {
  std::uint64_t looks = 0;
  std::uint64_t failed_looks = 0;
  std::uint64_t checks = 0;
  std::uint64_t answers[6] = {};      ///< by the first digit of their status
  std::uint64_t limited = 0;          ///< turned away by the limit of their client
  std::uint64_t turned_away = 0;      ///< connections for which there was no place
  std::uint64_t connections = 0;      ///< that are open
};

/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4)
std::string metrics_text(const Subject& subject, const Health& health, const Known& known, const Counters& counters);

/// The newest usable backup of the database; nothing: there is none.
const backup::Shelved* newest_backup(const Known& known);
/// The backups of the folder that are the database's, and unusable files.
std::vector<const backup::Shelved*> backups_of(const Known& known);

}  // namespace plumb::serve
