/* without_runtime.c: what the library does without the .NET runtime: functions that need none, and all answers in a
 * process that was forked from one that had used the library (see entry.S).
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define GFS_API __attribute__((visibility("default")))
#include "guestfs_facade.h"
#include "process.h"

volatile unsigned char gfs_process __attribute__((visibility("hidden"))) = UNUSED;

static const char *operation = "";
static const char *const empty_list[] = { NULL };

static void forked(void)
{
  if (gfs_process == USED)
    gfs_process = CHILD_OF_USED;
}

/* Children of raw system calls are not noticed: those may not call more than async-signal-safe functions anyway. */
__attribute__((constructor)) static void loaded(void) { pthread_atfork(NULL, NULL, forked); }

/* In place of a C# function, in a child. What it returns is in the register in which statuses, integers and pointers
 * are returned alike; functions that return nothing have memory of the parent to free, which needs nobody.
 */
__attribute__((visibility("hidden"))) const void *gfs_in_child(const char *function)
{
  static const struct {
    const char *function;
    const void *answer;
  } answers[] = {
    { "gfs_error_message",
      "This process was forked from one that had used libguestfs-facade, which works only in that one. "
      "Call exec first, or use the library in the child alone." },
    { "gfs_error_errno", NULL },
    { "gfs_error_feature", NULL },
    { "gfs_error_launch_failure", (const void *)(uintptr_t)GFS_LAUNCH_OTHER },
    { "gfs_error_remedy", NULL },
    { "gfs_error_console", empty_list },
    { "gfs_error_problem", NULL },
  };

  static const char *const nothing[] = {
#include "nothing.inc"
  };

  if (strcmp(function, "gfs_error_operation") == 0)
    return operation;
  for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
    if (strcmp(function, answers[i].function) == 0)
      return answers[i].answer;
  for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
    if (strcmp(function, nothing[i]) == 0)
      return NULL;
  operation = function + 4;
  return (const void *)(uintptr_t)GFS_ERR_FORKED;
}

const char *gfs_facade_version(void) { return GFS_FACADE_VERSION; }

const char *gfs_status_name(gfs_status status)
{
#define NAME(status) \
  case status: \
    return #status
  switch (status) {
    NAME(GFS_OK);
    NAME(GFS_ERR_FAILED);
    NAME(GFS_ERR_ARGUMENT);
    NAME(GFS_ERR_HANDLE);
    NAME(GFS_ERR_STATE);
    NAME(GFS_ERR_MISSING_FUNCTION);
    NAME(GFS_ERR_FEATURE);
    NAME(GFS_ERR_LAUNCH);
    NAME(GFS_ERR_APPLIANCE_DIED);
    NAME(GFS_ERR_CANCELLED);
    NAME(GFS_ERR_LIBRARY);
    NAME(GFS_ERR_APPLIANCE);
    NAME(GFS_ERR_EXTRACTION);
    NAME(GFS_ERR_NO_MEMORY);
    NAME(GFS_ERR_FORKED);
    NAME(GFS_ERR_INTERNAL);
    NAME(GFS_ERR_DISK);
  }
  return "unknown";
}

void gfs_free(void *memory) { free(memory); }

void gfs_string_list_free(char **list)
{
  for (char **item = list; item != NULL && *item != NULL; item++)
    free(*item);
  free(list);
}
