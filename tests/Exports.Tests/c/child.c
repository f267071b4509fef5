/* Every function of the header, in a child of a process that has used the library. all-calls.h, which the test writes
 * from the header, has a line for each: STATUS_CALL, VOID_CALL or VALUE_CALL (function, call with nothing but zeros).
 */
#define GFS_NO_DEPRECATED
#include <unistd.h>

#include "check.h"

#define STATUS_CALL(name, call) \
  STATUS(GFS_ERR_FORKED, call); \
  CHECK(strcmp(gfs_error_operation(), #name + 4) == 0);
#define VOID_CALL(name, call) call;
/* Other values are answers to "what failed": a message, and nothing else to tell. */
#define VALUE_CALL(name, call) _Generic((call), const char * : text_value, const char *const * : list_value, default : number_value)(call);

static void text_value(const char *value) { CHECK(value == NULL || strlen(value) < 1000); }

static void list_value(const char *const *value) { CHECK(value[0] == NULL); }

static void number_value(int value) { CHECK(value == 0); }

static void child(gfs_handle *g)
{
  int value = 5;

  alarm(60);
  CHECK(strcmp(gfs_error_operation(), "") == 0);
#include "all-calls.h"
  STATUS(GFS_ERR_FORKED, gfs_get_verbose(g, &value));
  CHECK(value == 5);
  CHECK(strstr(gfs_error_message(), "forked") != NULL);
  CHECK(strcmp(gfs_status_name(GFS_ERR_FORKED), "GFS_ERR_FORKED") == 0);
  CHECK(gfs_error_launch_failure() == GFS_LAUNCH_OTHER);
  CHECK(gfs_facade_version()[0] != '\0');
  gfs_free(strdup("x"));
}

static void in_a_child(void (*what)(gfs_handle *), gfs_handle *g)
{
  pid_t pid = fork();

  if (pid == 0) {
    what(g);
    exit(0);
  }
  must_succeed(pid);
}

static void grandchild(gfs_handle *g) { in_a_child(child, g); }

int main(void)
{
  gfs_handle *g = new_handle();
  int value;

  in_a_child(child, g);
  in_a_child(grandchild, g);
  OK(gfs_get_verbose(g, &value));
  OK(gfs_handle_free(g));
  return 0;
}
