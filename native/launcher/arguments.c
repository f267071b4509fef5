// Reads qemu's arguments as libguestfs writes them: -kernel, -initrd and -drive, whose value is a list in which a comma is doubled
// if it is part of a name; and makes good what they lack.
#include "launcher.h"

static char path[4096];

size_t length_of(const char *text)
{
  size_t length = 0;
  while (text[length])
    length++;
  return length;
}

int equal(const char *a, const char *b)
{
  while (*a && *a == *b)
    a++, b++;
  return *a == *b;
}

// The next member of a list, as a string of its own. Returns where the one after it begins, or NULL after the last.
static const char *next_member(const char *list, char *member, size_t size)
{
  size_t length = 0;
  for (; *list; list++) {
    if (*list == ',') {
      if (list[1] != ',')
        break;
      list++;
    }
    if (length + 1 < size)
      member[length++] = *list;
  }
  member[length] = '\0';
  return *list ? list + 1 : NULL;
}

const char *after(const char *text, const char *beginning)
{
  while (*beginning)
    if (*text++ != *beginning++)
      return NULL;
  return text;
}

static void allow_drive(const char *drive)
{
  static char member[sizeof path];
  uint64_t rights = WRITE;
  path[0] = '\0';
  while (drive) {
    drive = next_member(drive, member, sizeof member);
    const char *name = after(member, "file=");
    if (!name)
      name = after(member, "file.file.filename=");
    if (name) {
      size_t length = 0;
      for (; name[length]; length++)
        path[length] = name[length];
      path[length] = '\0';
    }
    if (equal(member, "snapshot=on") || equal(member, "readonly") || equal(member, "readonly=on"))
      rights = READ;
  }
  // Another name is that of a disk on a server.
  if (path[0] == '/')
    allow(path, rights);
}

void allow_arguments(char **arguments, size_t count)
{
  for (size_t i = 1; i + 1 < count; i++) {
    if (equal(arguments[i], "-kernel") || equal(arguments[i], "-initrd"))
      allow(arguments[i + 1], READ);
    else if (equal(arguments[i], "-drive"))
      allow_drive(arguments[i + 1]);
  }
}

// libguestfs lays an overlay over a disk that is read-only, says that this file is qcow2, and does not say what is in it. Then qemu looks:
// a disk in which a guest has written the beginning of a qcow2 image would be one, with any file of the host behind it, and an encrypted
// disk could not be opened at all.
static int lacks_format(const char *drive)
{
  static char member[sizeof path];
  int is_overlay = 0;
  while (drive) {
    drive = next_member(drive, member, sizeof member);
    if (after(member, "format=") || after(member, "driver="))
      return 0;
    is_overlay |= equal(member, "file.driver=qcow2");
  }
  return is_overlay;
}

static const char raw[] = ",format=raw";

size_t room_for_formats(char **arguments, size_t count)
{
  size_t room = 1;
  for (size_t i = 1; i + 1 < count; i++)
    if (equal(arguments[i], "-drive") && lacks_format(arguments[i + 1]))
      room += length_of(arguments[i + 1]) + sizeof raw;
  return room;
}

void add_formats(char **arguments, size_t count, char *room)
{
  for (size_t i = 1; i + 1 < count; i++)
    if (equal(arguments[i], "-drive") && lacks_format(arguments[i + 1])) {
      const char *drive = arguments[i + 1];
      arguments[i + 1] = room;
      while (*drive)
        *room++ = *drive++;
      for (size_t j = 0; j < sizeof raw; j++)
        *room++ = raw[j];
    }
}
