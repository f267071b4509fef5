// Where the time of a start goes: on the console, if "appliance-init.trace" is on the kernel's command line.
#ifndef APPLIANCE_INIT_TRACE_H
#define APPLIANCE_INIT_TRACE_H

// Prints the time and what has been done, if that is wanted.
void trace(const char *done, const char *detail);

void trace_enable(void);

#endif
