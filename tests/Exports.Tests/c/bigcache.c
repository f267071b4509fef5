/* bigcache.c: preloaded, it makes a processor out of any that has the largest cache of servers. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

FILE *fopen64(const char *name, const char *mode)
{
  static char size[] = "1048576K\n";
  FILE *(*original)(const char *, const char *) = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, "fopen64");

  return strncmp(name, "/sys/devices/system/cpu/cpu0/cache/index", 40) == 0 && strstr(name, "/size") != NULL
      ? fmemopen(size, sizeof size - 1, "r")
      : original(name, mode);
}
