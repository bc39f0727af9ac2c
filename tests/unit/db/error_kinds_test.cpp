#include <errmsg.h>
#include <gtest/gtest.h>
#include <mysqld_error.h>
#include <sqlite3.h>

#include <cerrno>

#include "db/mariadb/errors.hpp"
#include "db/sqlite/errors.hpp"

namespace plumb::db {
namespace {

using Kind = DatabaseErrorKind;

TEST(SqliteErrorKinds, FollowTheResultCode) {
  EXPECT_EQ(sqlite::error_kind(SQLITE_BUSY_SNAPSHOT, 0), Kind::Locked);
  EXPECT_EQ(sqlite::error_kind(SQLITE_LOCKED, 0), Kind::Locked);
  EXPECT_EQ(sqlite::error_kind(SQLITE_READONLY_DIRECTORY, 0), Kind::ReadOnly);
  EXPECT_EQ(sqlite::error_kind(SQLITE_CANTOPEN, 0), Kind::ReadOnly);
  EXPECT_EQ(sqlite::error_kind(SQLITE_FULL, 0), Kind::Full);
  EXPECT_EQ(sqlite::error_kind(SQLITE_NOTADB, 0), Kind::Corrupt);
  EXPECT_EQ(sqlite::error_kind(SQLITE_CORRUPT_INDEX, 0), Kind::Corrupt);
  EXPECT_EQ(sqlite::error_kind(SQLITE_CONSTRAINT_UNIQUE, 0), Kind::Constraint);
  EXPECT_EQ(sqlite::error_kind(SQLITE_ERROR, 0), Kind::Other);
}

TEST(SqliteErrorKinds, AnInputOutputErrorIsFullOnlyWhenTheSystemSaysSo) {
  EXPECT_EQ(sqlite::error_kind(SQLITE_IOERR_WRITE, ENOSPC), Kind::Full);
  EXPECT_EQ(sqlite::error_kind(SQLITE_IOERR_WRITE, EDQUOT), Kind::Full);
  EXPECT_EQ(sqlite::error_kind(SQLITE_IOERR_WRITE, EIO), Kind::Other);
}

TEST(MariaDbErrorKinds, FollowTheNumber) {
  for (const unsigned code : {1044U, 1045U, 1142U, 1143U, 1227U, 1370U, 1698U}) {
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::AccessDenied) << code;
  }
  for (const unsigned code : {1040U, 1049U, 1927U, 2002U, 2003U, 2005U, 2006U, 2013U, 2026U}) {
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::Connection) << code;
  }
  for (const unsigned code : {1205U, 1213U, 3572U})
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::Locked) << code;
  for (const unsigned code : {1290U, 1792U, 1036U})
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::ReadOnly) << code;
  for (const unsigned code : {1114U, 1021U}) EXPECT_EQ(mariadb::error_kind(code, ""), Kind::Full) << code;
  for (const unsigned code :
       {1062U, 1451U, 1452U, 4025U, 1048U, 1265U, 1406U, 1264U, 1138U, 1366U, 1364U, 1292U, 1690U}) {
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::Constraint) << code;
  }
  EXPECT_EQ(mariadb::error_kind(1969, ""), Kind::TimedOut);
  for (const unsigned code : {1064U, 1146U, 1317U, 4119U}) {
    EXPECT_EQ(mariadb::error_kind(code, ""), Kind::Other) << code;
  }
}

TEST(MariaDbErrorKinds, ANumberThatCarriesTheSystemsErrorIsReadByItsText) {
  EXPECT_EQ(mariadb::error_kind(1026, "Error writing file 'x' (Errcode: 28 \"No space left on device\")"),
            Kind::Full);
  EXPECT_EQ(mariadb::error_kind(1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"),
            Kind::Full);
  EXPECT_EQ(mariadb::error_kind(1030, "Got error 168 \"Unknown (generic) error from engine\""), Kind::Other);
}

}  // namespace
}  // namespace plumb::db
