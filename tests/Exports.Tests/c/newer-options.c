/* Calls functions with options that are newer than libguestfs 1.48 and prints the answers. Arguments: a key, a cipher, what to write,
   an archive, three disks. */
#include "check.h"

/* Prints how a call ended, in one line. */
static void ask(const char *option, gfs_status status)
{
  if (status == GFS_OK) {
    printf("%s: done\n", option);
    return;
  }
  printf("%s: error: ", option);
  for (const char *c = gfs_error_message(); *c != '\0'; c++)
    putchar(*c == '\n' ? ' ' : *c);
  putchar('\n');
}

int main(int argc, char **argv)
{
  struct gfs_add_drive_options raw = GFS_ADD_DRIVE_OPTIONS_INIT;
  struct gfs_cryptsetup_open_options plain = GFS_CRYPTSETUP_OPEN_OPTIONS_INIT;
  struct gfs_e2fsck_options check = GFS_E2FSCK_OPTIONS_INIT;
  struct gfs_tar_in_options unpack = GFS_TAR_IN_OPTIONS_INIT;
  gfs_handle *g = NULL;
  gfs_status status;
  int written = 0;

  CHECK(argc == 8);
  const char *key = argv[1], *secret = argv[3], *archive = argv[4];
  OK(gfs_handle_new(NULL, &g));
  raw.format = "raw";
  for (int i = 5; i < argc; i++)
    OK(gfs_add_drive(g, argv[i], &raw));
  OK(gfs_launch(g));

  plain.crypttype = "plain";
  plain.cipher = argv[2];
  status = gfs_cryptsetup_open(g, "/dev/sda", key, "plain", &plain);
  ask("cryptsetup_open.cipher", status);
  if (status == GFS_OK) {
    OK(gfs_pwrite_device(g, "/dev/mapper/plain", secret, strlen(secret), 0, &written));
    CHECK(written == (int)strlen(secret));
    OK(gfs_cryptsetup_close(g, "/dev/mapper/plain"));
  }
  check.forceno = 1;
  ask("e2fsck.forceno", gfs_e2fsck(g, "/dev/sdb", &check));
  OK(gfs_mount(g, "/dev/sdc", "/"));
  unpack.keepdirlink = 1;
  ask("tar_in.keepdirlink", gfs_tar_in(g, archive, "/", &unpack));
  OK(gfs_shutdown(g));
  OK(gfs_handle_free(g));
  return 0;
}
