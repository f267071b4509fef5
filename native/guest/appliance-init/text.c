// Strings and console lines of the appliance's init, which has no C library.
#include "text.h"

#include "syscall.h"

// The compiler may call these two by itself.
void *memcpy(void *target, const void *source, size_t size);
void *memset(void *target, int value, size_t size);

void *memcpy(void *target, const void *source, size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((char *)target)[i] = ((const char *)source)[i];
  return target;
}

void *memset(void *target, int value, size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((char *)target)[i] = (char)value;
  return target;
}

size_t text_length(const char *text)
{
  size_t length = 0;
  while (text[length] != '\0')
    length++;
  return length;
}

bool same_bytes(const void *a, const void *b, size_t size)
{
  const uint8_t *first = a, *second = b;
  for (size_t i = 0; i < size; i++)
    if (first[i] != second[i])
      return false;
  return true;
}

bool text_equal(const char *a, const char *b)
{
  const char *rest = text_after(a, b);
  return rest != NULL && *rest == '\0';
}

const char *text_after(const char *text, const char *prefix)
{
  for (; *prefix != '\0'; text++, prefix++)
    if (*text != *prefix)
      return NULL;
  return text;
}

bool text_join(char *buffer, size_t size, const char *first, const char *second)
{
  size_t before = text_length(first), after = text_length(second);
  if (before + after >= size)
    return false;
  memcpy(buffer, first, before);
  memcpy(buffer + before, second, after + 1);
  return true;
}

unsigned text_number(const char **text)
{
  unsigned number = 0;
  for (; **text >= '0' && **text <= '9'; (*text)++)
    number = number * 10 + (unsigned)(**text - '0');
  return number;
}

static int hexadecimal_digit(char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool text_uuid(const char *text, uint8_t uuid[16])
{
  unsigned digits = 0;
  for (; *text != '\0'; text++) {
    if (*text == '-')
      continue;
    int digit = hexadecimal_digit(*text);
    if (digit < 0 || digits == 32)
      return false;
    uuid[digits / 2] = (uint8_t)(digits % 2 == 0 ? digit << 4 : uuid[digits / 2] | digit);
    digits++;
  }
  return digits == 32;
}

void line_add(struct line *line, const char *text)
{
  // One byte stays for the end of the line.
  for (; *text != '\0' && line->length < sizeof line->bytes - 1; text++)
    line->bytes[line->length++] = *text;
}

void line_add_number(struct line *line, unsigned long number)
{
  char digits[21];
  char *digit = digits + sizeof digits - 1;
  *digit = '\0';
  do {
    *--digit = (char)('0' + number % 10);
    number /= 10;
  } while (number != 0);
  line_add(line, digit);
}

void line_add_uuid(struct line *line, const uint8_t uuid[16])
{
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < 16; i++) {
    char pair[3] = { digits[uuid[i] >> 4], digits[uuid[i] & 15], '\0' };
    line_add(line, i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "");
    line_add(line, pair);
  }
}

void line_add_error(struct line *line, long error)
{
  static const struct {
    long number;
    const char *meaning;
  } known[] = {
    { 1, "not permitted" },
    { ENOENT, "no such file or directory" },
    { 5, "input/output error" },
    { ENXIO, "no such device or address" },
    { 8, "not an executable of this machine" },
    { 12, "out of memory" },
    { 13, "permission denied" },
    { 16, "busy" },
    { EEXIST, "it exists" },
    { ENODEV, "no such device or filesystem type" },
    { 20, "not a directory" },
    { EINVAL, "invalid (see the kernel's messages)" },
    { 30, "read-only" },
    { 117, "damaged (see the kernel's messages)" },
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (known[i].number == -error) {
      line_add(line, known[i].meaning);
      return;
    }
  }
  line_add(line, "error ");
  line_add_number(line, (unsigned long)-error);
}

void line_print(struct line *line)
{
  line->bytes[line->length++] = '\n';
  sys_write(2, line->bytes, line->length);
  line->length = 0;
}

void print_line(const char *text)
{
  struct line line = { .length = 0 };
  line_add(&line, text);
  line_print(&line);
}

static void line_begin(struct line *line, const char *first, const char *second)
{
  line->length = 0;
  line_add(line, "appliance-init: ");
  line_add(line, first);
  line_add(line, second == NULL ? "" : second);
}

void print(const char *first, const char *second, const char *third)
{
  struct line line;
  line_begin(&line, first, second);
  line_add(&line, third == NULL ? "" : third);
  line_print(&line);
}

void print_error(const char *first, const char *second, long error)
{
  struct line line;
  line_begin(&line, first, second);
  line_add(&line, ": ");
  line_add_error(&line, error);
  line_print(&line);
}
