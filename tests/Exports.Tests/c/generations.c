/* Callers that were compiled with another header: options structures that are shorter or longer than the library's. */
#include "check.h"

/* What gfs_handle_options and gfs_add_drive_options were before their last members. */
struct older_handle_options {
  size_t struct_size;
  int ignore_environment;
  int accelerator;
};
struct older_add_drive_options {
  size_t struct_size;
  int readonly;
  const char *format;
};

/* And what they may be one day. */
struct newer_handle_options {
  struct gfs_handle_options now;
  int more;
};
struct newer_add_drive_options {
  struct gfs_add_drive_options now;
  int more;
};

int main(int argc, char **argv)
{
  gfs_handle *g;

  CHECK(argc == 2);

  /* Behind an older structure there is what must not be read: a page that is not there would be too kind. */
  struct {
    struct older_handle_options options;
    char poison[256];
  } handle = { { sizeof handle.options, 1, GFS_ACCELERATOR_TCG }, "" };
  memset(handle.poison, 0x5A, sizeof handle.poison);
  OK(gfs_handle_new((const struct gfs_handle_options *)&handle.options, &g));

  struct {
    struct older_add_drive_options options;
    char poison[256];
  } drive = { { sizeof drive.options, 1, "raw" }, "" };
  memset(drive.poison, 0x5A, sizeof drive.poison);
  OK(gfs_add_drive(g, argv[1], (const struct gfs_add_drive_options *)&drive.options));

  /* Its size alone: nothing is set. */
  drive.options.struct_size = sizeof drive.options.struct_size;
  OK(gfs_add_drive(g, argv[1], (const struct gfs_add_drive_options *)&drive.options));

  /* The members that it has are read: this one is refused by libguestfs. */
  drive.options.struct_size = sizeof drive.options;
  drive.options.format = "no such format!";
  STATUS(GFS_ERR_DISK, gfs_add_drive(g, argv[1], (const struct gfs_add_drive_options *)&drive.options));

  struct newer_handle_options newer_handle = { GFS_HANDLE_OPTIONS_INIT, 1 };
  newer_handle.now.struct_size = sizeof newer_handle;
  gfs_handle *none = NULL;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&newer_handle.now, &none));
  CHECK(none == NULL && strstr(gfs_error_message(), "newer") != NULL);

  struct newer_add_drive_options newer_drive = { GFS_ADD_DRIVE_OPTIONS_INIT, 1 };
  newer_drive.now.struct_size = sizeof newer_drive;
  STATUS(GFS_ERR_ARGUMENT, gfs_add_drive(g, argv[1], &newer_drive.now));

  /* Never initialised. */
  struct gfs_handle_options zero_handle;
  struct gfs_add_drive_options zero_drive;
  struct gfs_extract_options zero_extract;
  struct gfs_appliance_options zero_appliance;
  memset(&zero_handle, 0, sizeof zero_handle);
  memset(&zero_drive, 0, sizeof zero_drive);
  memset(&zero_extract, 0, sizeof zero_extract);
  memset(&zero_appliance, 0, sizeof zero_appliance);
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&zero_handle, &none));
  CHECK(none == NULL && strstr(gfs_error_message(), "INIT") != NULL);
  STATUS(GFS_ERR_ARGUMENT, gfs_add_drive(g, argv[1], &zero_drive));
  STATUS(GFS_ERR_ARGUMENT, gfs_extract(g, "/", "/", &zero_extract, NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_appliance_build(&zero_appliance, "/nowhere", NULL, NULL));

  /* Values that no enumeration has. */
  struct gfs_handle_options wrong = GFS_HANDLE_OPTIONS_INIT;
  wrong.accelerator = 99;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));
  wrong.accelerator = -1;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));
  struct gfs_appliance_options other = GFS_APPLIANCE_OPTIONS_INIT;
  other.profile = 2;
  STATUS(GFS_ERR_ARGUMENT, gfs_appliance_build(&other, "/nowhere", NULL, NULL));
  wrong.accelerator = GFS_UNSET;
  wrong.confinement = 99;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));
  wrong.confinement = GFS_UNSET;
  wrong.appliance = 99;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));
  wrong.appliance = GFS_APPLIANCE_DIRECTORY;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));
  wrong.appliance = GFS_UNSET;
  wrong.launch_timeout_ms = -5;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&wrong, &none));

  OK(gfs_handle_free(g));
  return 0;
}
