// What the bundle's libguestfs calls in place of execvp(3), when it runs qemu-img and others in a child of the process: the bundle's programs
// come before those of PATH. The library has no other way to tell it, for the environment is the process's.
// gfsxvp is as long as execvp: the name in the library is written over. docs/design/bundle.md
#include <stddef.h>

enum { MAX_PATH = 4096 };

extern int execvp(const char *file, char *const *arguments);
int gfsxvp(const char *file, char *const *arguments);

// Their directory, with a slash at the end: whoever loads the bundle writes it.
char gfs_bundle_programs[MAX_PATH];

int gfsxvp(const char *file, char *const *arguments)
{
  char path[2 * MAX_PATH];
  size_t length = 0, at = 0;
  while (gfs_bundle_programs[length]) {
    path[length] = gfs_bundle_programs[length];
    length++;
  }
  while (file[at] && file[at] != '/' && length + at < sizeof path - 1) {
    path[length + at] = file[at];
    at++;
  }
  path[length + at] = '\0';

  // One that is not there is looked for like any other.
  if (length > 0 && file[at] == '\0')
    execvp(path, arguments);
  return execvp(file, arguments);
}
