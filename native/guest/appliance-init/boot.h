// The steps from the initrd to the root filesystem that both inits take.
#ifndef APPLIANCE_INIT_BOOT_H
#define APPLIANCE_INIT_BOOT_H

#include <stdbool.h>

struct root;

// qemu runs with -no-reboot: restarting is the quickest way to end it.
__attribute__((noreturn)) void boot_give_up(void);

// Makes the directory and mounts a filesystem of that type there, or gives up.
void boot_mount(const char *type, const char *target);

// The kernel's command line, which the caller may cut into words; or gives up.
char *boot_command_line(void);

// Understands the value of root=, which may be missing (NULL), or gives up.
void boot_parse_root(const char *argument, struct root *root);

// Loads a module of the initrd. Returns what the kernel said.
long boot_load_module(const char *name);

// Loads all modules that /modules names, in its order.
void boot_load_modules(bool verbose);

// Mounts the root filesystem on /root; false after printing why that cannot be.
bool boot_mount_root(const char *device);

// Removes the files of the initrd, and makes what is mounted on /root the root; or gives up.
void boot_enter_root(void);

// Becomes the root filesystem's own init, or gives up.
__attribute__((noreturn)) void boot_run_init(char **arguments, char **environment);

#endif
