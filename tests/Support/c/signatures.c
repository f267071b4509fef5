// Has the fast init look at images instead of disks: a line for each, with what it would assemble.
#include <stdio.h>

#include "../../../native/guest/appliance-init/fast/system.h"

long lseek(int file, long offset, int whence);

static long tell_size(long file, unsigned long request, void *value)
{
  enum { END = 2 };
  if (request == BLKGETSIZE64)
    *(uint64_t *)value = (uint64_t)lseek((int)file, 0, END);
  return 0;
}

#define sys_ioctl tell_size
#include "../../../native/guest/appliance-init/fast/signature.c"

// Below /dev.
static const char *image;

void blocks_open(struct blocks *blocks) { (void)blocks; }

bool blocks_next(struct blocks *blocks, struct block *block)
{
  (void)blocks;
  block->name = image;
  block->is_virtual = false;
  image = NULL;
  return block->name != NULL;
}

int main(int count, char **arguments)
{
  for (int i = 1; i < count; i++) {
    image = arguments[i];
    struct signatures found = signatures_find();
    printf("%s%s%s%s\n", found.lvm ? "lvm " : "", found.raid ? "raid " : "", found.dynamic ? "dynamic " : "", found.other ? "other " : "");
  }
  return 0;
}
