/* badstorage.c: for qemu. Writes to the file $BAD_FILE fail with the error number $BAD_ERROR, as those of a disk quota or of a
 * server that has lost the file do.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_bad(int fd)
{
  const char *bad = getenv("BAD_FILE"), *error = getenv("BAD_ERROR");
  char link[64], name[PATH_MAX];
  ssize_t size;

  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  size = readlink(link, name, sizeof name - 1);
  if (!bad || !error || size < 0)
    return 0;
  name[size] = '\0';
  if (strcmp(name, bad) != 0)
    return 0;
  errno = atoi(error);
  return 1;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
  return is_bad(fd) ? -1 : ((ssize_t(*)(int, const struct iovec *, int, off64_t))dlsym(RTLD_NEXT, "pwritev64"))(fd, parts, count, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
  return is_bad(fd) ? -1 : ((ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64"))(fd, data, size, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev64(fd, parts, count, offset); }

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }
