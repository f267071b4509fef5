// What must be in /dev and /run: the builder lists it from the packages' tmpfiles.d and the kernel's modules.devname.
#ifndef APPLIANCE_INIT_TREE_H
#define APPLIANCE_INIT_TREE_H

// Reads the list from the initrd.
void tree_read(void);

// Makes what is on it.
void tree_make(void);

#endif
