/* A caller that is not linked with the library: dlopen with RTLD_LOCAL, dlclose, and calls after it. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "guestfs_facade.h"

#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      return 1; \
    } \
  } while (0)

int main(void)
{
  const char *file = getenv("FACADE_LIBRARY");
  for (int round = 0; round < 3; round++) {
    void *library = dlopen(file, RTLD_LOCAL | RTLD_LAZY);
    gfs_status (*handle_new)(const struct gfs_handle_options *, gfs_handle **);
    gfs_status (*handle_free)(gfs_handle *);
    gfs_handle *g;

    CHECK(library != NULL);
    *(void **)&handle_new = dlsym(library, "gfs_handle_new");
    *(void **)&handle_free = dlsym(library, "gfs_handle_free");
    CHECK(handle_new(NULL, &g) == GFS_OK);
    CHECK(dlsym(RTLD_DEFAULT, "gfs_handle_new") == NULL);
    CHECK(dlclose(library) == 0);

    /* Not unloaded: what was looked up goes on working. */
    CHECK(handle_free(g) == GFS_OK);
    CHECK(handle_free(g) == GFS_ERR_HANDLE);
    CHECK(dlopen(file, RTLD_LAZY | RTLD_NOLOAD) != NULL);
  }
  return 0;
}
