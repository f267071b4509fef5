// Small files and directories, as /proc and /sys have them.
#ifndef APPLIANCE_INIT_FILE_H
#define APPLIANCE_INIT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "syscall.h"

// Reads a file as text into a buffer of that size, as much of it as fits. Returns a (negative) error number or 0.
long read_text(const char *path, char *buffer, size_t size);

// Cuts the next word out of *rest: NULL at the end.
char *next_word(char **rest);

// The entries of a directory. A directory that cannot be opened has none.
struct directory {
  long file, length, at;
  char buffer[2048] __attribute__((aligned(8)));
};

void directory_open(struct directory *directory, const char *path);

// The next entry without "." and "..", valid until the next call; at the end NULL, and the directory is closed.
const struct directory_entry *directory_next(struct directory *directory);

void directory_close(struct directory *directory);

#endif
