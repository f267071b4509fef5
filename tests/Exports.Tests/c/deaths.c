/* Launches, lets something go wrong below a call, and prints how that call failed:
 *   deaths launch              only launches, and prints with what
 *   deaths command TEXT        runs it in the appliance
 *   deaths killed              qemu is killed while a call waits
 *   deaths read SOCKET         reads a disk behind that socket, at byte 1 MiB */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"

static void *kill_soon(void *pid)
{
  sleep(1);
  CHECK(kill(*(int *)pid, SIGKILL) == 0);
  return NULL;
}

int main(int argc, char **argv)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  const char *command[] = { "sleep 60", NULL }, *server[] = { NULL, NULL };
  enum gfs_accelerator accelerator;
  char *result = NULL, *reason;
  pthread_t killer;
  gfs_status status;
  gfs_handle *g;
  size_t size;
  int pid;

  CHECK(argc > 1);
  OK(gfs_handle_new(NULL, &g));
  if (strcmp(argv[1], "read") == 0) {
    CHECK(argc == 3);
    server[0] = argv[2];
    drive.format = "raw";
    drive.protocol = "nbd";
    drive.server = server;
    OK(gfs_add_drive(g, "", &drive));
  } else {
    OK(gfs_add_drive_scratch(g, 1 << 20, NULL));
  }

  if ((status = gfs_launch(g)) != GFS_OK)
    return report(status);

  if (strcmp(argv[1], "launch") == 0) {
    OK(gfs_handle_accelerator(g, &accelerator, &reason));
    OK(gfs_ping_daemon(g));
    printf("%s: %s\n", accelerator == GFS_ACCELERATOR_TCG ? "TCG" : "KVM", reason);
    gfs_free(reason);
  } else if (strcmp(argv[1], "read") == 0) {
    report(gfs_pread_device(g, "/dev/sda", 512, 1 << 20, &result, &size));
    OK(gfs_ping_daemon(g));
  } else {
    OK(gfs_get_pid(g, &pid));
    if (strcmp(argv[1], "killed") == 0)
      CHECK(pthread_create(&killer, NULL, kill_soon, &pid) == 0);
    else
      command[0] = argv[2];
    report(gfs_debug(g, "sh", command, &result));
    CHECK(gfs_error_console()[0]);
    if (strcmp(argv[1], "killed") == 0)
      CHECK(pthread_join(killer, NULL) == 0);
    STATUS(GFS_ERR_STATE, gfs_sync(g));
  }

  OK(gfs_handle_free(g));
  return 0;
}
