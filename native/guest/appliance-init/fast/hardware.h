// Loading the drivers of the hardware that this machine has.
#ifndef APPLIANCE_INIT_HARDWARE_H
#define APPLIANCE_INIT_HARDWARE_H

// Loads what the initrd's list of drivers has for this machine: always, or for devices on its buses.
void hardware_load_drivers(void);

#endif
