/* Writes a file of the host into a guest, with a progress bar, and shows what libguestfs warns of.
 *
 *   cc -o put-c put.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./put-c disk.img raw app.conf /etc/app.conf
 */
#include <guestfs_facade.h>

#include <stdio.h>
#include <string.h>

/* Leaves the function with the status of the first call that fails. */
#define TRY(call) \
  do { \
    gfs_status status = (call); \
    if (status != GFS_OK) \
      return status; \
  } while (0)

static void draw(const char *what, uint64_t position, uint64_t total)
{
  int width = total > 0 ? (int)(40 * position / total) : 0;
  fprintf(stderr, "\r%s [%-40.*s]", what, width, "========================================");
}

/* Runs in the thread of the call, inside it, a few times a second once the call has taken two. */
static void show_progress(gfs_handle *g, void *opaque, uint64_t position, uint64_t total)
{
  (void)g;
  draw(opaque, position, total);
}

static void show_warning(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size, const uint64_t *numbers,
                         size_t count)
{
  (void)g, (void)opaque, (void)event, (void)id, (void)numbers, (void)count;
  fprintf(stderr, "\nwarning: %.*s\n", (int)text_size, text); /* its end is its size, not a NUL */
}

/* Mounts the first operating system on the disks, as it mounts itself; where there is none, the first filesystem. */
static gfs_status mount_disk(gfs_handle *g)
{
  struct gfs_guest_os_list *guests;
  char **filesystems;
  TRY(gfs_inspect(g, &guests));
  gfs_status status = guests->len > 0 ? gfs_guest_os_mount(g, guests->val[0].root, 0, NULL) : GFS_OK;
  int is_mounted = guests->len > 0;
  gfs_guest_os_list_free(guests);
  if (is_mounted)
    return status;

  TRY(gfs_list_filesystems(g, &filesystems)); /* a device, its type, a device, its type... */
  status = gfs_mount(g, filesystems[0] ? filesystems[0] : "/dev/sda", "/");
  gfs_string_list_free(filesystems);
  return status;
}

/* Ends with the shutdown: it alone tells whether everything has reached the image. */
static gfs_status run(gfs_handle *g, char **arguments)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  drive.format = arguments[1]; /* said, not guessed: a guest could make a raw disk look like something else */
  TRY(gfs_event_add(g, GFS_EVENT_WARNING, show_warning, NULL, NULL));
  TRY(gfs_add_drive(g, arguments[0], &drive));
  TRY(gfs_launch(g));
  TRY(mount_disk(g));
  TRY(gfs_progress_set(g, show_progress, "writing"));
  TRY(gfs_upload(g, arguments[2], arguments[3]));
  draw("writing", 1, 1);
  fputc('\n', stderr);
  return gfs_shutdown(g);
}

int main(int argc, char **argv)
{
  if (argc != 5) {
    fprintf(stderr, "usage: %s IMAGE FORMAT HOST-FILE GUEST-FILE\n", argv[0]);
    return 2;
  }

  gfs_handle *g = NULL;
  gfs_status status = gfs_handle_new(NULL, &g);
  if (status == GFS_OK)
    status = run(g, argv + 1);
  if (status != GFS_OK)
    fprintf(stderr, "%s: %s\n", gfs_status_name(status), gfs_error_message());
  gfs_handle_free(g);
  return status == GFS_OK ? 0 : 1;
}
