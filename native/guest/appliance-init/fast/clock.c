// Judges the kernel's clock by the timer of ACPI's power management, which counts at the same rate in every PC: on a busy host the kernel
// may have found its processor's counter to be many times slower or faster than it is.
#include "clock.h"

#include "system.h"

#if defined(__x86_64__)

enum { TIMER_PORT = 0x608, TIMER_MASK = 0xFFFFFF, TIMER_FREQUENCY = 3579545, READS = 8, PAUSE = 20 };

struct moment {
  uint32_t ticks;
  unsigned long microseconds;
};

static uint32_t read_timer(void)
{
  uint32_t value;
  __asm__ volatile("inl %1, %0" : "=a"(value) : "d"((uint16_t)TIMER_PORT));
  return value;
}

// Both clocks at the same time: of several reads the quickest, during which the host did nothing else.
static struct moment read_both(void)
{
  struct moment best = { 0, 0 };
  unsigned long least = ~0UL;
  for (int i = 0; i < READS; i++) {
    unsigned long before = sys_microseconds();
    uint32_t ticks = read_timer();
    unsigned long taken = sys_microseconds() - before;
    if (taken < least) {
      least = taken;
      best.ticks = ticks;
      best.microseconds = before;
    }
  }
  return best;
}

bool clock_is_right(void)
{
  if (sys_iopl(3) < 0)
    return true;
  struct moment first = read_both();
  sys_sleep(PAUSE);
  struct moment second = read_both();
  sys_iopl(0);
  unsigned long passed = second.microseconds - first.microseconds;
  unsigned long real = ((second.ticks - first.ticks) & TIMER_MASK) * 1000000UL / TIMER_FREQUENCY;
  return passed <= real + real / 8 && passed >= real - real / 8;
}

#else

bool clock_is_right(void) { return true; }

#endif
