/* closewatch.c: libguestfs itself, but for two functions, which say on standard error when a call is to be cancelled whose
 * handle is being closed, or is closed. Closing takes its time here, as it does where an appliance has to end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <guestfs.h>
#include <stdatomic.h>
#include <unistd.h>

enum { CLOSED = 64 };

static _Atomic(guestfs_h *) closed[CLOSED];
static atomic_uint count;

static void *original(const char *name) { return dlsym(dlopen("libguestfs.so.0", RTLD_LAZY), name); }

void guestfs_close(guestfs_h *g)
{
  closed[atomic_fetch_add(&count, 1) % CLOSED] = g;
  usleep(100000);
  ((void (*)(guestfs_h *))original("guestfs_close"))(g);
}

int guestfs_user_cancel(guestfs_h *g)
{
  static const char late[] = "cancelled after closing\n";

  for (int i = 0; i < CLOSED; i++)
    if (closed[i] == g) {
      (void)!write(2, late, sizeof late - 1);
      return 0;
    }
  return ((int (*)(guestfs_h *))original("guestfs_user_cancel"))(g);
}

guestfs_h *guestfs_create_flags(unsigned flags, ...)
{
  guestfs_h *g = ((guestfs_h * (*)(unsigned, ...)) original("guestfs_create_flags"))(flags);

  /* The memory of a closed one. */
  for (int i = 0; i < CLOSED; i++)
    if (closed[i] == g)
      closed[i] = NULL;
  return g;
}
