// From the initrd to the root filesystem.
#include "boot.h"

#include "file.h"
#include "root.h"
#include "syscall.h"
#include "text.h"

void boot_give_up(void)
{
  print("the appliance cannot start", NULL, NULL);
  sys_drain_terminal(2);
  sys_restart_machine();
  for (;;)
    sys_exit(1);
}

void boot_mount(const char *type, const char *target)
{
  sys_mkdir(target);
  long error = sys_mount(type, target, type, 0, NULL);
  if (error < 0) {
    print_error("cannot mount ", target, error);
    boot_give_up();
  }
}

char *boot_command_line(void)
{
  static char text[8192];
  long error = read_text("/proc/cmdline", text, sizeof text);
  if (error < 0) {
    print_error("cannot read ", "/proc/cmdline", error);
    boot_give_up();
  }
  return text;
}

void boot_parse_root(const char *argument, struct root *root)
{
  if (argument == NULL) {
    print("there is no root= on the kernel's command line", NULL, NULL);
    boot_give_up();
  }
  if (!root_parse(argument, root))
    boot_give_up();
}

long boot_load_module(const char *name)
{
  char path[256];
  if (!text_join(path, sizeof path, "/", name))
    return -EINVAL;
  long file = sys_open(path);
  if (file < 0)
    return file;
  long error = sys_load_module(file);
  sys_close(file);
  return error;
}

// A module that cannot be loaded is no reason to stop: nearly all are for hardware that this machine has not.
void boot_load_modules(bool verbose)
{
  static char names[32768];
  long error = read_text("/modules", names, sizeof names);
  if (error < 0)
    print_error("cannot read ", "/modules", error);
  char *rest = names;
  for (const char *name; (name = next_word(&rest)) != NULL;) {
    if (verbose)
      print("loading ", name, NULL);
    error = boot_load_module(name);
    if (error < 0 && error != -EEXIST && (error != -ENODEV || verbose))
      print_error("cannot load ", name, error);
  }
}

// Kernels have a driver for ext2, or use the one for ext4. Memory of the host is best used in place, where that is possible.
bool boot_mount_root(const char *device)
{
  static const struct {
    const char *type, *options;
  } ways[] = { { "ext2", "dax" }, { "ext4", "dax" }, { "ext2", NULL }, { "ext4", NULL } };
  enum { WAYS = sizeof ways / sizeof ways[0], FIRST_FOR_DISKS = 2 };
  const int first = text_after(device, "/dev/pmem") != NULL ? 0 : FIRST_FOR_DISKS;
  long errors[WAYS];

  sys_mkdir("/root");
  for (int i = first; i < WAYS; i++) {
    errors[i] = sys_mount(device, "/root", ways[i].type, MS_NOATIME, ways[i].options);
    if (errors[i] >= 0)
      return true;
  }
  print("cannot mount ", device, ":");
  for (int i = first; i < WAYS; i++)
    print_error(ways[i].options == NULL ? "  as " : "  in place (dax) as ", ways[i].type, errors[i]);
  return false;
}

// Removes what is not a directory: the modules and this program are memory that the appliance can use.
static void remove_files(const char *path)
{
  struct directory directory;
  directory_open(&directory, path);
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;)
    if (entry->type != DT_DIR)
      sys_unlink_at(directory.file, entry->name);
}

void boot_enter_root(void)
{
  remove_files("/dev");
  remove_files("/");
  long error = sys_chdir("/root");
  if (error >= 0)
    error = sys_mount(".", "/", NULL, MS_MOVE, NULL);
  if (error >= 0)
    error = sys_chroot(".");
  if (error >= 0)
    error = sys_chdir("/");
  if (error < 0) {
    print_error("cannot change to ", "the root filesystem", error);
    boot_give_up();
  }
}

void boot_run_init(char **arguments, char **environment)
{
  print_error("cannot run ", "/init of the root filesystem", sys_exec("/init", arguments, environment));
  boot_give_up();
}
