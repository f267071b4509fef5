/* What the C ABI adds to a call: libguestfs called directly and through it, in turns, in one process. Built twice: with
 * TEST_SURFACE against the library that has upstream's test functions, for a result that no other call gives without an
 * appliance. With the argument 'start': time from the start of the program to a handle.
 */
#define _GNU_SOURCE
#define GUESTFS_PRIVATE 1
#include <guestfs.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "guestfs_facade.h"
#ifdef TEST_SURFACE
#include "internal_tests.h"
#endif

enum { ROUNDS = 101, CALLS = 5000 };

static guestfs_h *direct;
static gfs_handle *g;

static void must(int succeeded)
{
  if (!succeeded) {
    fprintf(stderr, "a call failed: %s\n", gfs_error_message());
    exit(1);
  }
}

#ifdef TEST_SURFACE
static void free_list(char **list)
{
  for (char **item = list; *item; item++)
    free(*item);
  free(list);
}

static void direct_list(void)
{
  char **list = guestfs_internal_test_rstringlist(direct, "10");
  must(list != NULL);
  free_list(list);
}
static void our_list(void)
{
  char **list;
  must(gfs_internal_test_rstringlist(g, "10", &list) == GFS_OK);
  gfs_string_list_free(list);
}
#else
static void direct_int(void) { must(guestfs_get_verbose(direct) == 0); }
static void our_int(void)
{
  int value;
  must(gfs_get_verbose(g, &value) == GFS_OK);
}
static void direct_in(void) { must(guestfs_set_program(direct, "benchmark") == 0); }
static void our_in(void) { must(gfs_set_program(g, "benchmark") == GFS_OK); }
static void direct_out(void) { must(guestfs_get_path(direct) != NULL); }
static void our_out(void)
{
  const char *value;
  must(gfs_get_path(g, &value) == GFS_OK);
}
static void direct_owned(void)
{
  char *value = guestfs_get_backend(direct);
  must(value != NULL);
  free(value);
}
static void our_owned(void)
{
  char *value;
  must(gfs_get_backend(g, &value) == GFS_OK);
  gfs_free(value);
}
static void direct_struct(void)
{
  struct guestfs_version *value = guestfs_version(direct);
  must(value != NULL);
  guestfs_free_version(value);
}
static void our_struct(void)
{
  struct gfs_version *value;
  must(gfs_version(g, &value) == GFS_OK);
  gfs_version_free(value);
}
static void direct_error(void) { must(guestfs_set_memsize(direct, 1) == -1 && guestfs_last_error(direct) != NULL); }
static void our_error(void) { must(gfs_set_memsize(g, 1) != GFS_OK && gfs_error_message()[0] != '\0'); }
#endif

static const struct {
  const char *name;
  void (*direct)(void);
  void (*ours)(void);
} calls[] = {
#ifdef TEST_SURFACE
  { "list of 10 strings", direct_list, our_list },
#else
  { "int getter", direct_int, our_int },
  { "string in", direct_in, our_in },
  { "string out, the handle's", direct_out, our_out },
  { "string out, the caller's", direct_owned, our_owned },
  { "structure", direct_struct, our_struct },
  { "error with its message", direct_error, our_error },
#endif
};

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static double measure(void (*call)(void), int count)
{
  double start = now();
  for (int i = 0; i < count; i++)
    call();
  return (now() - start) / count;
}

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  options.ignore_environment = 1;
  double start = now();
  must(gfs_handle_new(&options, &g) == GFS_OK);
  if (argc > 1 && strcmp(argv[1], "start") == 0) {
    printf("%.0f\n", (now() - start) / 1000);
    return 0;
  }

  direct = guestfs_create_flags(GUESTFS_CREATE_NO_ENVIRONMENT);
  guestfs_set_error_handler(direct, NULL, NULL);
  printf("| call | direct ns | here ns | difference ns |\n|---|--:|--:|--:|\n");
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    double before[ROUNDS], here[ROUNDS], difference[ROUNDS];
    int count = strncmp(calls[i].name, "error", 5) == 0 ? CALLS / 20 : CALLS;
    measure(calls[i].direct, count);
    measure(calls[i].ours, count);
    for (int round = 0; round < ROUNDS; round++) {
      before[round] = measure(calls[i].direct, count);
      here[round] = measure(calls[i].ours, count);
      difference[round] = here[round] - before[round];
    }
    qsort(before, ROUNDS, sizeof before[0], compare);
    qsort(here, ROUNDS, sizeof here[0], compare);
    qsort(difference, ROUNDS, sizeof difference[0], compare);
    printf("| %s | %.1f | %.1f | %.1f |\n", calls[i].name, before[ROUNDS / 2], here[ROUNDS / 2], difference[ROUNDS / 2]);
  }
  gfs_handle_free(g);
  guestfs_close(direct);
  return 0;
}
