/* A libguestfs that a distribution has built with other defaults: settings and the environment go before them, as ever. */
#include <dlfcn.h>
#include <stdlib.h>

#include <guestfs.h>

#undef guestfs_create_flags

guestfs_h *guestfs_create_flags(unsigned flags, ...)
{
  void *library = dlopen("libguestfs.so.0", RTLD_NOW);
  guestfs_h *(*create)(unsigned, ...) = (guestfs_h * (*)(unsigned, ...)) dlsym(library, "guestfs_create_flags");
  guestfs_h *g = create(flags);
  const char *backend = getenv("DEFAULT_BACKEND"), *hv = getenv("DEFAULT_HV");

  if (g != NULL && backend != NULL && getenv("LIBGUESTFS_BACKEND") == NULL)
    guestfs_set_backend(g, backend);
  if (g != NULL && hv != NULL && getenv("LIBGUESTFS_HV") == NULL)
    guestfs_set_hv(g, hv);
  return g;
}
