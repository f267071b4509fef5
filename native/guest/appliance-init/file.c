// Reading small files and directories.
#include "file.h"

#include "text.h"

long read_text(const char *path, char *buffer, size_t size)
{
  size_t length = 0;
  long file = sys_open(path);
  if (file < 0)
    return file;
  for (;;) {
    long count = sys_read(file, buffer + length, size - 1 - length);
    if (count <= 0) {
      sys_close(file);
      buffer[length] = '\0';
      return count;
    }
    length += (size_t)count;
  }
}

char *next_word(char **rest)
{
  char *word = *rest;
  while (*word == ' ' || *word == '\n')
    word++;
  if (*word == '\0')
    return NULL;
  char *end = word;
  while (*end != '\0' && *end != ' ' && *end != '\n')
    end++;
  *rest = *end == '\0' ? end : end + 1;
  *end = '\0';
  return word;
}

void directory_open(struct directory *directory, const char *path)
{
  directory->file = sys_open(path);
  directory->length = 0;
  directory->at = 0;
}

const struct directory_entry *directory_next(struct directory *directory)
{
  while (directory->file >= 0) {
    if (directory->at >= directory->length) {
      directory->at = 0;
      directory->length = sys_getdents(directory->file, directory->buffer, sizeof directory->buffer);
      if (directory->length <= 0) {
        directory_close(directory);
        break;
      }
    }
    const struct directory_entry *entry = (const struct directory_entry *)(const void *)(directory->buffer + directory->at);
    directory->at += entry->length;
    if (!text_equal(entry->name, ".") && !text_equal(entry->name, ".."))
      return entry;
  }
  return NULL;
}

void directory_close(struct directory *directory)
{
  if (directory->file >= 0)
    sys_close(directory->file);
  directory->file = -1;
}
