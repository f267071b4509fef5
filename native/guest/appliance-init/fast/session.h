// From the mounted root to a running guestfsd, in place of upstream's init script.
#ifndef APPLIANCE_INIT_SESSION_H
#define APPLIANCE_INIT_SESSION_H

#include <stdbool.h>

struct session {
  const char *channel;  // guestfsd's; NULL for its default.
  bool is_verbose;      // Tells about the machine on the console.
  bool has_network;     // Has an address.
  bool is_held;         // To be saved before it begins, and resumed.
};

// In the root: whether it has what this needs. Otherwise upstream's own script must do.
bool session_is_possible(void);

// In the root: does all that is to be done, until guestfsd ends; then restarts the machine.
__attribute__((noreturn)) void session_run(const struct session *session, char **environment);

#endif
