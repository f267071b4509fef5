// What the launcher asks of the kernel, without a C library: the program is a few KB and costs next to nothing to start.
// Calls return what the kernel returns: a negative error number on failure.
#ifndef LAUNCHER_SYSTEM_H
#define LAUNCHER_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)

enum {
  SYS_read = 0,
  SYS_write = 1,
  SYS_close = 3,
  SYS_socket = 41,
  SYS_execve = 59,
  SYS_exit = 60,
  SYS_ptrace = 101,
  SYS_capget = 125,
  SYS_capset = 126,
  SYS_pivot_root = 155,
  SYS_prctl = 157,
  SYS_chroot = 161,
  SYS_acct = 163,
  SYS_settimeofday = 164,
  SYS_init_module = 175,
  SYS_delete_module = 176,
  SYS_quotactl = 179,
  SYS_clock_settime = 227,
  SYS_add_key = 248,
  SYS_request_key = 249,
  SYS_keyctl = 250,
  SYS_openat = 257,
  SYS_perf_event_open = 298,
  SYS_open_by_handle_at = 304,
  SYS_process_vm_readv = 310,
  SYS_process_vm_writev = 311,
  SYS_kcmp = 312,
  SYS_finit_module = 313,
  SYS_seccomp = 317,
  SYS_kexec_file_load = 320,
  SYS_bpf = 321,
  SYS_userfaultfd = 323
};

#define START_CODE \
  ".globl _start\n" \
  "_start:\n" \
  "  xor %ebp, %ebp\n" \
  "  mov %rsp, %rdi\n" \
  "  and $-16, %rsp\n" \
  "  call start\n" \
  "  hlt\n"

static inline long system_call(long number, long a, long b, long c, long d, long e)
{
  register long fourth __asm__("r10") = d;
  register long fifth __asm__("r8") = e;
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth) : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

enum {
  SYS_pivot_root = 41,
  SYS_chroot = 51,
  SYS_openat = 56,
  SYS_close = 57,
  SYS_quotactl = 60,
  SYS_read = 63,
  SYS_write = 64,
  SYS_acct = 89,
  SYS_capget = 90,
  SYS_capset = 91,
  SYS_exit = 93,
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
  SYS_execve = 221,
  SYS_perf_event_open = 241,
  SYS_open_by_handle_at = 265,
  SYS_process_vm_readv = 270,
  SYS_process_vm_writev = 271,
  SYS_kcmp = 272,
  SYS_finit_module = 273,
  SYS_seccomp = 277,
  SYS_bpf = 280,
  SYS_userfaultfd = 282,
  SYS_kexec_file_load = 294
};

#define START_CODE \
  ".globl _start\n" \
  "_start:\n" \
  "  mov x29, xzr\n" \
  "  mov x30, xzr\n" \
  "  mov x0, sp\n" \
  "  bl start\n" \
  "  brk #1\n"

static inline long system_call(long number, long a, long b, long c, long d, long e)
{
  register long eighth __asm__("x8") = number;
  register long first __asm__("x0") = a;
  register long second __asm__("x1") = b;
  register long third __asm__("x2") = c;
  register long fourth __asm__("x3") = d;
  register long fifth __asm__("x4") = e;
  __asm__ volatile("svc #0" : "+r"(first) : "r"(eighth), "r"(second), "r"(third), "r"(fourth), "r"(fifth) : "memory");
  return first;
}

#else
#error "The launcher knows the system calls of x86_64 and aarch64 only."
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
  AT_FDCWD = -100,
  O_RDONLY = 0,
  O_WRONLY = 1,
  O_CLOEXEC = 02000000,
  O_PATH = 010000000,
  EINVAL = 22,
  PR_CAPBSET_DROP = 24,
  PR_SET_NO_NEW_PRIVS = 38,
  PR_CAP_AMBIENT = 47,
  PR_CAP_AMBIENT_CLEAR_ALL = 4
};

static inline long sys_open(const char *path, int flags) { return system_call(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, 0, 0); }

static inline long sys_close(long file) { return system_call(SYS_close, file, 0, 0, 0, 0); }

static inline long sys_read(long file, void *buffer, size_t size) { return system_call(SYS_read, file, (long)buffer, (long)size, 0, 0); }

static inline long sys_write(long file, const void *buffer, size_t size)
{
  return system_call(SYS_write, file, (long)buffer, (long)size, 0, 0);
}

static inline long sys_exec(const char *path, char *const *arguments, char *const *environment)
{
  return system_call(SYS_execve, (long)path, (long)arguments, (long)environment, 0, 0);
}

static inline long sys_prctl(long option, long a, long b) { return system_call(SYS_prctl, option, a, b, 0, 0); }

static inline void sys_exit(int status) { system_call(SYS_exit, status, 0, 0, 0, 0); }

#endif
