/* Prints which libguestfs is used, and where a handle looks for the appliance. */
#include "check.h"

int main(void)
{
  gfs_handle *g = NULL;
  const char *appliance;
  char *library;

  OK(gfs_handle_new(NULL, &g));
  OK(gfs_library_path(&library));
  OK(gfs_get_path(g, &appliance));
  printf("%s %s\n", library, appliance);
  gfs_free(library);
  OK(gfs_handle_free(g));
  return 0;
}
