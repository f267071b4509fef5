// Programs that the fast init starts.
#include "process.h"

#include "../text.h"
#include "system.h"

enum { MOST_VARIABLES = 64, MOST_ADDED = 8, NOT_EXECUTED = 127 };

const char *const of_lvm[] = { "LVM_SYSTEM_DIR=/tmp/lvm", NULL };

static const char *const own[] = { "PATH=/sbin:/usr/sbin:/bin:/usr/bin", "RUNLEVEL=S", "PREVLEVEL=N" };

enum { OWN = sizeof own / sizeof own[0] };

static const char *environment[MOST_VARIABLES + MOST_ADDED + 1];
static unsigned variables_count;

// Whether both are values of the same variable.
static bool same_variable(const char *a, const char *b)
{
  for (; *a == *b && *a != '='; a++, b++)
    if (*a == '\0')
      return true;
  return *a == '=' && *b == '=';
}

void process_inherit(char **inherited)
{
  for (unsigned i = 0; i < OWN; i++)
    environment[variables_count++] = own[i];
  for (; *inherited != NULL && variables_count < MOST_VARIABLES; inherited++) {
    bool replaced = false;
    for (unsigned i = 0; i < OWN; i++)
      replaced = replaced || same_variable(*inherited, own[i]);
    if (!replaced)
      environment[variables_count++] = *inherited;
  }
}

void process_become(const char *const arguments[], const char *const variables[])
{
  for (unsigned i = 0; variables[i] != NULL && i < MOST_ADDED; i++)
    environment[variables_count++] = variables[i];
  sys_signal_mask(SIG_UNBLOCK, SIGCHLD);
  print_error("cannot run ", arguments[0], sys_exec(arguments[0], (char *const *)arguments, (char *const *)environment));
  for (;;)
    sys_exit(NOT_EXECUTED);
}

long process_start(const char *const arguments[], const char *const variables[])
{
  long process = sys_fork();
  if (process == 0)
    process_become(arguments, variables);
  if (process < 0)
    print_error("cannot start ", arguments[0], process);
  return process;
}
