// How the stubs of a lazily loaded library come to C and go on to the real function: with every register that can carry
// an argument as it was. lazy_entry is the ELF file's entry; where lazy_start is, the first word of the code says.
  .text
  .long lazy_start - .
  .balign 16

#if defined(__x86_64__)
// SSE, AVX, and the three of AVX-512. Not the x87 registers, which carry no arguments, nor the large ones of AMX.
#define VECTORS 0xE6
#define OSXSAVE 27

// In: %r11 is the context, the function's index is on the stack above the caller's return address. The first four arguments are one after
// another on the stack: %rdi, %rsi, %rdx, %rcx.
  .globl lazy_entry
  .hidden lazy_entry
lazy_entry:
  push %rbp
  mov %rsp, %rbp
  push %rbx
  push %rax
  push %rcx
  push %rdx
  push %rsi
  push %rdi
  push %r8
  push %r9
  push %r10
  mov $1, %eax
  xor %ecx, %ecx
  cpuid
  xor %ebx, %ebx
  bt $OSXSAVE, %ecx
  jnc 1f
  mov $0xD, %eax
  xor %ecx, %ecx
  cpuid
1:
  // %ebx: the bytes that XSAVE needs, or 0 where there is only FXSAVE, which needs 512.
  mov $512, %eax
  test %ebx, %ebx
  cmovnz %ebx, %eax
  sub %rax, %rsp
  and $-64, %rsp
  test %ebx, %ebx
  jz 2f
  // XRSTOR refuses a header with anything else in it.
  xor %eax, %eax
  mov %rax, 512(%rsp)
  mov %rax, 520(%rsp)
  mov %rax, 528(%rsp)
  mov %rax, 536(%rsp)
  mov %rax, 544(%rsp)
  mov %rax, 552(%rsp)
  mov %rax, 560(%rsp)
  mov %rax, 568(%rsp)
  xor %edx, %edx
  mov $VECTORS, %eax
  xsave64 (%rsp)
  jmp 3f
2:
  fxsave64 (%rsp)
3:
  mov %r11, %rdi
  mov 8(%rbp), %rsi
  lea -48(%rbp), %rdx
  call lazy_resolve
  mov %rax, %r11
  test %ebx, %ebx
  jz 4f
  xor %edx, %edx
  mov $VECTORS, %eax
  xrstor64 (%rsp)
  jmp 5f
4:
  fxrstor64 (%rsp)
5:
  lea -72(%rbp), %rsp
  pop %r10
  pop %r9
  pop %r8
  pop %rdi
  pop %rsi
  pop %rdx
  pop %rcx
  pop %rax
  pop %rbx
  pop %rbp
  lea 8(%rsp), %rsp
  jmp *%r11

#else
// In: x16 is the context, x17 the function's index. x8 is where a large result goes.
  .globl lazy_entry
  .hidden lazy_entry
lazy_entry:
  stp x29, x30, [sp, #-224]!
  mov x29, sp
  stp x0, x1, [sp, #16]
  stp x2, x3, [sp, #32]
  stp x4, x5, [sp, #48]
  stp x6, x7, [sp, #64]
  str x8, [sp, #80]
  stp q0, q1, [sp, #96]
  stp q2, q3, [sp, #128]
  stp q4, q5, [sp, #160]
  stp q6, q7, [sp, #192]
  mov x0, x16
  mov x1, x17
  add x2, sp, #16
  bl lazy_resolve
  mov x16, x0
  ldp q6, q7, [sp, #192]
  ldp q4, q5, [sp, #160]
  ldp q2, q3, [sp, #128]
  ldp q0, q1, [sp, #96]
  ldr x8, [sp, #80]
  ldp x6, x7, [sp, #64]
  ldp x4, x5, [sp, #48]
  ldp x2, x3, [sp, #32]
  ldp x0, x1, [sp, #16]
  ldp x29, x30, [sp], #224
  br x16
#endif

  .section .note.GNU-stack, "", %progbits
