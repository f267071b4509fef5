// udevd on demand: its sockets are here from the start, and it is started when there is something for it to do.
#ifndef APPLIANCE_INIT_UDEV_H
#define APPLIANCE_INIT_UDEV_H

#include <stdbool.h>

// The files that are waited for. Those of udevd are closed (-1) when it runs.
struct udev {
  long control;      // udevd's socket for udevadm, up to systemd 257.
  long varlink;      // The same of newer ones; -1 if this is none.
  long events;       // udevd's socket for the kernel's events.
  long watches;      // inotify: which disks are written to.
  long signals;      // A child has ended.
  bool has_varlink;  // Whether it is a newer one.
};

// The program; NULL when it is in none of the usual places.
const char *udev_program(void);

// Opens all of them; false after printing why that cannot be.
bool udev_open(struct udev *udev);

// Waits until another disk has appeared, with its partitions.
void udev_await_disk(const struct udev *udev);

// Forgets what has happened to disks until now, which is not for udevd, and watches those that are there; false after printing why that
// cannot be.
bool udev_begin_again(struct udev *udev);

// Starts udevd, and has the kernel tell it of all disks.
void udev_start(struct udev *udev);

// Waits for a child to end and meanwhile does what udevd's sockets ask for. Returns the child's status.
int udev_serve_until(struct udev *udev, long process);

#endif
