// Stands for a program of a bundle: DIR/bin/NAME starts DIR/libexec/NAME with the dynamic loader and the C library of the bundle, wherever
// the bundle lies and whatever the host has. docs/design/bundle.md
#include "../freestanding/system_call.h"

__asm__(START_CODE);

enum {
#if defined(__x86_64__)
  SYS_readlinkat = 267,
#else
  SYS_readlinkat = 78,
#endif
  MAX_PATH = 4096,
  OPTIONS = 7
};

static void fail(const char *what, size_t length)
{
  static const char name[] = "guestfs bundle: ";
  sys_write(2, name, sizeof name - 1);
  sys_write(2, what, length);
  sys_write(2, "\n", 1);
  sys_exit(127);
}

// Joins the beginning of a text and other texts.
static char *join(char *to, const char *start, size_t length, const char *rest)
{
  for (size_t i = 0; i < length; i++)
    *to++ = start[i];
  while (*rest)
    *to++ = *rest++;
  return to;
}

static int begins(const char *text, const char *beginning)
{
  while (*beginning)
    if (*text++ != *beginning++)
      return 0;
  return 1;
}

// What is said to the host's loader is not for that of the bundle, nor is the place of another qemu's modules for its qemu.
static void change_environment(char **changed, char **environment, char *modules)
{
  for (; *environment; environment++)
    if (!begins(*environment, "LD_") && !begins(*environment, "QEMU_MODULE_DIR="))
      *changed++ = *environment;
  *changed++ = modules;
  *changed = NULL;
}

__attribute__((used)) void start(long *stack)
{
  static char self[MAX_PATH], loader[MAX_PATH + 16], program[MAX_PATH + 16], libraries[2 * MAX_PATH + 16];
  static char modules[MAX_PATH + 32], firmware[MAX_PATH + 16];
  static const char unknown[] = "its own name cannot be read from /proc/self/exe", unusable[] = "its loader cannot be run";
  const size_t count = (size_t)stack[0];
  char **given = (char **)(stack + 1), **environment = given + count + 1;
  const long length = system_call(SYS_readlinkat, AT_FDCWD, (long)"/proc/self/exe", (long)self, sizeof self - 1, 0);
  size_t name = length > 0 ? (size_t)length : 0, top;
  while (name > 0 && self[name - 1] != '/')
    name--;
  for (top = name ? name - 1 : 0; top > 0 && self[top - 1] != '/'; top--)
    ;
  if (top == 0)
    fail(unknown, sizeof unknown - 1);

  *join(loader, self, top, "loader/ld.so") = '\0';
  *join(join(libraries, self, top, "loader:"), self, top, "lib") = '\0';
  *join(join(program, self, top, "libexec/"), self + name, 0, self + name) = '\0';
  *join(join(modules, NULL, 0, "QEMU_MODULE_DIR="), self, top, "lib/qemu") = '\0';
  *join(firmware, self, top, "share/qemu") = '\0';
  size_t variables = 0, options = OPTIONS;
  while (environment[variables])
    variables++;
  char *arguments[count + OPTIONS + 1], *changed[variables + 2];
  arguments[0] = loader;
  arguments[1] = (char *)"--inhibit-cache";
  arguments[2] = (char *)"--library-path";
  arguments[3] = libraries;
  arguments[4] = program;
  arguments[5] = (char *)"-L";
  arguments[6] = firmware;
  if (!begins(self + name, "qemu-system-"))
    options -= 2;
  arguments[options] = NULL;
  for (size_t i = 1; i <= count; i++)
    arguments[options - 1 + i] = given[i];
  change_environment(changed, environment, modules);
  sys_exec(loader, arguments, changed);
  fail(unusable, sizeof unusable - 1);
}
