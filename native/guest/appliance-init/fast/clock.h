// Whether the kernel's clock runs as it should.
#ifndef APPLIANCE_INIT_CLOCK_H
#define APPLIANCE_INIT_CLOCK_H

#include <stdbool.h>

// Takes 20 ms, in which nothing is done.
bool clock_is_right(void);

#endif
