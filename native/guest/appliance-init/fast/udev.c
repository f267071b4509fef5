// Stands in for udevd until it is needed: for an event of a disk, when a disk has been written to, or for udevadm.
// docs/design/fast-init.md says why. What came in stays in its sockets, and udevd reads it first. "udevadm settle" pings udevd:
// up to systemd 257 through the socket "control", and waits for the end of the connection; later by varlink, which has a socket
// of its own.
#include "udev.h"

#include "../text.h"
#include "blocks.h"
#include "process.h"
#include "system.h"
#include "trace.h"
#include "watch.h"

enum {
  AF_NETLINK = 16,
  SOCK_RAW = 3,
  NETLINK_KOBJECT_UEVENT = 15,
  KERNEL_GROUP = 1,
  SOL_SOCKET = 1,
  SO_PASSCRED = 16,
  SO_RCVBUFFORCE = 33,
  MSG_PEEK = 2,
  MSG_DONTWAIT = 0x40,
  RECEIVE_BUFFER = 128 << 20,
  WAITING_CLIENTS = 16,
  LARGEST_EVENT = 8192,
};

// Where systemd's udevd expects the sockets that it is given.
enum { FIRST_GIVEN = 3, SPARE = 64, MOST_GIVEN = 3 };

const char *udev_program(void)
{
  static const char *const places[] = { "/lib/systemd/systemd-udevd", "/usr/lib/systemd/systemd-udevd" };
  for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++)
    if (sys_access(places[i]) >= 0)
      return places[i];
  return NULL;
}

static long open_events(void)
{
  struct {
    uint16_t family, padding;
    uint32_t port, groups;
  } address = { AF_NETLINK, 0, 0, KERNEL_GROUP };
  long file = sys_socket(AF_NETLINK, SOCK_RAW | O_CLOEXEC | O_NONBLOCK, NETLINK_KOBJECT_UEVENT);
  if (file < 0)
    return file;
  sys_set_socket_option(file, SOL_SOCKET, SO_PASSCRED, 1);
  sys_set_socket_option(file, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
  long error = sys_bind(file, &address, sizeof address);
  return error < 0 ? error : file;
}

static long open_clients(int type, const char *path)
{
  struct unix_address address = { AF_UNIX, "" };
  text_join(address.path, sizeof address.path, path, "");
  long file = sys_socket(AF_UNIX, type | O_CLOEXEC | O_NONBLOCK, 0);
  if (file < 0)
    return file;
  sys_set_socket_option(file, SOL_SOCKET, SO_PASSCRED, 1);
  long mask = sys_umask(077);
  long error = sys_bind(file, &address, (unsigned)(sizeof address.family + text_length(path) + 1));
  sys_umask((unsigned)mask);
  if (error >= 0)
    error = sys_listen(file, WAITING_CLIENTS);
  return error < 0 ? error : file;
}

// Older ones take no socket that they do not know.
static bool knows_varlink(void)
{
  return sys_access("/usr/lib/systemd/system/systemd-udevd-varlink.socket") >= 0
      || sys_access("/lib/systemd/system/systemd-udevd-varlink.socket") >= 0;
}

// Whether all could be opened.
static bool check(const long files[], unsigned count)
{
  for (unsigned i = 0; i < count; i++) {
    if (files[i] < 0) {
      print_error("cannot open ", "what udevd is started by", files[i]);
      return false;
    }
  }
  return true;
}

bool udev_open(struct udev *udev)
{
  sys_mkdir("/run/udev");
  sys_signal_mask(SIG_BLOCK, SIGCHLD);
  udev->signals = sys_signal_file(SIGCHLD);
  udev->events = open_events();
  udev->control = open_clients(SOCK_SEQPACKET, "/run/udev/control");
  udev->has_varlink = knows_varlink();
  udev->varlink = udev->has_varlink ? open_clients(SOCK_STREAM, "/run/udev/io.systemd.Udev") : -1;
  udev->watches = watch_open();
  const long files[] = { udev->signals, udev->events, udev->control, udev->has_varlink ? udev->varlink : 0, udev->watches };
  return check(files, sizeof files / sizeof files[0]);
}

bool udev_begin_again(struct udev *udev)
{
  sys_close(udev->events);
  sys_close(udev->watches);
  const long files[] = { udev->events = open_events(), udev->watches = watch_open() };
  return check(files, sizeof files / sizeof files[0]);
}

// A partition's rules use what the disk's have found, so that comes first. What was made of disks since the start has its own
// events.
static void tell_of_disks(void)
{
  for (int pass = 0; pass < 2; pass++) {
    struct blocks blocks;
    struct block block;
    blocks_open(&blocks);
    while (blocks_next(&blocks, &block))
      if (!block.is_virtual && block.is_partition == (pass == 1))
        write_line(path_of("/sys/class/block/", block.name, "/uevent", NULL).text, "add");
  }
}

void udev_start(struct udev *udev)
{
  if (udev->control < 0)
    return;
  // Not "--daemon": newer ones then look for their sockets in a child, which they were not given to.
  const char *const arguments[] = { udev_program(), NULL };
  long process = sys_fork();
  if (process == 0) {
    struct path id = path_of("LISTEN_PID=", number_text((unsigned long)sys_process_id()).text, NULL, NULL);
    // By these names newer ones know their sockets; what they no longer know, they close.
    const char *const variables[] = {
      id.text,
      udev->has_varlink ? "LISTEN_FDS=3" : "LISTEN_FDS=2",
      udev->has_varlink ? "LISTEN_FDNAMES=systemd-udevd-control.socket:systemd-udevd-kernel.socket:varlink"
                        : "LISTEN_FDNAMES=systemd-udevd-control.socket:systemd-udevd-kernel.socket",
      NULL,
    };

    // Which a daemon does itself.
    sys_new_session();
    long nothing = sys_open_to_write("/dev/null", 0);
    for (int i = 0; nothing >= 0 && i < FIRST_GIVEN; i++)
      sys_duplicate(nothing, i);
    write_line("/proc/self/oom_score_adj", "-1000");

    // First out of the way, because they may be where they must come to.
    const long given[MOST_GIVEN] = { udev->control, udev->events, udev->varlink };
    const int count = udev->has_varlink ? 3 : 2;
    for (int i = 0; i < count; i++)
      sys_duplicate(given[i], SPARE + i);
    for (int i = 0; i < count; i++) {
      sys_duplicate(SPARE + i, FIRST_GIVEN + i);
      sys_close(SPARE + i);
    }
    process_become(arguments, variables);
  }
  if (process < 0)
    print_error("cannot start ", arguments[0], process);
  sys_close(udev->control);
  udev->control = -1;
  if (udev->has_varlink)
    sys_close(udev->varlink);
  tell_of_disks();
  sys_close(udev->events);
  sys_close(udev->watches);
  trace("udevd started", NULL);
}

static char event[LARGEST_EVENT + 1];

// Whether rules do something about it: about disks, ports, and devices that want a driver.
static bool is_for_udevd(const char *line, const char *end)
{
  for (; line < end; line += text_length(line) + 1)
    if (text_equal(line, "SUBSYSTEM=block") || text_equal(line, "SUBSYSTEM=virtio-ports") || text_after(line, "MODALIAS=") != NULL)
      return true;
  return false;
}

static bool has_line(const char *line, const char *end, const char *wanted)
{
  for (; line < end; line += text_length(line) + 1)
    if (text_equal(line, wanted))
      return true;
  return false;
}

// The last that the kernel tells of a disk, when it has read its partitions, is that its driver has it.
void udev_await_disk(const struct udev *udev)
{
  enum { MOST_WAIT_SECONDS = 10 };
  const long timeout[2] = { MOST_WAIT_SECONDS, 0 };
  struct poll_file file = { (int)udev->events, POLLIN, 0 };
  while (sys_poll(&file, 1, timeout) > 0) {
    long length = sys_receive(udev->events, event, LARGEST_EVENT, MSG_DONTWAIT);
    if (length <= 0)
      continue;
    event[length] = '\0';
    const char *end = event + length;
    if (has_line(event, end, "ACTION=bind") && has_line(event, end, "SUBSYSTEM=scsi") && has_line(event, end, "DRIVER=sd"))
      return;
  }
}

// Leaves the first event for udevd where it is, and takes out those before it. What was lost (an error) may have been for it.
static bool has_event(const struct udev *udev)
{
  for (;;) {
    long length = sys_receive(udev->events, event, LARGEST_EVENT, MSG_PEEK | MSG_DONTWAIT);
    if (length < 0)
      return length != -EAGAIN;
    event[length] = '\0';
    if (is_for_udevd(event, event + length))
      return true;
    sys_receive(udev->events, event, LARGEST_EVENT, MSG_DONTWAIT);
  }
}

// Waits for a message: a client that was stopped in between must not stop this.
static long receive(long connection, void *message, size_t size)
{
  enum { MOST_WAIT_SECONDS = 2 };
  const long timeout[2] = { MOST_WAIT_SECONDS, 0 };
  struct poll_file file = { (int)connection, POLLIN, 0 };
  return sys_poll(&file, 1, timeout) > 0 ? sys_receive(connection, message, size, MSG_DONTWAIT) : 0;
}

// Returns whether it was only a ping, which the end of the connection answers. Newer clients say when they have said all.
static bool answer_ping(const struct udev *udev)
{
  enum { END = 0, PING = 7 };
  static const uint32_t magic = 0xDEAD1DEA;
  struct {
    char version[16];
    uint32_t magic, type;
    char value[512];
  } message;
  bool is_ping = true;
  long connection = sys_accept(udev->control, O_CLOEXEC);
  if (connection < 0)
    return true;
  for (long length; (length = receive(connection, &message, sizeof message)) > 0;) {
    is_ping = is_ping && length >= 24 && message.magic == magic && (message.type == PING || message.type == END);
    if (!is_ping || message.type == END)
      break;
  }
  sys_close(connection);
  return is_ping;
}

// The same by varlink: a call is a text of JSON, whose end is a NUL, and so is the answer.
static bool answer_varlink_ping(const struct udev *udev)
{
  static const char answer[] = "{\"parameters\":{}}";
  char call[1024];
  size_t length = 0;
  long connection = sys_accept(udev->varlink, O_CLOEXEC);
  if (connection < 0)
    return true;
  while (length < sizeof call && (length == 0 || call[length - 1] != '\0')) {
    long more = receive(connection, call + length, sizeof call - length);
    if (more <= 0)
      break;
    length += (size_t)more;
  }
  bool is_whole = length > 0 && call[length - 1] == '\0', is_ping = false;
  for (const char *at = call; is_whole && !is_ping && *at != '\0'; at++)
    is_ping = text_after(at, "\"io.systemd.service.Ping\"") != NULL;
  if (is_whole)
    sys_write(connection, answer, sizeof answer);
  sys_close(connection);
  return is_ping;
}

static void look_for_work(struct udev *udev, bool is_called, bool is_called_by_varlink)
{
  bool is_written = watch_reread_written(udev->watches);
  if (has_event(udev) || is_written || (is_called && !answer_ping(udev)) || (is_called_by_varlink && !answer_varlink_ping(udev)))
    udev_start(udev);
}

int udev_serve_until(struct udev *udev, long process)
{
  for (;;) {
    int status;
    for (long ended; (ended = sys_wait(-1, &status, WNOHANG)) > 0;)
      if (ended == process)
        return status;

    enum { SIGNALS, CONTROL, VARLINK, EVENTS, WATCHES, FILES };
    struct poll_file files[FILES] = {
      [SIGNALS] = { (int)udev->signals, POLLIN, 0 }, [CONTROL] = { (int)udev->control, POLLIN, 0 },
      [VARLINK] = { (int)udev->varlink, POLLIN, 0 }, [EVENTS] = { (int)udev->events, POLLIN, 0 },
      [WATCHES] = { (int)udev->watches, POLLIN, 0 },
    };
    const bool runs = udev->control < 0;
    if (sys_poll(files, runs ? 1 : FILES, NULL) < 0)
      continue;
    if (files[SIGNALS].returned != 0) {
      char signal[128];
      sys_read(udev->signals, signal, sizeof signal);
    }
    if (!runs && (files[CONTROL].returned | files[VARLINK].returned | files[EVENTS].returned | files[WATCHES].returned) != 0)
      look_for_work(udev, files[CONTROL].returned != 0, files[VARLINK].returned != 0);
  }
}
