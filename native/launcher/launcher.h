// The parts of the launcher: docs/design/confinement.md.
#ifndef LAUNCHER_H
#define LAUNCHER_H

#include <stddef.h>
#include <stdint.h>

// Rights of landlock(7).
enum {
  FS_EXECUTE = 1 << 0,
  FS_WRITE_FILE = 1 << 1,
  FS_READ_FILE = 1 << 2,
  FS_READ_DIR = 1 << 3,
  FS_REMOVE_FILE = 1 << 5,
  FS_MAKE_REG = 1 << 8,
  FS_TRUNCATE = 1 << 14,
  FS_IOCTL_DEV = 1 << 15,

  READ = FS_READ_FILE | FS_READ_DIR | FS_IOCTL_DEV,
  WRITE = READ | FS_WRITE_FILE | FS_TRUNCATE,
  RUN = FS_READ_FILE | FS_EXECUTE,
  TEMPORARY = WRITE | FS_MAKE_REG | FS_REMOVE_FILE
};

// launcher.c: lets qemu have a file, or a directory with all that is in it. One that is not there is none.
void allow(const char *path, uint64_t rights);

// arguments.c: lets qemu have the files that libguestfs names in its arguments.
void allow_arguments(char **arguments, size_t count);

// arguments.c: says of disks what is in them where libguestfs does not. The room is for the changed arguments.
size_t room_for_formats(char **arguments, size_t count);
void add_formats(char **arguments, size_t count, char *room);

// arguments.c: how many characters a string has.
size_t length_of(const char *text);

// arguments.c: whether two strings are the same.
int equal(const char *a, const char *b);

// arguments.c: what comes after a beginning; NULL if it is not there.
const char *after(const char *text, const char *beginning);

// resume.c: the arguments of a qemu that resumes what was saved in a directory, in place of these, whose -append is at that index. Where
// that cannot be, NULL and why.
char **resume(char **arguments, size_t count, size_t append, const char *directory, const char **refusal);

// filter.c: denies system calls that qemu does not make. Returns what the kernel returns.
long filter_system_calls(int with_network);

#endif
