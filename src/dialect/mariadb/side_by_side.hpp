// dialect/mariadb/side_by_side.hpp: several sessions of one scratch database that wait for the disk together. Creating or altering a
// table is a dozen waits, one after the other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace plumb::mariadb {

class SideBySide {
 public:
  using Open = std::function<std::shared_ptr<db::Connection>()>;
  /// True when the piece of work is done; an error of the database counts as not.
  using Work = std::function<bool(db::Connection&, std::size_t)>;

  /// `open` may be empty: then nothing is ever done here.
  explicit SideBySide(Open open) : open_(std::move(open)) {}

  /// A setting of every session from here on.
  void set(const std::string& setting);

  /// Calls `work` with each number below the size of `groups`. Pieces of one group run in their order, and end with the first that
  /// is not done; groups run at once. Gives which pieces are done: the rest is for the caller to do alone. Nothing is done where it
  /// would not be worth opening sessions for.
  std::vector<char> run(const std::vector<std::string>& groups, const Work& work);

 private:
  void open_sessions();

  Open open_;
  std::vector<std::string> settings_;
  std::vector<std::shared_ptr<db::Connection>> sessions_;
};

}  // namespace plumb::mariadb
