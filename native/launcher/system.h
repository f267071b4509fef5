// What the launcher alone asks of the kernel.
#ifndef LAUNCHER_SYSTEM_H
#define LAUNCHER_SYSTEM_H

#include "../freestanding/system_call.h"

#if defined(__x86_64__)

enum {
  SYS_lseek = 8,
  SYS_rt_sigprocmask = 14,
  SYS_getpid = 39,
  SYS_sendfile = 40,
  SYS_socket = 41,
  SYS_connect = 42,
  SYS_socketpair = 53,
  SYS_clone = 56,
  SYS_wait4 = 61,
  SYS_kill = 62,
  SYS_fcntl = 72,
  SYS_ftruncate = 77,
  SYS_ptrace = 101,
  SYS_getppid = 110,
  SYS_capget = 125,
  SYS_capset = 126,
  SYS_setpriority = 141,
  SYS_pivot_root = 155,
  SYS_prctl = 157,
  SYS_acct = 163,
  SYS_settimeofday = 164,
  SYS_init_module = 175,
  SYS_delete_module = 176,
  SYS_quotactl = 179,
  SYS_clock_settime = 227,
  SYS_clock_gettime = 228,
  SYS_add_key = 248,
  SYS_request_key = 249,
  SYS_keyctl = 250,
  SYS_unlinkat = 263,
  SYS_ppoll = 271,
  SYS_signalfd4 = 289,
  SYS_dup3 = 292,
  SYS_pipe2 = 293,
  SYS_perf_event_open = 298,
  SYS_open_by_handle_at = 304,
  SYS_process_vm_readv = 310,
  SYS_process_vm_writev = 311,
  SYS_kcmp = 312,
  SYS_seccomp = 317,
  SYS_getrandom = 318,
  SYS_memfd_create = 319,
  SYS_kexec_file_load = 320,
  SYS_bpf = 321,
  SYS_userfaultfd = 323,
  SYS_statx = 332
};

#elif defined(__aarch64__)

enum {
  SYS_dup3 = 24,
  SYS_fcntl = 25,
  SYS_unlinkat = 35,
  SYS_pivot_root = 41,
  SYS_ftruncate = 46,
  SYS_pipe2 = 59,
  SYS_quotactl = 60,
  SYS_lseek = 62,
  SYS_sendfile = 71,
  SYS_ppoll = 73,
  SYS_signalfd4 = 74,
  SYS_acct = 89,
  SYS_capget = 90,
  SYS_capset = 91,
  SYS_init_module = 105,
  SYS_delete_module = 106,
  SYS_clock_settime = 112,
  SYS_clock_gettime = 113,
  SYS_ptrace = 117,
  SYS_kill = 129,
  SYS_rt_sigprocmask = 135,
  SYS_setpriority = 140,
  SYS_prctl = 167,
  SYS_settimeofday = 170,
  SYS_getpid = 172,
  SYS_getppid = 173,
  SYS_socket = 198,
  SYS_socketpair = 199,
  SYS_connect = 203,
  SYS_add_key = 217,
  SYS_request_key = 218,
  SYS_keyctl = 219,
  SYS_clone = 220,
  SYS_perf_event_open = 241,
  SYS_wait4 = 260,
  SYS_open_by_handle_at = 265,
  SYS_process_vm_readv = 270,
  SYS_process_vm_writev = 271,
  SYS_kcmp = 272,
  SYS_seccomp = 277,
  SYS_getrandom = 278,
  SYS_memfd_create = 279,
  SYS_bpf = 280,
  SYS_userfaultfd = 282,
  SYS_statx = 291,
  SYS_kexec_file_load = 294
};

#endif

// The same on both.
enum {
  SYS_io_uring_setup = 425,
  SYS_open_tree = 428,
  SYS_move_mount = 429,
  SYS_fsopen = 430,
  SYS_fsmount = 432,
  SYS_fspick = 433,
  SYS_pidfd_getfd = 438,
  SYS_mount_setattr = 442,
  SYS_landlock_create_ruleset = 444,
  SYS_landlock_add_rule = 445,
  SYS_landlock_restrict_self = 446,
  O_PATH = 010000000,
  PR_SET_PDEATHSIG = 1,
  SIGHUP = 1,
  SIGINT = 2,
  SIGQUIT = 3,
  SIGKILL = 9,
  SIGUSR1 = 10,
  SIGUSR2 = 12,
  SIGTERM = 15,
  SIGCHLD = 17,
  SIG_BLOCK = 0,
  SIG_SETMASK = 2,
  WNOHANG = 1,
  AF_UNIX = 1,
  SOCK_STREAM = 1,
  POLLIN = 1,
  PR_CAPBSET_DROP = 24,
  PR_SET_NO_NEW_PRIVS = 38,
  PR_CAP_AMBIENT = 47,
  PR_CAP_AMBIENT_CLEAR_ALL = 4,
  SEEK_SET = 0,
  SEEK_END = 2,
  SEEK_DATA = 3,
  SEEK_HOLE = 4,
  F_WRLCK = 1,
  F_UNLCK = 2,
  F_DUPFD = 0,
  F_OFD_GETLK = 36,
  F_OFD_SETLK = 37,
  F_SETPIPE_SZ = 1031
};

struct poll {
  int32_t file;
  int16_t events, happened;
};

struct unix_address {
  uint16_t family;
  char path[108];
};

struct lock {
  int16_t type, origin;
  int64_t start, length;
  int32_t process;
};

// Of statx(2).
struct status {
  uint8_t before_size[40];
  uint64_t size;
  uint8_t before_time[64];
  int64_t modified_seconds;
  uint32_t modified_nanoseconds;
  uint8_t rest[136];
};

static inline long sys_open(const char *path, int flags) { return system_call(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, 0, 0); }

static inline int64_t sys_seek(long file, int64_t offset, int whence) { return system_call(SYS_lseek, file, offset, whence, 0, 0); }

static inline long sys_truncate(long file, int64_t size) { return system_call(SYS_ftruncate, file, size, 0, 0, 0); }

static inline long sys_send_file(long to, long from, int64_t *offset, size_t count)
{
  return system_call(SYS_sendfile, to, from, (long)offset, (long)count, 0);
}

static inline long sys_memory_file(const char *name) { return system_call(SYS_memfd_create, (long)name, 1 /* close on exec */, 0, 0, 0); }

static inline long sys_pipe(int32_t files[2]) { return system_call(SYS_pipe2, (long)files, O_CLOEXEC, 0, 0, 0); }

static inline long sys_pipe_size(long file, long size) { return system_call(SYS_fcntl, file, F_SETPIPE_SZ, size, 0, 0); }

static inline long sys_lock_of(long file, struct lock *lock) { return system_call(SYS_fcntl, file, F_OFD_GETLK, (long)lock, 0, 0); }

static inline long sys_lock(long file, struct lock *lock) { return system_call(SYS_fcntl, file, F_OFD_SETLK, (long)lock, 0, 0); }

// The same open file by a number that is not smaller than that, which stays open in a program that is run.
static inline long sys_number_from(long file, long number) { return system_call(SYS_fcntl, file, F_DUPFD, number, 0, 0); }

// A pair of Unix sockets, which stay open in a program that is run.
static inline long sys_socket_pair(int32_t files[2]) { return system_call(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (long)files, 0); }

static inline long sys_duplicate(long from, long to) { return system_call(SYS_dup3, from, to, 0, 0, 0); }

static inline long sys_random(void *bytes, size_t size) { return system_call(SYS_getrandom, (long)bytes, (long)size, 0, 0, 0); }

// The time of the day.
static inline long sys_clock(int64_t time[2]) { return system_call(SYS_clock_gettime, 0, (long)time, 0, 0, 0); }

// The processor time of a process.
static inline long sys_processor_time(long process, int64_t time[2])
{
  return system_call(SYS_clock_gettime, ~process << 3 | 2, (long)time, 0, 0, 0);
}

// The time since the host was booted.
static inline long sys_clock_since_boot(int64_t time[2]) { return system_call(SYS_clock_gettime, 1, (long)time, 0, 0, 0); }

static inline long sys_fork(void) { return system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

static inline long sys_wait(long process, int32_t *status, int options)
{
  return system_call(SYS_wait4, process, (long)status, options, 0, 0);
}

static inline long sys_kill(long process, int signal) { return system_call(SYS_kill, process, signal, 0, 0, 0); }

static inline long sys_process(void) { return system_call(SYS_getpid, 0, 0, 0, 0, 0); }

static inline long sys_parent(void) { return system_call(SYS_getppid, 0, 0, 0, 0, 0); }

static inline long sys_signal_mask(int how, const uint64_t *set, uint64_t *old)
{
  return system_call(SYS_rt_sigprocmask, how, (long)set, (long)old, sizeof *set, 0);
}

static inline long sys_signal_file(const uint64_t *set) { return system_call(SYS_signalfd4, -1, (long)set, sizeof *set, O_CLOEXEC, 0); }

static inline long sys_poll(struct poll *files, size_t count, const int64_t *timeout)
{
  return system_call(SYS_ppoll, (long)files, (long)count, (long)timeout, 0, 0);
}

static inline long sys_socket(void) { return system_call(SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, 0); }

static inline long sys_connect(long socket, const struct unix_address *address)
{
  return system_call(SYS_connect, socket, (long)address, sizeof *address, 0, 0);
}

static inline long sys_remove(const char *path) { return system_call(SYS_unlinkat, AT_FDCWD, (long)path, 0, 0, 0); }

static inline long sys_status(const char *path, struct status *status)
{
  return system_call(SYS_statx, AT_FDCWD, (long)path, 0, 0x7FF /* the basic ones */, (long)status);
}

static inline long sys_prctl(long option, long a, long b) { return system_call(SYS_prctl, option, a, b, 0, 0); }

#endif
