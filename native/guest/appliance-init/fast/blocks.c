// The block devices of the machine: disks and their partitions.
#include "blocks.h"

#include "../text.h"
#include "system.h"

static const char *hidden;

void blocks_hide(const char *name) { hidden = name; }

void blocks_open(struct blocks *blocks) { directory_open(&blocks->directory, "/sys/class/block"); }

static bool contains(const char *text, const char *part)
{
  for (; *text != '\0'; text++)
    if (text_after(text, part) != NULL)
      return true;
  return false;
}

bool blocks_next(struct blocks *blocks, struct block *block)
{
  for (const struct directory_entry *entry; (entry = directory_next(&blocks->directory)) != NULL;) {
    if (hidden != NULL && text_equal(entry->name, hidden))
      continue;
    struct path link = path_of("/sys/class/block/", entry->name, NULL, NULL);
    long length = sys_readlink(link.text, block->device.text, sizeof block->device.text - 1);
    if (length < 0)
      continue;
    block->device.text[length] = '\0';
    block->name = entry->name;
    block->is_virtual = contains(block->device.text, "/virtual/");
    struct path partition = path_of(link.text, "/partition", NULL, NULL);
    block->is_partition = !block->is_virtual && path_exists(&partition);
    return true;
  }
  return false;
}
