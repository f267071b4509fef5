// Calls a library for the first time in another root directory, where another library lies at its path.
#include "arguments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int inherited_files(void)
{
  int files = 0;
  for (int i = 3; i < 100; i++) {
    int flags = fcntl(i, F_GETFD);
    files += flags >= 0 && (flags & FD_CLOEXEC) == 0;
  }

  return files;
}

int main(int count, char **arguments)
{
  char here[4096];
  int files = inherited_files();
  if (count < 3 || chdir(arguments[1]) != 0 || chroot(".") != 0 || chdir(arguments[2]) != 0) {
    perror("chroot");
    return 2;
  }

  errno = 0;
  printf("called %ld errno %d\n", called_by_own(21), errno);
  printf("in %s, %s outside\n", getcwd(here, sizeof here), access("/proc/self", F_OK) == 0 ? "but" : "not");
  printf("%s new files for others\n", inherited_files() == files ? "no" : "some");
  return 0;
}
