// Stands in qemu's place: confines itself, mends what libguestfs leaves open in qemu's arguments, and then becomes qemu. It lies in a
// directory of the handle, beside the file "rules" (which GuestfsHandle has written) and the file "report", into which it puts one line on
// what it has done; or beside a saved machine, for other programs, which find it by LIBGUESTFS_HV.
//
// The rules are a list of strings, each a letter and a value:
//   q FILE   the real qemu          x FILE   a program that it needs to start: the dynamic loader
//   r PATH   may be read            w PATH   may be read and written
//   t DIR    is TMPDIR              o TEXT   an argument that the library itself has added
//   n        TCP may be used        m        better no qemu than one that is not confined
//   u        qemu is not confined   s DIR    a machine was saved there, to be resumed
//   a        the arguments are put into the file "arguments", without those that come after -append
//   p        qemu ends with the thread that starts it, and lets others have the processor first
//   f BOOT   nobody else sees whether qemu resumes; what was saved holds for this boot of the host
#include "launcher.h"
#include "system.h"

__asm__(START_CODE);

enum {
  // All rights that a ruleset of the first version knows, and those that came later, by their version.
  FS_FIRST = 0x1FFF,
  FS_REFER = 1 << 13,
  NET_BIND_AND_CONNECT_TCP = 3,
  SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3,
  VERSION_OF_REFER = 2,
  VERSION_OF_TRUNCATE = 3,
  VERSION_OF_NET = 4,
  VERSION_OF_IOCTL_DEV = 5,
  VERSION_OF_SCOPE = 6,
  FS_OF_FILES = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV,
  RULE_PATH_BENEATH = 1,
  CREATE_RULESET_VERSION = 1,
  BACKGROUND = 10
};

struct ruleset {
  uint64_t fs, net, scope;
};

struct __attribute__((packed)) path_beneath {
  uint64_t rights;
  int32_t parent;
};

static char rules[65536];
static size_t rules_size;
static uint64_t handled;
static long ruleset, report_file = -1;

static void say(const char *what, const char *more)
{
  static const char name[] = "guestfs launcher: ";
  sys_write(2, name, sizeof name - 1);
  sys_write(2, what, length_of(what));
  sys_write(2, more, length_of(more));
  sys_write(2, "\n", 1);
}

static void fail(const char *what)
{
  say(what, "");
  sys_exit(1);
}

// The value of the first rule of a kind from some place on, and the place after it; NULL if there is none.
static const char *rule(char kind, size_t *at)
{
  while (*at < rules_size) {
    const char *entry = rules + *at;
    *at += length_of(entry) + 1;
    if (entry[0] == kind)
      return entry + 1;
  }
  return NULL;
}

static const char *first_rule(char kind)
{
  size_t at = 0;
  return rule(kind, &at);
}

// The name of a file in the directory of the program that was started.
static const char *beside(const char *program, const char *name)
{
  static char path[4096];
  size_t length = length_of(program);
  while (length > 0 && program[length - 1] != '/')
    length--;
  if (length + length_of(name) >= sizeof path)
    fail("the name of its directory is too long");
  for (size_t i = 0; i < length; i++)
    path[i] = program[i];
  for (size_t i = 0; i <= length_of(name); i++)
    path[length + i] = name[i];
  return path;
}

static void read_rules(const char *program)
{
  long file = sys_open(beside(program, "rules"), O_RDONLY);
  long count;
  while (file >= 0 && rules_size < sizeof rules - 1 && (count = sys_read(file, rules + rules_size, sizeof rules - 1 - rules_size)) > 0)
    rules_size += (size_t)count;
  sys_close(file);
  if (!first_rule('q'))
    fail("its rules cannot be read");
}

void allow(const char *path, uint64_t rights)
{
  struct path_beneath rule = { rights & handled, 0 };
  long file = sys_open(path, O_PATH);
  if (file < 0)
    return;
  rule.parent = (int32_t)file;
  // Rights of directories are not those of a file.
  if (system_call(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, (long)&rule, 0, 0) == -EINVAL) {
    rule.rights &= FS_OF_FILES;
    system_call(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, (long)&rule, 0, 0);
  }
  sys_close(file);
}

static void allow_rules(char kind, uint64_t rights)
{
  size_t at = 0;
  for (const char *path; (path = rule(kind, &at));)
    allow(path, rights);
}

// What is added to the arguments by guestfs_config(3) comes after those of libguestfs, of which -append is the last. Such an argument can
// name any file. Returns the first one that is not the library's own, or NULL.
static const char *foreign_argument(char **arguments, size_t count, size_t last)
{
  for (size_t i = last; i < count; i++) {
    size_t at = 0;
    const char *own;
    while ((own = rule('o', &at)) && !equal(own, arguments[i]))
      ;
    if (!own)
      return arguments[i];
  }
  return NULL;
}

// Rights of root over what is not a file. Under Landlock it may still change the clock, the network or the kernel.
static void drop_capabilities(void)
{
  const uint32_t kept = 1u << 1 | 1u << 2 | 1u << 24;  // CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SYS_RESOURCE
  struct {
    uint32_t version;
    int32_t process;
  } header = { 0x20080522, 0 };
  struct {
    uint32_t effective, permitted, inheritable;
  } sets[2];
  sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0);
  for (int capability = 0; capability < 64; capability++)
    if (capability >= 32 || !(kept & 1u << capability))
      sys_prctl(PR_CAPBSET_DROP, capability, 0);
  if (system_call(SYS_capget, (long)&header, (long)sets, 0, 0, 0) < 0)
    return;
  sets[0].effective &= kept;
  sets[0].permitted &= kept;
  sets[0].inheritable = sets[1].effective = sets[1].permitted = sets[1].inheritable = 0;
  system_call(SYS_capset, (long)&header, (long)sets, 0, 0, 0);
}

// Returns the version of Landlock, or an error number.
static long confine(char **arguments, size_t count)
{
  struct ruleset attributes = { FS_FIRST, 0, 0 };
  size_t size = sizeof attributes.fs;
  int with_network = first_rule('n') != NULL;
  long version = system_call(SYS_landlock_create_ruleset, 0, 0, CREATE_RULESET_VERSION, 0, 0);
  if (version < 0)
    return version;
  if (version >= VERSION_OF_REFER)
    attributes.fs |= FS_REFER;
  if (version >= VERSION_OF_TRUNCATE)
    attributes.fs |= FS_TRUNCATE;
  if (version >= VERSION_OF_NET) {
    attributes.net = with_network ? 0 : NET_BIND_AND_CONNECT_TCP;
    size = offsetof(struct ruleset, scope);
  }
  if (version >= VERSION_OF_IOCTL_DEV)
    attributes.fs |= FS_IOCTL_DEV;
  if (version >= VERSION_OF_SCOPE) {
    attributes.scope = SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS;
    size = sizeof attributes;
  }

  handled = attributes.fs;
  ruleset = system_call(SYS_landlock_create_ruleset, (long)&attributes, (long)size, 0, 0, 0);
  if (ruleset < 0)
    return ruleset;
  allow_rules('q', RUN);
  allow_rules('x', RUN);
  allow_rules('r', READ);
  allow_rules('w', WRITE);
  allow_rules('t', TEMPORARY);
  allow("/proc/self", READ);
  allow_arguments(arguments, count);

  drop_capabilities();
  long result = sys_prctl(PR_SET_NO_NEW_PRIVS, 1, 0);
  if (result >= 0)
    result = system_call(SYS_landlock_restrict_self, ruleset, 0, 0, 0, 0);
  sys_close(ruleset);
  if (result >= 0)
    result = filter_system_calls(with_network);
  return result < 0 ? result : version;
}

// qemu's temporary files go to a directory of their own.
static char **with_temporary_directory(char **environment, char **changed)
{
  static const char name[] = "TMPDIR=";
  static char variable[4096];
  const char *directory = first_rule('t');
  size_t count = 0, length = sizeof name - 1;
  if (!directory || length + length_of(directory) >= sizeof variable)
    return environment;
  for (size_t i = 0; i < length; i++)
    variable[i] = name[i];
  for (size_t i = 0; i <= length_of(directory); i++)
    variable[length + i] = directory[i];
  changed[count++] = variable;
  for (; *environment; environment++) {
    size_t same = 0;
    while (same < length && (*environment)[same] == name[same])
      same++;
    if (same < length)
      changed[count++] = *environment;
  }
  changed[count] = NULL;
  return changed;
}

// One line of the report.
static void report(char kind, const char *text)
{
  if (report_file < 0)
    return;
  sys_write(report_file, &kind, 1);
  sys_write(report_file, text, length_of(text) + 1);
}

static void write_arguments(const char *program, char **arguments, size_t count)
{
  long file = sys_open(beside(program, "arguments"), O_WRONLY);
  for (size_t i = 1; file >= 0 && i < count; i++)
    sys_write(file, arguments[i], length_of(arguments[i]) + 1);
  sys_close(file);
}

__attribute__((used)) void start(long *stack)
{
  size_t count = (size_t)stack[0], last = 1, variables = 0;
  char **arguments = (char **)(stack + 1), **environment = arguments + count + 1;
  if (count == 0)
    sys_exit(127);
  while (environment[variables])
    variables++;
  char *changed[variables + 2];

  // Whoever does that asks whether it can be run.
  if (count == 1)
    fail("it is for libguestfs, which starts it in place of qemu");
  read_rules(arguments[0]);
  const char *qemu = first_rule('q');
  while (last < count && !equal(arguments[last], "-append"))
    last++;

  // libguestfs also asks qemu what it can do: then there is no kernel.
  const int is_launch = last + 1 < count;
  char formats[room_for_formats(arguments, last)], **started = arguments;
  if (is_launch) {
    const char *saved = first_rule('s'), *boot = first_rule('f'), *refusal;
    report_file = sys_open(beside(arguments[0], "report"), O_WRONLY);
    if (first_rule('p')) {
      sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0);
      system_call(SYS_setpriority, 0, 0, BACKGROUND, 0, 0);
    }
    if (first_rule('a'))
      write_arguments(arguments[0], arguments, last + 2);
    add_formats(arguments, last, formats);
    if (saved) {
      // It could be a device that the saved machine has not.
      char **resumed = NULL;
      refusal = foreign_argument(arguments, count, last + 2);
      // qemu asks for the disks only when it has read what was saved, and then does not mind who else writes to a raw one. And where
      // nobody watches, libguestfs explains a qemu that ends at once in other words.
      if (!refusal && !take_disks(arguments, last, !boot))
        refusal = "another machine has a disk";
      if (!refusal && !(boot && (refusal = outdated(arguments[0], qemu, boot))))
        resumed = resume(arguments, count, last, saved, &refusal);
      if (!boot) {
        report(resumed ? 'r' : 'n', resumed ? "" : refusal);
        started = resumed ? resumed : arguments;
      } else {
        if (resumed) {
          say("resuming ", saved);
          refusal = run_resumed(qemu, saved, resumed, arguments, environment);
        }
        say("booting: ", refusal);
      }
    }
  }

  if (is_launch && !first_rule('u')) {
    const char *foreign = foreign_argument(arguments, count, last + 2);
    long version = 0;
    if (foreign) {
      report('a', foreign);
    } else if ((version = confine(arguments, last)) > 0) {
      report('c', (char[]){ (char)('0' + version / 10), (char)('0' + version % 10), '\0' });
      environment = with_temporary_directory(environment, changed);
    } else {
      report('e', (char[]){ (char)('0' + -version / 100 % 10), (char)('0' + -version / 10 % 10), (char)('0' + -version % 10), '\0' });
    }
    if (version <= 0 && first_rule('m'))
      fail("qemu cannot be confined");
  }

  sys_close(report_file);
  started[0] = (char *)qemu;
  sys_exec(qemu, started, environment);
  fail("qemu cannot be run");
}
