/* Upstream's functions for testing language bindings, through the C ABI: what they print is compared with what they print
 * when they are called directly, and what they return with what their documentation says.
 */
#define GUESTFS_PRIVATE 1
#include <guestfs.h>
#include <inttypes.h>
#include <unistd.h>

#include "check.h"
#include "internal_tests.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static gfs_handle *g;
static guestfs_h *direct;
static const char *ours, *theirs;

static char *read_file(const char *name, size_t *size)
{
  FILE *file = fopen(name, "r");
  char *text = calloc(1, 1 << 20);
  CHECK(file != NULL && text != NULL);
  *size = fread(text, 1, (1 << 20) - 1, file);
  fclose(file);
  return text;
}

/* Both have printed the same. */
static void same_output(void)
{
  size_t our_size, their_size;
  OK(gfs_internal_test_close_output(g));
  CHECK(guestfs_internal_test_close_output(direct) == 0);
  char *our_text = read_file(ours, &our_size), *their_text = read_file(theirs, &their_size);
  if (our_size == 0 || our_size != their_size || memcmp(our_text, their_text, our_size) != 0) {
    printf("through the C ABI:\n%s\ndirectly:\n%s\n", our_text, their_text);
    fflush(stdout);
    _Exit(1);
  }
  free(our_text);
  free(their_text);
  OK(gfs_internal_test_set_output(g, ours));
  CHECK(guestfs_internal_test_set_output(direct, theirs) == 0);
}

static void arguments(void)
{
  static const char *const strings[] = { "", "abc",
                                         "Gr\xC3\xBC\xC3\x9F"
                                         "e",
                                         "\xFF\x80 no UTF-8 \xC3", "\"quoted\" \\ \t" };
  static const char *const one[] = { "one", NULL }, *const three[] = { "", "two", "\xFF", NULL }, *const none[] = { NULL };
  static const char *const *const lists[] = { none, one, three };
  static const int numbers[] = { 0, 1, -1, 1073741823, -1073741824, INT32_MAX, INT32_MIN };
  static const int64_t long_numbers[] = { 0, -1, INT64_C(0x123456789ABCDEF), INT64_MAX, INT64_MIN + 1 };
  char bytes[256];

  for (int i = 0; i < 256; i++)
    bytes[i] = (char)i;
  for (size_t s = 0; s < COUNT(strings); s++)
    for (size_t l = 0; l < COUNT(lists); l++) {
      int number = numbers[(3 * s + l) % COUNT(numbers)];
      int64_t long_number = long_numbers[(s + l) % COUNT(long_numbers)];
      const char *optional = l == 1 ? NULL : strings[s];
      size_t size = l == 2 ? 0 : sizeof bytes;
      struct guestfs_internal_test_argv optargs = { .bitmask = 0 };
      struct gfs_internal_test_options options = GFS_INTERNAL_TEST_OPTIONS_INIT;

      OK(gfs_internal_test(g, strings[s], optional, lists[l], l == 1, number, long_number, "123", "456", bytes, size, NULL));
      CHECK(guestfs_internal_test_argv(direct, strings[s], optional, (char *const *)lists[l], l == 1, number, long_number, "123", "456",
                                       bytes, size, &optargs)
            == 0);
      same_output();

      /* Options one by one and all together; INIT leaves all unset, as no options at all do. */
      for (unsigned mask = 0; mask < 32; mask += mask == 0 ? 1 : mask < 16 ? mask : 15) {
        options = (struct gfs_internal_test_options)GFS_INTERNAL_TEST_OPTIONS_INIT;
        optargs.bitmask = mask;
        if (mask & GUESTFS_INTERNAL_TEST_OBOOL_BITMASK)
          options.obool = optargs.obool = 1;
        if (mask & GUESTFS_INTERNAL_TEST_OINT_BITMASK)
          options.oint = optargs.oint = number == INT32_MIN ? 0 : number;
        if (mask & GUESTFS_INTERNAL_TEST_OINT64_BITMASK)
          options.oint64 = optargs.oint64 = long_number;
        if (mask & GUESTFS_INTERNAL_TEST_OSTRING_BITMASK)
          options.ostring = optargs.ostring = strings[s];
        if (mask & GUESTFS_INTERNAL_TEST_OSTRINGLIST_BITMASK) {
          options.ostringlist = lists[l];
          optargs.ostringlist = (char *const *)lists[l];
        }
        OK(gfs_internal_test(g, "", "", none, 0, 0, 0, "", "", "", 0, &options));
        CHECK(guestfs_internal_test_argv(direct, "", "", (char *const *)none, 0, 0, 0, "", "", "", 0, &optargs) == 0);
        same_output();
      }
    }

  STATUS(GFS_ERR_ARGUMENT, gfs_internal_test(g, NULL, "", none, 0, 0, 0, "", "", "", 0, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_internal_test(g, "", "", NULL, 0, 0, 0, "", "", "", 0, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_internal_test(g, "", "", none, 0, 0, 0, NULL, "", "", 0, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_internal_test(g, "", "", none, 0, 0, 0, "", NULL, "", 0, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_internal_test(g, "", "", none, 0, 0, 0, "", "", NULL, 1, NULL));
}

static void optional_arguments(void)
{
  struct gfs_internal_test_only_optargs_options only = GFS_INTERNAL_TEST_ONLY_OPTARGS_OPTIONS_INIT;
  struct guestfs_internal_test_only_optargs_argv only_direct = { .bitmask = GUESTFS_INTERNAL_TEST_ONLY_OPTARGS_TEST_BITMASK, .test = 42 };
  struct gfs_internal_test_63_optargs_options many = GFS_INTERNAL_TEST_63_OPTARGS_OPTIONS_INIT;
  struct guestfs_internal_test_63_optargs_argv many_direct = {
    .bitmask = GUESTFS_INTERNAL_TEST_63_OPTARGS_OPT1_BITMASK | GUESTFS_INTERNAL_TEST_63_OPTARGS_OPT32_BITMASK
        | GUESTFS_INTERNAL_TEST_63_OPTARGS_OPT33_BITMASK | GUESTFS_INTERNAL_TEST_63_OPTARGS_OPT63_BITMASK,
    .opt1 = 1,
    .opt32 = 32,
    .opt33 = -33,
    .opt63 = 63,
  };

  only.test = 42;
  OK(gfs_internal_test_only_optargs(g, &only));
  CHECK(guestfs_internal_test_only_optargs_argv(direct, &only_direct) == 0);
  same_output();

  many.opt1 = 1;
  many.opt32 = 32;
  many.opt33 = -33;
  many.opt63 = 63;
  OK(gfs_internal_test_63_optargs(g, &many));
  CHECK(guestfs_internal_test_63_optargs_argv(direct, &many_direct) == 0);
  same_output();
}

static void check_list(char **list, int count, int per_item)
{
  char number[16];
  for (int i = 0; i < count * per_item; i++) {
    snprintf(number, sizeof number, "%d", i / per_item);
    CHECK(strcmp(list[i], number) == 0);
  }
  CHECK(list[count * per_item] == NULL);
}

static void check_struct(const struct gfs_lvm_pv *pv, int64_t i)
{
  char text[32];
  snprintf(text, sizeof text, "pv%" PRId64, i);
  CHECK(strcmp(pv->pv_name, text) == 0);
  CHECK(memcmp(pv->pv_uuid, "12345678901234567890123456789012", 32) == 0);
  CHECK(strcmp(pv->pv_fmt, "unknown") == 0);
  snprintf(text, sizeof text, "attr%" PRId64, i);
  CHECK(strcmp(pv->pv_attr, text) == 0);
  snprintf(text, sizeof text, "tag%" PRId64, i);
  CHECK(strcmp(pv->pv_tags, text) == 0);
  CHECK(pv->pv_size == (uint64_t)i && pv->dev_size == (uint64_t)i && pv->pv_free == (uint64_t)i && pv->pv_used == (uint64_t)i);
  CHECK(pv->pv_pe_count == i && pv->pv_pe_alloc_count == i && pv->pe_start == (uint64_t)i);
  CHECK(pv->pv_mda_count == i && pv->pv_mda_free == (uint64_t)i);
}

/* Every kind of result once. */
static void results(const char *count_text)
{
  int count = atoi(count_text), number;
  int64_t long_number;
  const char *constant;
  char *text, **list;
  size_t size;
  struct gfs_lvm_pv *pv;
  struct gfs_lvm_pv_list *pvs;

  OK(gfs_internal_test_rint(g, "10", &number));
  CHECK(number == 10);
  OK(gfs_internal_test_rint64(g, "-9223372036854775807", &long_number));
  CHECK(long_number == -INT64_MAX);
  OK(gfs_internal_test_rbool(g, "true", &number));
  CHECK(number == 1);
  OK(gfs_internal_test_rbool(g, "false", &number));
  CHECK(number == 0);
  OK(gfs_internal_test_rconststring(g, "x", &constant));
  CHECK(strcmp(constant, "static string") == 0);
  OK(gfs_internal_test_rconstoptstring(g, "x", &constant));
  CHECK(strcmp(constant, "static string") == 0);
  OK(gfs_internal_test_rstring(g, "a \xFF string", &text));
  CHECK(strcmp(text, "a \xFF string") == 0);
  gfs_free(text);
  OK(gfs_internal_test_rbufferout(g, "buffer", &text, &size));
  CHECK(size == 6 && memcmp(text, "buffer", 6) == 0);
  gfs_free(text);
  OK(gfs_internal_test_rstringlist(g, count_text, &list));
  check_list(list, count, 1);
  gfs_string_list_free(list);
  OK(gfs_internal_test_rhashtable(g, count_text, &list));
  check_list(list, count, 2);
  gfs_string_list_free(list);
  OK(gfs_internal_test_rstruct(g, "x", &pv));
  check_struct(pv, 0);
  gfs_lvm_pv_free(pv);
  OK(gfs_internal_test_rstructlist(g, count_text, &pvs));
  CHECK(pvs->len == (uint32_t)count);
  for (int i = 0; i < count; i++)
    check_struct(&pvs->val[i], i);
  gfs_lvm_pv_list_free(pvs);
}

static void errors(void)
{
  int number = 42;
  int64_t long_number = 42;
  const char *constant = "untouched";
  char *text = NULL, **list = NULL;
  size_t size = 42;
  struct gfs_lvm_pv *pv = NULL;
  struct gfs_lvm_pv_list *pvs = NULL;

  STATUS(GFS_ERR_FAILED, gfs_internal_test_rinterr(g, &number));
  CHECK(strcmp(gfs_error_message(), "internal_test_rinterr: error") == 0 || strstr(gfs_error_message(), "error") != NULL);
  CHECK(strcmp(gfs_error_operation(), "internal_test_rinterr") == 0);
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rint64err(g, &long_number));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rboolerr(g, &number));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rconststringerr(g, &constant));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rstringerr(g, &text));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rbufferouterr(g, &text, &size));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rstringlisterr(g, &list));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rhashtableerr(g, &list));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rstructerr(g, &pv));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rstructlisterr(g, &pvs));
  STATUS(GFS_ERR_FAILED, gfs_internal_test_rint(g, "not a number", &number));
  CHECK(number == 42 && long_number == 42 && size == 42);
  CHECK(strcmp(constant, "untouched") == 0 && text == NULL && list == NULL && pv == NULL && pvs == NULL);

  /* NULL is this function's way to say that there is none. */
  OK(gfs_internal_test_rconstoptstringerr(g, &constant));
  CHECK(constant == NULL);
}

static long resident_kilobytes(void)
{
  long pages = 0, all;
  FILE *file = fopen("/proc/self/statm", "r");
  CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &pages) == 2);
  fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void calls(void)
{
  results("10");
  errors();
}

/* Not in one round with the calls: handles have garbage collected that the calls alone would leave. */
static void handles(void) { OK(gfs_handle_free(new_handle())); }

static void does_not_grow(void (*body)(void), int rounds)
{
  long before = 0, growth;

  for (int i = 0; i < rounds; i++) {
    body();
    if (i == rounds / 2)
      before = resident_kilobytes();
  }
  growth = resident_kilobytes() - before;
  if (rounds > 100)
    printf("resident memory grew by %ld KB in %d rounds\n", growth, rounds - rounds / 2);
  CHECK(rounds <= 100 || growth < 4096);
}

int main(int argc, char **argv)
{
  CHECK(argc == 4);
  ours = argv[1];
  theirs = argv[2];
  int rounds = atoi(argv[3]);

  g = new_handle();
  direct = guestfs_create_flags(GUESTFS_CREATE_NO_ENVIRONMENT);
  CHECK(direct != NULL);
  guestfs_set_error_handler(direct, NULL, NULL);
  OK(gfs_internal_test_set_output(g, ours));
  CHECK(guestfs_internal_test_set_output(direct, theirs) == 0);

  arguments();
  optional_arguments();
  results("0");
  results("1");
  results("1000");
  errors();

  does_not_grow(calls, rounds);
  does_not_grow(handles, rounds);

  OK(gfs_handle_free(g));
  guestfs_close(direct);
  return 0;
}
