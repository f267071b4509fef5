// The block devices of the machine: disks and their partitions.
#ifndef APPLIANCE_INIT_BLOCKS_H
#define APPLIANCE_INIT_BLOCKS_H

#include <stdbool.h>

#include "../file.h"
#include "path.h"

struct block {
  const char *name;    // In /dev; valid until the next one.
  struct path device;  // Where it is among the devices, as the link in /sys/class/block has it.
  bool is_partition;
  bool is_virtual;  // Made by the kernel of others or of nothing: dm, md, loop, ram.
};

struct blocks {
  struct directory directory;
};

// Leaves a disk out from now on: the root, where it is none of libguestfs' disks. The name must stay.
void blocks_hide(const char *name);

void blocks_open(struct blocks *blocks);

// The next device; false at the end.
bool blocks_next(struct blocks *blocks, struct block *block);

#endif
