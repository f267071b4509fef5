/* entry.S: the code behind every exported function whose work is done in C#.
 *
 * "entry gfs_x", once for each of them (entries.inc, which build.sh makes), defines gfs_x: it continues with the
 * compiled C# function managed_gfs_x, whatever its arguments are. In a child of a process that has used the library
 * without_runtime.c answers: docs/design/c-abi.md says why. Nothing here stays on the stack, so nobody needs to unwind it.
 *
 * Several threads may make the first call at once: each that is not in a child makes the process a used one.
 */
#include "process.h"

    .macro names name
    .pushsection .rodata.names, "aMS", %progbits, 1
name_of_\name:
    .asciz "\name"
    .popsection
    .hidden managed_\name
    .globl \name
    .type \name, %function
    .endm

    .hidden gfs_process, gfs_in_child
    .text

#if defined(__x86_64__)

/* %r10: the name, %r11: the C# function. All other registers may hold arguments. */
first_call_or_child:
    cmpb $CHILD_OF_USED, gfs_process(%rip)
    je 1f
    movb $USED, gfs_process(%rip)
    jmp *%r11
1:  mov %r10, %rdi
    jmp gfs_in_child

    .macro entry name
    names \name
    .p2align 4
\name:
    cmpb $USED, gfs_process(%rip)
    jne 1f
    jmp managed_\name
1:  lea name_of_\name(%rip), %r10
    lea managed_\name(%rip), %r11
    jmp first_call_or_child
    .size \name, . - \name
    .endm

#elif defined(__aarch64__)

/* x16: the name, x17: the C# function. x9 to x15 hold no arguments, all others may. */
first_call_or_child:
    adrp x9, gfs_process
    ldrb w10, [x9, :lo12:gfs_process]
    cmp w10, #CHILD_OF_USED
    b.eq 1f
    mov w10, #USED
    strb w10, [x9, :lo12:gfs_process]
    br x17
1:  mov x0, x16
    b gfs_in_child

    .macro entry name
    names \name
    .p2align 2
\name:
    adrp x9, gfs_process
    ldrb w9, [x9, :lo12:gfs_process]
    cmp w9, #USED
    b.ne 1f
    b managed_\name
1:  adrp x16, name_of_\name
    add x16, x16, :lo12:name_of_\name
    adrp x17, managed_\name
    add x17, x17, :lo12:managed_\name
    b first_call_or_child
    .size \name, . - \name
    .endm

#else
#error "This processor is not supported: write the macro entry for it."
#endif

    .include "entries.inc"

    .section .note.GNU-stack, "", %progbits
