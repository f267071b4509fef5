// The system calls that only the fast init makes. Like syscall.h: what the kernel returns, without a C library.
#ifndef APPLIANCE_INIT_SYSTEM_H
#define APPLIANCE_INIT_SYSTEM_H

#include "../syscall.h"

#if defined(__x86_64__)

enum {
  SYS_rt_sigprocmask = 14,
  SYS_socket = 41,
  SYS_connect = 42,
  SYS_sendto = 44,
  SYS_recvfrom = 45,
  SYS_sendmsg = 46,
  SYS_bind = 49,
  SYS_listen = 50,
  SYS_setsockopt = 54,
  SYS_clone = 56,
  SYS_wait4 = 61,
  SYS_uname = 63,
  SYS_flock = 73,
  SYS_fsync = 74,
  SYS_getpid = 39,
  SYS_umask = 95,
  SYS_setsid = 112,
  SYS_sync = 162,
  SYS_iopl = 172,
  SYS_clock_settime = 227,
  SYS_clock_gettime = 228,
  SYS_inotify_add_watch = 254,
  SYS_fchownat = 260,
  SYS_symlinkat = 266,
  SYS_readlinkat = 267,
  SYS_fchmodat = 268,
  SYS_ppoll = 271,
  SYS_accept4 = 288,
  SYS_signalfd4 = 289,
  SYS_dup3 = 292,
  SYS_inotify_init1 = 294,
  SYS_fanotify_init = 300,
  SYS_fanotify_mark = 301
};

// 3 for the right to use the ports of devices, 0 for none.
static inline long sys_iopl(int level) { return system_call(SYS_iopl, level, 0, 0, 0, 0); }

#else

enum {
  SYS_dup3 = 24,
  SYS_inotify_init1 = 26,
  SYS_inotify_add_watch = 27,
  SYS_flock = 32,
  SYS_symlinkat = 36,
  SYS_fchmodat = 53,
  SYS_fchownat = 54,
  SYS_ppoll = 73,
  SYS_signalfd4 = 74,
  SYS_readlinkat = 78,
  SYS_sync = 81,
  SYS_fsync = 82,
  SYS_clock_settime = 112,
  SYS_clock_gettime = 113,
  SYS_rt_sigprocmask = 135,
  SYS_setsid = 157,
  SYS_uname = 160,
  SYS_umask = 166,
  SYS_getpid = 172,
  SYS_socket = 198,
  SYS_bind = 200,
  SYS_listen = 201,
  SYS_connect = 203,
  SYS_sendto = 206,
  SYS_recvfrom = 207,
  SYS_setsockopt = 208,
  SYS_sendmsg = 211,
  SYS_clone = 220,
  SYS_accept4 = 242,
  SYS_wait4 = 260,
  SYS_fanotify_init = 262,
  SYS_fanotify_mark = 263
};

#endif

enum {
  S_IFCHR = 0020000,
  MS_NOSUID = 2,
  WNOHANG = 1,
  SIGCHLD = 17,
  SIG_BLOCK = 0,
  SIG_UNBLOCK = 1,
  LOCK_EX = 2,
  LOCK_NB = 4,
  LOCK_UN = 8,
  BLKRRPART = 0x125F,
  BLKSSZGET = 0x1268,
  POLLIN = 1,
  AF_UNIX = 1,
  SOCK_STREAM = 1,
  SOCK_SEQPACKET = 5,
  MSG_NOSIGNAL = 0x4000,
  IN_CLOSE_WRITE = 8,
  FAN_CLOEXEC = 1,
  FAN_CLASS_CONTENT = 4,
  FAN_MARK_ADD = 1,
  FAN_MARK_FLUSH = 0x80,
  FAN_OPEN_PERM = 0x10000,
  FAN_ONDIR = 0x40000000,
  FAN_ALLOW = 1,
  RNDRESEEDCRNG = 0x5207,
  RNDADDENTROPY = 0x40085203
};

// Differs in no architecture that this is for.
static const unsigned long BLKGETSIZE64 = 0x80081272;

struct unix_address {
  uint16_t family;
  char path[108];
};

struct fanotify_event {
  uint32_t length;
  uint8_t version, reserved;
  uint16_t metadata_length;
  uint64_t mask;
  int32_t file, process;
};

struct fanotify_answer {
  int32_t file;
  uint32_t response;
};

struct poll_file {
  int file;
  short events, returned;
};

static inline long sys_mknod(const char *path, unsigned mode, unsigned major, unsigned minor)
{
  unsigned device = (minor & 0xFF) | (major << 8) | ((minor & ~0xFFU) << 12);
  return system_call(SYS_mknodat, AT_FDCWD, (long)path, mode, (long)device, 0);
}

static inline long sys_symlink(const char *target, const char *path)
{
  return system_call(SYS_symlinkat, (long)target, AT_FDCWD, (long)path, 0, 0);
}

static inline long sys_readlink(const char *path, char *buffer, size_t size)
{
  return system_call(SYS_readlinkat, AT_FDCWD, (long)path, (long)buffer, (long)size, 0);
}

static inline long sys_chmod(const char *path, unsigned mode) { return system_call(SYS_fchmodat, AT_FDCWD, (long)path, mode, 0, 0); }

static inline long sys_chown(const char *path, unsigned user, unsigned group)
{
  return system_call(SYS_fchownat, AT_FDCWD, (long)path, user, group, 0);
}

static inline long sys_ioctl(long file, unsigned long request, void *argument)
{
  return system_call(SYS_ioctl, file, (long)request, (long)argument, 0, 0);
}

static inline long sys_flock(long file, int operation) { return system_call(SYS_flock, file, operation, 0, 0, 0); }

static inline long sys_socket(int domain, int type, int protocol) { return system_call(SYS_socket, domain, type, protocol, 0, 0); }

static inline long sys_set_socket_option(long file, int level, int name, int value)
{
  return system_call(SYS_setsockopt, file, level, name, (long)&value, sizeof value);
}

static inline long sys_bind(long file, const void *address, unsigned length)
{
  return system_call(SYS_bind, file, (long)address, length, 0, 0);
}

static inline long sys_listen(long file, int backlog) { return system_call(SYS_listen, file, backlog, 0, 0, 0); }

static inline long sys_connect(long file, const void *address, unsigned length)
{
  return system_call(SYS_connect, file, (long)address, length, 0, 0);
}

static inline long sys_accept(long file, int flags) { return system_call(SYS_accept4, file, 0, 0, flags, 0); }

// Without an address, so that the sixth argument does not count. A receiver that is gone is an error and no signal.
static inline long sys_send(long file, const void *message, size_t size)
{
  return system_call(SYS_sendto, file, (long)message, (long)size, MSG_NOSIGNAL, 0);
}

// The same.
static inline long sys_receive(long file, void *buffer, size_t size, int flags)
{
  return system_call(SYS_recvfrom, file, (long)buffer, (long)size, flags, 0);
}

static inline long sys_poll(struct poll_file *files, unsigned count, const long *timeout)
{
  return system_call(SYS_ppoll, (long)files, count, (long)timeout, 0, 0);
}

static inline long sys_fork(void) { return system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

static inline long sys_wait(long process, int *status, int flags) { return system_call(SYS_wait4, process, (long)status, flags, 0, 0); }

// One signal of the process' mask; the kernel's set has 64.
static inline long sys_signal_mask(int how, int signal)
{
  uint64_t set = 1UL << (signal - 1);
  return system_call(SYS_rt_sigprocmask, how, (long)&set, 0, sizeof set, 0);
}

static inline long sys_signal_file(int signal)
{
  uint64_t set = 1UL << (signal - 1);
  return system_call(SYS_signalfd4, -1, (long)&set, sizeof set, O_NONBLOCK | O_CLOEXEC, 0);
}

static inline long sys_duplicate(long from, long to) { return system_call(SYS_dup3, from, to, 0, 0, 0); }

static inline long sys_inotify(void) { return system_call(SYS_inotify_init1, O_NONBLOCK | O_CLOEXEC, 0, 0, 0, 0); }

static inline long sys_watch(long file, const char *path, unsigned events)
{
  return system_call(SYS_inotify_add_watch, file, (long)path, events, 0, 0);
}

static inline long sys_fanotify(void) { return system_call(SYS_fanotify_init, FAN_CLASS_CONTENT | FAN_CLOEXEC, 0, 0, 0, 0); }

static inline long sys_fanotify_mark(long file, int how, long events, const char *path)
{
  return system_call(SYS_fanotify_mark, file, how, events, AT_FDCWD, (long)path);
}

static inline long sys_open_to_read_and_write(const char *path)
{
  return system_call(SYS_openat, AT_FDCWD, (long)path, O_RDWR | O_CLOEXEC, 0, 0);
}

// The clock of the day.
static inline long sys_set_time(long seconds, long nanoseconds)
{
  enum { CLOCK_REALTIME = 0 };
  long time[2] = { seconds, nanoseconds };
  return system_call(SYS_clock_settime, CLOCK_REALTIME, (long)time, 0, 0, 0);
}

static inline long sys_sync_file(long file) { return system_call(SYS_fsync, file, 0, 0, 0, 0); }

static inline void sys_sync(void) { system_call(SYS_sync, 0, 0, 0, 0, 0); }

static inline long sys_new_session(void) { return system_call(SYS_setsid, 0, 0, 0, 0, 0); }

static inline long sys_process_id(void) { return system_call(SYS_getpid, 0, 0, 0, 0, 0); }

static inline long sys_umask(unsigned mask) { return system_call(SYS_umask, mask, 0, 0, 0, 0); }

// Since the start of the kernel.
static inline unsigned long sys_microseconds(void)
{
  enum { CLOCK_MONOTONIC = 1 };
  long time[2] = { 0, 0 };
  system_call(SYS_clock_gettime, CLOCK_MONOTONIC, (long)time, 0, 0, 0);
  return (unsigned long)time[0] * 1000000 + (unsigned long)time[1] / 1000;
}

#endif
