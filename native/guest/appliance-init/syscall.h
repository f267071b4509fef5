// The system calls that the inits of the appliance alone make.
#ifndef APPLIANCE_INIT_SYSCALL_H
#define APPLIANCE_INIT_SYSCALL_H

#include "../../freestanding/system_call.h"

#if defined(__x86_64__)

enum {
  SYS_ioctl = 16,
  SYS_pread64 = 17,
  SYS_nanosleep = 35,
  SYS_chdir = 80,
  SYS_mount = 165,
  SYS_umount2 = 166,
  SYS_reboot = 169,
  SYS_getdents64 = 217,
  SYS_mkdirat = 258,
  SYS_mknodat = 259,
  SYS_unlinkat = 263,
  SYS_faccessat = 269
};

#elif defined(__aarch64__)

enum {
  SYS_ioctl = 29,
  SYS_mknodat = 33,
  SYS_mkdirat = 34,
  SYS_unlinkat = 35,
  SYS_umount2 = 39,
  SYS_mount = 40,
  SYS_faccessat = 48,
  SYS_chdir = 49,
  SYS_getdents64 = 61,
  SYS_pread64 = 67,
  SYS_nanosleep = 101,
  SYS_reboot = 142
};

#endif

// Values of the kernel's interface, the same on both.
enum {
  O_CREAT = 0100,
  O_TRUNC = 01000,
  S_IFBLK = 0060000,
  DT_DIR = 4,
  MS_NOATIME = 1024,
  MS_MOVE = 8192,
  TCSBRK = 0x5409,
  ENOENT = 2,
  ENXIO = 6,
  EEXIST = 17,
  ENODEV = 19
};

struct directory_entry {
  uint64_t inode;
  int64_t offset;
  uint16_t length;
  uint8_t type;
  char name[];
};

static inline long sys_open(const char *path) { return system_call(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0, 0); }

static inline long sys_open_to_write(const char *path, int more_flags)
{
  return system_call(SYS_openat, AT_FDCWD, (long)path, O_WRONLY | O_CLOEXEC | more_flags, 0644, 0);
}

static inline long sys_pread(long file, void *buffer, size_t size, long offset)
{
  return system_call(SYS_pread64, file, (long)buffer, (long)size, offset, 0);
}

static inline long sys_getdents(long directory, void *buffer, size_t size)
{
  return system_call(SYS_getdents64, directory, (long)buffer, (long)size, 0, 0);
}

static inline long sys_access(const char *path) { return system_call(SYS_faccessat, AT_FDCWD, (long)path, 0, 0, 0); }

static inline long sys_mkdir(const char *path) { return system_call(SYS_mkdirat, AT_FDCWD, (long)path, 0755, 0, 0); }

static inline long sys_mknod_block(const char *path, unsigned major, unsigned minor)
{
  unsigned device = (minor & 0xFF) | (major << 8) | ((minor & ~0xFFU) << 12);
  return system_call(SYS_mknodat, AT_FDCWD, (long)path, S_IFBLK | 0600, (long)device, 0);
}

static inline long sys_unlink_at(long directory, const char *name) { return system_call(SYS_unlinkat, directory, (long)name, 0, 0, 0); }

static inline long sys_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *options)
{
  return system_call(SYS_mount, (long)source, (long)target, (long)type, (long)flags, (long)options);
}

static inline long sys_umount(const char *target) { return system_call(SYS_umount2, (long)target, 0, 0, 0, 0); }

static inline long sys_chdir(const char *path) { return system_call(SYS_chdir, (long)path, 0, 0, 0, 0); }

static inline long sys_chroot(const char *path) { return system_call(SYS_chroot, (long)path, 0, 0, 0, 0); }

static inline long sys_load_module(long file) { return system_call(SYS_finit_module, file, (long)"", 0, 0, 0); }

static inline void sys_sleep(unsigned milliseconds)
{
  long time[2] = { milliseconds / 1000, (long)(milliseconds % 1000) * 1000000 };
  system_call(SYS_nanosleep, (long)time, 0, 0, 0, 0);
}

static inline void sys_drain_terminal(long file) { system_call(SYS_ioctl, file, TCSBRK, 1, 0, 0); }

static inline void sys_restart_machine(void) { system_call(SYS_reboot, (long)0xfee1dead, 672274793, 0x01234567, 0, 0); }

#endif
