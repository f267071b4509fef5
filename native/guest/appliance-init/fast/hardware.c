// Loads drivers by the names of devices, as modprobe does, but from the initrd's short list.
//
// /drivers has groups of lines. The first line of a group names modules in the order in which they are loaded; the last is
// the driver. The lines after it begin with a space, and each is a pattern of the names of devices that the driver is for.
// A group without patterns is loaded always.
#include "hardware.h"

#include "../boot.h"
#include "../file.h"
#include "../text.h"
#include "ide.h"
#include "path.h"
#include "scsi.h"
#include "system.h"
#include "trace.h"

enum { LIST_SIZE = 65536, MOST_DEVICES = 512, DEVICE_SIZE = 128 };

struct devices {
  unsigned count;
  char names[MOST_DEVICES][DEVICE_SIZE];
};

static char list[LIST_SIZE];

static void read_devices(const char *bus, struct devices *devices)
{
  struct directory directory;
  directory_open(&directory, path_of("/sys/bus/", bus, "/devices", NULL).text);
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;) {
    struct path path = path_of("/sys/bus/", bus, "/devices/", entry->name);
    struct path alias = path_of(path.text, "/modalias", NULL, NULL);
    if (devices->count < MOST_DEVICES && read_line(&alias, devices->names[devices->count], DEVICE_SIZE))
      devices->count++;
  }
}

// Up to the end of the pattern's line.
static bool matches(const char *pattern, const char *name)
{
  for (; *pattern != '*'; pattern++, name++) {
    bool ended = *pattern == '\0' || *pattern == '\n';
    if (ended || *name == '\0')
      return ended && *name == '\0';
    if (*pattern != '?' && *pattern != *name)
      return false;
  }
  do {
    if (matches(pattern + 1, name))
      return true;
  } while (*name++ != '\0');
  return false;
}

static bool is_there(const char *pattern, const struct devices *devices)
{
  for (unsigned i = 0; i < devices->count; i++)
    if (matches(pattern, devices->names[i]))
      return true;
  return false;
}

// In /sys, dashes are underscores.
static bool is_loaded(const char *file)
{
  struct path path = path_of("/sys/module/", file, NULL, NULL);
  size_t length = text_length(path.text), ending = sizeof ".ko" - 1;
  if (length < ending)
    return false;
  path.text[length - ending] = '\0';
  for (char *c = path.text + sizeof "/sys/module/" - 1; *c != '\0'; c++)
    if (*c == '-')
      *c = '_';
  return path_exists(&path);
}

// The names of one line; the line is left as it is.
static void load_group(const char *line)
{
  char name[DEVICE_SIZE];
  while (*line != '\n' && *line != '\0') {
    size_t length = 0;
    for (; *line != ' ' && *line != '\n' && *line != '\0'; line++)
      if (length < sizeof name - 1)
        name[length++] = *line;
    name[length] = '\0';
    while (*line == ' ')
      line++;
    if (!is_loaded(name)) {
      long error = boot_load_module(name);
      if (error < 0 && error != -EEXIST && error != -ENODEV)
        print_error("cannot load ", name, error);
      trace("loaded ", name);
    }
  }
}

static bool is_driver(const char *line, const char *driver)
{
  const char *last = line;
  for (; *line != '\n' && *line != '\0'; line++)
    if (*line == ' ')
      last = line + 1;
  const char *rest = text_after(last, driver);
  return rest != NULL && (*rest == '\n' || *rest == '\0');
}

static char *next_line(char *line)
{
  while (*line != '\0' && *line++ != '\n') {}
  return line;
}

static void load_for(const struct devices *devices, bool with_unconditional)
{
  for (char *line = list; *line != '\0';) {
    char *group = line;
    line = next_line(line);
    bool wanted = *line != ' ' && with_unconditional;
    for (; *line == ' '; line = next_line(line))
      wanted = wanted || is_there(line + 1, devices);

    // Every PC has this controller, but hardly ever a disk on it; looking for one through the driver takes long.
    if (wanted && (!is_driver(group, "ata_piix.ko") || ide_has_disk()))
      load_group(group);
  }
}

void hardware_load_drivers(void)
{
  static struct devices devices;
  long error = read_text("/drivers", list, sizeof list);
  if (error < 0)
    print_error("cannot read ", "/drivers", error);

  // What always must be there is loaded first, because drivers need it; virtio's bus is there when its PCI driver is.
  read_devices("platform", &devices);
  read_devices("pci", &devices);
  load_for(&devices, true);
  scsi_scan_by_hand();
  devices.count = 0;
  read_devices("virtio", &devices);
  load_for(&devices, false);
}
