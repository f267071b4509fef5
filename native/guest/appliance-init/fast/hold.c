// guestfsd asks for the links of disks before it does anything else that depends on this session: its first open of their directory is
// what is waited for, by fanotify. The host saves the machine there, without a disk. In a machine that is resumed everything goes on from
// that point, as in all others that are: what must not be the same in two of them is made anew before guestfsd goes on.
#include "hold.h"

#include "../boot.h"
#include "../file.h"
#include "../text.h"
#include "clock.h"
#include "links.h"
#include "path.h"
#include "system.h"
#include "trace.h"

#define PORT "/dev/virtio-ports/org.guestfs.resume.0"

enum { SEED_SIZE = 64, MESSAGE_SIZE = 1024 };

static long notifications = -1, port = -1;
static int held = -1;

bool hold_begin(void)
{
  links_make_directory();
  notifications = sys_fanotify();
  long error =
      notifications < 0 ? notifications : sys_fanotify_mark(notifications, FAN_MARK_ADD, FAN_OPEN_PERM | FAN_ONDIR, LINKS_OF_DISKS);
  port = sys_open_to_read_and_write(PORT);
  if (error >= 0 && port < 0)
    error = port;
  if (error < 0)
    print_error("cannot hold ", "guestfsd", error);
  else if (!clock_is_right()) {
    // Every machine that is resumed would have it.
    static const char is_wrong[] = "its clock is wrong, because the host was busy when its kernel started\n";
    sys_write(port, is_wrong, sizeof is_wrong - 1);
    error = -EINVAL;
  }
  return error >= 0;
}

static unsigned hex_digit(char c) { return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10); }

// The kernel of each machine that is resumed knows the same as the saved one.
static void add_randomness(const char *digits)
{
  struct {
    int bits, size;
    uint8_t bytes[SEED_SIZE];
  } seed = { 0, 0, { 0 } };
  for (; digits[0] != '\0' && digits[1] != '\0' && seed.size < SEED_SIZE; digits += 2)
    seed.bytes[seed.size++] = (uint8_t)(hex_digit(digits[0]) << 4 | hex_digit(digits[1]));
  seed.bits = seed.size * 8;
  long file = sys_open("/dev/urandom");
  long error = seed.size == 0 ? -EINVAL : sys_ioctl(file, RNDADDENTROPY, &seed);
  if (error >= 0)
    error = sys_ioctl(file, RNDRESEEDCRNG, NULL);
  sys_close(file);

  // Without it two sessions would have the same random numbers.
  if (error < 0) {
    print_error("cannot add to ", "the kernel's randomness", error);
    boot_give_up();
  }
}

// One line. Until the host is connected there is nothing to read.
static void read_message(char message[MESSAGE_SIZE])
{
  long length = 0;
  while (length == 0 || (message[length - 1] != '\n' && length < MESSAGE_SIZE - 1)) {
    long more = sys_read(port, message + length, (size_t)(MESSAGE_SIZE - 1 - length));
    if (more > 0)
      length += more;
    else
      sys_sleep(1);
  }
  message[length] = '\0';
}

unsigned hold_until_resumed(void)
{
  static const char is_held[] = "held\n";
  static char message[MESSAGE_SIZE];
  struct fanotify_event event;
  unsigned disks = 0;
  long seconds = 0, nanoseconds = 0;
  if (sys_read(notifications, &event, sizeof event) != (long)sizeof event)
    boot_give_up();
  held = event.file;
  trace("guestfsd held", NULL);

  // So that the root's blocks are where the saved machine believes that they are.
  sys_sync();
  sys_write(port, is_held, sizeof is_held - 1);
  read_message(message);

  // Only what waits already is held on: udevd opens this directory too.
  sys_fanotify_mark(notifications, FAN_MARK_FLUSH, 0, LINKS_OF_DISKS);
  char *rest = message;
  for (const char *word; (word = next_word(&rest)) != NULL;) {
    const char *value;
    if ((value = text_after(word, "time=")) != NULL)
      seconds = text_number(&value);
    else if ((value = text_after(word, "nanoseconds=")) != NULL)
      nanoseconds = text_number(&value);
    else if ((value = text_after(word, "seed=")) != NULL)
      add_randomness(value);
    else if ((value = text_after(word, "disks=")) != NULL)
      disks = text_number(&value);
  }
  sys_set_time(seconds, nanoseconds);
  trace("resumed", NULL);
  return disks;
}

void hold_release(void)
{
  static const char is_released[] = "released\n";
  struct fanotify_answer answer = { held, FAN_ALLOW };
  long written = sys_write(notifications, &answer, sizeof answer);
  if (written < 0)
    print_error("cannot release ", "guestfsd", written);
  sys_write(port, is_released, sizeof is_released - 1);
  sys_close(held);
  sys_close(notifications);
  sys_close(port);
  trace("guestfsd released", NULL);
}
