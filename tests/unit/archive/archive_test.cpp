// Archives: the same bytes for the same files, and nothing that an archive says is trusted.
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "archive/archive.hpp"
#include "archive/checksums.hpp"
#include "archive/names.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::archive {
namespace {

namespace fs = std::filesystem;

class Archive : public testing::Test {
 protected:
  /// An archive that nobody of good will would write.
  std::string hostile(const std::function<void(struct archive*)>& add) {
    const std::string path = scratch_ / "hostile.tar.zst";
    struct archive* writer = archive_write_new();
    archive_write_set_format_pax_restricted(writer);
    archive_write_add_filter_zstd(writer);
    archive_write_open_filename(writer, path.c_str());
    add(writer);
    archive_write_close(writer);
    archive_write_free(writer);
    return path;
  }

  static void add_file(struct archive* writer, const std::string& name, const std::string& bytes, unsigned type = AE_IFREG, const std::string& target = {}) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    if (type == AE_IFLNK) archive_entry_set_symlink(entry, target.c_str());
    if (type == AE_IFREG && !target.empty()) archive_entry_set_hardlink(entry, target.c_str());
    archive_write_header(writer, entry);
    if (!bytes.empty()) archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }

  std::string refusal(const std::string& path, const Bounds& bounds = {}) {
    const std::string folder = scratch_ / ("out" + std::to_string(++folders_));
    make_folders(folder);
    try {
      unpack(path, folder, bounds);
    } catch (const FileError& error) {
      return error.what();
    }
    return {};
  }

  test::ScratchFolder scratch_;
  int folders_ = 0;
};

TEST_F(Archive, HasTheSameBytesWhateverTheTimesAndTheOrder) {
  make_folders(scratch_ / "in/below");
  write_file(scratch_ / "in/b.json", "[]\n");
  write_file(scratch_ / "in/below/a.json", std::string(100000, 'x'));
  pack(scratch_ / "in", {"b.json", "below/a.json"}, scratch_ / "one.tar.zst");
  fs::last_write_time(scratch_ / "in/b.json", fs::file_time_type::clock::now() - std::chrono::hours(1000));
  fs::permissions(scratch_ / "in/b.json", fs::perms::owner_all);
  pack(scratch_ / "in", {"below/a.json", "b.json"}, scratch_ / "two.tar.zst");
  EXPECT_EQ(read_file(scratch_ / "one.tar.zst"), read_file(scratch_ / "two.tar.zst"));
  make_folders(scratch_ / "out");
  EXPECT_EQ(unpack(scratch_ / "one.tar.zst", scratch_ / "out"), (std::vector<std::string>{"b.json", "below/a.json"}));
  EXPECT_EQ(read_file(scratch_ / "out/below/a.json"), std::string(100000, 'x'));
}

TEST_F(Archive, WritesNothingOutsideOfItsFolder) {
  for (const std::string name : {"../escaped", "/tmp/plumb-escaped", "a/../../escaped", "a//b", "./a", "a\\..\\b", "a/", "..", "a\nb"}) {
    const std::string path = hostile([&](struct archive* writer) { add_file(writer, name, "x"); });
    EXPECT_NE(refusal(path), "") << name;
    EXPECT_FALSE(file_exists(scratch_ / "escaped")) << name;
    EXPECT_FALSE(file_exists("/tmp/plumb-escaped"));
  }
}

TEST_F(Archive, RefusesLinksAndWhateverElseIsNoFile) {
  EXPECT_NE(refusal(hostile([](struct archive* writer) { add_file(writer, "a", "", AE_IFLNK, "/etc/passwd"); })).find("is a link"), std::string::npos);
  EXPECT_NE(refusal(hostile([](struct archive* writer) {
              add_file(writer, "b", "x");
              add_file(writer, "a", "", AE_IFREG, "b");
            })).find("is a link"),
            std::string::npos);
  EXPECT_NE(refusal(hostile([](struct archive* writer) { add_file(writer, "a", "", AE_IFIFO); })).find("is no file"), std::string::npos);
}

TEST_F(Archive, RefusesNamesThatComeTwice) {
  EXPECT_NE(refusal(hostile([](struct archive* writer) {
              add_file(writer, "a.json", "x");
              add_file(writer, "A.json", "y");
            })).find("stands in it twice"),
            std::string::npos);
}

TEST_F(Archive, RefusesMoreThanItsSizeCanMean) {
  const std::string path = hostile([](struct archive* writer) { add_file(writer, "a.json", std::string(80U << 20U, ' ')); });
  Bounds bounds;
  bounds.always_fine = 1U << 20U;
  bounds.most_growth = 100;
  EXPECT_NE(refusal(path, bounds).find("far more than an archive of its size should"), std::string::npos) << refusal(path, bounds);
  Bounds few;
  few.most_files = 2;
  EXPECT_NE(refusal(hostile([](struct archive* writer) {
              for (const char* name : {"a", "b", "c"}) add_file(writer, name, "x");
            }),
                    few)
                .find("one file more"),
            std::string::npos);
}

TEST_F(Archive, CutOffAnywhereIsRefused) {
  make_folders(scratch_ / "in");
  write_file(scratch_ / "in/a.json", "[\n  1\n]\n");
  write_file(scratch_ / "in/b.json", std::string(3000, 'b'));
  pack(scratch_ / "in", {"a.json", "b.json"}, scratch_ / "whole.tar.zst");
  const std::string bytes = read_file(scratch_ / "whole.tar.zst");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    write_file(scratch_ / "cut.tar.zst", bytes.substr(0, size));
    EXPECT_NE(refusal(scratch_ / "cut.tar.zst"), "") << size << " of " << bytes.size();
  }
  write_file(scratch_ / "text.tar.zst", "this is no archive");
  EXPECT_NE(refusal(scratch_ / "text.tar.zst").find("is no whole .tar.zst archive"), std::string::npos);
}

TEST_F(Archive, NamesAreJudgedByTheirParts) {
  EXPECT_EQ(why_not_a_name("a/b/c.json"), "");
  EXPECT_NE(why_not_a_name("a/b/c/d/e/f/g/h/i"), "");
  EXPECT_NE(why_not_a_name(std::string(300, 'a')), "");
  EXPECT_NE(why_not_a_name("a\xff"), "");
  EXPECT_NE(why_not_a_name(std::string("a\0b", 3)), "");
}

TEST_F(Archive, ChecksumsNameWhatIsNotAsItWas) {
  make_folders(scratch_ / "in");
  write_file(scratch_ / "in/a.json", "1");
  write_file(scratch_ / "in/b.json", "2");
  write_file(scratch_ / "in/checksums.txt", checksums_of(scratch_ / "in", {"b.json", "a.json"}));
  EXPECT_TRUE(check_checksums(scratch_ / "in", {"a.json", "b.json"}).empty());
  EXPECT_EQ(read_file(scratch_ / "in/checksums.txt").substr(0, 74), "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a.json\nd");
  write_file(scratch_ / "in/a.json", "3");
  write_file(scratch_ / "in/c.json", "3");
  const auto wrong = check_checksums(scratch_ / "in", {"a.json", "c.json"});
  ASSERT_EQ(wrong.size(), 3U);
  EXPECT_NE(wrong[0].find("a.json: its bytes are not those"), std::string::npos);
  EXPECT_NE(wrong[1].find("c.json: stands in no line"), std::string::npos);
  EXPECT_NE(wrong[2].find("b.json: is missing"), std::string::npos);
}

}  // namespace
}  // namespace plumb::archive
