// Runs before the kernel of the fast appliance: the builder puts this behind the kernel, leads its PVH entry here, and fills in the five
// values below. Where qemu emulates the processors, words are added to the kernel's command line. Elsewhere nothing is done.
// All registers but EBX, which has the address of the start information, are free.

  .set page_size, 0x1000
  .set stack_top, 2 * page_size

// The kernel's longest command line, with the zero behind it. It would cut off a longer one.
  .set line, page_size
  .set line_end, line + 2048

// Where the start information has the address of the command line.
  .set command_line, 0x18

// qemu's configuration device, whose data is at the port after this one, and its item for the number of processors.
  .set selector_port, 0x510
  .set processor_count, 5

// The timer of ACPI's power management, where qemu's firmware puts it. It counts 24 bits, 39375000/11 times a second.
  .set timer_port, 0x608
  .set timer_mask, 0xffffff
  .set timer_numerator, 39375
  .set timer_denominator, 11

// The shortest time that is measured: 4 ms.
  .set measured_ticks, 14318

// If the timer does not come that far in so many reads, it stands still.
  .set most_reads, 100000
  .set reads_per_sample, 8
  .set most_measurements, 8

  .text
  .code32
  .globl _start
_start:
  mov $0, %ebp  // the address of this page, which is filled in
  jmp begin
  .org 8
entry: .long 0  // where the kernel is entered
note: .long 0  // where its note says so
for_one: .long 0  // the words to be added if there is one processor
for_more: .long 0  // if there are more

clock_word: .ascii " tsc_early_khz="
  .set clock_word_length, . - clock_word
  .skip clock_word_length + 10  // the word and the digits
digits_end: .byte 0

begin:
  lea stack_top(%ebp), %esp
  mov %ebx, %esi

// CPUID's hypervisor is TCGTCGTCGTCG.
  mov $1, %eax
  cpuid
  bt $31, %ecx
  jnc enter
  mov $0x40000000, %eax
  cpuid
  cmp $0x54474354, %ebx
  jne enter
  cmp $0x43544743, %ecx
  jne enter
  cmp $0x47435447, %edx
  jne enter

// The command line is copied, for its memory ends where it does.
  mov command_line(%esi), %ebx
  lea line(%ebp), %edi
  call append
  jc enter
  mov $selector_port, %edx
  mov $processor_count, %eax
  out %ax, (%dx)
  inc %edx
  in (%dx), %al
  mov %al, %cl
  in (%dx), %al
  mov %al, %ch
  mov for_one(%ebp), %ebx
  cmp $1, %cx
  je 0f
  mov for_more(%ebp), %ebx
0: call append
  jc enter
  call append_clock
  lea line(%ebp), %eax
  mov %eax, command_line(%esi)

// Kernels from 6.13 on read their entry in their own note, and believe that they have been moved if it differs.
enter:
  mov %esi, %ebx
  mov entry(%ebp), %eax
  mov note(%ebp), %edi
  mov %eax, (%edi)
  jmp *%eax

// Appends the string at EBX to the line, whose end EDI is. Sets the carry flag, and leaves the end where it was, if it does not fit.
append:
  lea line_end(%ebp), %edx
  mov %edi, %ecx
0: cmp %edx, %ecx
  je 1f
  mov (%ebx), %al
  mov %al, (%ecx)
  test %al, %al
  jz 2f
  inc %ebx
  inc %ecx
  jmp 0b
1: movb $0, (%edi)
  stc
  ret
2: mov %ecx, %edi
  ret

// Appends the frequency of the time stamp counter. The kernel would find it by itself, by two clocks, of which it takes the wrong one
// if the host is busy just then, and is many times too fast from then on.
append_clock:
  call measure
  jc 2f
  mov $most_measurements, %ecx
0: push %ecx
  push %eax
  call measure
  pop %ebx
  pop %ecx
  jc 2f

// Two, one after the other, that agree to 1/256 are right.
  mov %eax, %edx
  sub %ebx, %edx
  jns 1f
  neg %edx
1: shr $8, %ebx
  cmp %ebx, %edx
  jbe 3f
  loop 0b
2: ret

// The last digit is found first. Before the digits comes the word, so that both are appended, or nothing is.
3: lea digits_end(%ebp), %ebx
  mov $10, %ecx
4: xor %edx, %edx
  div %ecx
  add $'0', %dl
  dec %ebx
  mov %dl, (%ebx)
  test %eax, %eax
  jnz 4b
  sub $clock_word_length, %ebx
  push %esi
  push %edi
  lea clock_word(%ebp), %esi
  mov %ebx, %edi
  mov $clock_word_length, %ecx
  cld
  rep movsb
  pop %edi
  pop %esi
  jmp append

// The frequency in kHz in EAX, or the carry flag if the timer stands still. Changes EBX, ECX, EDX.
measure:
  push %edi
  push %esi
  call sample
  mov %eax, %esi  // the timer
  mov %ebx, %edi  // the counter
  mov $most_reads, %ecx
0: call read_timer
  sub %esi, %eax
  and $timer_mask, %eax
  cmp $measured_ticks, %eax
  jae 1f
  loop 0b
  stc
  jmp 2f
1: call sample
  sub %esi, %eax
  and $timer_mask, %eax

// A host that has stood still meanwhile may have let the timer begin again.
  cmp $measured_ticks, %eax
  jb 1b
  sub %edi, %ebx
  imul $timer_denominator, %eax, %ecx
  mov %ebx, %eax
  mov $timer_numerator, %edx
  mul %edx
  div %ecx
  clc
2: pop %esi
  pop %edi
  ret

// The timer in EAX and the counter at that time in EBX: of several reads the quickest, during which the host did nothing else.
sample:
  push %edi
  push %esi
  sub $8, %esp
  mov $reads_per_sample, %ecx
  mov $-1, %edi  // the least time so far
0: rdtsc
  mov %eax, %ebx
  call read_timer
  mov %eax, %esi
  rdtsc
  sub %ebx, %eax
  cmp %edi, %eax
  jae 1f
  mov %eax, %edi
  mov %esi, (%esp)
  mov %ebx, 4(%esp)
1: loop 0b
  pop %eax
  pop %ebx
  pop %esi
  pop %edi
  ret

// The timer in EAX. Changes EDX.
read_timer:
  mov $timer_port, %edx
  in (%dx), %eax
  ret

// The words are put behind this.
  .balign 8
