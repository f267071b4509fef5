/* Lists the operating systems on a disk image, their packages, and what could not be understood. The image is not changed.
 *
 *   cc -o guests-c guests.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./guests-c disk.qcow2 qcow2 [KEY...]       a key: all:key:PASSPHRASE, /dev/sda2:file:NAME
 */
#include <guestfs_facade.h>

#include <stdio.h>

/* Leaves the function with the status of the first call that fails. */
#define TRY(call) \
  do { \
    gfs_status status = (call); \
    if (status != GFS_OK) \
      return status; \
  } while (0)

static void print_problem(const struct gfs_guest_problem *problem)
{
  if (problem->line > 0)
    printf("! %s, line %d: %s\n", problem->path, problem->line, problem->message);
  else
    printf("! %s\n", problem->message);
}

/* With NULL for the root: what of the disks could not be looked into. */
static gfs_status print_problems(gfs_handle *g, const char *root)
{
  struct gfs_guest_problem_list *problems;
  TRY(gfs_inspect_get_problem_list(g, root, &problems));
  for (uint32_t i = 0; i < problems->len; i++)
    print_problem(&problems->val[i]);
  gfs_guest_problem_list_free(problems);
  return GFS_OK;
}

static gfs_status print_packages(gfs_handle *g, const char *root)
{
  struct gfs_guest_application_list *packages;
  TRY(gfs_guest_os_mount(g, root, 1, NULL));
  TRY(gfs_guest_os_list_applications(g, root, &packages));
  for (uint32_t i = 0; i < packages->len; i++)
    printf("  %s %s\n", packages->val[i].name, packages->val[i].version ? packages->val[i].version : "");
  for (uint32_t i = 0; i < packages->problems.len; i++)
    print_problem(&packages->problems.val[i]);
  gfs_guest_application_list_free(packages);
  return gfs_umount_all(g);
}

static gfs_status print_guests(gfs_handle *g, const struct gfs_guest_os_list *guests)
{
  for (uint32_t i = 0; i < guests->len; i++) {
    const struct gfs_guest_os *guest = &guests->val[i];
    printf("%s: %s\n", guest->root, guest->product_name ? guest->product_name : "unknown");
    TRY(print_problems(g, guest->root));
    TRY(print_packages(g, guest->root));
  }
  return print_problems(g, NULL);
}

static gfs_status run(gfs_handle *g, char **arguments)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  struct gfs_inspect_options options = GFS_INSPECT_OPTIONS_INIT;
  struct gfs_guest_os_list *guests;

  drive.format = arguments[1]; /* said, not guessed: a guest could make a raw disk look like something else */
  drive.readonly = 1;
  TRY(gfs_add_drive(g, arguments[0], &drive));
  TRY(gfs_launch(g));

  options.keys = (const char *const *)&arguments[2]; /* ends with NULL, as the program's arguments do */
  TRY(gfs_inspect_opts(g, &options, &guests));
  gfs_status status = print_guests(g, guests);
  gfs_guest_os_list_free(guests);
  return status;
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    fprintf(stderr, "usage: %s IMAGE FORMAT [KEY...]\n", argv[0]);
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
