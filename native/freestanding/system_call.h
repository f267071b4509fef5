// What a program without a C library begins with and calls the kernel by: it is a few KB and starts in no time.
// Calls return what the kernel returns: a negative error number on failure.
#ifndef FREESTANDING_SYSTEM_CALL_H
#define FREESTANDING_SYSTEM_CALL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)

enum {
  SYS_read = 0,
  SYS_write = 1,
  SYS_close = 3,
  SYS_execve = 59,
  SYS_exit = 60,
  SYS_chroot = 161,
  SYS_openat = 257,
  SYS_finit_module = 313
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
  SYS_chroot = 51,
  SYS_openat = 56,
  SYS_close = 57,
  SYS_read = 63,
  SYS_write = 64,
  SYS_exit = 93,
  SYS_execve = 221,
  SYS_finit_module = 273
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
#error "The system calls of x86_64 and aarch64 alone are known."
#endif

// The same on both.
enum { AT_FDCWD = -100, O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_NONBLOCK = 04000, O_CLOEXEC = 02000000, EAGAIN = 11, EINVAL = 22 };

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

static inline void sys_exit(int status) { system_call(SYS_exit, status, 0, 0, 0, 0); }

#endif
