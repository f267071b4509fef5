// The init of the fast profile. It loads the drivers that this machine needs, mounts the root, and for an ordinary session
// starts guestfsd itself; anything else, such as a rescue shell, is left to upstream's own init script in the root.
#include "../boot.h"
#include "../file.h"
#include "../root.h"
#include "../text.h"
#include "blocks.h"
#include "hardware.h"
#include "path.h"
#include "scsi.h"
#include "session.h"
#include "system.h"
#include "trace.h"
#include "tree.h"

#define VERSION "1"

// libguestfs looks for the text before the version on the console, to report progress.
#define GREETING "supermin: ext2 mini initrd starting up: appliance-init " VERSION " (fast) of Guestfs for .NET"

__asm__(START_CODE);
void start(long *stack) __attribute__((noreturn));

struct command_line {
  const char *root;
  struct session session;
  bool is_ordinary;  // Nothing is asked of upstream's init script but a guestfsd.
};

static struct command_line read_command_line(void)
{
  struct command_line result = { NULL, { .channel = NULL }, true };
  char *rest = boot_command_line();
  for (const char *word; (word = next_word(&rest)) != NULL;) {
    const char *root = text_after(word, "root="), *channel = text_after(word, "guestfs_channel=");
    if (root != NULL)
      result.root = root;
    else if (channel != NULL)
      result.session.channel = channel;
    else if (text_equal(word, "guestfs_network=1"))
      result.session.has_network = true;
    else if (text_equal(word, "guestfs_verbose=1"))
      result.session.is_verbose = true;
    else if (text_after(word, "guestfs_") != NULL || text_equal(word, "selinux=1"))
      result.is_ordinary = false;
    else if (text_equal(word, "appliance-init.hold"))
      result.session.is_held = true;
    else if (text_equal(word, "appliance-init.trace"))
      trace_enable();
  }
  if (result.session.is_verbose)
    trace_enable();
  return result;
}

// With all drivers, when this machine is not like libguestfs' usual ones.
static void mount_any_root(const struct root *root, char *device)
{
  scsi_scan_as_usual();
  scsi_scan_all();
  boot_load_modules(false);
  if (!root_find(root, device) || !boot_mount_root(device))
    boot_give_up();
}

// A machine that is to be saved has its root on a bus of its own.
static void mount_root_of_held(const struct root *root, char *device)
{
  if (!root_find(root, device) || !boot_mount_root(device))
    boot_give_up();
  blocks_hide(text_after(device, "/dev/"));
  scsi_scan_as_usual();
}

static void mount_root(const struct root *root, char *device)
{
  bool found = root->name == NULL && scsi_find_root(root, device);
  trace("root found ", device);
  if (!found || !boot_mount_root(device))
    mount_any_root(root, device);
  scsi_scan_as_usual();
  trace("root mounted", NULL);
}

void start(long *stack)
{
  char **arguments = (char **)(stack + 1);
  char **environment = arguments + *stack + 1;
  char device[ROOT_PATH_SIZE] = "";
  struct root root;

  print_line(GREETING);
  boot_mount("proc", "/proc");
  boot_mount("sysfs", "/sys");
  sys_mkdir("/dev");

  // Programs that are laid out in the same way each time start faster: the emulated processor finds its work done.
  write_line("/proc/sys/kernel/randomize_va_space", "0");
  struct command_line line = read_command_line();
  trace("init started", NULL);
  boot_parse_root(line.root, &root);
  hardware_load_drivers();
  if (line.session.is_held)
    mount_root_of_held(&root, device);
  else
    mount_root(&root, device);

  tree_read();
  sys_umount("/proc");
  sys_umount("/sys");
  boot_enter_root();
  if (line.is_ordinary && session_is_possible())
    session_run(&line.session, environment);
  if (line.session.is_held)
    boot_give_up();
  boot_run_init(arguments, environment);
}
