// What the launcher alone asks of the kernel.
#ifndef LAUNCHER_SYSTEM_H
#define LAUNCHER_SYSTEM_H

#include "../freestanding/system_call.h"

#if defined(__x86_64__)

enum {
  SYS_socket = 41,
  SYS_ptrace = 101,
  SYS_capget = 125,
  SYS_capset = 126,
  SYS_pivot_root = 155,
  SYS_prctl = 157,
  SYS_acct = 163,
  SYS_settimeofday = 164,
  SYS_init_module = 175,
  SYS_delete_module = 176,
  SYS_quotactl = 179,
  SYS_clock_settime = 227,
  SYS_add_key = 248,
  SYS_request_key = 249,
  SYS_keyctl = 250,
  SYS_perf_event_open = 298,
  SYS_open_by_handle_at = 304,
  SYS_process_vm_readv = 310,
  SYS_process_vm_writev = 311,
  SYS_kcmp = 312,
  SYS_seccomp = 317,
  SYS_kexec_file_load = 320,
  SYS_bpf = 321,
  SYS_userfaultfd = 323
};

#elif defined(__aarch64__)

enum {
  SYS_pivot_root = 41,
  SYS_quotactl = 60,
  SYS_acct = 89,
  SYS_capget = 90,
  SYS_capset = 91,
  SYS_init_module = 105,
  SYS_delete_module = 106,
  SYS_clock_settime = 112,
  SYS_ptrace = 117,
  SYS_prctl = 167,
  SYS_settimeofday = 170,
  SYS_socket = 198,
  SYS_add_key = 217,
  SYS_request_key = 218,
  SYS_keyctl = 219,
  SYS_perf_event_open = 241,
  SYS_open_by_handle_at = 265,
  SYS_process_vm_readv = 270,
  SYS_process_vm_writev = 271,
  SYS_kcmp = 272,
  SYS_seccomp = 277,
  SYS_bpf = 280,
  SYS_userfaultfd = 282,
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
  PR_CAPBSET_DROP = 24,
  PR_SET_NO_NEW_PRIVS = 38,
  PR_CAP_AMBIENT = 47,
  PR_CAP_AMBIENT_CLEAR_ALL = 4
};

static inline long sys_open(const char *path, int flags) { return system_call(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, 0, 0); }

static inline long sys_prctl(long option, long a, long b) { return system_call(SYS_prctl, option, a, b, 0, 0); }

#endif
