/* address_space.c: linked to what is compiled from C#, for processes whose address space is limited (ulimit -v). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int __real_getrlimit64(__rlimit_resource_t resource, struct rlimit64 *limit);
int __wrap_getrlimit64(__rlimit_resource_t resource, struct rlimit64 *limit);

#ifdef PROGRAM

/* With less the garbage collector is now and then ended by a signal, when nothing can be told any more. Measured: a build of an
 * appliance failed in 3 of 6 runs with 218000, in 1 of 16 with 222000 and in none of 64 with 228000 to 262144. */
#define MIN_KIB 250000
#define TEXT_OF(number) #number
#define TEXT(macro) TEXT_OF(macro)

/* Before the runtime starts. */
__attribute__((constructor)) static void prepare(void)
{
  static const char message[] =
      "gfs: there are less than " TEXT(MIN_KIB) " KiB of address space, which this program needs: raise the limit (ulimit -v).\n";
  struct rlimit64 limit;

  if (__real_getrlimit64(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < (rlim64_t)MIN_KIB << 10) {
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);

    (void)written;
    _exit(EXIT_FAILURE);
  }

  /* malloc would reserve 64 MiB for each thread, and C# allocates hardly anything there. */
  mallopt(M_ARENA_MAX, 1);
}

/* A program of its own needs little else: two thirds of the limit for its heap. Where there is none, as if it were 8 GiB: the garbage
 * collector makes a table of all that it reserves, which is a page fault for each 256 MiB of it. */
static rlim64_t available(rlim64_t limit)
{
  const rlim64_t enough = (rlim64_t)8 << 30;

  if (limit > enough)
    limit = enough;
  return limit + limit / 3;
}

#else

static rlim64_t address_space_in_use(void)
{
  char pages[32];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t size = file < 0 ? -1 : read(file, pages, sizeof pages - 1);

  if (file >= 0)
    close(file);
  if (size <= 0)
    return 0;
  pages[size] = '\0';
  return strtoull(pages, NULL, 10) * (rlim64_t)sysconf(_SC_PAGESIZE);
}

/* A library has to make do with half of what the program has left, of which there may be less than of the limit. */
static rlim64_t available(rlim64_t limit)
{
  rlim64_t used = limit == RLIM64_INFINITY ? 0 : address_space_in_use();

  return limit > used ? limit - used : 0;
}

#endif

/* In place of the C library's in the .NET runtime, whose garbage collector reserves half of the address space's limit. */
int __wrap_getrlimit64(__rlimit_resource_t resource, struct rlimit64 *limit)
{
  int result = __real_getrlimit64(resource, limit);

  if (result == 0 && resource == RLIMIT_AS)
    limit->rlim_cur = available(limit->rlim_cur);
  return result;
}
