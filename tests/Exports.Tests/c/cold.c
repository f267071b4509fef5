/* The first calls of a process, in several threads at once: each round in a process that has made none. */
#define _GNU_SOURCE
#include <pthread.h>
#include <unistd.h>

#include "check.h"

static pthread_barrier_t barrier;

static void *first_call(void *number)
{
  struct gfs_host_report *report;
  char *path;

  pthread_barrier_wait(&barrier);
  switch ((intptr_t)number % 4) {
  case 1:
    OK(gfs_library_path(&path));
    gfs_free(path);
    break;
  case 3:
    OK(gfs_host_probe(&report));
    gfs_host_report_free(report);
    break;
  }
  OK(gfs_handle_free(new_handle()));
  return NULL;
}

static void first_calls(int count)
{
  pthread_t threads[16];

  CHECK(pthread_barrier_init(&barrier, NULL, count) == 0);
  for (int i = 0; i < count; i++)
    CHECK(pthread_create(&threads[i], NULL, first_call, (void *)(intptr_t)i) == 0);
  for (int i = 0; i < count; i++)
    CHECK(pthread_join(threads[i], NULL) == 0);
}

int main(void)
{
  static const int counts[] = { 2, 3, 8, 16 };

  for (int round = 0; round < 40; round++) {
    pid_t child = fork();

    if (child == 0) {
      alarm(60);
      first_calls(counts[round % 4]);
      exit(0);
    }
    must_succeed(child);
  }
  return 0;
}
