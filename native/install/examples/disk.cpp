// Makes a disk image with a file in it, reads the file back, and lists the filesystems: handles and results free
// themselves, errors are exceptions.
//
//   c++ -std=c++17 -o disk-cpp disk.cpp $(pkg-config --cflags --libs guestfs-facade)
//   ./disk-cpp new.img
#include <guestfs_facade.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gfs
{

// A call that failed. The reason is asked for in the thread that made the call.
class Error : public std::runtime_error
{
public:
  explicit Error(gfs_status status) : std::runtime_error(std::string(gfs_status_name(status)) + ": " + gfs_error_message()), status(status)
  {
  }

  const gfs_status status;
};

inline void check(gfs_status status)
{
  if (status != GFS_OK)
    throw Error(status);
}

// A handle. The object takes any function of the header: g(gfs_mkdir, "/etc") is gfs_mkdir(g, "/etc").
class Handle
{
public:
  explicit Handle(const gfs_handle_options *options = nullptr)
  {
    gfs_handle *g;
    check(gfs_handle_new(options, &g));
    handle.reset(g);
  }

  template <typename Function, typename... Arguments> void operator()(Function function, Arguments... arguments)
  {
    check(function(handle.get(), arguments...));
  }

  // For functions with a char ** result.
  template <typename Function, typename... Arguments> std::string text(Function function, Arguments... arguments)
  {
    char *result;
    (*this)(function, arguments..., &result);
    const std::unique_ptr<char, decltype(&gfs_free)> owner(result, gfs_free);
    return result;
  }

  // For functions with a char *** result that has a key, its value, a key, its value...
  template <typename Function, typename... Arguments> std::map<std::string, std::string> table(Function function, Arguments... arguments)
  {
    char **result;
    (*this)(function, arguments..., &result);
    const std::unique_ptr<char *, decltype(&gfs_string_list_free)> owner(result, gfs_string_list_free);
    std::map<std::string, std::string> map;
    for (char **entry = result; *entry; entry += 2)
      map.emplace(entry[0], entry[1]);
    return map;
  }

private:
  struct Free {
    void operator()(gfs_handle *g) const noexcept { gfs_handle_free(g); }
  };
  std::unique_ptr<gfs_handle, Free> handle;
};

}  // namespace gfs

static void make_disk(gfs::Handle &g, const char *image)
{
  gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  drive.format = "raw";  // said, not guessed: a guest could make a raw disk look like something else
  g(gfs_disk_create, image, "raw", 64 * 1024 * 1024, nullptr);
  g(gfs_add_drive, image, &drive);
  g(gfs_launch);

  constexpr std::string_view greeting = "Hello from C++.\n";
  g(gfs_part_disk, "/dev/sda", "mbr");
  g(gfs_mkfs, "ext4", "/dev/sda1", nullptr);
  g(gfs_mount, "/dev/sda1", "/");
  g(gfs_write, "/hello.txt", greeting.data(), greeting.size());
}

int main(int argc, char **argv)
{
  if (argc != 2 || std::filesystem::exists(argv[1])) {
    std::cerr << "usage: " << argv[0] << " IMAGE, where IMAGE does not exist yet\n";
    return 2;
  }

  try {
    gfs::Handle g;
    make_disk(g, argv[1]);
    std::cout << g.text(gfs_cat, "/hello.txt");
    for (const auto &[device, type] : g.table(gfs_list_filesystems))
      std::cout << device << ": " << type << '\n';
    g(gfs_shutdown);  // tells whether everything has reached the image; a destructor could not
    return 0;
  } catch (const gfs::Error &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
