// What the appliance's init needs of strings, and its lines on the console.
#ifndef APPLIANCE_INIT_TEXT_H
#define APPLIANCE_INIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t text_length(const char *text);
bool text_equal(const char *a, const char *b);

bool same_bytes(const void *a, const void *b, size_t size);

// What follows the prefix in the text, or NULL when the text does not begin with it.
const char *text_after(const char *text, const char *prefix);

// Copies both, one after the other, into a buffer; false when they do not fit.
bool text_join(char *buffer, size_t size, const char *first, const char *second);

// A decimal number; moves *text behind it.
unsigned text_number(const char **text);

// The 16 bytes of a UUID written in hexadecimal digits with or without dashes.
bool text_uuid(const char *text, uint8_t uuid[16]);

// A line of the console. It is written as one piece, so that the kernel's messages do not come between.
struct line {
  size_t length;
  char bytes[500];
};

void line_add(struct line *line, const char *text);
void line_add_number(struct line *line, unsigned long number);
void line_add_uuid(struct line *line, const uint8_t uuid[16]);
void line_add_error(struct line *line, long error);
void line_print(struct line *line);

// Prints a line as it is.
void print_line(const char *text);

// Prints "appliance-init: " and the three texts, each of which may be NULL.
void print(const char *first, const char *second, const char *third);

// The same, with the meaning of a (negative) error number.
void print_error(const char *first, const char *second, long error);

#endif
