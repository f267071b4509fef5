/* hydrated.c: linked to what is compiled from C#, for programs that have many types. .NET unpacks their descriptions when it starts, all of
 * them, into a section of their own. In pages of 2 MiB that is two page faults in place of a thousand, which in a virtual machine can take
 * longer than all else that a start consists of. */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

/* The section begins with such a page: this asks the linker for that, which has the kernel put the program where it is so in memory. What
 * is linked first comes first in it. */
__asm__(".pushsection .hydrated, \"aw\", @nobits\n"
        "  .balign 0x200000\n"
        "hydrated:\n"
        "  .popsection");
extern char hydrated[] __attribute__((visibility("hidden")));

/* Where the last such page ends: hydrated_end.c. */
extern char hydrated_end[] __attribute__((visibility("hidden")));

/* Before the runtime starts. Where the kernel has no such pages, or was told not to use them, nothing changes. */
__attribute__((constructor)) static void use_huge_pages(void) { madvise(hydrated, (size_t)(hydrated_end - hydrated), MADV_HUGEPAGE); }
