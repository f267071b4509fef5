/* process.h: what this process is to the library, for C and the assembler. */
#ifndef PROCESS_H
#define PROCESS_H

/* gfs_process: the first call makes an unused one a used one (entry.S), fork a used one's child (without_runtime.c). */
#define UNUSED 0
#define USED 1
#define CHILD_OF_USED 2

#endif
