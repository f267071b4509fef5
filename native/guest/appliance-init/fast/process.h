// Programs that the fast init starts.
#ifndef APPLIANCE_INIT_PROCESS_H
#define APPLIANCE_INIT_PROCESS_H

// The variables of those that use LVM.
extern const char *const of_lvm[];

// Takes over the environment that the kernel gave, with what upstream's init changes in it.
void process_inherit(char **environment);

// In a new process: adds the variables (up to a NULL) to the environment, and becomes the program.
__attribute__((noreturn)) void process_become(const char *const arguments[], const char *const variables[]);

// Starts a program as a child; returns its process, or a (negative) error number.
long process_start(const char *const arguments[], const char *const variables[]);

#endif
