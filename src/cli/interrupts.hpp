// cli/interrupts.hpp: Ctrl-C and a polite kill end the work in an orderly way.
#pragma once

namespace plumb::cli {

/// While this lives SIGINT and SIGTERM are noted and do nothing else; afterwards they do what they did before. The newest begins
/// without any. They may be nested.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  bool came() const;
  /// How often.
  int times() const;

 private:
  void (*on_int_)(int);
  void (*on_term_)(int);
};

}  // namespace plumb::cli
