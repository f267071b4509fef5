// Finding the block device that holds the appliance's root filesystem.
#ifndef APPLIANCE_INIT_ROOT_H
#define APPLIANCE_INIT_ROOT_H

#include <stdbool.h>
#include <stdint.h>

// What the kernel's argument root= asks for.
struct root {
  const char *argument;
  const char *name;  // In /dev; NULL when it goes by UUID.
  uint8_t uuid[16];
};

// Understands "/dev/NAME" and "UUID=..."; false after printing what is wrong.
bool root_parse(const char *argument, struct root *root);

// Waits for the root's device and puts the path of a device node of it into a buffer of ROOT_PATH_SIZE; false after
// printing what was there instead.
enum { ROOT_PATH_SIZE = 160 };
bool root_find(const struct root *root, char *path);

// Whether the disk of that name can be opened, or never will be. Opening it waits until its partitions have been looked for.
bool root_disk_is_ready(const char *name);

// Whether the disk of that name has the filesystem with the root's UUID; the path of its device node as above.
bool root_is_on(const struct root *root, const char *name, char *path);

#endif
