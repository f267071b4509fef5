// libguestfs gives its disks the SCSI targets 0, 1, 2..., and the root is the last. Asking only these takes a fraction of the
// time of asking 256.
#include "scsi.h"

#include "../file.h"
#include "../root.h"
#include "../text.h"
#include "path.h"
#include "system.h"
#include "trace.h"

#define SCAN_PARAMETER "/sys/module/scsi_mod/parameters/scan"

enum { TARGETS = 256, MOST_WAIT_MS = 10000, NAME_SIZE = 64 };

static char usual[NAME_SIZE];

void scsi_scan_by_hand(void)
{
  struct path path = path_of(SCAN_PARAMETER, NULL, NULL, NULL);
  if (read_line(&path, usual, sizeof usual))
    write_line(path.text, "manual");
}

void scsi_scan_as_usual(void)
{
  if (usual[0] != '\0')
    write_line(SCAN_PARAMETER, usual);
}

void scsi_scan_all(void)
{
  struct directory directory;
  directory_open(&directory, "/sys/class/scsi_host");
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;)
    write_line(path_of("/sys/class/scsi_host/", entry->name, "/scan", NULL).text, "- - -");
}

// Drivers take a disk after it was found, in a thread of the kernel's. What is no disk has no driver here.
static bool wait_for_disk(const struct path *device, char name[NAME_SIZE])
{
  char type[8];
  struct path type_path = path_of(device->text, "/type", NULL, NULL), block = path_of(device->text, "/block", NULL, NULL);
  if (!read_line(&type_path, type, sizeof type) || !text_equal(type, "0"))
    return false;
  for (unsigned waited = 0; waited < MOST_WAIT_MS; waited++) {
    struct directory directory;
    directory_open(&directory, block.text);
    const struct directory_entry *entry = directory_next(&directory);
    bool is_ready = entry != NULL && text_join(name, NAME_SIZE, entry->name, "") && root_disk_is_ready(name);
    directory_close(&directory);
    if (is_ready)
      return true;
    sys_sleep(1);
  }
  return false;
}

static bool find_on_host(const char *host, const struct root *root, char *path)
{
  const char *number = text_after(host, "host");
  struct path scan = path_of("/sys/class/scsi_host/", host, "/scan", NULL);
  char last[NAME_SIZE] = "";
  for (unsigned i = 0; i <= TARGETS; i++) {
    struct number target = number_text(i);
    struct path address = path_of(number, ":0:", target.text, ":0");
    struct path device = path_of("/sys/bus/scsi/devices/", address.text, NULL, NULL);
    if (i < TARGETS)
      write_line(scan.text, path_of("0 ", target.text, " -", NULL).text);
    if (i < TARGETS && path_exists(&device)) {
      char name[NAME_SIZE];
      if (wait_for_disk(&device, name))
        text_join(last, sizeof last, name, "");
    } else if (last[0] != '\0') {
      // A gap, which disks of another kind leave, or the end.
      if (root_is_on(root, last, path))
        return true;
      last[0] = '\0';
    }
  }
  return false;
}

// The next host of that kind: false at the end.
static bool next_host(struct directory *hosts, char name[NAME_SIZE])
{
  for (const struct directory_entry *entry; (entry = directory_next(hosts)) != NULL;) {
    char driver[32];
    struct path driver_path = path_of("/sys/class/scsi_host/", entry->name, "/proc_name", NULL);
    if (read_line(&driver_path, driver, sizeof driver) && text_equal(driver, "virtio_scsi") && text_join(name, NAME_SIZE, entry->name, ""))
      return true;
  }
  return false;
}

bool scsi_find_root(const struct root *root, char *path)
{
  struct directory hosts;
  directory_open(&hosts, "/sys/class/scsi_host");
  for (char host[NAME_SIZE]; next_host(&hosts, host);) {
    trace("looking for disks on ", host);
    if (find_on_host(host, root, path)) {
      directory_close(&hosts);
      return true;
    }
  }
  return false;
}

void scsi_scan_target(unsigned target)
{
  struct directory hosts;
  char host[NAME_SIZE];
  directory_open(&hosts, "/sys/class/scsi_host");
  if (!next_host(&hosts, host))
    return;
  directory_close(&hosts);
  write_line(path_of("/sys/class/scsi_host/", host, "/scan", NULL).text, path_of("0 ", number_text(target).text, " 0", NULL).text);
}
