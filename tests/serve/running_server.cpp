#include "serve/running_server.hpp"

#include <httplib.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace plumb::test {

RunningServer::RunningServer(const std::string& folder, std::vector<std::string> words, const std::vector<std::string>& wrapper, const std::vector<std::string>& variables) {
  std::vector<std::string> command = wrapper;
  command.insert(command.end(), {plumb_program(), "serve", "--quiet", "--listen", "127.0.0.1:0"});
  command.insert(command.end(), words.begin(), words.end());
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe failed");
  process_ = fork();
  if (process_ == 0) {
    dup2(ends[1], 1);
    close(ends[0]);
    std::vector<char*> argv;
    for (auto& word : command) argv.push_back(word.data());
    argv.push_back(nullptr);
    for (const auto& variable : variables) setenv(variable.substr(0, variable.find('=')).c_str(), variable.substr(variable.find('=') + 1).c_str(), 1);
    if (chdir(folder.c_str()) != 0) _exit(127);
    execvp(argv.front(), argv.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
  std::string line;
  char c = 0;
  pollfd file{output_, POLLIN, 0};
  while (poll(&file, 1, 30000) > 0 && read(output_, &c, 1) == 1 && c != '\n') line.push_back(c);
  const std::size_t colon = line.rfind(':');
  if (!line.starts_with("http://") || colon == std::string::npos) throw std::runtime_error("plumb serve did not start: " + line);
  port_ = std::stoi(line.substr(colon + 1));
}

RunningServer::~RunningServer() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(output_);
}

int RunningServer::stop() {
  kill(process_, SIGTERM);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = 0;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Answer RunningServer::get(const std::string& path, const std::vector<std::pair<std::string, std::string>>& fields) const {
  httplib::Client client("127.0.0.1", port_);
  client.set_read_timeout(20);
  const auto result = client.Get(path, httplib::Headers(fields.begin(), fields.end()));
  if (!result) return {};
  Answer answer{result->status, result->body, {}};
  for (const auto& [name, value] : result->headers) answer.head += name + ": " + value + "\n";
  return answer;
}

std::string RunningServer::status_becoming(const std::string& status) const {
  std::string last;
  for (int tries = 0; tries < 100 && last != status; ++tries) {
    if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    last = health()["status"];
  }
  return last;
}

std::optional<double> RunningServer::metric(const std::string& name) const {
  std::istringstream lines(get("/metrics").body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + " ")) return std::stod(line.substr(name.size() + 1));
  }
  return std::nullopt;
}

int RunningServer::connect() const {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
  return socket;
}

std::string RunningServer::talk(const std::string& bytes, int seconds) const {
  const int socket = connect();
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  std::string answer;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  pollfd file{socket, POLLIN, 0};
  char buffer[4096];
  while (std::chrono::steady_clock::now() < end) {
    if (poll(&file, 1, 200) <= 0) continue;
    const ssize_t count = ::recv(socket, buffer, sizeof buffer, 0);
    if (count <= 0) break;
    answer.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer;
}

}  // namespace plumb::test
