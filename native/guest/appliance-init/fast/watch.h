// Noticing that a disk has been written to.
#ifndef APPLIANCE_INIT_WATCH_H
#define APPLIANCE_INIT_WATCH_H

#include <stdbool.h>

// Opens an inotify file that watches all disks and partitions; or returns a (negative) error number.
long watch_open(void);

// Has the kernel read the partitions of the disks that have been written to; false when there are no such disks.
bool watch_reread_written(long file);

#endif
