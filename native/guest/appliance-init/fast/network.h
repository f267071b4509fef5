// The network of a session that asks for one.
#ifndef APPLIANCE_INIT_NETWORK_H
#define APPLIANCE_INIT_NETWORK_H

#include "udev.h"

// Asks the first interface's network for an address, a router and name servers by DHCP. Where nobody answers in a short while, or what
// they say cannot be used, the root's own client of DHCP is run as upstream's init script runs it.
void network_start(struct udev *udev);

#endif
