/* hydrated_end.c: what is linked last into the section that hydrated.c begins. The section then ends where a page of 2 MiB does, and its
 * last types are in such a page too: one page fault in place of as many as it has small pages. Nobody touches the byte. */
__asm__(".pushsection .hydrated, \"aw\", @nobits\n"
        "  .balign 0x200000\n"
        "  .globl hydrated_end\n"
        "  .hidden hydrated_end\n"
        "hydrated_end:\n"
        "  .skip 1\n"
        "  .popsection");
