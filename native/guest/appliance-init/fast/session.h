// From the mounted root to a running guestfsd, in place of upstream's init script.
#ifndef APPLIANCE_INIT_SESSION_H
#define APPLIANCE_INIT_SESSION_H

#include <stdbool.h>

// In the root: whether it has what this needs. Otherwise upstream's own script must do.
bool session_is_possible(void);

// In the root: does all that is to be done, until guestfsd ends; then restarts the machine.
__attribute__((noreturn)) void session_run(const char *channel, char **environment);

#endif
