/* What the test programs have in common: a check that fails says where and ends the program with 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "guestfs_facade.h"

#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      fflush(stdout); \
      _Exit(1); \
    } \
  } while (0)

/* A call has a status; a failure has a message too. */
#define STATUS(expected, call) \
  do { \
    gfs_status status_ = (call); \
    if (status_ != (expected) || (status_ != GFS_OK && gfs_error_message()[0] == '\0')) { \
      printf("%s:%d: %s: %s, not " #expected ": %s\n", __FILE__, __LINE__, #call, gfs_status_name(status_), gfs_error_message()); \
      fflush(stdout); \
      _Exit(1); \
    } \
  } while (0)

#define OK(call) STATUS(GFS_OK, call)

/* Waits for a child, which ends with 0. */
static inline void must_succeed(pid_t child)
{
  int status;

  CHECK(child > 0);
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static inline gfs_handle *new_handle(void)
{
  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  gfs_handle *g = NULL;
  options.ignore_environment = 1;
  OK(gfs_handle_new(&options, &g));
  CHECK(g != NULL);
  return g;
}

/* Prints how a call failed. */
static inline int report(gfs_status status)
{
  const char *remedy = gfs_error_remedy(), *message = gfs_error_message();

  CHECK(status != GFS_OK);
  printf("%s %d %d %d\n%s\n", gfs_status_name(status), gfs_error_launch_failure(), gfs_error_problem(), gfs_error_errno(), message);
  CHECK(!remedy || strstr(message, remedy));
  return 0;
}
