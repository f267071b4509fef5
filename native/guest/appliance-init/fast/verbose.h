// What a verbose session tells on the console before guestfsd starts.
#ifndef APPLIANCE_INIT_VERBOSE_H
#define APPLIANCE_INIT_VERBOSE_H

#include "udev.h"

// In the form and order of upstream's init script, with its lines "+ command" between.
void verbose_tell(struct udev *udev);

#endif
