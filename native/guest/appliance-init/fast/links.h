// The names in /dev that udev would make and that guestfsd needs.
#ifndef APPLIANCE_INIT_LINKS_H
#define APPLIANCE_INIT_LINKS_H

#include <stdbool.h>

#define LINKS_OF_DISKS "/dev/disk/by-path"

void links_make_directory(void);

// Makes the links of disks. False if there is a disk whose names only udev knows: one with a label, or not on virtio's SCSI bus.
bool links_for_disks(void);

// Makes /dev/virtio-ports, waiting for guestfsd's channel; false if that does not come.
bool links_for_ports(const char *channel);

#endif
