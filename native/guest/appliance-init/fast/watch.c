// udevd watches disks: when a program that may have written to one closes it, its partitions are read again and its rules are
// applied again. Until udevd runs, this watches.
#include "watch.h"

#include "../text.h"
#include "blocks.h"
#include "path.h"
#include "system.h"

enum { MOST_WATCHED = 2048, NAME_SIZE = 24, EVENTS_SIZE = 4096 };

struct event {
  int watch;
  uint32_t mask, cookie, length;
};

// By inotify's number, which counts from 1.
static char disks[MOST_WATCHED][NAME_SIZE];

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
    if (watch > 0 && watch < MOST_WATCHED && !block.is_partition)
      text_join(disks[watch], NAME_SIZE, block.name, "");
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

bool watch_reread_written(long file)
{
  static char buffer[EVENTS_SIZE] __attribute__((aligned(8)));
  bool found = false;
  for (long length; (length = sys_read(file, buffer, sizeof buffer)) > 0;) {
    for (long at = 0; at < length;) {
      const struct event *event = (const struct event *)(const void *)(buffer + at);
      at += (long)(sizeof *event + event->length);
      found = found || (event->mask & IN_CLOSE_WRITE) != 0;
      if (event->watch > 0 && event->watch < MOST_WATCHED && disks[event->watch][0] != '\0')
        reread_partitions(disks[event->watch]);
    }
  }
  return found;
}
