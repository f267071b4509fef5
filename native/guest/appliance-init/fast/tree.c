// Makes directories, device nodes and links from lines of six words:
// what it is (d, c, b or l), mode (octal), user, group, path, and a device's number or a link's target or "-".
#include "tree.h"

#include "../file.h"
#include "../text.h"
#include "system.h"

enum { LIST_SIZE = 32768, WORDS = 6 };

static char list[LIST_SIZE];

void tree_read(void)
{
  long error = read_text("/tree", list, sizeof list);
  if (error < 0)
    print_error("cannot read ", "/tree", error);
}

static unsigned octal(const char *text)
{
  unsigned number = 0;
  for (; *text >= '0' && *text <= '7'; text++)
    number = number * 8 + (unsigned)(*text - '0');
  return number;
}

static void make_device(const char *path, unsigned type, const char *number)
{
  unsigned major = text_number(&number);
  if (*number++ == ':')
    sys_mknod(path, type, major, text_number(&number));
}

void tree_make(void)
{
  char *rest = list;
  for (;;) {
    const char *words[WORDS];
    for (int i = 0; i < WORDS; i++)
      if ((words[i] = next_word(&rest)) == NULL)
        return;
    const char *path = words[4], *user = words[2], *group = words[3];
    unsigned owner = text_number(&user), owner_group = text_number(&group);
    switch (words[0][0]) {
    case 'd':
      sys_mkdir(path);
      break;
    case 'c':
      make_device(path, S_IFCHR, words[5]);
      break;
    case 'b':
      make_device(path, S_IFBLK, words[5]);
      break;
    default:
      sys_symlink(words[5], path);
      continue;
    }
    sys_chmod(path, octal(words[1]));
    if (owner != 0 || owner_group != 0)
      sys_chown(path, owner, owner_group);
  }
}
