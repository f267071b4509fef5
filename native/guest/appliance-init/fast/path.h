// Paths of several parts, and files that hold one short line.
#ifndef APPLIANCE_INIT_PATH_H
#define APPLIANCE_INIT_PATH_H

#include <stdbool.h>
#include <stddef.h>

enum { PATH_SIZE = 512 };

// A path of up to four parts, of which the last ones may be NULL. One that is too long comes out empty, and so exists nowhere.
struct path {
  char text[PATH_SIZE];
};

struct path path_of(const char *first, const char *second, const char *third, const char *fourth);

bool path_exists(const struct path *path);

// Reads a file's first line; false when there is none.
bool read_line(const struct path *path, char *buffer, size_t size);

// Overwrites a file of /proc or /sys.
void write_line(const char *path, const char *text);

// Makes a file with that text, or replaces it.
void make_file(const char *path, const char *text);

// The number as text.
struct number {
  char text[24];
};

struct number number_text(unsigned long number);

#endif
