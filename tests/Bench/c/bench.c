/* The measured calls in C: what the others are compared with. With the argument 'threads' there is a second, idle thread,
 * as in every .NET and Go process: the C library's locks, malloc and stdio are cheaper in a process with only one. */
#define GUESTFS_PRIVATE 1 /* the prototypes of internal_test* */
#include <guestfs.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const unsigned flags = GUESTFS_CREATE_NO_ENVIRONMENT | GUESTFS_CREATE_NO_CLOSE_ON_EXIT;
static guestfs_h *g;

static void free_list(char **list)
{
  for (char **item = list; *item; item++)
    free(*item);
  free(list);
}

static void get_verbose(void) { guestfs_get_verbose(g); }
static void set_verbose(void) { guestfs_set_verbose(g, 0); }
static void set_program(void) { guestfs_set_program(g, "benchmark"); }
static void get_path(void) { guestfs_get_path(g); }
static void version(void) { guestfs_free_version(guestfs_version(g)); }
static void list(void) { free_list(guestfs_internal_test_rstringlist(g, "1000")); }
static void hashtable(void) { free_list(guestfs_internal_test_rhashtable(g, "1000")); }
static void structs(void) { guestfs_free_lvm_pv_list(guestfs_internal_test_rstructlist(g, "1000")); }
static void create_close(void) { guestfs_close(guestfs_create_flags(flags)); }

static void optional(void)
{
  struct guestfs_internal_test_only_optargs_argv options = {
    .bitmask = GUESTFS_INTERNAL_TEST_ONLY_OPTARGS_TEST_BITMASK,
    .test = 1,
  };
  guestfs_internal_test_only_optargs_argv(g, &options);
}

static void error(void)
{
  if (guestfs_internal_test_rinterr(g) == -1)
    guestfs_last_error(g);
}

/* A list of structs without strings, made as libguestfs makes it: no such call works without an appliance. */
static void plain_structs(void)
{
  struct guestfs_partition_list *list = malloc(sizeof *list);
  list->len = 1000;
  list->val = calloc(list->len, sizeof *list->val);
  guestfs_free_partition_list(list);
}

/* What the other languages' exceptions are compared with: a returned code. */
static int __attribute__((noinline)) fail(void)
{
  __asm__ volatile("");
  return -1;
}
static void throw(void)
{
  if (fail() != -1)
    abort();
}

static const struct {
  const char *name;
  void (*call)(void);
} calls[] = {
  { "get_verbose", get_verbose },
  { "set_verbose", set_verbose },
  { "set_program", set_program },
  { "get_path", get_path },
  { "version", version },
  { "list_1000", list },
  { "hashtable_1000", hashtable },
  { "structs_1000", structs },
  { "optional", optional },
  { "error", error },
  { "create_close", create_close },
  { "throw", throw },
  { "plain_structs_1000", plain_structs },
  /* What .NET adds to the same call, where it is in use. */
  { "get_verbose_async", get_verbose },
  { "get_verbose_spans", get_verbose },
};

static int64_t now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void *idle(void *unused)
{
  for (;;)
    pause();
}

int main(int argc, char **argv)
{
  char name[64];
  int count;
  pthread_t thread;

  if (argc > 1 && strcmp(argv[1], "threads") == 0 && pthread_create(&thread, NULL, idle, NULL) != 0)
    return 1;

  g = guestfs_create_flags(flags);
  guestfs_set_error_handler(g, NULL, NULL);
  guestfs_internal_test_set_output(g, "/dev/null");

  while (scanf("%63s %d", name, &count) == 2)
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
      if (strcmp(calls[i].name, name) == 0) {
        void (*call)(void) = calls[i].call;
        int64_t start = now();
        for (int n = 0; n < count; n++)
          call();
        printf("%" PRId64 " -1\n", now() - start);
        fflush(stdout);
      }

  guestfs_close(g);
  return 0;
}
