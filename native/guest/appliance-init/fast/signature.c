// Finds the signatures of LVM, RAID, dynamic disks, btrfs and bcache by reading the places where they can be.
#include "signature.h"

#include "../text.h"
#include "blocks.h"
#include "system.h"

enum { START_SIZE = 32768, SECTOR = 512, BTRFS_SIZE = 256, TABLE_ENTRIES = 128 };

static const int64_t BTRFS_OFFSET = 0x10000;

#define HAS(data, offset, bytes) same_bytes((data) + (offset), bytes, sizeof bytes - 1)

static uint64_t little_endian(const uint8_t *data, int length)
{
  uint64_t value = 0;
  for (int i = length - 1; i >= 0; i--)
    value = value << 8 | data[i];
  return value;
}

// A dynamic disk has a partition of that type in its MBR, or one of these in its GPT.
static bool has_dynamic_partition(const uint8_t *start, unsigned sector)
{
  enum { MBR_TABLE = 446, MBR_ENTRY = 16, MBR_TYPE = 4, DYNAMIC = 0x42, GPT_ENTRIES = 72, GPT_ENTRY_SIZE = 84 };
  bool found = false;
  if (HAS(start, 510, "\x55\xAA"))
    for (int i = 0; i < 4; i++)
      found = found || start[MBR_TABLE + i * MBR_ENTRY + MBR_TYPE] == DYNAMIC;
  if (!HAS(start, sector, "EFI PART"))
    return found;
  uint64_t at = little_endian(start + sector + GPT_ENTRIES, 8) * sector;
  uint64_t size = little_endian(start + sector + GPT_ENTRY_SIZE, 4);
  if (size < 128 || at > START_SIZE)
    return found;
  for (int i = 0; i < TABLE_ENTRIES && at + 16 <= START_SIZE; i++, at += size)
    found = found || HAS(start, at, "\xAA\xC8\x08\x58\x8F\x7E\xE0\x42\x85\xD2\xE1\xE9\x04\x34\xCF\xB3")
        || HAS(start, at, "\xA0\x60\x9B\xAF\x31\x14\x62\x4F\xBC\x68\x33\x11\x71\x4A\x69\xAD");
  return found;
}

static bool is_raid_magic(const uint8_t *data) { return HAS(data, 0, "\xFC\x4E\x2B\xA9") || HAS(data, 0, "\xA9\x2B\x4E\xFC"); }

static bool reads(long file, uint8_t *data, size_t size, uint64_t offset)
{
  return sys_pread(file, data, size, (long)offset) == (long)size;
}

// Metadata 0.90 and 1.0 of md, and what controllers with firmware RAID write: DDF and Intel's.
static bool has_raid_at_end(long file, uint64_t size, unsigned sector)
{
  enum { OLD_SPACE = 65536, NEW_SPACE = 8192, DDF_SECOND = 257 * SECTOR };
  uint8_t data[SECTOR];
  if (size < 2 * OLD_SPACE)
    return false;
  return (reads(file, data, 4, (size & ~(uint64_t)(OLD_SPACE - 1)) - OLD_SPACE) && is_raid_magic(data))
      || (reads(file, data, 4, (size - NEW_SPACE) & ~(uint64_t)4095) && is_raid_magic(data))
      || (reads(file, data, 24, size - 2 * sector) && HAS(data, 0, "Intel Raid ISM Cfg Sig. "))
      || (reads(file, data, 4, size - SECTOR) && (HAS(data, 0, "\xDE\x11\xDE\x11") || HAS(data, 0, "\x11\xDE\x11\xDE")))
      || (reads(file, data, 4, size - DDF_SECOND) && (HAS(data, 0, "\xDE\x11\xDE\x11") || HAS(data, 0, "\x11\xDE\x11\xDE")));
}

static bool is_btrfs_of_several(long file)
{
  enum { MAGIC = 0x40, DEVICES = 0x88 };
  uint8_t data[BTRFS_SIZE];
  return reads(file, data, sizeof data, BTRFS_OFFSET) && HAS(data, MAGIC, "_BHRfS_M") && little_endian(data + DEVICES, 8) > 1;
}

static void look_at(const char *name, struct signatures *found)
{
  static uint8_t start[START_SIZE];
  enum { RAID_LATER = 4096, BCACHE = 4096 + 24, PRIVATE_HEADER = 6 * SECTOR, LVM_PLACES = 4 };
  uint64_t size = 0;
  unsigned sector = SECTOR;
  long file = sys_open(path_of("/dev/", name, NULL, NULL).text);
  if (file < 0)
    return;
  sys_ioctl(file, BLKGETSIZE64, &size);
  sys_ioctl(file, BLKSSZGET, &sector);
  long length = size == 0 ? 0 : sys_pread(file, start, sizeof start, 0);
  if (length > 0 && sector >= SECTOR && sector <= 4096) {
    for (long i = length; i < START_SIZE; i++)
      start[i] = 0;
    for (int i = 0; i < LVM_PLACES; i++)
      found->lvm = found->lvm || HAS(start, i * SECTOR, "LABELONE");
    found->raid = found->raid || is_raid_magic(start) || is_raid_magic(start + RAID_LATER) || has_raid_at_end(file, size, sector);
    found->dynamic = found->dynamic || HAS(start, PRIVATE_HEADER, "PRIVHEAD") || has_dynamic_partition(start, sector);
    found->other =
        found->other || HAS(start, BCACHE, "\xC6\x85\x73\xF6\x4E\x1A\x45\xCA\x82\x65\xF5\x7F\x48\xBA\x6D\x81") || is_btrfs_of_several(file);
  }
  sys_close(file);
}

struct signatures signatures_find(void)
{
  struct signatures found = { false, false, false, false };
  struct blocks blocks;
  struct block block;
  blocks_open(&blocks);
  while (blocks_next(&blocks, &block))
    if (!block.is_virtual || text_after(block.name, "md") != NULL)
      look_at(block.name, &found);
  return found;
}
