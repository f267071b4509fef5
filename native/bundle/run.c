// What the bundle's libguestfs calls in place of execvp(3) and system(3), with which it runs qemu-img and others in a child of the process:
// the bundle's programs come before those of PATH. The library has no other way to tell it, for the environment is the process's.
// The names are as long as those of the C library, which are written over in libguestfs. docs/design/bundle.md
#include <stddef.h>

enum { MAX_PATH = 4096 };

extern int execvp(const char *file, char *const *arguments);
extern int system(const char *command);
int gfsxvp(const char *file, char *const *arguments);
int gfssys(const char *command);

// Their directory, with a slash at the end: whoever loads the bundle writes it.
char gfs_bundle_programs[MAX_PATH];

static size_t length_of(const char *text)
{
  size_t length = 0;
  while (text[length])
    length++;
  return length;
}

static char *append(char *to, const char *text)
{
  while (*text)
    *to++ = *text++;
  return to;
}

int gfsxvp(const char *file, char *const *arguments)
{
  char path[length_of(gfs_bundle_programs) + length_of(file) + 1];
  const char *end = file;
  while (*end && *end != '/')
    end++;
  *append(append(path, gfs_bundle_programs), file) = '\0';

  // One that is not there is looked for like any other.
  if (*gfs_bundle_programs && !*end)
    execvp(path, arguments);
  return execvp(file, arguments);
}

// PATH changes for the shell alone.
int gfssys(const char *command)
{
  static const char before[] = "PATH='", after[] = "':${PATH:-/bin:/usr/bin}; export PATH; ";
  if (!command || !*gfs_bundle_programs)
    return system(command);
  char changed[sizeof before + 4 * length_of(gfs_bundle_programs) + sizeof after + length_of(command)], *at = append(changed, before);
  for (const char *name = gfs_bundle_programs; *name; name++)
    if (*name == '\'')
      at = append(at, "'\\''");
    else
      *at++ = *name;
  *append(append(at, after), command) = '\0';
  return system(changed);
}
