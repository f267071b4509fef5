/* Launches a managed appliance, which is saved then, or one that an earlier run has saved, with which it puts a file on a disk:
 * resumed CACHE IMAGE. */
#include <guestfs_facade.h>

#include <stdio.h>
#include <string.h>

#define TRY(call) \
  do { \
    if ((call) != GFS_OK) { \
      fprintf(stderr, "%s: %s\n", #call, gfs_error_message()); \
      return 1; \
    } \
  } while (0)

int main(int argc, char **argv)
{
  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  gfs_handle *g = NULL;
  char *reason;
  int resumed, saved;
  if (argc != 3)
    return 2;
  options.accelerator = GFS_ACCELERATOR_TCG;
  options.appliance = GFS_APPLIANCE_MANAGED;
  options.appliance_directory = argv[1];
  drive.format = "raw";
  TRY(gfs_handle_new(&options, &g));
  TRY(gfs_add_drive(g, argv[2], &drive));
  TRY(gfs_launch(g));
  TRY(gfs_handle_resumed(g, &resumed, &reason));
  printf("%s: %s\n", resumed ? "resumed" : "booted", reason);
  gfs_free(reason);
  if (resumed) {
    TRY(gfs_mkfs(g, "ext4", "/dev/sda", NULL));
    TRY(gfs_mount(g, "/dev/sda", "/"));
    TRY(gfs_write(g, "/greeting", "hello", strlen("hello")));
  }

  /* It is saved in the background, with or without this appliance. */
  TRY(gfs_handle_wait_saved(g, 0, &saved));
  printf("%s\n", saved ? "nothing is being saved" : "being saved");
  TRY(gfs_shutdown(g));
  TRY(gfs_handle_wait_saved(g, -1, &saved));
  gfs_handle_free(g);
  return !saved;
}
