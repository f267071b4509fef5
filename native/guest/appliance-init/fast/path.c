// Paths of several parts, and files that hold one short line.
#include "path.h"

#include "../file.h"
#include "../text.h"
#include "system.h"

struct path path_of(const char *first, const char *second, const char *third, const char *fourth)
{
  const char *parts[] = { first, second, third, fourth };
  struct path path;
  size_t length = 0;
  for (int i = 0; i < 4 && parts[i] != NULL; i++) {
    for (const char *part = parts[i]; *part != '\0'; part++) {
      if (length == sizeof path.text - 1) {
        path.text[0] = '\0';
        return path;
      }
      path.text[length++] = *part;
    }
  }
  path.text[length] = '\0';
  return path;
}

bool path_exists(const struct path *path) { return sys_access(path->text) >= 0; }

bool read_line(const struct path *path, char *buffer, size_t size)
{
  if (read_text(path->text, buffer, size) < 0)
    return false;
  size_t end = 0;
  while (buffer[end] != '\0' && buffer[end] != '\n')
    end++;
  buffer[end] = '\0';
  return end > 0;
}

static void write_all(const char *path, const char *text, int flags)
{
  long file = sys_open_to_write(path, flags);
  if (file < 0)
    return;
  sys_write(file, text, text_length(text));
  sys_close(file);
}

void write_line(const char *path, const char *text) { write_all(path, text, 0); }

void make_file(const char *path, const char *text) { write_all(path, text, O_CREAT | O_TRUNC); }

struct number number_text(unsigned long number)
{
  struct number result;
  struct line line = { .length = 0 };
  line_add_number(&line, number);
  for (size_t i = 0; i < line.length; i++)
    result.text[i] = line.bytes[i];
  result.text[line.length] = '\0';
  return result;
}
