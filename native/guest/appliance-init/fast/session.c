// Does what upstream's init script does for a session without a rescue shell.
#include "session.h"

#include "../boot.h"
#include "../file.h"
#include "../text.h"
#include "hold.h"
#include "links.h"
#include "network.h"
#include "path.h"
#include "process.h"
#include "scsi.h"
#include "signature.h"
#include "system.h"
#include "trace.h"
#include "tree.h"
#include "udev.h"
#include "verbose.h"

// What the builder made for a quick start of the daemon: libraries that are loaded when they are called, and a link to the
// loader, which has them for this one process.
#define LAZY_LIBRARIES "/usr/lib/guestfs-lazy"

#define DEFAULT_CHANNEL "/dev/virtio-ports/org.libguestfs.channel.0"

static const char *daemon_program(void)
{
  static const char *const places[] = { "/usr/sbin/guestfsd", "/usr/bin/guestfsd" };
  for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++)
    if (sys_access(places[i]) >= 0)
      return places[i];
  return NULL;
}

bool session_is_possible(void) { return daemon_program() != NULL && udev_program() != NULL; }

static void mount(const char *type, const char *target, unsigned long flags, const char *options)
{
  sys_mkdir(target);
  long error = sys_mount(type, target, type, flags, options);
  if (error < 0)
    print_error("cannot mount ", target, error);
}

static void make_temporary(const char *path)
{
  struct path inside = path_of(path, "/.", NULL, NULL);
  if (path_exists(&inside))
    return;
  sys_unlink_at(AT_FDCWD, path);
  sys_mkdir(path);
  sys_chmod(path, 01777);
}

static void mount_all(void)
{
  mount("proc", "/proc", 0, NULL);
  mount("sysfs", "/sys", 0, NULL);
  mount("devtmpfs", "/dev", 0, NULL);
  mount("devpts", "/dev/pts", 0, NULL);
  mount("tmpfs", "/dev/shm", 0, "mode=1777");
  mount("tmpfs", "/run", MS_NOSUID, "size=20%,mode=0755");
}

static void make_machine_id(void)
{
  static const char digits[] = "0123456789abcdef";
  uint8_t bytes[16];
  char text[sizeof bytes * 2 + 2];
  long file = sys_open("/dev/urandom");
  if (file < 0 || sys_read(file, bytes, sizeof bytes) != sizeof bytes)
    print_error("cannot read ", "/dev/urandom", file);
  sys_close(file);
  for (unsigned i = 0; i < sizeof bytes; i++) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  text[sizeof text - 2] = '\n';
  text[sizeof text - 1] = '\0';
  make_file("/etc/machine-id", text);
}

// An empty configuration means LVM's defaults; but its list of devices would leave out all disks.
static void configure_lvm(void)
{
  static const char *const with_list[] = { "/sbin/lvmdevices", "/usr/sbin/lvmdevices", "/sbin/vgimportdevices",
                                           "/usr/sbin/vgimportdevices" };
  bool has_list = false;
  for (unsigned i = 0; i < sizeof with_list / sizeof with_list[0]; i++)
    has_list = has_list || sys_access(with_list[i]) >= 0;
  sys_mkdir("/tmp/lvm");
  make_file("/tmp/lvm/lvm.conf", has_list ? "devices {\n\tuse_devicesfile = 0\n}\n" : "");
}

static void make_files(void)
{
  static const char crypto_policy[] = "/usr/share/crypto-policies/DEFAULT/opensslcnf.txt";
  make_temporary("/tmp");
  make_temporary("/var/tmp");
  sys_mkdir("/sysroot");
  sys_symlink("/proc/self/fd", "/dev/fd");
  sys_mkdir("/run/lock");
  sys_symlink("../run/lock", "/var/lock");
  sys_symlink("/proc/mounts", "/etc/mtab");
  if (sys_access(crypto_policy) >= 0)
    sys_symlink(crypto_policy, "/etc/crypto-policies/back-ends/opensslcnf.config");
  tree_make();
  make_machine_id();
  configure_lvm();
}

// The address of the loopback interface comes with its mask.
static void start_loopback(void)
{
  enum {
    AF_INET = 2,
    SOCK_DGRAM = 2,
    SIOCSIFFLAGS = 0x8914,
    SIOCSIFADDR = 0x8916,
    SIOCSIFBRDADDR = 0x891A,
    IFF_UP = 1,
    IFF_RUNNING = 0x40
  };
  struct {
    char name[16];
    union {
      struct {
        uint16_t family, port;
        uint8_t address[4];
      } internet;
      uint16_t flags;
      char space[24];
    } value;
  } address = { "lo", { .internet = { AF_INET, 0, { 127, 0, 0, 1 } } } }, flags = { "lo", { .flags = IFF_UP | IFF_RUNNING } };
  long file = sys_socket(AF_INET, SOCK_DGRAM | O_CLOEXEC, 0);
  long error = sys_ioctl(file, SIOCSIFADDR, &address);
  for (unsigned i = 1; i < sizeof address.value.internet.address; i++)
    address.value.internet.address[i] = 255;
  if (error >= 0)
    error = sys_ioctl(file, SIOCSIFBRDADDR, &address);
  if (error >= 0)
    error = sys_ioctl(file, SIOCSIFFLAGS, &flags);
  if (error < 0)
    print_error("cannot start ", "the loopback interface", error);
  sys_close(file);
}

// Disks may be images on slow servers.
static void allow_slow_disks(void)
{
  struct directory directory;
  directory_open(&directory, "/sys/block");
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;)
    if (text_after(entry->name, "sd") != NULL)
      write_line(path_of("/sys/block/", entry->name, "/device/timeout", NULL).text, "300");
}

static void run(struct udev *udev, const char *const arguments[])
{
  long process = process_start(arguments, of_lvm);
  if (process > 0)
    udev_serve_until(udev, process);
  trace("done: ", arguments[0]);
}

// In upstream's order. What is found in one layer makes the next one visible.
static void assemble(struct udev *udev, struct signatures found)
{
  static const char *const settle[] = { "/bin/udevadm", "settle", "--timeout=600", NULL };
  static const char *const whole_arrays[] = { "/sbin/mdadm", "-As", "--auto=yes", "--no-degraded", NULL };
  static const char *const device_mapper[] = { "/sbin/modprobe", "dm_mod", NULL };
  static const char *const volumes[] = { "/sbin/lvm", "pvscan", "--cache", "--activate", "ay", NULL };
  static const char *const all_arrays[] = { "/sbin/mdadm", "-As", "--auto=yes", "--run", NULL };
  static const char *const dynamic_disks[] = { "/usr/bin/ldmtool", "create", "all", NULL };

  run(udev, settle);
  bool raid = found.raid;
  if (raid) {
    run(udev, whole_arrays);
    run(udev, settle);
    found = signatures_find();
  }
  if (found.lvm) {
    run(udev, device_mapper);
    run(udev, volumes);
  }
  if (raid)
    run(udev, all_arrays);
  if (found.dynamic)
    run(udev, dynamic_disks);
}

static void print_end(int status)
{
  enum { SIGNAL_MASK = 0x7F };
  int signal = status & SIGNAL_MASK;
  if (signal != 0)
    print("guestfsd was killed by signal ", number_text((unsigned long)signal).text, NULL);
}

// Starts udevd if there is something for it, before guestfsd looks.
static void look_at_disks(struct udev *udev, bool is_complete)
{
  allow_slow_disks();
  is_complete = links_for_disks() && is_complete;
  struct signatures found = signatures_find();
  trace("disks looked at", NULL);
  if (!is_complete || found.lvm || found.raid || found.dynamic || found.other) {
    udev_start(udev);
    assemble(udev, found);
  }
}

// One after another, so that their names are in this order.
static void find_disks(struct udev *udev, unsigned count)
{
  for (unsigned i = 0; i < count; i++) {
    scsi_scan_target(i);
    udev_await_disk(udev);
  }
  trace("disks found", NULL);
}

// What sessions are likely to need is in the memory of a machine that is to be saved: drivers of filesystems, and the files of programs.
static void warm_up(void)
{
  static const char *const commands[][7] = {
    { "/sbin/modprobe", "-a", "dm_mod", "btrfs", "xfs", "vfat", NULL },
    { "/sbin/parted", "--version", NULL },
    { "/sbin/sgdisk", "--version", NULL },
    { "/sbin/lvm", "version", NULL },
    { "/sbin/blkid", "--version", NULL },
    { "/sbin/btrfs", "--version", NULL },
    { "/bin/mount", "--version", NULL },
    { "/usr/bin/file", "--version", NULL },
  };
  for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++) {
    int status;
    if (sys_access(commands[i][0]) < 0)
      continue;
    long process = sys_fork();
    if (process == 0) {
      long nothing = sys_open_to_write("/dev/null", 0);
      for (int file = 0; nothing >= 0 && file <= 2; file++)
        sys_duplicate(nothing, file);
      process_become(commands[i], of_lvm);
    }
    if (process > 0)
      sys_wait(process, &status, 0);
  }
  trace("warmed up", NULL);
}

// While guestfsd is held, the machine is saved, and resumed for a session.
static void hold(struct udev *udev)
{
  unsigned disks = hold_until_resumed();
  make_machine_id();
  find_disks(udev, disks);
  if (!udev_begin_again(udev))
    boot_give_up();
  look_at_disks(udev, true);
  hold_release();
}

static void print_command(const char *const options[])
{
  struct line line = { .length = 0 };
  line_add(&line, "guestfsd");
  for (; *options != NULL; options++) {
    line_add(&line, " ");
    line_add(&line, *options);
  }
  line_print(&line);
}

void session_run(const struct session *session, char **environment)
{
  const char *channel = session->channel;
  struct udev udev;
  mount_all();
  print_line("Starting /init script ...");
  make_files();
  process_inherit(environment);
  trace("files made", NULL);

  // Before anything looks at the disks, so that no event is lost.
  if (!udev_open(&udev))
    boot_give_up();
  start_loopback();
  if (session->has_network)
    network_start(&udev);
  bool has_ports = links_for_ports(channel == NULL ? DEFAULT_CHANNEL : channel);
  if (!session->is_held)
    look_at_disks(&udev, has_ports);
  else if (!has_ports || !hold_begin())
    boot_give_up();
  else
    warm_up();

  if (session->is_verbose)
    verbose_tell(&udev);

  const char *arguments[9];
  unsigned count = 0;
  if (sys_access(LAZY_LIBRARIES "/guestfsd") >= 0) {
    arguments[count++] = LAZY_LIBRARIES "/guestfsd";
    arguments[count++] = "--library-path";
    arguments[count++] = LAZY_LIBRARIES;
  }
  unsigned program = count;
  arguments[count++] = daemon_program();
  if (channel != NULL) {
    arguments[count++] = "--channel";
    arguments[count++] = channel;
  }
  if (session->is_verbose)
    arguments[count++] = "--verbose";
  if (session->has_network)
    arguments[count++] = "--network";
  arguments[count] = NULL;
  print_command(arguments + program + 1);
  trace("starting guestfsd", NULL);
  long process = process_start(arguments, of_lvm);
  if (process > 0 && session->is_held)
    hold(&udev);
  if (process > 0)
    print_end(udev_serve_until(&udev, process));
  sys_sync();
  sys_restart_machine();
  boot_give_up();
}
