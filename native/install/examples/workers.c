/* Names the operating systems on several disk images at once, each in a process of its own: a hostile one that ends its process
 * takes none of the others along.
 *
 *   cc -o workers-c workers.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./workers-c qcow2 a.qcow2 b.qcow2
 *
 * fork() and this library: what forks has not called it yet, and what has called it forks only to exec. The library has threads, which
 * a child does not get; it returns GFS_ERR_FORKED there. So a server starts its workers first, as this program does.
 */
#define _POSIX_C_SOURCE 200809L
#include <guestfs_facade.h>

#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Leaves the function with the status of the first call that fails. */
#define TRY(call) \
  do { \
    gfs_status status = (call); \
    if (status != GFS_OK) \
      return status; \
  } while (0)

static gfs_status name_guests(gfs_handle *g, const char *format, const char *image)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  struct gfs_guest_os_list *guests;
  drive.format = format;
  drive.readonly = 1;
  TRY(gfs_add_drive(g, image, &drive));
  TRY(gfs_launch(g));
  TRY(gfs_inspect(g, &guests));
  for (uint32_t i = 0; i < guests->len; i++)
    printf("%s: %s\n", image, guests->val[i].product_name ? guests->val[i].product_name : "unknown");
  gfs_guest_os_list_free(guests);
  return GFS_OK;
}

/* The whole of a worker; returns its exit code. */
static int work(const char *format, const char *image)
{
  gfs_handle *g = NULL;
  gfs_status status = gfs_handle_new(NULL, &g);
  if (status == GFS_OK)
    status = name_guests(g, format, image);
  if (status != GFS_OK)
    fprintf(stderr, "%s: %s: %s\n", image, gfs_status_name(status), gfs_error_message());
  gfs_handle_free(g);
  return status == GFS_OK ? 0 : 1;
}

/* Returns whether all workers have succeeded. */
static int wait_for_workers(void)
{
  int status, good = 1;
  while (wait(&status) > 0)
    good &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return good;
}

/* What a process that has used the library finds in a child. */
static int is_refused_in_a_child(void)
{
  char *path;
  if (gfs_library_path(&path) != GFS_OK)
    return 0;
  gfs_free(path);
  pid_t child = fork();
  if (child == 0)
    _exit(gfs_library_path(&path) == GFS_ERR_FORKED ? 0 : 1); /* a real one calls execve() here */
  return child > 0 && wait_for_workers();
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    fprintf(stderr, "usage: %s FORMAT IMAGE...\n", argv[0]);
    return 2;
  }

  int good = 1;
  for (int i = 2; i < argc; i++) {
    pid_t child = fork();
    if (child == 0)
      return work(argv[1], argv[i]);
    if (child < 0) {
      perror("fork");
      good = 0;
    }
  }
  good &= wait_for_workers();
  return good && is_refused_in_a_child() ? 0 : 1;
}
