// "udevadm settle" in a few system calls. The daemon runs it before and after most of what it does with disks, and where the processor is
// emulated the real program needs a third of a second to be loaded. This one lies where the daemon's PATH finds it first; whatever else it
// is called for, and whatever does not go as expected, it leaves to the real one.
//
// Settling is two things: udevd, or the init that stands in for it, says that it has received what the kernel told until now; and then
// its queue is empty. It is asked through the socket "control" up to systemd 257, later by varlink.
#include "../appliance-init/fast/system.h"
#include "../appliance-init/text.h"

__asm__(START_CODE);

enum {
  // Those of the real one.
  PING_SECONDS = 120,
  SETTLE_MILLISECONDS = 120000,
  LONGEST_SLEEP = 8
};

static long connect_to(int type, const char *path)
{
  struct unix_address address = { AF_UNIX, "" };
  text_join(address.path, sizeof address.path, path, "");
  long file = sys_socket(AF_UNIX, type | O_CLOEXEC, 0);
  if (file < 0)
    return file;
  long error = sys_connect(file, &address, (unsigned)(sizeof address.family + text_length(path) + 1));
  return error < 0 ? error : file;
}

static bool say(long file, const void *message, size_t size) { return sys_send(file, message, size) == (long)size; }

static long hear(long file, void *buffer, size_t size)
{
  const long timeout[2] = { PING_SECONDS, 0 };
  struct poll_file waiting = { (int)file, POLLIN, 0 };
  return sys_poll(&waiting, 1, timeout) > 0 ? sys_receive(file, buffer, size, 0) : -EAGAIN;
}

// The end of the connection is the answer.
static bool ping(void)
{
  enum { END = 0, PING = 7 };
  struct {
    char version[16];
    uint32_t magic, type;
    char value[256];
  } message = { "udev", 0xDEAD1DEA, PING, "" };
  long file = connect_to(SOCK_SEQPACKET, "/run/udev/control");
  if (file < 0 || !say(file, &message, sizeof message))
    return false;
  // Older ones may have ended the connection already.
  message.type = END;
  say(file, &message, sizeof message);
  return hear(file, &message, sizeof message) == 0;
}

// A call and its answer are texts of JSON, ended by a NUL; a failure has a member "error".
static bool ping_by_varlink(void)
{
  static const char call[] = "{\"method\":\"io.systemd.service.Ping\",\"parameters\":{}}";
  char answer[1024];
  size_t length = 0;
  long file = connect_to(SOCK_STREAM, "/run/udev/io.systemd.Udev");
  if (file < 0 || !say(file, call, sizeof call))
    return false;
  while (length == 0 || answer[length - 1] != '\0') {
    long more = hear(file, answer + length, sizeof answer - length);
    if (more <= 0)
      return false;
    length += (size_t)more;
  }
  for (const char *at = answer; *at != '\0'; at++)
    if (text_after(at, "\"error\"") != NULL)
      return false;
  return true;
}

// Whether everything is done, or the file is there that was waited for.
static bool settle(const char *awaited)
{
  bool heard = sys_access("/run/udev/io.systemd.Udev") >= 0 ? ping_by_varlink() : ping();
  unsigned slept = 0;
  for (unsigned next = 1; heard && slept < SETTLE_MILLISECONDS; slept += next, next = next < LONGEST_SLEEP ? next * 2 : next) {
    if ((awaited != NULL && sys_access(awaited) >= 0) || sys_access("/run/udev/queue") == -ENOENT)
      return true;
    sys_sleep(next);
  }
  return false;
}

__attribute__((used)) void start(long *stack)
{
  static const char *const real[] = { "/usr/bin/udevadm", "/bin/udevadm" };
  long count = stack[0];
  char **arguments = (char **)(stack + 1), **environment = arguments + count + 1;
  bool is_settle = count >= 2 && text_equal(arguments[1], "settle"), has_file = count == 4 && text_equal(arguments[2], "-E");
  if (is_settle && (count == 2 || has_file) && settle(has_file ? arguments[3] : NULL))
    sys_exit(0);
  for (unsigned i = 0; i < sizeof real / sizeof real[0]; i++)
    sys_exec(real[i], arguments, environment);
  sys_exit(127);
}
