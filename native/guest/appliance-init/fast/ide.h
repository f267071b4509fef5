// Whether the two old IDE channels of a PC have a disk.
#ifndef APPLIANCE_INIT_IDE_H
#define APPLIANCE_INIT_IDE_H

#include <stdbool.h>

// True also where that cannot be known.
bool ide_has_disk(void);

#endif
