// Selects each of the four IDE drives of a PC and reads its status: a drive that is not there has none.
#include "ide.h"

#include "system.h"

#if defined(__x86_64__)

static void write_port(uint16_t port, uint8_t value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }

static uint8_t read_port(uint16_t port)
{
  uint8_t value;
  __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

bool ide_has_disk(void)
{
  static const uint16_t channels[] = { 0x1F0, 0x170 };
  enum { DRIVE_REGISTER = 6, STATUS_REGISTER = 7, SELECT = 0xA0, SECOND = 0x10, NOTHING = 0xFF };
  bool found = false;
  if (sys_iopl(3) < 0)
    return true;
  for (int channel = 0; channel < 2; channel++) {
    for (int drive = 0; drive < 2; drive++) {
      write_port(channels[channel] + DRIVE_REGISTER, (uint8_t)(SELECT | drive * SECOND));
      uint8_t status = read_port(channels[channel] + STATUS_REGISTER);
      found = found || (status != 0 && status != NOTHING);
    }
  }
  sys_iopl(0);
  return found;
}

#else

bool ide_has_disk(void) { return true; }

#endif
