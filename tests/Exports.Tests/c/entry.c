/* The way into the library, in a process and in its child. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

#include "check.h"

#ifdef __x86_64__
static volatile sig_atomic_t steps, interrupted_at;

/* After each instruction: after one of them comes the first call of another thread, for which this stands. */
static void another_first_call(int signal)
{
  (void)signal;
  if (++steps == interrupted_at)
    CHECK(strcmp(gfs_error_operation(), "managed") == 0);
}

/* A first call, interrupted by another after each of its instructions: neither takes itself for a child's. */
static void two_first_calls(void)
{
  for (int step = 1; step < 40; step++) {
    pid_t child = fork();

    if (child == 0) {
      /* Through a pointer: not through the dynamic linker's own instructions. */
      const char *(*volatile first_call)(void) = gfs_error_operation;
      const char *operation;

      interrupted_at = step;
      CHECK(signal(SIGTRAP, another_first_call) != SIG_ERR);
      __asm__ volatile("pushfq; orl $0x100, (%%rsp); popfq" ::: "cc", "memory");
      operation = first_call();
      __asm__ volatile("pushfq; andl $~0x100, (%%rsp); popfq" ::: "cc", "memory");
      CHECK(strcmp(operation, "managed") == 0);
      CHECK(steps > 5);
      _exit(0);
    }
    must_succeed(child);
  }
}
#else
static void two_first_calls(void) {}
#endif

int main(void)
{
  gfs_handle *g = NULL;
  int result = 0;
  pid_t child;

  two_first_calls();
  child = fork();
  CHECK(gfs_handle_new(NULL, &g) == GFS_OK && g == (gfs_handle *)42);
  if (child == 0)
    _exit(0);
  must_succeed(child);
  CHECK(gfs_pwrite_device(g, "d", "c", 4, -5, &result) == GFS_OK && result == 6);
  CHECK(strcmp(gfs_error_operation(), "managed") == 0);

  child = fork();
  if (child == 0) {
    result = 0;
    CHECK(strcmp(gfs_error_operation(), "") == 0);
    CHECK(gfs_pwrite_device(g, "d", "c", 4, -5, &result) == GFS_ERR_FORKED && result == 0);
    CHECK(strcmp(gfs_error_operation(), "pwrite_device") == 0);
    _exit(0);
  }
  must_succeed(child);
  return 0;
}
