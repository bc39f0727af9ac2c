// Changes the files of a folder at random and holds each text to the target's laws, for some seconds of CPU. It looks at no
// coverage, so it is many times quicker than the fuzzer. A text that breaks a law is written to the file `find`.
//   mutations FOLDER DICTIONARY SECONDS [SEED]
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/target.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace {

constexpr std::size_t longest = 2500;

/// What is being checked, for the handler of signals.
std::array<char, longest> text_in_hand;
volatile std::size_t size_in_hand = 0;

void keep_text(int signal) {
  const int file = ::open("find", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const bool kept = file >= 0 && ::write(file, text_in_hand.data(), size_in_hand) >= 0;
  if (kept) ::close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// "\x0a" in the words of libFuzzer's dictionaries (llvm.org/docs/LibFuzzer.html#dictionaries).
std::string without_escapes(std::string_view line) {
  std::string word;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escape = line[i] == '\\' && i + 1 < line.size();
    if (escape && line[i + 1] == 'x' && i + 3 < line.size()) {
      word.push_back(static_cast<char>(std::stoi(std::string(line.substr(i + 2, 2)), nullptr, 16)));
      i += 3;
    } else {
      word.push_back(escape ? line[++i] : line[i]);
    }
  }
  return word;
}

std::vector<std::string> words_of(const std::string& dictionary) {
  std::vector<std::string> words{"'", "\"", "`", "[", "]", "(", ")", "{", "}", "\\", "--", "/*", "*/", "#", "\n", "\r\n", " ", ",", ";", ":", "|", "=", "''", "\\'", "\xFF", std::string(1, '\0')};
  const std::string text = plumb::read_file(dictionary);
  for (const std::string_view line : plumb::split_lines(text)) {
    if (line.size() > 2 && line.front() == '"') words.push_back(without_escapes(line.substr(1, line.size() - 2)));
  }
  return words;
}

std::vector<std::string> texts_of(const std::string& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string text = plumb::read_file(entry.path().string());
    if (!text.empty() && text.size() <= longest) texts.push_back(std::move(text));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

class Mutator {
 public:
  Mutator(std::vector<std::string> texts, std::vector<std::string> words, unsigned seed) : texts_(std::move(texts)), words_(std::move(words)), random_(seed) {}

  std::string next() {
    std::string text = one_of(texts_);
    for (std::size_t i = 1 + pick(4); i > 0; --i) change(text);
    if (text.size() > longest) text.resize(longest);
    return text;
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }
  const std::string& one_of(const std::vector<std::string>& all) { return all[pick(all.size())]; }
  std::string piece_of(const std::string& text, std::size_t most) { return text.empty() ? text : text.substr(pick(text.size()), 1 + pick(most)); }

  void change(std::string& text) {
    const std::size_t at = pick(text.size() + 1);
    switch (pick(8)) {
      case 0: text.insert(at, one_of(words_)); return;
      case 1: text.erase(at, 1 + pick(8)); return;
      case 2: text.erase(at, 1 + pick(80)); return;
      case 3: text.insert(at, piece_of(text, 40)); return;
      case 4: text.insert(at, piece_of(one_of(texts_), 60)); return;
      case 5: text.replace(at, std::string::npos, piece_of(one_of(texts_), longest)); return;
      case 6: text.replace(at, 1, one_of(words_)); return;
      default: text.replace(at, 1, 1, static_cast<char>(pick(256))); return;
    }
  }

  std::vector<std::string> texts_;
  std::vector<std::string> words_;
  std::mt19937 random_;
};

void check(const std::string& text) {
  std::copy(text.begin(), text.end(), text_in_hand.begin());
  size_in_hand = text.size();
  const std::unique_ptr<char[]> copy(new char[text.size()]);
  std::copy(text.begin(), text.end(), copy.get());
  plumb::fuzz::check({copy.get(), text.size()});
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::printf("%s FOLDER DICTIONARY SECONDS [SEED]\n", words[0]);
    return 64;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGALRM}) std::signal(signal, keep_text);
  Mutator mutator(texts_of(words[1]), words_of(words[2]), count > 4 ? static_cast<unsigned>(std::atoi(words[4])) : 1U);
  const long seconds = std::atol(words[3]);
  std::size_t checked = 0;
  while (std::clock() / CLOCKS_PER_SEC < seconds) {
    constexpr unsigned too_long = 60;  // for one text, in seconds: it hangs
    alarm(too_long);
    check(mutator.next());
    ++checked;
  }
  std::printf("%zu texts\n", checked);
  return 0;
}
