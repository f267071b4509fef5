// What Debian's libstdc++ and libgcc, made for glibc, ask of the C library that musl has not: enough for .NET's, in a test. It stands where
// they look for glibc's loader.
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

struct search {
  char *pc;
  struct dl_find_object *found;
};

char __libc_single_threaded;
struct {
  unsigned vendor, type, subtype, features;
} __cpu_model;

extern size_t strftime_l(char *to, size_t size, const char *format, const void *time, void *locale);
int __cpu_indicator_init(void);
unsigned arc4random(void);
size_t __strftime_l(char *to, size_t size, const char *format, const void *time, void *locale);
int __cxa_thread_atexit_impl(void (*end)(void *), void *object, void *library);

int __cpu_indicator_init(void) { return 0; }

unsigned arc4random(void) { return 4; }

size_t __strftime_l(char *to, size_t size, const char *format, const void *time, void *locale)
{
  return strftime_l(to, size, format, time, locale);
}

int __cxa_thread_atexit_impl(void (*end)(void *), void *object, void *library)
{
  (void)end;
  (void)object;
  (void)library;
  return 0;
}

// Exceptions of C++ are unwound by what this finds.
static int look(struct dl_phdr_info *info, size_t size, void *data)
{
  struct search *search = data;
  char *frames = NULL, *start = NULL, *end = NULL;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    char *at = (char *)info->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_LOAD && search->pc >= at && search->pc < at + part->p_memsz) {
      start = at;
      end = at + part->p_memsz;
    }
    if (part->p_type == PT_GNU_EH_FRAME)
      frames = at;
  }
  if (!start || !frames)
    return 0;
  search->found->dlfo_flags = 0;
  search->found->dlfo_map_start = start;
  search->found->dlfo_map_end = end;
  search->found->dlfo_link_map = NULL;
  search->found->dlfo_eh_frame = frames;
  return 1;
}

int _dl_find_object(void *pc, struct dl_find_object *found)
{
  struct search search = { pc, found };
  return dl_iterate_phdr(look, &search) ? 0 : -1;
}
