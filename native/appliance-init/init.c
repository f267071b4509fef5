// The init of the appliance's initrd: loads kernel modules, finds and mounts the root filesystem, and runs its /init.
#include "root.h"
#include "syscall.h"
#include "text.h"

#define VERSION "1"

// libguestfs looks for the text before the version on the console, to report progress.
#define GREETING "supermin: ext2 mini initrd starting up: appliance-init " VERSION " of Guestfs for .NET"

__asm__(START_CODE);
void start(long *stack) __attribute__((noreturn));

struct command_line {
  const char *root;
  bool verbose;
};

// qemu runs with -no-reboot: restarting is the quickest way to end it.
__attribute__((noreturn)) static void give_up(void)
{
  print("the appliance cannot start", NULL, NULL);
  sys_drain_terminal(2);
  sys_restart_machine();
  for (;;)
    sys_exit(1);
}

// Reads a file of the initrd or of /proc as text into a buffer of that size.
static long read_text(const char *path, char *buffer, size_t size)
{
  size_t length = 0;
  long file = sys_open(path);
  if (file < 0)
    return file;
  for (;;) {
    long count = sys_read(file, buffer + length, size - 1 - length);
    if (count <= 0) {
      sys_close(file);
      buffer[length] = '\0';
      return count;
    }
    length += (size_t)count;
  }
}

// Cuts the next word out of *rest: NULL at the end.
static char *next_word(char **rest)
{
  char *word = *rest;
  while (*word == ' ' || *word == '\n')
    word++;
  if (*word == '\0')
    return NULL;
  char *end = word;
  while (*end != '\0' && *end != ' ' && *end != '\n')
    end++;
  *rest = *end == '\0' ? end : end + 1;
  *end = '\0';
  return word;
}

static void mount_or_give_up(const char *type, const char *target)
{
  sys_mkdir(target);
  long error = sys_mount(type, target, type, 0, NULL);
  if (error < 0) {
    print_error("cannot mount ", target, error);
    give_up();
  }
}

static struct command_line read_command_line(void)
{
  static char text[8192];
  struct command_line result = { NULL, false };
  long error = read_text("/proc/cmdline", text, sizeof text);
  if (error < 0) {
    print_error("cannot read ", "/proc/cmdline", error);
    give_up();
  }
  char *rest = text;
  for (const char *word; (word = next_word(&rest)) != NULL;) {
    const char *root = text_after(word, "root=");
    if (root != NULL)
      result.root = root;
    else if (text_equal(word, "guestfs_verbose=1"))
      result.verbose = true;
  }
  return result;
}

// A module that cannot be loaded is no reason to stop: nearly all are for hardware that this machine has not.
static void load_modules(bool verbose)
{
  static char names[32768];
  char path[256];
  long error = read_text("/modules", names, sizeof names);
  if (error < 0)
    print_error("cannot read ", "/modules", error);
  char *rest = names;
  for (const char *name; (name = next_word(&rest)) != NULL;) {
    if (!text_join(path, sizeof path, "/", name)) {
      print("module name too long: ", name, NULL);
      continue;
    }
    if (verbose)
      print("loading ", name, NULL);
    error = sys_open(path);
    if (error >= 0) {
      long file = error;
      error = sys_load_module(file);
      sys_close(file);
    }
    if (error < 0 && error != -EEXIST && (error != -ENODEV || verbose))
      print_error("cannot load ", name, error);
  }
}

// Kernels have a driver for ext2, or use the one for ext4. Memory of the host is best used in place, where that is possible.
static void mount_root(const char *device)
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
      return;
  }
  print("cannot mount ", device, ":");
  for (int i = first; i < WAYS; i++)
    print_error(ways[i].options == NULL ? "  as " : "  in place (dax) as ", ways[i].type, errors[i]);
  give_up();
}

// Removes what is not a directory: the modules and this program are memory that the appliance can use.
static void remove_files(const char *path)
{
  static char buffer[4096] __attribute__((aligned(8)));
  long directory = sys_open(path);
  if (directory < 0)
    return;
  for (long length; (length = sys_getdents(directory, buffer, sizeof buffer)) > 0;) {
    for (long at = 0; at < length;) {
      const struct directory_entry *entry = (const struct directory_entry *)(const void *)(buffer + at);
      at += entry->length;
      if (entry->type != DT_DIR)
        sys_unlink_at(directory, entry->name);
    }
  }
  sys_close(directory);
}

static void enter_root(void)
{
  long error = sys_chdir("/root");
  if (error >= 0)
    error = sys_mount(".", "/", NULL, MS_MOVE, NULL);
  if (error >= 0)
    error = sys_chroot(".");
  if (error >= 0)
    error = sys_chdir("/");
  if (error < 0) {
    print_error("cannot change to ", "the root filesystem", error);
    give_up();
  }
}

void start(long *stack)
{
  char **arguments = (char **)(stack + 1);
  char **environment = arguments + *stack + 1;
  char device[ROOT_PATH_SIZE];
  struct root root;

  print_line(GREETING);
  mount_or_give_up("proc", "/proc");
  mount_or_give_up("sysfs", "/sys");
  sys_mkdir("/dev");
  struct command_line line = read_command_line();
  if (line.root == NULL) {
    print("there is no root= on the kernel's command line", NULL, NULL);
    give_up();
  }
  if (!root_parse(line.root, &root))
    give_up();
  load_modules(line.verbose);
  if (!root_find(&root, device))
    give_up();
  if (line.verbose)
    print("the root filesystem is on ", device, NULL);
  mount_root(device);

  sys_umount("/proc");
  sys_umount("/sys");
  remove_files("/dev");
  remove_files("/");
  enter_root();
  print_error("cannot run ", "/init of the root filesystem", sys_exec("/init", arguments, environment));
  give_up();
}
