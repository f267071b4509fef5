/* Adds a disk and launches, in the language of its environment, and prints how that failed: faults FILE FORMAT READONLY. */
#include <locale.h>

#include "check.h"

int main(int argc, char **argv)
{
  struct gfs_add_drive_options options = GFS_ADD_DRIVE_OPTIONS_INIT;
  gfs_handle *g = NULL;
  gfs_status status;

  setlocale(LC_ALL, "");
  CHECK(argc == 4);
  options.format = *argv[2] ? argv[2] : NULL;
  options.readonly = *argv[3] == '1';
  if ((status = gfs_handle_new(NULL, &g)) != GFS_OK || (status = gfs_add_drive(g, argv[1], &options)) != GFS_OK)
    return report(status);
  status = gfs_launch(g);
  CHECK(status != GFS_OK);
  report(status);
  OK(gfs_handle_free(g));
  return 0;
}
