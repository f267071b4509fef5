// Calls a library for the first time in another root directory, where another library lies at its path.
#include "arguments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments)
{
  char here[4096];
  if (count < 3 || chdir(arguments[1]) != 0 || chroot(".") != 0 || chdir(arguments[2]) != 0) {
    perror("chroot");
    return 2;
  }

  errno = 0;
  printf("called %ld errno %d\n", called_by_own(21), errno);
  printf("in %s, %s outside\n", getcwd(here, sizeof here), access("/proc/self", F_OK) == 0 ? "but" : "not");
  int files = 0;
  for (int i = 3; i < 100; i++) {
    files += fcntl(i, F_GETFD) >= 0 && (fcntl(i, F_GETFD) & FD_CLOEXEC) == 0;
  }

  printf("%d files left open for others\n", files);
  return 0;
}
