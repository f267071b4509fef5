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

// arguments.c: takes the disks that are written to for a qemu that resumes. Returns whether no other qemu has one of all disks, or of those
// that are written to, in a way that this one could not have it beside that.
int take_disks(char **arguments, size_t count, int only_written);

// arguments.c: how many characters a string has.
size_t length_of(const char *text);

// arguments.c: whether two strings are the same.
int equal(const char *a, const char *b);

// arguments.c: what comes after a beginning; NULL if it is not there.
const char *after(const char *text, const char *beginning);

// The numbers by which a qemu that resumes has what belongs to one launch.
enum { MEMORY = 90, SESSION = 91, MONITOR = 92, DEVICES = 93, FIRST_DISK = 100 };

// resume.c: the arguments of a qemu that resumes what was saved in a directory, in place of these, whose -append is at that index. Where
// that cannot be, NULL and why.
char **resume(char **arguments, size_t count, size_t append, const char *directory, const char **refusal);

// resume.c: whether a text has another one in it.
int contains(const char *text, const char *part);

// resume.c: the other end of a qemu's SESSION or MONITOR; -1 if there is none.
long other_end(int number);

// resume.c: whether an argument is the socket at which libguestfs waits for guestfsd.
int is_socket(const char *value);

// resume.c: closes all that such a qemu was given, and the other ends of it.
void close_given(void);
void close_ends(void);

// resume.c: nobody resumes any more what was saved in a directory.
void forget_saved(const char *directory);

// substitute.c: why what was saved for a qemu does not hold: the host has been booted since, or another qemu was installed. NULL if it
// does.
const char *outdated(const char *program, const char *qemu, const char *boot);

// substitute.c: runs a qemu that resumes what was saved in a directory, and ends with it and like it. Returns only if that does not come to
// where guestfsd goes on: with a reason, and with the connection to libguestfs in the arguments.
const char *run_resumed(const char *qemu, const char *directory, char **resumed, char **arguments, char **environment);

// filter.c: denies system calls that qemu does not make. Returns what the kernel returns.
long filter_system_calls(int with_network);

#endif
