/* Calls what is newer than libguestfs 1.48 and prints the answers. Arguments: a directory for files, then the disks; without disks
   nothing is launched. */
#include <inttypes.h>

#include "check.h"

static gfs_handle *g;

/* Prints what a call has answered; 'answer' is what it is told by if it succeeds. */
static void ask(const char *function, gfs_status status, const char *answer)
{
  switch (status) {
  case GFS_OK:
    printf("%s: %s\n", function, answer);
    break;
  case GFS_ERR_MISSING_FUNCTION:
    CHECK(strcmp(gfs_error_operation(), function) == 0);
    printf("%s: missing: %s\n", function, gfs_error_message());
    break;
  case GFS_ERR_FEATURE:
    printf("%s: no feature %s\n", function, gfs_error_feature());
    break;
  case GFS_ERR_FAILED:
    CHECK(strcmp(gfs_error_operation(), function) == 0);
    printf("%s: error\n", function);
    break;
  default:
    printf("%s: %s: %s\n", function, gfs_status_name(status), gfs_error_message());
  }
}

static void ask_text(const char *function, gfs_status status, char **text)
{
  ask(function, status, *text);
  gfs_free(*text);
  *text = NULL;
}

static const char *value(char **table, const char *key)
{
  for (; *table != NULL; table += 2)
    if (strcmp(table[0], key) == 0)
      return table[1];
  return "none";
}

static void filesystems(int launched, const char *directory, const char *shell_command)
{
  static const char *const seq[] = { "/usr/bin/seq", "1", "700000", NULL };
  static const char *const etc[] = { "/etc", NULL };
  struct gfs_btrfs_scrub_full_options scrub = GFS_BTRFS_SCRUB_FULL_OPTIONS_INIT;
  struct gfs_setfiles_options relabel = GFS_SETFILES_OPTIONS_INIT;
  char file[4096];

  scrub.readonly = 1;
  for (const char *const *device = launched ? (const char *const[]){ "/dev/sdb", "/dev/sdc", NULL } : (const char *const[]){ "", NULL };
       *device != NULL; device++) {
    if (launched)
      OK(gfs_mount(g, *device, "/"));
    ask("btrfs_scrub_full", gfs_btrfs_scrub_full(g, "/", &scrub), "done");
    if (launched)
      OK(gfs_umount_all(g));
  }

  if (launched)
    OK(gfs_mount(g, "/dev/sda1", "/"));
  snprintf(file, sizeof file, "%s/command_out", directory);
  ask("command_out", gfs_command_out(g, seq, file), "done");
  snprintf(file, sizeof file, "%s/sh_out", directory);
  ask("sh_out", gfs_sh_out(g, shell_command, file), "done");
  relabel.force = 1;
  ask("setfiles", gfs_setfiles(g, "/etc/selinux/targeted/contexts/files/file_contexts", etc, &relabel), "done");
  if (launched)
    OK(gfs_umount_all(g));
}

static void inspection(int launched)
{
  char **systems = NULL, *none[] = { "/dev/sda1", NULL }, *text = NULL;
  int flag = 0;

  if (launched)
    OK(gfs_inspect_os(g, &systems));
  for (char **root = launched ? systems : none; *root != NULL; root++) {
    ask_text("inspect_get_build_id", gfs_inspect_get_build_id(g, *root, &text), &text);
    gfs_status status = gfs_inspect_get_windows_group_policy(g, *root, &flag);
    ask("inspect_get_windows_group_policy", status, flag ? "1" : "0");
  }
  gfs_string_list_free(systems);
}

int main(int argc, char **argv)
{
  struct gfs_add_drive_options raw = GFS_ADD_DRIVE_OPTIONS_INIT;
  struct gfs_ntfs_chmod_options chmod = GFS_NTFS_CHMOD_OPTIONS_INIT;
  char command[256], answer[256], *text = NULL, **table = NULL;
  int64_t size = 0;
  gfs_status status;

  CHECK(argc >= 7);
  const char *directory = argv[1], *shell_command = argv[2], *label = argv[3], *uuid = argv[4], *programs = argv[6];
  int mode = atoi(argv[5]), launched = argc > 7;
  OK(gfs_handle_new(NULL, &g));
  raw.format = "raw";
  for (int i = 7; i < argc; i++)
    OK(gfs_add_drive(g, argv[i], &raw));
  if (launched) {
    OK(gfs_launch(g));
    snprintf(command, sizeof command, "for p in %s; do command -v $p; done | tr '\\n' ' '", programs);
    OK(gfs_debug(g, "sh", (const char *const[]){ command, NULL }, &text));
    ask_text("programs", GFS_OK, &text);
  }

  status = gfs_device_name(g, 4, &text);
  if (status == GFS_OK) {
    OK(gfs_blockdev_getsize64(g, text, &size));
    snprintf(answer, sizeof answer, "%s %" PRId64, text, size);
    gfs_free(text);
    text = NULL;
  }
  ask("device_name", status, answer);
  ask_text("findfs_partlabel", gfs_findfs_partlabel(g, label, &text), &text);
  ask_text("findfs_partuuid", gfs_findfs_partuuid(g, uuid, &text), &text);
  status = gfs_xfs_info2(g, "/dev/sdd", &table);
  if (status == GFS_OK)
    snprintf(answer, sizeof answer, "%s %s", value(table, "meta-data.agcount"), value(table, "data.blocks"));
  ask("xfs_info2", status, answer);
  gfs_string_list_free(table);
  chmod.recursive = 0;
  ask("ntfs_chmod", gfs_ntfs_chmod(g, "/dev/sde", mode, "/hello", &chmod), "done");
  ask("clevis_luks_unlock", gfs_clevis_luks_unlock(g, "/dev/sde", "unlocked"), "done");
  inspection(launched);
  filesystems(launched, directory, shell_command);
  if (launched)
    OK(gfs_shutdown(g));
  OK(gfs_handle_free(g));
  return 0;
}
