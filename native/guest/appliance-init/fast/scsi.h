// Looking for disks on virtio's SCSI bus one by one.
#ifndef APPLIANCE_INIT_SCSI_H
#define APPLIANCE_INIT_SCSI_H

#include <stdbool.h>

struct root;

// From now on the kernel looks for no SCSI devices by itself, or again does.
void scsi_scan_by_hand(void);
void scsi_scan_as_usual(void);

// Looks for devices everywhere.
void scsi_scan_all(void);

// Looks for one disk on virtio's SCSI bus.
void scsi_scan_target(unsigned target);

// Looks for the disks of all virtio SCSI buses up to the root's, which is the last one. The path of the root's device node
// goes into a buffer of ROOT_PATH_SIZE; false if it is not found so.
bool scsi_find_root(const struct root *root, char *path);

#endif
