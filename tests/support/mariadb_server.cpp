#include "support/mariadb_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/run.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds longest_start{60};
constexpr const char* install_command =
    "apt-get install --no-install-recommends mariadb-server-core mariadb-client-core";

/// Servers stand in /usr/sbin, which is not in everybody's PATH.
std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path == nullptr ? "" : path) +
                             ":/usr/sbin:/usr/local/sbin:/usr/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  throw std::runtime_error(
      "`" + name + "` is missing: these tests need a MariaDB server. Install it with\n  " + install_command +
      "\nor leave the MariaDB tests out with PLUMB_TEST_ENGINES=sqlite");
}

/// Held as long as the object lives, by one process at a time.
class FileLock {
 public:
  explicit FileLock(const std::string& path)
      : file_(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644)) {
    if (file_ < 0 || flock(file_, LOCK_EX) != 0) throw std::runtime_error("cannot lock " + path);
  }
  ~FileLock() { close(file_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_;
};

std::vector<std::string> as_root_only(std::string option) {
  return geteuid() == 0 ? std::vector<std::string>{std::move(option)} : std::vector<std::string>{};
}

void install_system_tables(const std::string& folder) {
  std::vector<std::string> command = {
      find_program("mariadb-install-db"),         "--no-defaults",  "--datadir=" + folder,
      "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=4M"};
  for (auto& option : as_root_only("--user=root")) command.push_back(option);
  const RunResult result = run(command);
  if (result.exit_code != 0)
    throw std::runtime_error("mariadb-install-db failed:\n" + result.out + result.err);
}

/// A data folder with nothing but the system tables, made once for each version of the server; others copy
/// it.
std::string template_folder() {
  const std::string cache = PLUMB_TEST_CACHE;
  const std::string version = run({find_program("mariadbd"), "--version"}).out;
  const std::string folder = cache + "/mariadb-" + sha256_hex(version).substr(0, 12);
  fs::create_directories(cache);
  const FileLock lock(cache + "/lock");
  if (fs::exists(folder)) return folder;
  const std::string unfinished = folder + ".unfinished";
  fs::remove_all(unfinished);
  install_system_tables(unfinished);
  fs::rename(unfinished, folder);
  return folder;
}

constexpr std::string_view server_prefix = "plumb-server-";

/// What a killed test left behind.
void remove_folders_of_the_dead(const std::string& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(server_prefix)) continue;
    const pid_t owner = std::atoi(name.c_str() + server_prefix.size());
    if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
  }
}

/// In memory where there is room for that: a server writes to the disk many times for each table that it makes.
std::string parent_of_data() {
  const std::string memory = "/dev/shm";
  constexpr std::uintmax_t enough = std::uintmax_t{2} << 30U;
  std::error_code problem;
  const fs::space_info room = fs::space(memory, problem);
  if (problem || room.available < enough || access(memory.c_str(), W_OK) != 0) return "/tmp";
  remove_folders_of_the_dead(memory);
  return memory;
}

/// Small buffers, and nothing is forced to the disk: the operating system keeps what a killed server has
/// written.
std::vector<std::string> server_command(const std::string& folder, const std::string& socket,
                                        const std::vector<std::string>& further_options) {
  std::vector<std::string> command = {find_program("mariadbd"),
                                      "--no-defaults",
                                      "--datadir=" + folder + "/data",
                                      "--tmpdir=" + folder + "/tmp",
                                      "--socket=" + socket,
                                      "--pid-file=" + folder + "/pid",
                                      "--skip-networking",
                                      "--skip-log-bin",
                                      "--character-set-server=utf8mb4",
                                      "--collation-server=utf8mb4_general_ci",
                                      "--performance-schema=OFF",
                                      "--innodb-flush-method=nosync",
                                      "--innodb-flush-log-at-trx-commit=0",
                                      "--innodb-doublewrite=0",
                                      "--innodb-buffer-pool-size=16M",
                                      "--innodb-log-file-size=4M",
                                      "--key-buffer-size=1M",
                                      "--aria-pagecache-buffer-size=1M"};
  for (auto& option : as_root_only("--user=root")) command.push_back(option);
  command.insert(command.end(), further_options.begin(), further_options.end());
  return command;
}

/// Starts the program in the background, its output into `log`; it dies with this process.
pid_t start_program(std::vector<std::string> command, const std::string& log) {
  std::vector<char*> argv;
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  const int input = ::open("/dev/null", O_RDONLY);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  dup2(input, 0);
  dup2(output, 1);
  dup2(output, 2);
  execv(argv.front(), argv.data());
  _exit(127);
}

db::Target target_on(const std::string& socket, std::string_view database) {
  db::Target target;
  target.engine = "mariadb";
  target.user = "root";
  target.host = "localhost";
  target.database = database;
  target.parameters["socket"] = socket;
  return target;
}

}  // namespace

bool mariadb_is_wanted() {
  const char* engines = std::getenv("PLUMB_TEST_ENGINES");
  return engines == nullptr || *engines == '\0' ||
         std::string_view(engines).find("mariadb") != std::string_view::npos;
}

FreshDatabase::FreshDatabase(db::Target target, bool drop_at_end)
    : target_(std::move(target)), drop_at_end_(drop_at_end) {}

FreshDatabase::FreshDatabase(FreshDatabase&& other) noexcept
    : target_(std::move(other.target_)), drop_at_end_(std::exchange(other.drop_at_end_, false)) {}

FreshDatabase::~FreshDatabase() {
  if (!drop_at_end_) return;
  try {
    connect()->execute("DROP DATABASE IF EXISTS `" + replace_all(name(), "`", "``") + "`");
  } catch (const Error&) {
    // The test has dropped it itself, or killed the server.
  }
}

std::unique_ptr<db::Connection> FreshDatabase::connect(db::OpenMode mode) const {
  return db::open(target_, mode);
}

MariaDbServer& MariaDbServer::shared() {
  static const std::unique_ptr<MariaDbServer> server = [] {
    const char* running = std::getenv("PLUMB_TEST_MARIADB_SOCKET");
    if (running != nullptr && *running != '\0')
      return std::unique_ptr<MariaDbServer>(new MariaDbServer(Running{running}));
    return std::make_unique<MariaDbServer>();
  }();
  return *server;
}

MariaDbServer::MariaDbServer(Running running) : socket_(std::move(running.socket)) {}

MariaDbServer::MariaDbServer(std::vector<std::string> further_options, const std::string& parent)
    : folder_(std::in_place, parent.empty() ? parent_of_data() : parent, std::string(server_prefix) + std::to_string(getpid()) + "-"),
      socket_(*folder_ / "s"),
      further_options_(std::move(further_options)),
      owner_(getpid()) {
  fs::copy(template_folder(), *folder_ / "data", fs::copy_options::recursive);
  fs::create_directory(*folder_ / "tmp");
  start();
}

MariaDbServer::~MariaDbServer() {
  // The data is thrown away: there is nothing to end in order.
  if (owner_ == getpid() && process_id_ != 0) kill9();
}

void MariaDbServer::start() {
  if (!folder_) throw std::logic_error("this server belongs to somebody else");
  process_id_ = start_program(server_command(folder_->path(), socket_, further_options_), *folder_ / "log");
  wait_until_it_answers();
}

void MariaDbServer::wait_until_it_answers() {
  const auto deadline = std::chrono::steady_clock::now() + longest_start;
  while (std::chrono::steady_clock::now() < deadline) {
    int status = 0;
    if (waitpid(process_id_, &status, WNOHANG) == process_id_) {
      process_id_ = 0;
      throw std::runtime_error("mariadbd ended while it started:\n" + log());
    }
    try {
      db::open(root_target(), db::OpenMode::ReadOnly);
      return;
    } catch (const DatabaseError&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  throw std::runtime_error("mariadbd does not answer:\n" + log());
}

void MariaDbServer::wait_for_the_end() {
  while (waitpid(process_id_, nullptr, 0) < 0 && errno == EINTR) {
  }
  process_id_ = 0;
}

void MariaDbServer::stop() {
  if (process_id_ == 0) return;
  kill(process_id_, SIGTERM);
  wait_for_the_end();
}

void MariaDbServer::kill9() {
  if (process_id_ == 0) return;
  kill(process_id_, SIGKILL);
  wait_for_the_end();
}

void MariaDbServer::restart() {
  stop();
  start();
}

std::string MariaDbServer::log() const {
  if (!folder_) return {};
  std::ifstream file(*folder_ / "log");
  return {std::istreambuf_iterator<char>(file), {}};
}

db::Target MariaDbServer::root_target(std::string_view database) const {
  return target_on(socket_, database);
}

FreshDatabase MariaDbServer::fresh_database(std::string_view prefix) {
  static std::atomic<int> counter{0};
  const std::string name =
      std::string(prefix) + "_" + std::to_string(getpid()) + "_" + std::to_string(counter.fetch_add(1));
  db::open(root_target(), db::OpenMode::ReadWrite)
      ->execute("CREATE DATABASE `" + replace_all(name, "`", "``") + "`");
  return {root_target(name), !folder_.has_value()};
}

void MariaDbTest::SetUp() {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  database_.emplace(MariaDbServer::shared().fresh_database());
  connection_ = database_->connect();
}

void MariaDbTest::TearDown() {
  if (!database_) return;
  try {
    const auto session = database_->connect();
    session->execute("DROP USER IF EXISTS `" + user_name() + "`@localhost");
    session->execute("DROP ROLE IF EXISTS `" + role_name() + "`");
  } catch (const Error&) {
    // The test has brought its server or database down.
  }
}

db::Target MariaDbTest::make_user(const std::vector<std::string>& grants) {
  const std::string user = "`" + user_name() + "`@localhost";
  connection().execute("CREATE OR REPLACE USER " + user + " IDENTIFIED BY 'pw'");
  for (const auto& grant : grants) connection().execute(grant + " TO " + user);
  db::Target target = database().target();
  target.user = user_name();
  target.password = "pw";
  return target;
}

}  // namespace plumb::test
