// What on the disks must be assembled before guestfsd starts.
#ifndef APPLIANCE_INIT_SIGNATURE_H
#define APPLIANCE_INIT_SIGNATURE_H

#include <stdbool.h>

struct signatures {
  bool lvm;      // A physical volume of LVM.
  bool raid;     // A member of an array that mdadm knows.
  bool dynamic;  // A Windows dynamic disk.
  bool other;    // What udev's rules assemble: btrfs on several devices, bcache.
};

// Looks at all disks, partitions and arrays.
struct signatures signatures_find(void);

#endif
