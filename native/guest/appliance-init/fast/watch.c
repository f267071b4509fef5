// udevd watches disks: when a program that may have written to one closes it, its partitions are read again and its rules are
// applied again. Until udevd runs, this watches, and asks the kernel whether anything was written: parted opens a disk for writing
// to show what is on it.
#include "watch.h"

#include "../file.h"
#include "../text.h"
#include "blocks.h"
#include "path.h"
#include "system.h"

enum { MOST_WATCHED = 2048, NAME_SIZE = 24, EVENTS_SIZE = 4096 };

struct event {
  int watch;
  uint32_t mask, cookie, length;
};

struct watched {
  char name[NAME_SIZE];
  bool is_partition;
  unsigned long sectors;  // As many were known at the last event: none at the start of the machine.
};

// By inotify's number, which counts from 1.
static struct watched disks[MOST_WATCHED];

long watch_open(void)
{
  struct blocks blocks;
  struct block block;
  long file = sys_inotify();
  if (file < 0)
    return file;
  blocks_open(&blocks);
  while (blocks_next(&blocks, &block)) {
    if (block.is_virtual)
      continue;
    long watch = sys_watch(file, path_of("/dev/", block.name, NULL, NULL).text, IN_CLOSE_WRITE);
    if (watch > 0 && watch < MOST_WATCHED) {
      text_join(disks[watch].name, NAME_SIZE, block.name, "");
      disks[watch].is_partition = block.is_partition;
      disks[watch].sectors = 0;
    }
  }
  return file;
}

// As udevd does it: not while somebody holds the disk, and without harm while partitions are in use.
static void reread_partitions(const char *name)
{
  long file = sys_open(path_of("/dev/", name, NULL, NULL).text);
  if (file < 0)
    return;
  if (sys_flock(file, LOCK_EX | LOCK_NB) >= 0)
    sys_ioctl(file, BLKRRPART, NULL);
  sys_close(file);
}

// The sectors that were written or discarded since the start of the machine, with what was still to be written. parted has
// the disk flush its cache, which counts as a request to write, of no sectors.
static unsigned long count_written(const char *name)
{
  enum { WRITTEN = 6, DISCARDED = 13 };
  char text[256];
  long file = sys_open(path_of("/dev/", name, NULL, NULL).text);
  sys_sync_file(file);
  sys_close(file);
  struct path path = path_of("/sys/class/block/", name, "/stat", NULL);
  if (!read_line(&path, text, sizeof text))
    return 0;
  char *rest = text;
  unsigned long count = 0;
  const char *word;
  for (int field = 0; field <= DISCARDED && (word = next_word(&rest)) != NULL; field++)
    if (field == WRITTEN || field == DISCARDED)
      count += text_number(&word);
  return count;
}

static bool is_written(struct watched *disk)
{
  unsigned long sectors = count_written(disk->name);
  bool result = sectors != disk->sectors;
  disk->sectors = sectors;
  return result;
}

// NULL for what is not known by its name.
static struct watched *watched_by(int watch)
{
  return watch > 0 && watch < MOST_WATCHED && disks[watch].name[0] != '\0' ? &disks[watch] : NULL;
}

bool watch_reread_written(long file)
{
  static char buffer[EVENTS_SIZE] __attribute__((aligned(8)));
  bool found = false;
  for (long length; (length = sys_read(file, buffer, sizeof buffer)) > 0;) {
    for (long at = 0; at < length;) {
      const struct event *event = (const struct event *)(const void *)(buffer + at);
      at += (long)(sizeof *event + event->length);
      struct watched *disk = watched_by(event->watch);
      if (disk != NULL && !is_written(disk))
        continue;
      found = found || (event->mask & IN_CLOSE_WRITE) != 0;
      if (disk != NULL && !disk->is_partition)
        reread_partitions(disk->name);
    }
  }
  return found;
}
