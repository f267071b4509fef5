// A filter of system calls (seccomp) for what neither qemu's own denies nor Landlock knows: it is what an attacker would use to get into
// the kernel, or out by other sockets than TCP's.
#include "launcher.h"
#include "system.h"

#if defined(__x86_64__)
#define PROCESSOR 0xC000003Eu
#else
#define PROCESSOR 0xC00000B7u
#endif

enum {
  LOAD = 0x20,
  JUMP_IF_EQUAL = 0x15,
  JUMP_IF_AT_LEAST = 0x35,
  RETURN = 0x06,

  // Where struct seccomp_data has them.
  NUMBER = 0,
  ARCHITECTURE = 4,
  FIRST_ARGUMENT = 16,

  FIRST_OF_X32 = 0x40000000,
  SECCOMP_SET_MODE_FILTER = 1
};

#define ALLOW 0x7FFF0000u
#define DENY 0x00050001u            // EPERM
#define NO_SUCH_FAMILY 0x00050061u  // EAFNOSUPPORT
#define KILL 0x80000000u

struct instruction {
  uint16_t code;
  uint8_t if_true, if_false;
  uint32_t value;
};

struct program {
  uint16_t length;
  const struct instruction *instructions;
};

// io_uring can do what a filter does not see. qemu has other ways to wait where it is denied.
static const uint32_t denied[] = {
  SYS_ptrace,
  SYS_process_vm_readv,
  SYS_process_vm_writev,
  SYS_kcmp,
  SYS_pidfd_getfd,
  SYS_bpf,
  SYS_perf_event_open,
  SYS_userfaultfd,
  SYS_io_uring_setup,
  SYS_init_module,
  SYS_finit_module,
  SYS_delete_module,
  SYS_kexec_file_load,
  SYS_add_key,
  SYS_request_key,
  SYS_keyctl,
  SYS_chroot,
  SYS_pivot_root,
  SYS_open_tree,
  SYS_move_mount,
  SYS_fsopen,
  SYS_fsmount,
  SYS_fspick,
  SYS_mount_setattr,
  SYS_open_by_handle_at,
  SYS_quotactl,
  SYS_acct,
  SYS_settimeofday,
  SYS_clock_settime,
};

enum { DENIED = sizeof denied / sizeof denied[0] };

long filter_system_calls(int with_network)
{
  static struct instruction code[DENIED * 2 + 16];
  uint16_t length = 0;
#define ADD(...) code[length++] = (struct instruction){ __VA_ARGS__ }
  ADD(LOAD, 0, 0, ARCHITECTURE);
  ADD(JUMP_IF_EQUAL, 1, 0, PROCESSOR);
  ADD(RETURN, 0, 0, KILL);
  ADD(LOAD, 0, 0, NUMBER);
#if defined(__x86_64__)
  ADD(JUMP_IF_AT_LEAST, 0, 1, FIRST_OF_X32);
  ADD(RETURN, 0, 0, KILL);
#endif
  for (size_t i = 0; i < DENIED; i++) {
    ADD(JUMP_IF_EQUAL, 0, 1, denied[i]);
    ADD(RETURN, 0, 0, DENY);
  }
  if (!with_network) {
    ADD(JUMP_IF_EQUAL, 0, 3, SYS_socket);
    ADD(LOAD, 0, 0, FIRST_ARGUMENT);
    ADD(JUMP_IF_EQUAL, 1, 0, AF_UNIX);
    ADD(RETURN, 0, 0, NO_SUCH_FAMILY);
  }
  ADD(RETURN, 0, 0, ALLOW);
#undef ADD
  struct program program = { length, code };
  return system_call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (long)&program, 0, 0);
}
