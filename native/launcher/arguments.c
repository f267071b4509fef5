// Reads qemu's arguments as libguestfs writes them: -kernel, -initrd and -drive, whose value is a list in which a comma is doubled
// if it is part of a name; and makes good what they lack.
#include "launcher.h"
#include "system.h"

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

// The file of a disk, into "path"; an empty one of a disk on a server. Returns whether it is written to.
static int read_drive(const char *drive)
{
  static char member[sizeof path];
  int is_written = 1;
  path[0] = '\0';
  while (drive) {
    drive = next_member(drive, member, sizeof member);
    const char *name = after(member, "file=");
    if (!name)
      name = after(member, "file.file.filename=");
    if (name && name[0] == '/') {
      size_t length = 0;
      for (; name[length]; length++)
        path[length] = name[length];
      path[length] = '\0';
    }
    if (equal(member, "snapshot=on") || equal(member, "readonly") || equal(member, "readonly=on"))
      is_written = 0;
  }
  return is_written;
}

static void allow_drive(const char *drive)
{
  const int is_written = read_drive(drive);
  if (path[0])
    allow(path, is_written ? WRITE : READ);
}

// qemu locks a byte for each thing that it does with an image, and one for each that nobody else may do. 101 is writing, 200 what would
// keep others from reading, 201 and more what would keep them from writing. 300 is nothing to qemu: who resumes a machine with the disk
// locks it, from before he looks for others to the end of his qemu. Of two who look at once, before either's qemu has locks, one sees that.
static int take_disk(int is_written)
{
  struct lock ours = { F_WRLCK, SEEK_SET, 300, 1, 0 }, others = { F_WRLCK, SEEK_SET, 101, is_written ? 199 : 100, 0 };
  const long file = sys_open(path, (is_written ? O_RDWR : O_RDONLY) | O_NONBLOCK);
  if (file < 0)
    return 1;
  int is_free = !is_written || sys_lock(file, &ours) != -EAGAIN;
  is_free = is_free && (sys_lock_of(file, &others) < 0 || others.type == F_UNLCK);
  if (is_written)
    sys_number_from(file, FIRST_DISK);
  sys_close(file);
  return is_free;
}

int take_disks(char **arguments, size_t count, int only_written)
{
  for (size_t i = 1; i + 1 < count; i++) {
    if (!equal(arguments[i], "-drive"))
      continue;
    const int is_written = read_drive(arguments[i + 1]);
    if (path[0] && (is_written || !only_written) && !take_disk(is_written))
      return 0;
  }
  return 1;
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
