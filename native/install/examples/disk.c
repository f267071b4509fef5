/* Makes a disk image with a file in it, reads the file back, and tells how full the filesystem is.
 *
 *   cc -o disk-c disk.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./disk-c new.img
 */
#include <guestfs_facade.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char greeting[] = "Hello from C.\n";

/* Leaves the function with the status of the first call that fails. */
#define TRY(call) \
  do { \
    gfs_status status = (call); \
    if (status != GFS_OK) \
      return status; \
  } while (0)

/* Adds a new image as /dev/sda and starts the appliance, the small virtual machine that opens the disks. */
static gfs_status open_new_image(gfs_handle *g, const char *image)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  drive.format = "raw"; /* said, not guessed: a guest could make a raw disk look like something else */
  TRY(gfs_disk_create(g, image, "raw", 64 * 1024 * 1024, NULL));
  TRY(gfs_add_drive(g, image, &drive));
  return gfs_launch(g);
}

static gfs_status make_filesystem(gfs_handle *g)
{
  struct gfs_mkfs_options options = GFS_MKFS_OPTIONS_INIT;
  options.label = "example";
  TRY(gfs_part_disk(g, "/dev/sda", "mbr"));
  TRY(gfs_mkfs(g, "ext4", "/dev/sda1", &options));
  TRY(gfs_mount(g, "/dev/sda1", "/"));
  return gfs_write(g, "/hello.txt", greeting, strlen(greeting));
}

static gfs_status show(gfs_handle *g)
{
  char *text;
  TRY(gfs_cat(g, "/hello.txt", &text));
  fputs(text, stdout);
  gfs_free(text);

  struct gfs_statvfs *space;
  TRY(gfs_statvfs(g, "/", &space));
  printf("%lld of %lld bytes are free\n", (long long)(space->bavail * space->frsize), (long long)(space->blocks * space->frsize));
  gfs_statvfs_free(space);
  return GFS_OK;
}

/* Ends with the shutdown: it alone tells whether everything has reached the image. */
static gfs_status run(gfs_handle *g, const char *image)
{
  TRY(open_new_image(g, image));
  TRY(make_filesystem(g));
  TRY(show(g));
  return gfs_shutdown(g);
}

int main(int argc, char **argv)
{
  if (argc != 2 || access(argv[1], F_OK) == 0) {
    fprintf(stderr, "usage: %s IMAGE, where IMAGE does not exist yet\n", argv[0]);
    return 2;
  }

  gfs_handle *g = NULL;
  gfs_status status = gfs_handle_new(NULL, &g);
  if (status == GFS_OK)
    status = run(g, argv[1]);
  if (status != GFS_OK)
    fprintf(stderr, "%s: %s\n", gfs_status_name(status), gfs_error_message());
  gfs_handle_free(g);
  return status == GFS_OK ? 0 : 1;
}
