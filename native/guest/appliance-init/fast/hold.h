// Saving the machine just before its session begins, and resuming it for one: docs/design/resume.md.
#ifndef APPLIANCE_INIT_HOLD_H
#define APPLIANCE_INIT_HOLD_H

#include <stdbool.h>

// Prepares to hold the next program that lists the links of disks; false after printing why that cannot be.
bool hold_begin(void);

// Waits until guestfsd has asked for that list, lets the host save the machine, and returns in each machine that is resumed from what was
// saved: with the host's time and randomness of its own. Returns how many disks it has there.
unsigned hold_until_resumed(void);

// Lets guestfsd have the list.
void hold_release(void);

#endif
