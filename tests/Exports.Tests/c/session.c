/* A session on a disk image, from partitioning to shutdown. Arguments: a disk, a directory, where files are put. */
#define _GNU_SOURCE
#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static volatile sig_atomic_t children;
static volatile int uploading;
static int steps, extracted_entries, warnings;
static char warning[4096];

static void count_children(int signal)
{
  (void)signal;
  children++;
}

/* The kernel counts the filters of system calls that a process has. */
static int filters_of(int pid)
{
  char name[64], line[256];
  int filters = -1;
  snprintf(name, sizeof name, "/proc/%d/status", pid);
  FILE *status = fopen(name, "r");
  CHECK(status != NULL);
  while (fgets(line, sizeof line, status))
    sscanf(line, "Seccomp_filters: %d", &filters);
  fclose(status);
  return filters;
}

static int is_filtered(gfs_handle *g)
{
  int pid;
  OK(gfs_get_pid(g, &pid));
  return filters_of(pid) > filters_of(getpid());
}

static void progress(gfs_handle *g, void *opaque, uint64_t position, uint64_t total)
{
  int pid;
  CHECK(opaque == &steps && position <= total);
  /* Allowed: a call inside a callback. */
  OK(gfs_get_pid(g, &pid));
  steps++;
}

static int extracting(void *opaque, uint64_t entries, uint64_t total_size, const char *path)
{
  (void)total_size;
  CHECK(opaque == &extracted_entries && path[0] == '/');
  extracted_entries = (int)entries;
  return 0;
}

static int stop_extracting(void *opaque, uint64_t entries, uint64_t total_size, const char *path)
{
  (void)opaque, (void)entries, (void)total_size, (void)path;
  return 1;
}

static void warned(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size, const uint64_t *numbers,
                   size_t count)
{
  (void)g, (void)id, (void)numbers, (void)count;
  CHECK(opaque == &warnings && event == GFS_EVENT_WARNING && text_size < sizeof warning);
  memcpy(warning, text, text_size);
  warning[text_size] = '\0';
  warnings++;
}

static void *cancel_soon(void *g)
{
  struct timespec moment = { 0, 300000000 };
  while (!uploading)
    nanosleep(&moment, NULL);
  nanosleep(&moment, NULL);
  OK(gfs_cancel(g));
  return NULL;
}

static void write_file(gfs_handle *g, const char *name, const char *text) { OK(gfs_write(g, name, text, strlen(text))); }

/* What inspection takes for Debian. */
static void make_guest(gfs_handle *g)
{
  static const char *const directories[] = { "/bin", "/etc", "/lib", "/sbin", "/usr/bin", "/var/lib/dpkg", "/boot" };
  for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++)
    OK(gfs_mkdir_p(g, directories[i]));
  write_file(g, "/etc/os-release",
             "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n");
  write_file(g, "/etc/hostname", "judged-by-c\n");
  write_file(g, "/etc/fstab", "/dev/sda1 / ext4 defaults 0 1\n/dev/sda9 /home ext4 defaults 0 2\n/dev/sdb /windows ntfs defaults 0 2\n");
  OK(gfs_mkdir(g, "/windows"));
}

/* What its driver mounts read-only instead: the NTFS of a Windows that is hibernated. */
static void hibernate(gfs_handle *g)
{
  static const char header[4096] = "hibr";
  char **mounted;

  OK(gfs_mkfs(g, "ntfs", "/dev/sdb", NULL));
  OK(gfs_mount(g, "/dev/sdb", "/windows"));
  OK(gfs_write(g, "/windows/hiberfil.sys", header, sizeof header));
  OK(gfs_umount(g, "/windows", NULL));

  STATUS(GFS_ERR_FAILED, gfs_mount(g, "/dev/sdb", "/windows"));
  CHECK(gfs_error_errno() == EROFS && strstr(gfs_error_message(), "gfs_mount_options()")
        && strstr(gfs_error_message(), "remove_hiberfile"));
  STATUS(GFS_ERR_FAILED, gfs_mount_options(g, "noatime", "/dev/sdb", "/windows"));
  CHECK(gfs_error_errno() == EROFS);
  OK(gfs_mounts(g, &mounted));
  CHECK(strcmp(mounted[0], "/dev/sda1") == 0 && mounted[1] == NULL);
  gfs_string_list_free(mounted);
  OK(gfs_mount_options(g, "ro", "/dev/sdb", "/windows"));
  OK(gfs_umount(g, "/windows", NULL));
}

/* A subvolume that is read-only itself: mounted as writable, and it is not. */
static void read_only_subvolume(gfs_handle *g)
{
  static const char *const devices[] = { "/dev/sdc", NULL };
  struct gfs_btrfs_subvolume_snapshot_options snapshot = GFS_BTRFS_SUBVOLUME_SNAPSHOT_OPTIONS_INIT;

  OK(gfs_mkdir(g, "/btrfs"));
  OK(gfs_mkfs_btrfs(g, devices, NULL));
  OK(gfs_mount(g, "/dev/sdc", "/btrfs"));
  OK(gfs_btrfs_subvolume_create(g, "/btrfs/plain", NULL));
  snapshot.ro = 1;
  OK(gfs_btrfs_subvolume_snapshot(g, "/btrfs/plain", "/btrfs/kept", &snapshot));
  OK(gfs_umount(g, "/btrfs", NULL));
  CHECK(warnings == 0);
  OK(gfs_mount(g, "btrfsvol:/dev/sdc/kept", "/btrfs"));
  CHECK(warnings == 1 && strstr(warning, "gfs_btrfs_subvolume_snapshot()") && strstr(warning, "btrfsvol:/dev/sdc/kept"));
  STATUS(GFS_ERR_FAILED, gfs_touch(g, "/btrfs/file"));
  CHECK(gfs_error_errno() == EROFS);
  OK(gfs_umount(g, "/btrfs", NULL));
  warnings = 0;
}

/* Copies lose attributes, which is told where there are some. The current directory is the host's. */
static void lose_attributes(gfs_handle *g)
{
  OK(gfs_copy_in(g, "greeting", "/tree"));
  OK(gfs_copy_out(g, "/tree/sub", "."));
  CHECK(warnings == 0);
  OK(gfs_cap_set_file(g, "/tree/sub/file", "cap_net_raw+ep"));
  OK(gfs_copy_out(g, "/tree/sub", "."));
  CHECK(warnings == 1 && strstr(warning, "copy_out: the capability of /tree/sub/file did not get")
        && strstr(warning, "gfs_tar_out_options.xattrs"));
  CHECK(getxattr("sub/file", "security.capability", NULL, 0) == -1 && errno == ENODATA);
  CHECK(setxattr("greeting", "user.mine", "x", 1, 0) == 0);
  OK(gfs_copy_in(g, "greeting", "/tree"));
  CHECK(warnings == 2 && strstr(warning, "copy_in: the extended attribute user.mine of greeting does not get")
        && strstr(warning, "gfs_tar_in_options.xattrs"));
  warnings = 0;
}

static void inspect(gfs_handle *g)
{
  struct gfs_guest_os_list *list;
  struct gfs_mount_report *mounts;

  OK(gfs_inspect(g, &list));
  CHECK(list->len == 1);
  const struct gfs_guest_os *os = &list->val[0];
  CHECK(strcmp(os->root, "/dev/sda1") == 0 && strcmp(os->type, "linux") == 0 && strcmp(os->distro, "debian") == 0);
  CHECK(strcmp(os->product_name, "Debian GNU/Linux 12 (bookworm)") == 0 && os->major_version == 12);
  char *pretty;
  OK(gfs_inspect_get_pretty_name(g, os->root, &pretty));
  CHECK(strcmp(pretty, "Debian GNU/Linux 12 (bookworm)") == 0);
  gfs_free(pretty);
  STATUS(GFS_ERR_ARGUMENT, gfs_inspect_get_pretty_name(g, "/dev/sdz", &pretty));
  CHECK(strcmp(os->hostname, "judged-by-c") == 0 && strcmp(os->package_format, "deb") == 0);
  CHECK(os->mounts.len >= 1 && strcmp(os->mounts.val[0].path, "/") == 0 && strcmp(os->mounts.val[0].mountable, "/dev/sda1") == 0);
  CHECK(strcmp(os->mounts.val[0].filesystem, "ext4") == 0 && os->windows_system_root == NULL && os->drives.len == 0);

  STATUS(GFS_ERR_ARGUMENT, gfs_guest_os_mount(g, "/dev/sdz", 1, NULL));
  OK(gfs_guest_os_mount(g, os->root, 0, &mounts));
  CHECK(mounts->mounted.len == 1 && strcmp(mounts->mounted.val[0].path, "/") == 0);
  CHECK(mounts->failed.len == 2);
  for (size_t i = 0; i < mounts->failed.len; i++)
    CHECK(strcmp(mounts->failed.val[i].mount.path, "/home") == 0
              ? mounts->failed.val[i].message[0] != '\0'
              : strcmp(mounts->failed.val[i].mount.path, "/windows") == 0 && strstr(mounts->failed.val[i].remedy, "remove_hiberfile"));
  gfs_mount_report_free(mounts);
  gfs_guest_os_list_free(list);
}

static void transfer(gfs_handle *g, const char *directory)
{
  char source[4096], target[4096];
  static const char *const debug[] = { "1", "100000", NULL };
  char *text, **names;
  size_t size;
  pthread_t thread;
  struct gfs_statns *status;

  snprintf(source, sizeof source, "%s/source", directory);
  snprintf(target, sizeof target, "%s/target", directory);
  OK(gfs_upload(g, source, "/uploaded"));
  OK(gfs_download(g, "/uploaded", target));
  STATUS(GFS_ERR_FAILED, gfs_download(g, "/nothing", target));
  CHECK(gfs_error_errno() == 2);

  OK(gfs_progress_set(g, progress, &steps));
  OK(gfs_debug(g, "progress", debug, &text));
  gfs_free(text);
  CHECK(steps >= 3);
  OK(gfs_progress_set(g, NULL, NULL));

  /* Endless, but for the cancellation; the handle and the appliance go on. */
  CHECK(pthread_create(&thread, NULL, cancel_soon, g) == 0);
  uploading = 1;
  STATUS(GFS_ERR_CANCELLED, gfs_upload(g, "/dev/zero", "/zeros"));
  CHECK(pthread_join(thread, NULL) == 0);
  OK(gfs_rm_f(g, "/zeros"));

  OK(gfs_write(g, "/bytes", "a\0b\xFF", 4));
  OK(gfs_read_file(g, "/bytes", &text, &size));
  CHECK(size == 4 && memcmp(text, "a\0b\xFF", 4) == 0);
  gfs_free(text);
  OK(gfs_ls(g, "/etc", &names));
  CHECK(strcmp(names[0], "fstab") == 0 && strcmp(names[1], "hostname") == 0);
  gfs_string_list_free(names);
  OK(gfs_statns(g, "/bytes", &status));
  CHECK(status->st_size == 4 && status->st_nlink == 1);
  gfs_statns_free(status);
}

static void extract(gfs_handle *g, const char *directory)
{
  char host[4096];
  struct gfs_extract_options options = GFS_EXTRACT_OPTIONS_INIT;
  struct gfs_extract_report *report;

  snprintf(host, sizeof host, "%s/host", directory);
  OK(gfs_mkdir_p(g, "/tree/sub"));
  write_file(g, "/tree/sub/file", "extracted\n");
  OK(gfs_ln_s(g, "sub/file", "/tree/inside"));
  OK(gfs_ln_s(g, "/etc/passwd", "/tree/outside"));
  OK(gfs_mknod_c(g, 0666, 1, 3, "/tree/null"));
  OK(gfs_extract(g, "/tree", host, NULL, extracting, &extracted_entries, &report));
  CHECK(report->files == 1 && report->directories == 2 && report->symbolic_links == 1 && report->skipped_count == 2
        && report->skipped.len == 2);
  CHECK(extracted_entries > 0 && report->total_size == 10);
  for (int i = 0; i < 2; i++)
    CHECK(report->skipped.val[i].reason
          == (strcmp(report->skipped.val[i].path, "/tree/null") == 0 ? GFS_SKIP_SPECIAL_FILE : GFS_SKIP_LINK_LEADS_OUTSIDE));
  gfs_extract_report_free(report);

  STATUS(GFS_ERR_EXTRACTION, gfs_extract(g, "/tree", host, NULL, NULL, NULL, NULL));
  CHECK(gfs_error_problem() == GFS_EXTRACTION_TARGET_EXISTS);
  options.overwrite = 1;
  options.max_entries = 1;
  STATUS(GFS_ERR_EXTRACTION, gfs_extract(g, "/tree", host, &options, NULL, NULL, NULL));
  CHECK(gfs_error_problem() == GFS_EXTRACTION_ENTRY_LIMIT);
  STATUS(GFS_ERR_CANCELLED, gfs_extract(g, "/etc", host, NULL, stop_extracting, NULL, NULL));
}

/* qemu ends while nobody calls; the next call says how. */
static void die(void)
{
  gfs_handle *g;
  int pid;
  OK(gfs_handle_new(NULL, &g));
  OK(gfs_set_backend(g, "direct"));
  OK(gfs_add_drive_scratch(g, 1 << 20, NULL));
  OK(gfs_launch(g));
  OK(gfs_get_pid(g, &pid));
  CHECK(kill(pid, SIGSEGV) == 0);
  STATUS(GFS_ERR_APPLIANCE_DIED, gfs_sync(g));
  CHECK(gfs_error_problem() == GFS_DEATH_HYPERVISOR_CRASHED);
  CHECK(strstr(gfs_error_message(), "signal 11 (SIGSEGV)") && gfs_error_remedy() && gfs_error_console()[0]);
  STATUS(GFS_ERR_STATE, gfs_sync(g));
  CHECK(gfs_error_problem() == 0);
  OK(gfs_handle_free(g));
}

static int asked;

/* The second time there is no room either, and it gives up. */
static int ask(gfs_handle *g, void *opaque, const char *file, const char *backing_file, int64_t available)
{
  CHECK(g != NULL && strcmp(file, opaque) == 0 && backing_file == NULL && available >= 0);
  return ++asked < 2;
}

/* The filesystem with the image is full. */
static void fill(const char *image)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  static char data[1 << 20];
  gfs_status status;
  gfs_handle *g;
  int i, written, fd = open(image, O_CREAT | O_WRONLY, 0600);
  CHECK(fd >= 0 && ftruncate(fd, 64 << 20) == 0 && close(fd) == 0);
  memset(data, 1, sizeof data);
  drive.format = "raw";
  OK(gfs_handle_new(NULL, &g));
  OK(gfs_set_backend(g, "direct"));
  OK(gfs_disk_full_set(g, ask, (void *)image));
  OK(gfs_add_drive(g, image, &drive));
  OK(gfs_launch(g));
  for (i = 0, status = GFS_OK; i < 64 && status == GFS_OK; i++) {
    status = gfs_pwrite_device(g, "/dev/sda", data, sizeof data, (int64_t)i << 20, &written);
    if (status == GFS_OK)
      status = gfs_sync(g);
  }
  STATUS(GFS_ERR_APPLIANCE_DIED, status);
  CHECK(asked == 2 && gfs_error_problem() == GFS_DEATH_HOST_DISK_FULL && strstr(gfs_error_message(), image));
  OK(gfs_handle_free(g));
}

int main(int argc, char **argv)
{
  struct sigaction action = { .sa_handler = count_children, .sa_flags = SA_RESTART };
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  struct gfs_partition_list *partitions;
  enum gfs_accelerator accelerator;
  enum gfs_confinement confinement;
  int resumed;
  enum gfs_state state;
  char *reason, *path;
  const char *directory = argv[2];
  gfs_handle *g;
  int status, id;

  CHECK(argc == 4);
  sigemptyset(&action.sa_mask);
  CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
  OK(gfs_library_path(&path));
  CHECK(strstr(path, "guestfs.so.0") != NULL); /* A bundle's has another beginning. */
  STATUS(GFS_ERR_STATE, gfs_library_use("/another/libguestfs.so.0"));
  gfs_free(path);

  OK(gfs_handle_new(NULL, &g));
  STATUS(GFS_ERR_STATE, gfs_handle_accelerator(g, &accelerator, NULL));
  STATUS(GFS_ERR_STATE, gfs_handle_confinement(g, &confinement, NULL));
  STATUS(GFS_ERR_STATE, gfs_handle_resumed(g, &resumed, NULL));
  OK(gfs_handle_wait_saved(g, -1, &resumed));
  CHECK(resumed == 1);
  drive.format = "raw";
  OK(gfs_add_drive(g, argv[1], &drive));
  OK(gfs_add_drive_scratch(g, 64 << 20, NULL));
  OK(gfs_add_drive_scratch(g, 320 << 20, NULL));
  OK(gfs_event_add(g, GFS_EVENT_WARNING, warned, &warnings, &id));
  OK(gfs_launch(g));
  warnings = 0;
  OK(gfs_handle_state(g, &state));
  CHECK(state == GFS_STATE_READY);
  OK(gfs_handle_accelerator(g, &accelerator, &reason));
  CHECK(accelerator != GFS_ACCELERATOR_AUTO && reason[0] != '\0');
  gfs_free(reason);
  OK(gfs_handle_confinement(g, &confinement, &reason));
  CHECK(reason[0] != '\0');
  gfs_free(reason);
  OK(gfs_handle_resumed(g, &resumed, &reason));
  CHECK(!resumed && strstr(reason, "none that is saved") != NULL);
  gfs_free(reason);
  OK(gfs_handle_wait_saved(g, -1, NULL));
  CHECK(is_filtered(g) == ((confinement & GFS_CONFINEMENT_SYSTEM_CALLS) != 0));
  STATUS(GFS_ERR_STATE, gfs_launch(g));

  /* Messages are in the words of the header, and say what to do. */
  struct gfs_handle_options timeout = GFS_HANDLE_OPTIONS_INIT;
  gfs_handle *none = NULL;
  timeout.launch_timeout_ms = -1;
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(&timeout, &none));
  CHECK(strstr(gfs_error_message(), "gfs_handle_options.launch_timeout_ms") && !strstr(gfs_error_message(), "LaunchTimeout"));
  STATUS(GFS_ERR_STATE, gfs_library_use("/nowhere"));
  CHECK(strstr(gfs_error_message(), "gfs_library_use()") && !strstr(gfs_error_message(), "ExplicitPath"));
  OK(gfs_handle_new(NULL, &none));
  STATUS(GFS_ERR_LAUNCH, gfs_launch(none));
  CHECK(gfs_error_remedy() && strstr(gfs_error_remedy(), "gfs_add_drive()") && !strstr(gfs_error_message(), "guestfs_add"));
  STATUS(GFS_ERR_DISK, gfs_add_drive(none, "nbd://localhost/x", NULL));
  CHECK(strstr(gfs_error_message(), "gfs_add_drive_options.protocol"));
  OK(gfs_handle_free(none));

  /* A child of the program's own, while there are children of the library's. */
  pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0)
    _exit(7);

  OK(gfs_part_disk(g, "/dev/sda", "mbr"));
  OK(gfs_mkfs(g, "ext4", "/dev/sda1", NULL));
  OK(gfs_mount(g, "/dev/sda1", "/"));
  make_guest(g);
  transfer(g, directory);
  extract(g, directory);
  hibernate(g);
  read_only_subvolume(g);
  inspect(g);
  write_file(g, "/greeting", "written after gfs_guest_os_mount\n");

  /* No bytes need no pointer. */
  OK(gfs_write(g, "/empty", NULL, 0));
  int64_t size;
  OK(gfs_filesize(g, "/empty", &size));
  CHECK(size == 0);
  STATUS(GFS_ERR_ARGUMENT, gfs_write(g, "/empty", NULL, 1));

  /* Names that a program of the host would take for options, and a copy that does not arrive. */
  CHECK(chdir(directory) == 0);
  STATUS(GFS_ERR_ARGUMENT, gfs_copy_in(g, "--help", "/"));
  STATUS(GFS_ERR_ARGUMENT, gfs_mount_local(g, "-m", NULL));
  OK(gfs_copy_out(g, "/greeting", "."));
  lose_attributes(g);
  OK(gfs_set_e2attrs(g, "/etc", "i", NULL));
  STATUS(GFS_ERR_FAILED, gfs_copy_in(g, "greeting", "/etc"));
  CHECK(strstr(gfs_error_message(), "tar_in"));
  struct gfs_set_e2attrs_options clear = GFS_SET_E2ATTRS_OPTIONS_INIT;
  clear.clear = 1;
  OK(gfs_set_e2attrs(g, "/etc", "i", &clear));
  OK(gfs_disk_create(g, "-q:.qcow2", "qcow2", 1 << 20, NULL));
  int64_t virtual_size;
  OK(gfs_disk_virtual_size(g, "-q:.qcow2", &virtual_size));
  CHECK(virtual_size == 1 << 20);

  OK(gfs_part_list(g, "/dev/sda", &partitions));
  CHECK(partitions->len == 1);
  printf("%" PRIu64 "\n", partitions->val[0].part_start);
  gfs_partition_list_free(partitions);

  OK(gfs_umount_all(g));
  OK(gfs_shutdown(g));
  OK(gfs_handle_state(g, &state));
  CHECK(state == GFS_STATE_CONFIG);
  OK(gfs_handle_free(g));
  CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7);
  CHECK(children >= 1);
  die();
  fill(argv[3]);
  return 0;
}
