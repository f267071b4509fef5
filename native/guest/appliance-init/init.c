// The init of the appliance's initrd: loads kernel modules, finds and mounts the root filesystem, and runs its /init.
#include "boot.h"
#include "file.h"
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

static struct command_line read_command_line(void)
{
  struct command_line result = { NULL, false };
  char *rest = boot_command_line();
  for (const char *word; (word = next_word(&rest)) != NULL;) {
    const char *root = text_after(word, "root=");
    if (root != NULL)
      result.root = root;
    else if (text_equal(word, "guestfs_verbose=1"))
      result.verbose = true;
  }
  return result;
}

void start(long *stack)
{
  char **arguments = (char **)(stack + 1);
  char **environment = arguments + *stack + 1;
  char device[ROOT_PATH_SIZE];
  struct root root;

  print_line(GREETING);
  boot_mount("proc", "/proc");
  boot_mount("sysfs", "/sys");
  sys_mkdir("/dev");
  struct command_line line = read_command_line();
  boot_parse_root(line.root, &root);
  boot_load_modules(line.verbose);
  if (!root_find(&root, device))
    boot_give_up();
  if (line.verbose)
    print("the root filesystem is on ", device, NULL);
  if (!boot_mount_root(device))
    boot_give_up();

  sys_umount("/proc");
  sys_umount("/sys");
  boot_enter_root();
  boot_run_init(arguments, environment);
}
