// The /init of a root filesystem that only tells how it was run, and ends the machine.
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/statfs.h>
#include <termios.h>
#include <unistd.h>

int main(int argc, char **argv)
{
  char line[512];
  printf("root-init: pid %d", (int)getpid());
  for (int i = 0; i < argc; i++)
    printf(" [%s]", argv[i]);
  printf("\n");
  mount("proc", "/proc", "proc", 0, NULL);
  FILE *mounts = fopen("/proc/self/mounts", "r");
  while (mounts != NULL && fgets(line, sizeof line, mounts) != NULL)
    printf("root-init: mount %s", line);
  printf("root-init: write %s\n", fopen("/written", "w") != NULL ? "ok" : "failed");
  fflush(stdout);
  tcdrain(1);
  reboot(RB_AUTOBOOT);
  return 1;
}
