#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "db/connection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/mariadb_server.hpp"
#include "support/run.hpp"

namespace plumb::db {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

template <class Work>
DatabaseError failure(Work work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    return error;
  }
  return {DatabaseErrorKind::Other, "none", 0, "nothing failed"};
}

using MariaDbErrors = test::MariaDbTest;

TEST_F(MariaDbErrors, AWrongPasswordNamesTheTargetAndNeverThePassword) {
  Target target = make_user({});
  target.password = "sesame open";
  const DatabaseError error = failure([&] { open(target, OpenMode::ReadOnly); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::AccessDenied);
  EXPECT_EQ(error.code(), 1045);
  EXPECT_THAT(error.what(), AllOf(HasSubstr(target.display_name()), HasSubstr("PLUMB_PASSWORD"),
                                  HasSubstr("Access denied"), Not(HasSubstr("sesame"))));
}

TEST_F(MariaDbErrors, AnUnknownDatabaseIsSaidToBeMissing) {
  const DatabaseError error = failure([&] { open(server().root_target("never_was"), OpenMode::ReadOnly); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection);
  EXPECT_THAT(error.what(), HasSubstr("Unknown database 'never_was'"));
  EXPECT_THAT(error.what(), HasSubstr("create the database first"));
}

TEST_F(MariaDbErrors, AMissingPrivilegeIsAccessDenied) {
  connection().execute("CREATE TABLE t (a INT)");
  EXPECT_EQ(failure([&] { open(make_user({}), OpenMode::ReadOnly); }).code(), 1044);
  const auto reader = open(make_user({"GRANT SELECT ON `" + database().name() + "`.*"}), OpenMode::ReadWrite);
  const DatabaseError error = failure([&] { reader->execute("ALTER TABLE t ADD b INT"); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::AccessDenied);
  EXPECT_EQ(error.code(), 1142);
  EXPECT_EQ(error.sql(), "ALTER TABLE t ADD b INT");
}

TEST_F(MariaDbErrors, AServerThatIsNotThereIsAConnectionError) {
  Target target = database().target();
  target.parameters["socket"] = "/tmp/no-such-socket";
  const DatabaseError error = failure([&] { open(target, OpenMode::ReadOnly); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection);
  EXPECT_THAT(error.what(), HasSubstr("is the server running"));
}

TEST_F(MariaDbErrors, APortMeansTcpAlsoOnLocalhost) {
  // Nothing listens there. Without the port, Connector/C would take the Unix socket of whatever server there
  // is.
  const Target target =
      parse_target("mariadb://root@localhost:9/" + database().name() + "?connect-timeout=2");
  EXPECT_THAT(failure([&] { open(target, OpenMode::ReadOnly); }).what(), HasSubstr("localhost:9"));
}

TEST_F(MariaDbErrors, AConstraintAndALockAreToldApart) {
  connection().execute("CREATE TABLE t (a INT PRIMARY KEY, CONSTRAINT positive CHECK (a > 0))");
  connection().execute("INSERT INTO t VALUES (1)");
  EXPECT_EQ(failure([&] { connection().execute("INSERT INTO t VALUES (1)"); }).kind(),
            DatabaseErrorKind::Constraint);
  EXPECT_EQ(failure([&] { connection().execute("INSERT INTO t VALUES (-1)"); }).code(), 4025);
  EXPECT_EQ(failure([&] { connection().execute("INSERT INTO t VALUES ('much')"); }).kind(),
            DatabaseErrorKind::Constraint);
  const Transaction transaction(connection());
  connection().query("SELECT * FROM t");
  Target target = database().target();
  target.parameters["lock-wait-timeout"] = "1";
  const auto other = open(target, OpenMode::ReadWrite);
  EXPECT_EQ(failure([&] { other->execute("ALTER TABLE t ADD b INT"); }).kind(), DatabaseErrorKind::Locked);
}

TEST_F(MariaDbErrors, AReadOnlyServerSaysSo) {
  const auto user = open(make_user({"GRANT ALL ON `" + database().name() + "`.*"}), OpenMode::ReadWrite);
  connection().execute("CREATE TABLE t (a INT)");
  connection().execute("SET GLOBAL read_only = 1");
  const DatabaseError error = failure([&] { user->execute("INSERT INTO t VALUES (1)"); });
  connection().execute("SET GLOBAL read_only = 0");
  EXPECT_EQ(error.kind(), DatabaseErrorKind::ReadOnly);
  EXPECT_EQ(error.code(), 1290);
}

TEST_F(MariaDbErrors, AKilledConnectionIsAConnectionError) {
  const auto victim = database().connect();
  connection().execute("KILL " + std::to_string(single_integer(*victim, "SELECT CONNECTION_ID()")));
  const DatabaseError error = failure([&] { victim->query("SELECT 1"); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection) << error.what();
  EXPECT_EQ(failure([&] { victim->execute("DO 0"); }).kind(), DatabaseErrorKind::Connection);
}

TEST_F(MariaDbErrors, AConnectionKilledDuringAStatementIsAConnectionError) {
  const auto victim = database().connect();
  const std::int64_t id = single_integer(*victim, "SELECT CONNECTION_ID()");
  std::jthread killer([this, id] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    connection().execute("KILL " + std::to_string(id));
  });
  const DatabaseError error =
      failure([&] { victim->query("SELECT count(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b"); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection) << error.what();
}

TEST_F(MariaDbErrors, ATransactionOnALostConnectionEndsWithoutAFurtherError) {
  const auto victim = database().connect();
  const Transaction transaction(*victim);
  connection().execute("KILL " + std::to_string(single_integer(*victim, "SELECT CONNECTION_ID()")));
}

TEST(MariaDbServerLoss, InTheMiddleOfAStreamIsAConnectionError) {
  if (!test::mariadb_is_wanted()) GTEST_SKIP();
  test::MariaDbServer server;
  const auto connection = open(server.root_target("mysql"), OpenMode::ReadOnly);
  int rows = 0;
  const DatabaseError error = failure([&] {
    connection->for_each_row("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_1000000", [&](const sql::Row&) {
      if (++rows == 10) server.kill9();
    });
  });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection) << error.what();
  EXPECT_GE(rows, 10);
  EXPECT_LT(rows, 1000000);
  server.start();
  EXPECT_EQ(single_integer(*open(server.root_target("mysql"), OpenMode::ReadOnly), "SELECT 1"), 1);
}

// ---- TLS ----

TEST_F(MariaDbErrors, RequiredTlsThatTheServerLacksIsNeverPassedOver) {
  for (const char* parameter : {"ssl-verify", "ssl-ca"}) {
    Target target = database().target();
    target.parameters[parameter] = std::string_view(parameter) == "ssl-ca" ? "/etc/ssl/cert.pem" : "false";
    const DatabaseError error = failure([&] { open(target, OpenMode::ReadOnly); });
    EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection) << parameter << ": " << error.what();
    EXPECT_THAT(error.what(), HasSubstr("TLS")) << parameter;
  }
}

TEST_F(MariaDbErrors, TlsAskedForByTheOptionFileIsNeverPassedOver) {
  const test::ScratchFolder folder;
  write_file(folder / "my.cnf", "[client]\nssl-enforce=1\n");
  Target target = database().target();
  target.parameters["defaults-file"] = folder / "my.cnf";
  EXPECT_THAT(failure([&] { open(target, OpenMode::ReadOnly); }).what(), HasSubstr("TLS is required"));
}

class MariaDbTls : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::mariadb_is_wanted()) GTEST_SKIP();
    make_certificate("ca", {});
    make_certificate("other", {});
    make_certificate("server", "ca");
    server_.emplace(std::vector<std::string>{"--ssl-cert=" + (folder_ / "server.pem"),
                                             "--ssl-key=" + (folder_ / "server.key"),
                                             "--ssl-ca=" + (folder_ / "ca.pem")});
  }

  /// `issuer` empty: signed by itself.
  void make_certificate(const std::string& name, const std::string& issuer) {
    std::vector<std::string> command = {"openssl",  "req",
                                        "-x509",    "-newkey",
                                        "rsa:2048", "-nodes",
                                        "-days",    "2",
                                        "-subj",    "/CN=" + name + ".localhost",
                                        "-addext",  "subjectAltName=DNS:localhost,IP:127.0.0.1",
                                        "-keyout",  folder_ / (name + ".key"),
                                        "-out",     folder_ / (name + ".pem")};
    if (!issuer.empty()) {
      for (const auto& word : {std::string("-CA"), folder_ / (issuer + ".pem"), std::string("-CAkey"),
                               folder_ / (issuer + ".key"), std::string("-addext"),
                               std::string("basicConstraints=critical,CA:FALSE")}) {
        command.push_back(word);
      }
    }
    const test::RunResult result = test::run(command);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }

  Target target(const std::string& parameter, const std::string& value) {
    Target out = server_->root_target("mysql");
    out.parameters[parameter] = value;
    return out;
  }

  test::ScratchFolder folder_;
  std::optional<test::MariaDbServer> server_;
};

TEST_F(MariaDbTls, IsUsedAndVerifiedWhenAnAuthorityIsGiven) {
  const auto connection = open(target("ssl-ca", folder_ / "ca.pem"), OpenMode::ReadOnly);
  EXPECT_THAT(as_text(connection->query("SHOW STATUS LIKE 'Ssl_version'").rows[0][1]), HasSubstr("TLS"));
}

TEST_F(MariaDbTls, RefusesTheCertificateOfAnotherAuthority) {
  const DatabaseError error =
      failure([&] { open(target("ssl-ca", folder_ / "other.pem"), OpenMode::ReadOnly); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection);
  EXPECT_EQ(error.code(), 2026) << error.what();
}

TEST_F(MariaDbTls, IsUsedWithoutVerificationWhenThatIsSaid) {
  const auto connection = open(target("ssl-verify", "false"), OpenMode::ReadOnly);
  EXPECT_THAT(as_text(connection->query("SHOW STATUS LIKE 'Ssl_version'").rows[0][1]), HasSubstr("TLS"));
}

// ---- option file ----

TEST_F(MariaDbErrors, AnOptionFileGivesUserAndPassword) {
  Target target = make_user({"GRANT SELECT ON `" + database().name() + "`.*"});
  const test::ScratchFolder folder;
  write_file(folder / "my.cnf",
             "[client]\nuser=" + target.user + "\npassword=pw\nsocket=" + server().socket() + "\n");
  target.user.clear();
  target.password.clear();
  target.host.clear();
  target.parameters.clear();
  target.parameters["defaults-file"] = folder / "my.cnf";
  EXPECT_EQ(as_text(*single_value(*open(target, OpenMode::ReadOnly), "SELECT CURRENT_USER()")),
            user_name() + "@localhost");
}

TEST_F(MariaDbErrors, AMissingOptionFileIsAnErrorThatNamesIt) {
  Target target = database().target();
  target.parameters["defaults-file"] = "/nowhere/my.cnf";
  EXPECT_THROW(open(target, OpenMode::ReadOnly), FileError);
}

}  // namespace
}  // namespace plumb::db
