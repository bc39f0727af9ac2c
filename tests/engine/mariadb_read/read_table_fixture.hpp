// tests/engine/mariadb_read/read_table_fixture.hpp: creates tables on the live server and reads them back.
#pragma once

#include <string>
#include <string_view>

#include "model/schema.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {

/// The table as the server prints it: nothing of what the server says may be lost on the way into the model.
/// AUTO_INCREMENT=n, which the model leaves out on purpose, is not printed.
std::string printed_like_the_server(const Table& table);

class ReadTables : public MariaDbTest {
 protected:
  void run(std::string_view sql) { connection().execute(sql); }
  Schema read() const;
  /// Creates the table `t` from what stands between the brackets and behind them, reads it back, and holds
  /// what was read against the server's text.
  Table table(std::string_view members, std::string_view options = {});
  /// The only column's line.
  Column column(std::string_view definition, std::string_view options = {});
};

}  // namespace plumb::test
