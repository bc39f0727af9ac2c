// support/error.hpp: what is thrown when the world fails (a file, a database, a wrong call).
//
// The user's text is never reported by exception (see diagnostic.hpp), and a refusal of the domain
// ("destructive without permission") is an ordinary value.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace plumb {

/// The root of everything that plumb throws. `what()` is a sentence for the user.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file or folder could not be read or written.
class FileError : public Error {
 public:
  FileError(std::string path, const std::string& problem)
      : Error("`" + path + "`: " + problem), path_(std::move(path)) {}
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The caller asked for something that makes no sense (exit code 64).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// What kind of failure a database reported, as far as callers treat it differently.
enum class DatabaseErrorKind {
  Other,
  Connection,    ///< no connection could be made, or it was lost
  AccessDenied,  ///< wrong password or missing privilege
  Locked,        ///< another client holds a lock; nothing was changed
  ReadOnly,      ///< the database or file cannot be written
  Full,          ///< no space left
  Corrupt,       ///< not a database, or a damaged one
  Constraint,    ///< rows in the way
  MissingExtension,  ///< a function, collation or module that an application brings into its own connections
  TimedOut,      ///< the statement ran longer than was allowed
};

/// A database said no. Carries what is needed to tell what, where and what to do next.
class DatabaseError : public Error {
 public:
  /// `engine` is "sqlite" or "mariadb", `code` the engine's own number, `sql` the statement (may be empty).
  DatabaseError(DatabaseErrorKind kind, std::string engine, int code, const std::string& message,
                std::string sql = {})
      : Error(message), kind_(kind), engine_(std::move(engine)), code_(code), sql_(std::move(sql)) {}
  DatabaseErrorKind kind() const { return kind_; }
  const std::string& engine() const { return engine_; }
  int code() const { return code_; }
  const std::string& sql() const { return sql_; }

 private:
  DatabaseErrorKind kind_;
  std::string engine_;
  int code_;
  std::string sql_;
};

}  // namespace plumb
