// Makes of the start of a machine, as libguestfs asks for it, the resumption of one that was saved: docs/design/resume.md.
//
// The directory of what was saved has the files "arguments", "memory" and "devices". "arguments" is two lists of strings, each ended by an
// empty one: those that libguestfs gave to the qemu that was saved, from the first to the value of -append, without the disks; and those of
// a qemu that resumes it, with a string of one character where what belongs to this launch goes:
//   D   the disks          S   the socket of guestfsd's channel          O   what comes after -append
// The second list names files by the numbers in launcher.h.
#include "launcher.h"
#include "system.h"

enum { MOST_ARGUMENTS = 4096, MOST_TARGETS = 255, LONGEST_LIST = 65536, MOST_DEVICES = 1 << 20, SEED_SIZE = 32 };

static char list[LONGEST_LIST], room[LONGEST_LIST], *resumed[MOST_ARGUMENTS], *disks[MOST_ARGUMENTS];
static size_t room_used, resumed_count, disks_count;
static long session_end = -1, monitor_end = -1;

// A text that is put together; it is cut where it would be too long, and then not used.
static void add(const char *text)
{
  for (; *text && room_used + 1 < sizeof room; text++)
    room[room_used++] = *text;
}

static void add_number(uint64_t number)
{
  char digits[24], *first = digits + sizeof digits - 1;
  *first = '\0';
  do
    *--first = (char)('0' + number % 10);
  while (number /= 10);
  add(first);
}

static char *begin_text(void) { return room + room_used; }

static int end_text(void)
{
  if (room_used + 1 >= sizeof room)
    return 0;
  room[room_used++] = '\0';
  return 1;
}

static int ends_with(const char *text, const char *end)
{
  size_t length = length_of(text), end_length = length_of(end);
  return length >= end_length && equal(text + length - end_length, end);
}

int contains(const char *text, const char *part)
{
  for (; *text; text++)
    if (after(text, part))
      return 1;
  return 0;
}

// What differs from session to session and makes no difference.
static const char *skip_words(const char *text)
{
  while (after(text, " ") || after(text, "TERM=") || after(text, "lpj="))
    do
      text++;
    while (*text && *text != ' ' && text[-1] != ' ');
  return text;
}

static int same_words(const char *a, const char *b)
{
  for (;;) {
    a = skip_words(a);
    b = skip_words(b);
    for (; *a && *a != ' ' && *a == *b; a++, b++)
      ;
    if ((*a && *a != ' ') || (*b && *b != ' '))
      return 0;
    if (!*skip_words(a) || !*skip_words(b))
      return !*skip_words(a) && !*skip_words(b);
  }
}

static int is_disk(const char *option, const char *value)
{
  if (equal(option, "-drive"))
    return contains(value, ",if=none") && contains(value, ",id=hd");
  return equal(option, "-device") && after(value, "scsi-hd,drive=hd");
}

// The targets that libguestfs' disks have: with another bus than the one for all.
static int take_disk(char **arguments, size_t *targets)
{
  if (disks_count + 2 >= MOST_ARGUMENTS)
    return 0;
  disks[disks_count++] = arguments[0];
  disks[disks_count] = arguments[1];
  if (equal(arguments[0], "-device")) {
    if (*targets >= MOST_TARGETS)
      return 0;
    disks[disks_count] = begin_text();
    add(arguments[1]);
    add(",bus=scsi.0,scsi-id=");
    add_number((*targets)++);
    if (!end_text())
      return 0;
  }
  disks_count++;
  return 1;
}

int is_socket(const char *value) { return after(value, "socket,path=") && ends_with(value, ",id=channel0"); }

static const char *next_string(const char **at)
{
  const char *string = *at;
  *at += length_of(string) + (*string != '\0');
  return string;
}

static const char *skip_kvm(const char *text) { return after(text, "kvm:tcg") ? after(text, "kvm:") : text; }

// Whether two values are the same machine without KVM, which is what is saved: libguestfs also asks for KVM where there is none, or where
// it does not work. Newer versions name the machine's type, too, and options of the processor.
static int same_machine(const char *option, const char *a, const char *b)
{
  if (equal(option, "-cpu"))
    return (after(a, "max") || after(a, "host")) && (after(b, "max") || after(b, "host"));
  if (!equal(option, "-machine"))
    return 0;
  while (*(a = skip_kvm(a)) == *(b = skip_kvm(b)) && *a) {
    a++;
    b++;
  }
  return *a == *b;
}

// Compares what libguestfs asks for with what was saved. Returns the argument that differs, or NULL.
static const char *difference(char **arguments, size_t count, const char **expected, char **socket, size_t *targets)
{
  for (size_t i = 1; i < count; i++) {
    const char *previous = arguments[i - 1];
    if (i + 1 < count && is_disk(arguments[i], arguments[i + 1])) {
      if (!take_disk(arguments + i, targets))
        return arguments[i + 1];
      i++;
      continue;
    }
    const char *wanted = next_string(expected);
    if (equal(previous, "-append") ? !same_words(arguments[i], wanted)
            : equal(previous, "-chardev") && is_socket(arguments[i])
            ? !is_socket(wanted)
            : !equal(arguments[i], wanted) && !same_machine(previous, arguments[i], wanted))
      return arguments[i];
    if (equal(previous, "-chardev") && is_socket(arguments[i]))
      *socket = arguments[i];
  }
  return *next_string(expected) ? arguments[count - 1] : NULL;
}

static int put(char *argument)
{
  if (resumed_count + 1 >= MOST_ARGUMENTS)
    return 0;
  resumed[resumed_count++] = argument;
  return 1;
}

static int put_all(char **arguments, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (!put(arguments[i]))
      return 0;
  return 1;
}

static const char *name_in(const char *directory, const char *name)
{
  const char *file = begin_text();
  add(directory);
  add("/");
  add(name);
  return end_text() ? file : "";
}

static long open_in(const char *directory, const char *name) { return sys_open(name_in(directory, name), O_RDONLY); }

void forget_saved(const char *directory) { sys_remove(name_in(directory, "arguments")); }

// qemu gets a number that it inherits.
static int give(long file, int number)
{
  int given = file >= 0 && sys_duplicate(file, number) >= 0;
  sys_close(file);
  return given;
}

// A copy for this machine: older qemus ask for a file that they may write to, and what was saved is for all machines. The holes of the
// file are what was never written.
static int give_memory(const char *directory)
{
  long file = open_in(directory, "memory"), copy = sys_memory_file("guest");
  int64_t size = sys_seek(file, 0, SEEK_END), at = 0;
  int is_copied = file >= 0 && copy >= 0 && size > 0 && sys_truncate(copy, size) >= 0;
  while (is_copied && (at = sys_seek(file, at, SEEK_DATA)) >= 0) {
    const int64_t end = sys_seek(file, at, SEEK_HOLE);
    is_copied = end > at && sys_seek(copy, at, SEEK_SET) == at;
    while (is_copied && at < end)
      is_copied = sys_send_file(copy, file, &at, (size_t)(end - at)) > 0;
  }
  sys_close(file);
  return is_copied & give(copy, MEMORY);
}

// Through a pipe, which holds all of it: a file here is deprecated, and later ones cannot be named to older qemus.
static int give_devices(const char *directory)
{
  static uint8_t data[65536];
  int32_t pipe[2];
  long file = open_in(directory, "devices"), count = 0;
  int64_t size = sys_seek(file, 0, SEEK_END);
  int is_given = size > 0 && size < MOST_DEVICES && sys_pipe(pipe) >= 0;
  if (is_given) {
    is_given = sys_pipe_size(pipe[1], MOST_DEVICES) >= size && sys_seek(file, 0, SEEK_SET) == 0;
    while (is_given && (count = sys_read(file, data, sizeof data)) > 0)
      is_given = sys_write(pipe[1], data, (size_t)count) == count;
    is_given &= count == 0;
    sys_close(pipe[1]);
    is_given &= give(pipe[0], DEVICES);
  }
  sys_close(file);
  return is_given;
}

// Both ends stay open in qemu, which does not see the connection end.
static int give_text(const char *text, int number, long *end)
{
  int32_t pair[2];
  if (sys_socket_pair(pair) < 0)
    return 0;
  *end = pair[1];
  return (sys_write(pair[1], text, length_of(text)) == (long)length_of(text)) & give(pair[0], number);
}

// What the appliance's init does not know of this session.
static const char *message(size_t targets)
{
  static const char digits[] = "0123456789abcdef";
  uint8_t seed[SEED_SIZE];
  int64_t now[2];
  char *text = begin_text();
  if (sys_random(seed, sizeof seed) != sizeof seed || sys_clock(now) < 0)
    return NULL;
  add("time=");
  add_number((uint64_t)now[0]);
  add(" nanoseconds=");
  add_number((uint64_t)now[1]);
  add(" seed=");
  for (size_t i = 0; i < sizeof seed; i++)
    add((char[]){ digits[seed[i] >> 4], digits[seed[i] & 15], '\0' });
  add(" disks=");
  add_number(targets);
  add("\n");
  return end_text() ? text : NULL;
}

static const char commands[] =
    "{\"execute\":\"qmp_capabilities\"}\n"
    "{\"execute\":\"migrate-set-capabilities\",\"arguments\":{\"capabilities\":[{\"capability\":\"x-ignore-shared\",\"state\":true}]}}\n"
    "{\"execute\":\"migrate-incoming\",\"arguments\":{\"uri\":\"fd:93\"}}\n";

void close_given(void)
{
  for (int number = MEMORY; number <= DEVICES; number++)
    sys_close(number);
}

void close_ends(void)
{
  sys_close(session_end);
  sys_close(monitor_end);
}

long other_end(int number) { return number == SESSION ? session_end : number == MONITOR ? monitor_end : -1; }

char **resume(char **arguments, size_t count, size_t append, const char *directory, const char **refusal)
{
  const char *at = list, *told, *other;
  char *socket = NULL;
  size_t targets = 0;
  long file = open_in(directory, "arguments"), size = sys_read(file, list, sizeof list - 2);
  sys_close(file);
  *refusal = "it cannot be read";
  if (size <= 0)
    return NULL;

  if ((other = difference(arguments, append + 2, &at, &socket, &targets)) || !socket) {
    *refusal = other ? other : "-chardev";
    return NULL;
  }

  int has_room = put(arguments[0]);
  at++;
  for (const char *next; has_room && *(next = next_string(&at));)
    has_room = equal(next, "D") ? put_all(disks, disks_count)
        : equal(next, "S")      ? put(socket)
        : equal(next, "O")      ? put_all(arguments + append + 2, count - append - 2)
                                : put((char *)next);
  *refusal = "there is no room for it";
  if (!has_room)
    return NULL;
  *refusal = "the kernel does not give what it needs";
  if (!(told = message(targets)) || !give_text(told, SESSION, &session_end) || !give_text(commands, MONITOR, &monitor_end)
      || !give_devices(directory) || !give_memory(directory)) {
    close_given();
    close_ends();
    return NULL;
  }
  resumed[resumed_count] = NULL;
  return resumed;
}
