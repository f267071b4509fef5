// Finds the root's block device in /sys, by name or by the UUID in the superblock of an ext filesystem.
#include "root.h"

#include "file.h"
#include "syscall.h"
#include "text.h"

// Disks appear while drivers are still looking for them. Loading a driver waits for most of that, so a disk that is not
// there some seconds after the last new one will not come. Only sleep is counted: a slow machine does not shorten it.
enum { MOST_WAIT_MS = 30000, MOST_WAIT_AFTER_A_DISK_MS = 5000, LONGEST_SLEEP_MS = 100 };

enum { SUPERBLOCK_MAGIC_OFFSET = 0x438, SUPERBLOCK_UUID_OFFSET = 0x468 };

// Makes a device node for a name of a directory of /sys.
static bool make_node(const char *directory, const char *name, char *path)
{
  char number_path[ROOT_PATH_SIZE], with_name[ROOT_PATH_SIZE], number[32];
  if (!text_join(with_name, sizeof with_name, directory, name) || !text_join(number_path, sizeof number_path, with_name, "/dev")
      || !text_join(path, ROOT_PATH_SIZE, "/dev/", name))
    return false;
  long file = sys_open(number_path);
  if (file < 0)
    return false;
  long length = sys_read(file, number, sizeof number - 1);
  sys_close(file);
  if (length <= 0)
    return false;
  number[length] = '\0';
  const char *text = number;
  unsigned major = text_number(&text);
  if (*text++ != ':')
    return false;
  unsigned minor = text_number(&text);
  sys_unlink_at(AT_FDCWD, path);
  long error = sys_mknod_block(path, major, minor);
  if (error < 0)
    print_error("cannot make ", path, error);
  return error >= 0;
}

// Reads the UUID of an ext2, ext3 or ext4 filesystem.
static bool read_uuid(const char *path, uint8_t uuid[16])
{
  uint8_t magic[2];
  long file = sys_open(path);
  if (file < 0)
    return false;
  bool found = sys_pread(file, magic, sizeof magic, SUPERBLOCK_MAGIC_OFFSET) == sizeof magic && magic[0] == 0x53 && magic[1] == 0xEF
      && sys_pread(file, uuid, 16, SUPERBLOCK_UUID_OFFSET) == 16;
  sys_close(file);
  return found;
}

static void list_disk(const char *name, bool has_uuid, const uint8_t uuid[16])
{
  struct line line = { .length = 0 };
  line_add(&line, "appliance-init:   ");
  line_add(&line, name);
  line_add(&line, has_uuid ? ": ext filesystem with UUID " : ": no ext filesystem");
  if (has_uuid)
    line_add_uuid(&line, uuid);
  line_print(&line);
}

bool root_disk_is_ready(const char *name)
{
  char path[ROOT_PATH_SIZE];
  if (!make_node("/sys/block/", name, path))
    return false;
  long file = sys_open(path);
  if (file >= 0)
    sys_close(file);
  return file != -ENXIO && file != -ENOENT;
}

bool root_is_on(const struct root *root, const char *name, char *path)
{
  uint8_t uuid[16];
  return make_node("/sys/block/", name, path) && read_uuid(path, uuid) && same_bytes(uuid, root->uuid, sizeof uuid);
}

// Goes through all disks and counts them. It stops at the one with the root's UUID; without a root it lists them.
static bool look_at_disks(const struct root *root, char *path, unsigned *disks)
{
  struct directory directory;
  *disks = 0;
  directory_open(&directory, "/sys/block");
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;) {
    uint8_t uuid[16];
    ++*disks;
    if (root == NULL) {
      if (make_node("/sys/block/", entry->name, path)) {
        bool has_uuid = read_uuid(path, uuid);
        list_disk(entry->name, has_uuid, uuid);
      }
    } else if (root->name == NULL && root_is_on(root, entry->name, path)) {
      directory_close(&directory);
      return true;
    }
  }
  return false;
}

static bool look(const struct root *root, char *path, unsigned *disks)
{
  bool found = look_at_disks(root, path, disks);
  return root->name == NULL ? found : make_node("/sys/class/block/", root->name, path);
}

bool root_parse(const char *argument, struct root *root)
{
  const char *uuid = text_after(argument, "UUID=");
  root->argument = argument;
  root->name = text_after(argument, "/dev/");
  if (uuid == NULL && root->name == NULL) {
    print("root=", argument, " is not understood: it must be root=UUID=... or root=/dev/...");
    return false;
  }
  if (uuid != NULL && !text_uuid(uuid, root->uuid)) {
    print("root=", argument, " has no valid UUID");
    return false;
  }
  return true;
}

bool root_find(const struct root *root, char *path)
{
  unsigned waited = 0, waited_after_disk = 0, disks = 0, disks_now;
  for (unsigned sleep = 1; !look(root, path, &disks_now); sleep = sleep * 2 < LONGEST_SLEEP_MS ? sleep * 2 : LONGEST_SLEEP_MS) {
    if (disks_now != disks) {
      disks = disks_now;
      waited_after_disk = 0;
      sleep = 1;
    }
    if (waited >= MOST_WAIT_MS || (disks > 0 && waited_after_disk >= MOST_WAIT_AFTER_A_DISK_MS)) {
      print("there is no device for root=", root->argument, disks > 0 ? ". The disks are:" : ", and there is no disk at all");
      look_at_disks(NULL, path, &disks_now);
      return false;
    }
    sys_sleep(sleep);
    waited += sleep;
    waited_after_disk += sleep;
  }
  return true;
}
