/* Copies a file of a guest, or a directory with all below, to the host, whatever the guest has in it: links that lead elsewhere, device
 * nodes, files that are larger than they should be. The image is not changed.
 *
 *   cc -o extract-c extract.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./extract-c disk.qcow2 qcow2 /var/log logs
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

/* Mounts the first operating system on the disks, read-only; where there is none, the first filesystem. */
static gfs_status mount_disk(gfs_handle *g)
{
  struct gfs_guest_os_list *guests;
  char **filesystems;
  TRY(gfs_inspect(g, &guests));
  gfs_status status = guests->len > 0 ? gfs_guest_os_mount(g, guests->val[0].root, 1, NULL) : GFS_OK;
  int is_mounted = guests->len > 0;
  gfs_guest_os_list_free(guests);
  if (is_mounted)
    return status;

  TRY(gfs_list_filesystems(g, &filesystems)); /* a device, its type, a device, its type... */
  status = gfs_mount_ro(g, filesystems[0] ? filesystems[0] : "/dev/sda", "/");
  gfs_string_list_free(filesystems);
  return status;
}

static gfs_status extract(gfs_handle *g, const char *guest, const char *host)
{
  struct gfs_extract_options options = GFS_EXTRACT_OPTIONS_INIT;
  struct gfs_extract_report *report;
  options.max_total_size = INT64_C(1) << 30; /* the caller's limits, not the guest's */
  options.max_entries = 100000;
  TRY(gfs_extract(g, guest, host, &options, NULL, NULL, &report));
  printf("%lld files, %lld bytes\n", (long long)report->files, (long long)report->total_size);
  for (uint32_t i = 0; i < report->skipped.len; i++)
    printf("left out: %s (%s)\n", report->skipped.val[i].path, report->skipped.val[i].detail ? report->skipped.val[i].detail : "");
  gfs_extract_report_free(report);
  return GFS_OK;
}

static gfs_status run(gfs_handle *g, char **arguments)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  drive.format = arguments[1]; /* said, not guessed: a guest could make a raw disk look like something else */
  drive.readonly = 1;
  TRY(gfs_add_drive(g, arguments[0], &drive));
  TRY(gfs_launch(g));
  TRY(mount_disk(g));
  TRY(extract(g, arguments[2], arguments[3]));
  TRY(gfs_shutdown(g));

  /* The first run has its appliance saved in the background, and waits for that: the next run resumes it. */
  return gfs_handle_wait_saved(g, -1, NULL);
}

int main(int argc, char **argv)
{
  if (argc != 5) {
    fprintf(stderr, "usage: %s IMAGE FORMAT GUEST-PATH HOST-DIRECTORY\n", argv[0]);
    return 2;
  }

  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  options.appliance = GFS_APPLIANCE_MANAGED; /* built of the host's packages when it is first needed, and kept */
  gfs_handle *g = NULL;
  gfs_status status = gfs_handle_new(&options, &g);
  if (status == GFS_OK)
    status = run(g, argv + 1);
  if (status != GFS_OK)
    fprintf(stderr, "%s: %s\n", gfs_status_name(status), gfs_error_message());
  gfs_handle_free(g);
  return status == GFS_OK ? 0 : 1;
}
