// How fast descriptions are read, beside the least that any reader must do: look at every byte once.
// The number of tables is 10,000 unless PLUMB_BENCH_TABLES says otherwise. Compare the rates of one run with
// each other: on a machine that has more to do, all of them fall.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "language/format.hpp"
#include "language/load.hpp"
#include "language/parse.hpp"
#include "language/print.hpp"

namespace {

using plumb::Description;
using plumb::Diagnostic;
using plumb::SourceText;

std::size_t table_count() {
  const char* text = std::getenv("PLUMB_BENCH_TABLES");
  return text == nullptr ? 10'000 : static_cast<std::size_t>(std::atoll(text));
}

/// A table as people write them: a reference, defaults, a comment, hints, keys and a check.
std::string table_text(std::size_t number) {
  const std::string n = std::to_string(number);
  const std::string other = std::to_string(number / 2);
  return "/// Rows of kind " + n + ", kept for the yearly report.\n" + "master table app_records_" + n +
         " was old_records_" + n + " {\n" +
         "  id           serial\n"
         "  code         varchar(20)\n"
         "  name         varchar(255)  // shown in lists\n"
         "  parent_id    ref(app_records_" +
         other +
         ")? on delete set null\n"
         "  kind         enum(\"plain\", \"special\", \"archived\") = \"plain\"\n"
         "  level        int = 1\n"
         "  price        decimal(10,2) = 0\n"
         "  active       bool = true\n"
         "  note         text?\n"
         "  /// The heading under which it is filed.\n"
         "  category     varchar(50)?  was kategorie  backfill (coalesce(kind, 'none'))\n"
         "  created_at   datetime = now\n"
         "  updated_at   datetime = now on update now\n"
         "\n"
         "  natural key (code)\n"
         "  index (category, created_at desc)\n"
         "  index by_name_" +
         n + " (name) was old_by_name_" + n +
         "\n"
         "  check level_in_range (level between 0 and 12)\n"
         "}\n\n";
}

const SourceText& source() {
  static const SourceText text = [] {
    std::string all = "schema bench version 1.0.0\n\n";
    for (std::size_t i = 0; i < table_count(); ++i) all += table_text(i);
    return SourceText("bench.plumb", std::move(all));
  }();
  return text;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(source().text().size()));
}

void baseline_newlines(benchmark::State& state) {
  for (auto _ : state) {
    std::size_t lines = 0;
    const char* at = source().text().data();
    const char* end = at + source().text().size();
    while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) !=
           nullptr) {
      ++lines;
      ++at;
    }
    benchmark::DoNotOptimize(lines);
  }
  count_bytes(state);
}
BENCHMARK(baseline_newlines)->Unit(benchmark::kMillisecond);

void baseline_byte_loop(benchmark::State& state) {
  bool in_word[256] = {};
  for (int c = 'a'; c <= 'z'; ++c) in_word[c] = true;
  for (auto _ : state) {
    std::size_t words = 0;
    bool before = false;
    for (const char c : source().text()) {
      const bool now = in_word[static_cast<unsigned char>(c)];
      words += now && !before ? 1U : 0U;
      before = now;
      benchmark::DoNotOptimize(before);
    }
    benchmark::DoNotOptimize(words);
  }
  count_bytes(state);
}
BENCHMARK(baseline_byte_loop)->Unit(benchmark::kMillisecond);

void parse(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    const auto file = plumb::language::parse(source(), 0, diagnostics);
    if (!diagnostics.empty()) state.SkipWithError("the description has errors");
    benchmark::DoNotOptimize(file.items.size());
  }
  count_bytes(state);
}
BENCHMARK(parse)->Unit(benchmark::kMillisecond);

/// Parsing and resolving; what it takes to free the description is not counted.
void load(benchmark::State& state) {
  std::optional<plumb::language::Loaded> loaded;
  for (auto _ : state) {
    state.PauseTiming();
    loaded.reset();
    std::vector sources{source()};
    state.ResumeTiming();
    loaded.emplace(plumb::language::load(std::move(sources)));
    if (!loaded->description) state.SkipWithError("the description has errors");
  }
  count_bytes(state);
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void format(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(plumb::language::format(source()).text->size());
  count_bytes(state);
}
BENCHMARK(format)->Unit(benchmark::kMillisecond);

void print(benchmark::State& state) {
  const auto loaded = plumb::language::load(std::vector{source()});
  for (auto _ : state) benchmark::DoNotOptimize(plumb::language::print(*loaded.description).size());
  count_bytes(state);
}
BENCHMARK(print)->Unit(benchmark::kMillisecond);

/// Thousands of mistakes must not be slower than none.
void load_with_mistakes(benchmark::State& state) {
  std::string text(source().text());
  for (std::size_t at = text.find("ref(app_"); at != std::string::npos; at = text.find("ref(app_", at + 1))
    text[at + 4] = 'b';
  const SourceText broken("broken.plumb", text);
  for (auto _ : state)
    benchmark::DoNotOptimize(plumb::language::load(std::vector{broken}).diagnostics.size());
  count_bytes(state);
}
BENCHMARK(load_with_mistakes)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
