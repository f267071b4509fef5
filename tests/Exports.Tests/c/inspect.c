/* Inspection by a C program: encrypted devices and keys, problems with their lines, snapshots, applications, and all as a document. */
#include "check.h"

static void write_file(gfs_handle *g, const char *name, const char *text) { OK(gfs_write(g, name, text, strlen(text))); }

/* A Debian in a subvolume, with a snapshot of it, packages of this machine, and a line that fstab(5) does not know. */
static void make_guest(gfs_handle *g, const char *packages)
{
  static const char *const devices[] = { "/dev/sda", NULL };
  static const char *const directories[] = { "/bin", "/etc", "/lib", "/sbin", "/usr/bin", "/var/lib/dpkg", "/boot" };
  struct gfs_btrfs_subvolume_snapshot_options snapshot = GFS_BTRFS_SUBVOLUME_SNAPSHOT_OPTIONS_INIT;

  OK(gfs_mkfs_btrfs(g, devices, NULL));
  OK(gfs_mount(g, "/dev/sda", "/"));
  OK(gfs_btrfs_subvolume_create(g, "/@", NULL));
  OK(gfs_umount_all(g));
  OK(gfs_mount(g, "btrfsvol:/dev/sda/@", "/"));
  for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++)
    OK(gfs_mkdir_p(g, directories[i]));
  write_file(g, "/etc/os-release", "PRETTY_NAME=\"Debian of C\"\nNAME=\"Debian\"\nVERSION_ID=\"12\"\nID=debian\n");
  write_file(g, "/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  write_file(g, "/etc/fstab", "/dev/sda / btrfs subvol=@ 0 0\nUUID=\"1\" TYPE=\"ext4\" /u02 ext4 defaults,nofail 1 2\n");
  OK(gfs_upload(g, packages, "/var/lib/dpkg/status"));
  OK(gfs_umount_all(g));
  OK(gfs_mount(g, "/dev/sda", "/"));
  snapshot.ro = 1;
  OK(gfs_btrfs_subvolume_snapshot(g, "/@", "/@old", &snapshot));
  OK(gfs_umount_all(g));
}

/* Whether a problem is about a device. */
static int is_about(gfs_handle *g, const char *device)
{
  struct gfs_guest_problem_list *problems;
  int found = 0;

  OK(gfs_inspect_get_problem_list(g, NULL, &problems));
  for (uint32_t i = 0; i < problems->len; i++)
    if (problems->val[i].device && strcmp(problems->val[i].device, device) == 0) {
      CHECK(problems->val[i].message[0] != '\0' && !problems->val[i].path && problems->val[i].line == 0);
      found = 1;
    }
  gfs_guest_problem_list_free(problems);
  return found;
}

static void inspect_with(gfs_handle *g, const char *key, int snapshots, uint32_t systems)
{
  const char *const keys[] = { key, NULL };
  struct gfs_inspect_options options = GFS_INSPECT_OPTIONS_INIT;
  struct gfs_guest_os_list *list;

  options.keys = keys;
  options.include_snapshots = snapshots;
  OK(gfs_inspect_opts(g, &options, &list));
  CHECK(list->len == systems);
  gfs_guest_os_list_free(list);
}

static void print_applications(gfs_handle *g, const char *root)
{
  struct gfs_guest_application_list *list;

  STATUS(GFS_ERR_STATE, gfs_guest_os_list_applications(g, root, &list));
  CHECK(strstr(gfs_error_message(), "gfs_guest_os_mount()"));
  OK(gfs_guest_os_mount(g, root, 1, NULL));
  OK(gfs_guest_os_list_applications(g, root, &list));
  CHECK(list->problems.len == 0);
  for (uint32_t i = 0; i < list->len; i++) {
    const struct gfs_guest_application *a = &list->val[i];
    CHECK(strcmp(a->package_format, "deb") == 0 && !a->install_path);
    printf("%s ", a->name);
    if (a->epoch)
      printf("%d:", a->epoch);
    printf("%s%s%s %s\n", a->version, a->release ? "-" : "", a->release ? a->release : "", a->arch);
  }
  gfs_guest_application_list_free(list);
  OK(gfs_umount_all(g));
}

int main(int argc, char **argv)
{
  struct gfs_inspect_options options = GFS_INSPECT_OPTIONS_INIT;
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  const char *const keys[] = { "all:key:opened-by-c", NULL };
  const char *root = "btrfsvol:/dev/sda/@";
  struct gfs_guest_problem_list *problems;
  char **snapshots, *document, *id;
  gfs_handle *g;

  CHECK(argc == 4);
  OK(gfs_handle_new(NULL, &g));
  OK(gfs_add_drive_scratch(g, 256 << 20, NULL));
  drive.format = "raw";
  drive.readonly = 1;
  OK(gfs_add_drive(g, argv[1], &drive));
  OK(gfs_launch(g));
  make_guest(g, argv[2]);

  STATUS(GFS_ERR_ARGUMENT, gfs_inspect_get_problem_list(g, root, &problems));
  STATUS(GFS_ERR_ARGUMENT, gfs_inspect_get_snapshots(g, root, &snapshots));
  STATUS(GFS_ERR_ARGUMENT, gfs_inspect_json(g, NULL, NULL));
  inspect_with(g, "/dev/sda:key:for another", 0, 1);
  CHECK(is_about(g, "/dev/sdb"));
  inspect_with(g, "all:key:wrong", 1, 2);
  CHECK(is_about(g, "/dev/sdb"));
  inspect_with(g, "all:key:opened-by-c", 0, 1);
  CHECK(!is_about(g, "/dev/sdb"));

  OK(gfs_inspect_get_problem_list(g, root, &problems));
  CHECK(problems->len == 1 && strcmp(problems->val[0].path, "/etc/fstab") == 0 && problems->val[0].line == 2);
  CHECK(problems->val[0].message[0] != '\0' && problems->val[0].device == NULL);
  gfs_guest_problem_list_free(problems);
  OK(gfs_inspect_get_snapshots(g, root, &snapshots));
  CHECK(strcmp(snapshots[0], "btrfsvol:/dev/sda/@old") == 0 && snapshots[1] == NULL);
  gfs_string_list_free(snapshots);
  OK(gfs_inspect_get_machine_id(g, root, &id));
  CHECK(strcmp(id, "0123456789abcdef0123456789abcdef") == 0);
  gfs_free(id);
  print_applications(g, root);

  options.keys = keys;
  OK(gfs_inspect_json(g, &options, &document));
  FILE *file = fopen(argv[3], "w");
  CHECK(file && fputs(document, file) >= 0 && fclose(file) == 0);
  gfs_free(document);
  OK(gfs_shutdown(g));
  OK(gfs_handle_free(g));
  return 0;
}
