# A kernel of a few instructions. As Linux does from 6.13 on, it reads in its own note where it was meant to be entered, and
# compares that with where it was. It tells that and its command line to qemu's debug console, then ends the machine.
	.section .note.Xen, "a", @note
	.balign 4
	.long 4, 8, 18
	.asciz "Xen"
value:	.quad entry

	.text
	.code32
entry:
	mov $message, %esi
	cmpl $entry, value
	je tell
	mov $wrong, %esi
tell:	call print
	mov 0x18(%ebx), %esi
	call print
	mov $end, %esi
	call print
	mov $0xf4, %edx
	xor %eax, %eax
	out %eax, (%dx)
	hlt
print:	mov $0xe9, %edx
next:	lodsb
	test %al, %al
	je done
	out %al, (%dx)
	jmp next
done:	ret

message: .asciz "in place:"
wrong:	.asciz "moved:"
end:	.asciz "\n"
	.balign 4
	.skip 256
