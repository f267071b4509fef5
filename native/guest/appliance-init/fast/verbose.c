// Each program costs a tenth of a second and more under emulation: what only shows a file is shown without one, and LVM's lists, which
// take seconds, are asked for where there is something of LVM.
#include "verbose.h"

#include "../file.h"
#include "../text.h"
#include "path.h"
#include "process.h"
#include "signature.h"
#include "system.h"

enum { OUTPUT = 1, PIECE = 4096, SCRIPT_SIZE = 32768 };

static void announce(const char *command)
{
  struct line line = { .length = 0 };
  line_add(&line, "+ ");
  line_add(&line, command);
  line_print(&line);
}

static void show(const char *path)
{
  char piece[PIECE];
  long file = sys_open(path);
  if (file < 0) {
    print_error("cannot read ", path, file);
    return;
  }
  for (long length; (length = sys_read(file, piece, sizeof piece)) > 0;)
    sys_write(OUTPUT, piece, (size_t)length);
  sys_close(file);
}

static void show_with_command(const char *path)
{
  announce(path_of("cat ", path, NULL, NULL).text);
  show(path);
}

static void show_after(const char *label, const char *path)
{
  sys_write(OUTPUT, label, text_length(label));
  show(path);
}

// Where the first of the directories has it, as in the shell's PATH.
static void run(struct udev *udev, const char *name, const char *first, const char *second)
{
  static const char *const places[] = { "/sbin/", "/usr/sbin/", "/bin/", "/usr/bin/" };
  struct line command = { .length = 0 };
  line_add(&command, "+ ");
  line_add(&command, name);
  for (unsigned i = 0; i < 2; i++) {
    const char *argument = i == 0 ? first : second;
    line_add(&command, argument == NULL ? "" : " ");
    line_add(&command, argument == NULL ? "" : argument);
  }
  line_print(&command);
  for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
    struct path program = path_of(places[i], name, NULL, NULL);
    if (!path_exists(&program))
      continue;
    const char *const arguments[] = { program.text, first, second, NULL };
    long process = process_start(arguments, of_lvm);
    if (process > 0)
      udev_serve_until(udev, process);
    return;
  }
  print("there is no program ", name, NULL);
}

static void tell_system(void)
{
  enum { FIELD = 65 };
  static char fields[6][FIELD];
  announce("uname -a");
  if (system_call(SYS_uname, (long)fields, 0, 0, 0, 0) < 0)
    return;
  struct line line = { .length = 0 };
  for (unsigned i = 0; i < 5; i++) {
    line_add(&line, fields[i]);
    line_add(&line, " ");
  }
  line_add(&line, "GNU/Linux");
  line_print(&line);
}

static void line_pad(struct line *line, size_t to)
{
  while (line->length < to)
    line_add(line, " ");
}

// The kernel's lines are "name size uses users, state address".
static void tell_modules(void)
{
  static char text[SCRIPT_SIZE];
  announce("lsmod");
  print_line("Module                  Size  Used by");
  if (read_text("/proc/modules", text, sizeof text) < 0)
    return;
  for (char *at = text; *at != '\0';) {
    char *line_start = at;
    while (*at != '\0' && *at != '\n')
      at++;
    if (*at == '\n')
      *at++ = '\0';
    char *rest = line_start;
    const char *name = next_word(&rest), *size = next_word(&rest), *uses = next_word(&rest);
    char *users = next_word(&rest);
    if (users == NULL)
      continue;
    size_t length = text_length(users);
    if (length > 0 && users[length - 1] == ',')
      users[length - 1] = '\0';
    struct line line = { .length = 0 };
    line_add(&line, name);
    line_pad(&line, 20);
    line_pad(&line, text_length(size) < 8 ? 28 - text_length(size) : line.length);
    line_add(&line, size);
    line_add(&line, "  ");
    line_add(&line, uses);
    if (!text_equal(users, "-")) {
      line_add(&line, " ");
      line_add(&line, users);
    }
    line_print(&line);
  }
}

static void add_two_digits(struct line *line, unsigned long number, const char *after)
{
  line_add(line, number < 10 ? "0" : "");
  line_add_number(line, number);
  line_add(line, after);
}

// As date prints it in the C locale, in UTC.
static void tell_time(void)
{
  enum { CLOCK_REALTIME = 0, MINUTE = 60, HOUR = 3600, DAY = 86400 };
  static const char days[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  long now[2] = { 0, 0 };
  announce("date");
  system_call(SYS_clock_gettime, CLOCK_REALTIME, (long)now, 0, 0, 0);
  unsigned long seconds = (unsigned long)now[0] % DAY, day = (unsigned long)now[0] / DAY, year = 1970, month = 0;
  const char *name = days[day % 7];
  for (;; year++) {
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    unsigned long length = is_leap ? 366 : 365;
    if (day >= length) {
      day -= length;
      continue;
    }
    for (;; month++) {
      length = lengths[month] + (month == 1 && is_leap ? 1U : 0U);
      if (day < length)
        break;
      day -= length;
    }
    break;
  }
  struct line line = { .length = 0 };
  line_add(&line, name);
  line_add(&line, " ");
  line_add(&line, months[month]);
  line_add(&line, day + 1 < 10 ? "  " : " ");
  line_add_number(&line, day + 1);
  line_add(&line, " ");
  add_two_digits(&line, seconds / HOUR, ":");
  add_two_digits(&line, seconds % HOUR / MINUTE, ":");
  add_two_digits(&line, seconds % MINUTE, " UTC ");
  line_add_number(&line, year);
  line_print(&line);
}

// Whether this version of upstream's script asks for it.
static bool script_has(const char *line)
{
  static char script[SCRIPT_SIZE];
  if (script[0] == '\0' && read_text("/init", script, sizeof script) < 0)
    return false;
  for (const char *at = script; *at != '\0'; at++)
    if (text_after(at, line) != NULL)
      return true;
  return false;
}

static void tell_volumes(struct udev *udev)
{
  announce("lvm config");
  show("/tmp/lvm/lvm.conf");
  bool has_volumes = signatures_find().lvm;
  static const char *const lists[] = { "pvs", "vgs", "lvs" };
  for (unsigned i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    if (has_volumes)
      run(udev, "lvm", lists[i], NULL);
    else
      announce(path_of("lvm ", lists[i], NULL, NULL).text);
  }
}

void verbose_tell(struct udev *udev)
{
  tell_system();
  run(udev, "ls", "-lR", "/dev");
  show_with_command("/proc/mounts");
  show_with_command("/proc/mdstat");
  if (script_has("\n    lsblk\n"))
    run(udev, "lsblk", NULL, NULL);
  if (script_has("\n    blkid\n"))
    run(udev, "blkid", NULL, NULL);
  tell_volumes(udev);
  run(udev, "ip", "a", NULL);
  run(udev, "ip", "r", NULL);
  show_with_command("/etc/resolv.conf");
  tell_modules();
  tell_time();
  show_after("clocksource: ", "/sys/devices/system/clocksource/clocksource0/current_clocksource");
  show_after("uptime: ", "/proc/uptime");
}
