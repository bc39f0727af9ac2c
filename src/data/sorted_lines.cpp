#include "data/sorted_lines.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <queue>

#include "support/error.hpp"

namespace plumb::data {
namespace {

void append_big_endian(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU));
}

constexpr std::uint64_t sign = std::uint64_t{1} << 63U;

/// By size as a double; whole numbers that are one double by themselves.
void append_number(std::string& bytes, const Json& value) {
  const double real = value.get<double>();
  const auto bits = std::bit_cast<std::uint64_t>(real == 0 ? 0.0 : real);
  append_big_endian(bytes, (bits & sign) != 0 ? ~bits : bits | sign);
  const bool is_large = value.is_number_unsigned() && value.get<std::uint64_t>() >= sign;
  const std::uint64_t whole = value.is_number_float() ? 0 : is_large ? value.get<std::uint64_t>() : static_cast<std::uint64_t>(value.get<std::int64_t>()) ^ sign;
  bytes.push_back(is_large ? '\1' : '\0');
  append_big_endian(bytes, whole);
}

/// The lines of one file, in order.
class Piece {
 public:
  explicit Piece(const std::string& path) : path_(path), file_(path, std::ios::binary) { next(); }

  const std::string& key() const { return key_; }
  const std::string& text() const { return text_; }
  bool is_at_end() const { return is_at_end_; }
  void next() {
    std::uint32_t sizes[2] = {};
    file_.read(reinterpret_cast<char*>(sizes), sizeof sizes);
    is_at_end_ = file_.gcount() == 0;
    if (is_at_end_) return;
    key_.resize(sizes[0]);
    text_.resize(sizes[1]);
    file_.read(key_.data(), sizes[0]);
    file_.read(text_.data(), sizes[1]);
    if (!file_) throw FileError(path_, "cannot be read again");
  }

 private:
  std::string path_;
  std::ifstream file_;
  std::string key_;
  std::string text_;
  bool is_at_end_ = false;
};

}  // namespace

void append_sort_key(std::string& bytes, const Json& value) {
  if (value.is_null()) {
    bytes.push_back('\0');
  } else if (value.is_boolean()) {
    bytes.push_back('\1');
    bytes.push_back(value.get<bool>() ? '\1' : '\0');
  } else if (value.is_number()) {
    bytes.push_back('\2');
    append_number(bytes, value);
  } else if (value.is_string()) {
    bytes.push_back('\3');
    for (const char c : value.get_ref<const std::string&>()) {
      bytes.push_back(c);
      if (c == '\0') bytes.push_back('\xFF');
    }
    bytes.append(2, '\0');
  } else {
    bytes.push_back('\4');
    for (const Json& part : value) append_sort_key(bytes, part);
  }
}

void SortedLines::add(std::string key, std::string line) {
  bytes_ += key.size() + line.size() + sizeof(Line);
  lines_.push_back({std::move(key), std::move(line)});
  if (bytes_ > most_bytes_) lay_aside();
}

void SortedLines::sort() {
  std::sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.key < b.key; });
}

void SortedLines::lay_aside() {
  sort();
  pieces_.push_back(folder_.path() + "/" + std::to_string(pieces_.size()));
  std::ofstream file(pieces_.back(), std::ios::binary);
  for (const Line& line : lines_) {
    const std::uint32_t sizes[2] = {static_cast<std::uint32_t>(line.key.size()), static_cast<std::uint32_t>(line.text.size())};
    file.write(reinterpret_cast<const char*>(sizes), sizeof sizes);
    file.write(line.key.data(), static_cast<std::streamsize>(line.key.size()));
    file.write(line.text.data(), static_cast<std::streamsize>(line.text.size()));
  }
  file.close();
  if (!file) throw FileError(pieces_.back(), std::string("cannot be written: ") + std::strerror(errno));
  lines_ = {};
  bytes_ = 0;
}

void SortedLines::for_each(const std::function<void(std::string_view line)>& visit) {
  if (pieces_.empty()) {
    sort();
    for (const Line& line : lines_) visit(line.text);
    return;
  }
  if (!lines_.empty()) lay_aside();
  std::vector<std::unique_ptr<Piece>> pieces;
  for (const auto& path : pieces_) pieces.push_back(std::make_unique<Piece>(path));
  const auto comes_later = [&](std::size_t a, std::size_t b) { return pieces[a]->key() > pieces[b]->key(); };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(comes_later)> next(comes_later);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i]->is_at_end()) next.push(i);
  }
  while (!next.empty()) {
    const std::size_t i = next.top();
    next.pop();
    visit(pieces[i]->text());
    pieces[i]->next();
    if (!pieces[i]->is_at_end()) next.push(i);
  }
}

}  // namespace plumb::data
