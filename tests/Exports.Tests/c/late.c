/* A call that is cancelled when its handle has been freed: the handle closes when the call returns. */
#include <unistd.h>

#include "check.h"

static int told;

static void free_and_cancel(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size,
                            const uint64_t *numbers, size_t count)
{
  (void)event, (void)id, (void)text, (void)text_size, (void)numbers, (void)count;
  if (told++ > 0)
    return;
  OK(gfs_cancel(g));
  if (opaque != NULL)
    OK(gfs_handle_free(g));
}

int main(void)
{
  for (int freed = 0; freed < 2; freed++) {
    gfs_handle *g = new_handle();

    told = 0;
    OK(gfs_event_add(g, GFS_EVENT_ENTER, free_and_cancel, freed ? g : NULL, NULL));
    /* Not launched: it fails after the event. */
    CHECK(gfs_upload(g, "/dev/null", "/file") != GFS_OK);
    CHECK(told > 0);
    if (!freed)
      OK(gfs_handle_free(g));
    usleep(100000);
  }
  return 0;
}
