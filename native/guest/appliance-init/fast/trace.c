// Lines such as "appliance-init: 1.234567 root mounted": seconds since the kernel's start.
#include "trace.h"

#include "../text.h"
#include "system.h"

static bool enabled;

void trace_enable(void) { enabled = true; }

void trace(const char *done, const char *detail)
{
  if (!enabled)
    return;
  struct line line = { .length = 0 };
  unsigned long time = sys_microseconds();
  line_add(&line, "appliance-init: ");
  line_add_number(&line, time / 1000000);
  line_add(&line, ".");
  for (unsigned long digit = 100000; digit > 0; digit /= 10)
    line_add_number(&line, time / digit % 10);
  line_add(&line, " ");
  line_add(&line, done);
  line_add(&line, detail == NULL ? "" : detail);
  line_print(&line);
}
