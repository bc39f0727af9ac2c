// support/descriptor.hpp: an open file of the operating system.
#pragma once

#include <string>

namespace plumb {

/// Closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : value_(other.value_) { other.value_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  int value() const { return value_; }
  void close();

 private:
  int value_ = -1;
};

/// The two ends of a pipe that no other program inherits. Throws Error when none can be made.
struct Pipe {
  Pipe();
  Descriptor reading;
  Descriptor writing;
};

/// Makes the names of the folder in which `path` stands last through a power cut, where its file system can.
void sync_folder_of(const std::string& path);

}  // namespace plumb
