/* What tests/AotSmoke/Smoke must print: every return kind, and its failure, from the C library. */
#define GUESTFS_PRIVATE 1 /* the prototypes of internal_test* */
#include <guestfs.h>
#include <inttypes.h>
#include <stdio.h>

static guestfs_h *g;

static void hex(const char *kind, const char *bytes, size_t size)
{
  printf("%s: ", kind);
  for (size_t i = 0; i < size; i++)
    printf("%02x", (unsigned char)bytes[i]);
  printf("\n");
}

static void volume(const char *before, const struct guestfs_lvm_pv *v)
{
  printf("%s%s %.32s %s %" PRIu64 " %s %s %" PRIu64, before, v->pv_name, v->pv_uuid, v->pv_fmt, v->pv_size, v->pv_attr, v->pv_tags,
         v->pe_start);
}

static void fails(const char *kind, int failed) { printf("%s error: %s\n", kind, failed ? guestfs_last_error(g) : "none"); }

static void event(guestfs_h *h, void *opaque, uint64_t kind, int id, int flags, const char *text, size_t length, const uint64_t *array,
                  size_t count)
{
  printf("event: %.*s\n", (int)length, text);
}

int main(void)
{
  g = guestfs_create_flags(GUESTFS_CREATE_NO_ENVIRONMENT);
  guestfs_set_error_handler(g, NULL, NULL);

  printf("bool: %s\n", guestfs_internal_test_rbool(g, "true") == 1 ? "true" : "false");
  printf("int: %d\n", guestfs_internal_test_rint(g, "-10"));
  printf("int64: %" PRIi64 "\n", guestfs_internal_test_rint64(g, "-4294967296"));
  printf("const string: %s\n", guestfs_internal_test_rconststring(g, ""));
  printf("optional string: %s\n", guestfs_internal_test_rconstoptstring(g, ""));
  printf("no string: %s\n", guestfs_internal_test_rconstoptstringerr(g) ? "some" : "NULL");
  printf("string: %s\n",
         guestfs_internal_test_rstring(g,
                                       "Gr\xc3\xbc\xc3\x9f"
                                       "e, \xf0\x9f\x98\x80"));
  hex("not UTF-8", guestfs_internal_test_rstring(g, "caf\xe9"), 4);
  size_t size;
  char *buffer = guestfs_internal_test_rbufferout(g, "buffer", &size);
  hex("buffer", buffer, size);

  printf("list:");
  for (char **item = guestfs_internal_test_rstringlist(g, "12"); *item; item++)
    printf(" %s", *item);
  printf("\nhashtable:");
  for (char **item = guestfs_internal_test_rhashtable(g, "5"); *item; item += 2)
    printf(" %s=%s", item[0], item[1]);
  printf("\n");
  volume("struct: ", guestfs_internal_test_rstruct(g, ""));
  printf("\n");
  const struct guestfs_lvm_pv_list *list = guestfs_internal_test_rstructlist(g, "3");
  for (uint32_t i = 0; i < list->len; i++)
    volume(i == 0 ? "struct list: " : "; ", &list->val[i]);
  printf("\n");

  fails("bool", guestfs_internal_test_rboolerr(g) == -1);
  fails("int", guestfs_internal_test_rinterr(g) == -1);
  fails("int64", guestfs_internal_test_rint64err(g) == -1);
  fails("const string", guestfs_internal_test_rconststringerr(g) == NULL);
  fails("string", guestfs_internal_test_rstringerr(g) == NULL);
  fails("buffer", guestfs_internal_test_rbufferouterr(g, &size) == NULL);
  fails("list", guestfs_internal_test_rstringlisterr(g) == NULL);
  fails("hashtable", guestfs_internal_test_rhashtableerr(g) == NULL);
  fails("struct", guestfs_internal_test_rstructerr(g) == NULL);
  fails("struct list", guestfs_internal_test_rstructlisterr(g) == NULL);

  guestfs_set_event_callback(g, event, GUESTFS_EVENT_TRACE, 0, NULL);
  guestfs_set_trace(g, 1);
  guestfs_set_program(g, "smoke");
  guestfs_get_program(g);
  guestfs_set_trace(g, 0);
  return 0;
}
