// Makes links as udev's rules do, for the devices that libguestfs gives its machines.
#include "links.h"

#include "../file.h"
#include "../text.h"
#include "blocks.h"
#include "path.h"
#include "system.h"

#define PORTS "/dev/virtio-ports"

enum { MOST_PARTS = 24, MOST_WAIT_MS = 5000, PAGE_HEADER = 4, PAGE_SIZE = 256 };

// Cuts a path into its parts.
static unsigned split(struct path *path, const char *parts[MOST_PARTS])
{
  unsigned count = 0;
  char *at = path->text;
  while (*at != '\0' && count < MOST_PARTS) {
    parts[count++] = at;
    while (*at != '/' && *at != '\0')
      at++;
    if (*at == '/')
      *at++ = '\0';
  }
  return count;
}

// "0000:00:03.0".
static bool is_pci_address(const char *name)
{
  for (const char *pattern = "xxxx:xx:xx.x"; *pattern != '\0'; pattern++, name++)
    if (*name == '\0' || (*pattern != 'x' && *pattern != *name))
      return false;
  return *name == '\0';
}

// The link of .../0000:00:03.0/virtio1/host0/target0:0:2/0:0:2:0/block/sdc[/sdc1] is pci-0000:00:03.0-scsi-0:0:2:0[-part1]:
// the host's number counts from the first of that controller, which has just this one.
static bool link_disk(struct block *block)
{
  const char *parts[MOST_PARTS];
  unsigned count = split(&block->device, parts);
  unsigned after = block->is_partition ? 3 : 2;
  if (count < after + 5)
    return false;
  unsigned block_part = count - after;
  const char *address = parts[block_part - 1], *controller = parts[block_part - 5];
  if (!text_equal(parts[block_part], "block") || text_after(parts[block_part - 3], "host") == NULL
      || text_after(parts[block_part - 4], "virtio") == NULL || !is_pci_address(controller))
    return false;
  while (*address != ':' && *address != '\0')
    address++;

  struct path link = path_of(LINKS_OF_DISKS "/pci-", controller, "-scsi-0", address);
  if (block->is_partition) {
    char number[16];
    struct path file = path_of("/sys/class/block/", block->name, "/partition", NULL);
    if (!read_line(&file, number, sizeof number))
      return false;
    link = path_of(link.text, "-part", number, NULL);
  }
  return sys_symlink(path_of("../../", block->name, NULL, NULL).text, link.text) >= 0;
}

// libguestfs gives the label as the disk's serial number.
static bool has_label(const struct block *block)
{
  char page[PAGE_SIZE];
  long file = sys_open(path_of("/sys/class/block/", block->name, "/device/vpd_pg80", NULL).text);
  if (file < 0)
    return false;
  long length = sys_read(file, page, sizeof page);
  sys_close(file);
  return length > PAGE_HEADER;
}

void links_make_directory(void)
{
  sys_mkdir("/dev/disk");
  sys_mkdir(LINKS_OF_DISKS);
}

bool links_for_disks(void)
{
  struct blocks blocks;
  struct block block;
  bool complete = true;
  links_make_directory();
  blocks_open(&blocks);
  while (blocks_next(&blocks, &block)) {
    if (block.is_virtual)
      continue;
    bool labelled = !block.is_partition && has_label(&block);
    complete = link_disk(&block) && !labelled && complete;
  }
  return complete;
}

// Returns whether one of the ports is the channel.
static bool link_ports(const char *channel)
{
  struct directory directory;
  bool found = false;
  directory_open(&directory, "/sys/class/virtio-ports");
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;) {
    char name[128];
    struct path file = path_of("/sys/class/virtio-ports/", entry->name, "/name", NULL);
    if (!read_line(&file, name, sizeof name))
      continue;
    struct path link = path_of(PORTS "/", name, NULL, NULL);
    sys_mkdir(PORTS);
    sys_symlink(path_of("../", entry->name, NULL, NULL).text, link.text);
    found = found || text_equal(link.text, channel);
  }
  return found;
}

// The host tells of its ports while the appliance starts.
bool links_for_ports(const char *channel)
{
  for (unsigned waited = 0; !link_ports(channel); waited++) {
    if (waited >= MOST_WAIT_MS || text_after(channel, PORTS) == NULL)
      return false;
    sys_sleep(1);
  }
  return true;
}
