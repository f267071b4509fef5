// libguestfs decides the kernel's command line. What this profile adds to it is added by a few instructions that run before
// the kernel: a segment of its ELF file, to which the PVH entry is led.
using System.Buffers.Binary;

using Guestfs.Appliances.Elf;

namespace Guestfs.Appliances.Kernel;

/// <summary>Makes a PVH kernel add to its own command line where qemu emulates its processors.</summary>
internal static class PvhArguments
{
    /// <summary>What is added where one processor is emulated, besides <see cref="Always"/>.</summary>
    internal const string OneProcessor =
        // ACPI's tables are programs: running the one with the interrupt routes for each PCI device takes an emulated processor half a
        // second, loading and starting all another third. Without ACPI the old interrupt controller is used, for one processor only.
        " acpi=off"

        // A clock by which the processor's is measured, or which takes its place. ACPI would have told where it is; qemu's firmware puts
        // it there. Without it a busy host makes the kernel count its own timer's ticks, of which qemu leaves out the late ones.
        + " pmtmr=0x608"

        // That controller has no messages in place of interrupts: who asks for them gets a warning with a stack trace into the log.
        + " pci=nomsi"

        // On one processor the kernel takes out each of its instructions' bus locks, which takes longer than they ever would.
        + " noreplace-smp";

    /// <summary>What is added where any number of processors is emulated.</summary>
    internal const string Always =
        // The processor says that it copies and fills byte by byte as fast as in any other way (ERMS and FSRM), so the kernel does. It is
        // emulated byte by byte, too: without these words, pages are filled and files are read several times as fast.
        " clearcpuid=297,580"

        // Memory that is given back is filled first by such an instruction, which no flag is asked for. The initrd's stays taken: 4 MB.
        + " retain_initrd"

        // The kernel's tracing makes directories with thousands of files, which nobody sees here, and prepares the words that it writes.
        + " initcall_blacklist=tracer_init_tracefs,event_trace_init,init_kprobe_trace,trace_eval_init"

        // The same for each kind of the kernel's own objects (/sys/kernel/slab; /proc/slabinfo stays), and a keyboard that has no keys.
        + ",slab_sysfs_init,i8042_init"

        // Programs of BPF, which nobody loads here, are offered functions; for the first of them the kernel reads all of its own types.
        // One of those who offer some is the usual control of congestion of TCP: the other one takes its place.
        + ",cubictcp_register,bpf_tcp_ca_kfunc_init,bpf_prog_test_run_init,kfunc_init,bpf_key_sig_kfuncs_init,bpf_rstat_kfunc_init"

        // Tests of ciphers by themselves.
        + ",crypto_kdf108_init,blake2s_mod_init";

    private const int TableOffset = 32, CountOffset = 56, ProgramHeaderLength = 56, HeaderLength = 64;
    private const int PageLength = 4096, LoadSegment = 1, AllPermissions = 7;
    private const int LoadAddressOffset = 1, EntryOffset = 0xF0, NoteOffset = 0xF4, AlwaysOffset = 0xF8,
        AddedOffset = 0x100, FileLength = 0x400;

    // Asks CPUID for the hypervisor's name, which is TCGTCGTCGTCG for qemu's emulation, and qemu's configuration device
    // (ports 0x510 and 0x511, item 5) for the number of processors, on which depends where the added arguments begin. Unless it is that
    // emulation, nothing is done. Otherwise the line is copied behind these bytes, into the rest of the page, if it fits; the added
    // arguments after it.
    // At the end the kernel's note gets its old value back: kernels from 6.13 on read their entry point there, and believe that
    // they have been relocated if it differs.
    // All registers but EBX, which has the address of the start information, are free; there is no stack.
    private static ReadOnlySpan<byte> Code =>
    [
        0xBD, 0x00, 0x00, 0x00, 0x00,             // mov $page, %ebp
        0x89, 0xDE,                               // mov %ebx, %esi
        0xB8, 0x01, 0x00, 0x00, 0x00,             // mov $0x1, %eax
        0x0F, 0xA2,                               // cpuid
        0x0F, 0xBA, 0xE1, 0x1F,                   // bt $0x1f, %ecx
        0x73, 0x74,                               // jae out
        0xB8, 0x00, 0x00, 0x00, 0x40,             // mov $0x40000000, %eax
        0x0F, 0xA2,                               // cpuid
        0x81, 0xFB, 0x54, 0x43, 0x47, 0x54,       // cmp $"TCGT", %ebx
        0x75, 0x65,                               // jne out
        0x81, 0xF9, 0x43, 0x47, 0x54, 0x43,       // cmp $"CGTC", %ecx
        0x75, 0x5D,                               // jne out
        0x81, 0xFA, 0x47, 0x54, 0x43, 0x47,       // cmp $"GTCG", %edx
        0x75, 0x55,                               // jne out
        0xBA, 0x10, 0x05, 0x00, 0x00,             // mov $0x510, %edx
        0xB8, 0x05, 0x00, 0x00, 0x00,             // mov $0x5, %eax
        0x66, 0xEF,                               // out %ax, (%dx)
        0x42,                                     // inc %edx
        0xEC,                                     // in (%dx), %al
        0x88, 0xC1,                               // mov %al, %cl
        0xEC,                                     // in (%dx), %al
        0x88, 0xC5,                               // mov %al, %ch
        0x8D, 0x95, 0x00, 0x01, 0x00, 0x00,       // lea 0x100(%ebp), %edx
        0x66, 0x83, 0xF9, 0x01,                   // cmp $0x1, %cx
        0x74, 0x06,                               // je one
        0x8B, 0x95, 0xF8, 0x00, 0x00, 0x00,       // mov 0xf8(%ebp), %edx
        0x8B, 0x5E, 0x18,                         // one: mov 0x18(%esi), %ebx
        0x8D, 0xBD, 0x00, 0x04, 0x00, 0x00,       // lea 0x400(%ebp), %edi
        0xB9, 0x00, 0x0A, 0x00, 0x00,             // mov $0xa00, %ecx
        0x8A, 0x03,                               // copy: mov (%ebx), %al
        0x43,                                     // inc %ebx
        0x84, 0xC0,                               // test %al, %al
        0x74, 0x08,                               // je append
        0x88, 0x07,                               // mov %al, (%edi)
        0x47,                                     // inc %edi
        0x49,                                     // dec %ecx
        0x75, 0xF3,                               // jne copy
        0xEB, 0x13,                               // jmp out
        0x8A, 0x02,                               // append: mov (%edx), %al
        0x42,                                     // inc %edx
        0x88, 0x07,                               // mov %al, (%edi)
        0x47,                                     // inc %edi
        0x84, 0xC0,                               // test %al, %al
        0x75, 0xF6,                               // jne append
        0x8D, 0x85, 0x00, 0x04, 0x00, 0x00,       // lea 0x400(%ebp), %eax
        0x89, 0x46, 0x18,                         // mov %eax,0x18(%esi)
        0x89, 0xF3,                               // out: mov %esi, %ebx
        0x8B, 0x85, 0xF0, 0x00, 0x00, 0x00,       // mov 0xf0(%ebp), %eax
        0x8B, 0xBD, 0xF4, 0x00, 0x00, 0x00,       // mov 0xf4(%ebp), %edi
        0x89, 0x07,                               // mov %eax, (%edi)
        0xFF, 0xE0,                               // jmp *%eax
    ];

    /// <summary>How much larger a kernel may become.</summary>
    internal const int Room = PageLength + FileLength;

    /// <summary>Adds the segment to a kernel. One whose headers leave no room for it stays as it is.</summary>
    /// <param name="buffer">An ELF file in which <see cref="PvhNote.Find"/> found an entry,
    /// and zeros that it may grow into, <see cref="Room"/> of them.</param>
    /// <param name="length">The file's length.</param>
    /// <param name="entryOffset">Where the address of the entry is.</param>
    /// <returns>The new length.</returns>
    internal static int AddTo(Span<byte> buffer, int length, int entryOffset)
    {
        Span<byte> elf = buffer[..length];
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(elf[TableOffset..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[CountOffset..]);
        if (table < HeaderLength || table + (ulong)((count + 1) * ProgramHeaderLength) > (ulong)elf.Length)
        {
            return length;
        }

        int newHeader = (int)table + (count * ProgramHeaderLength);
        ReadOnlySpan<byte> headers = elf.Slice((int)table, count * ProgramHeaderLength);
        (ulong firstByte, ulong lastAddress) = Extent(headers);
        ulong page = Aligned(lastAddress);
        if ((ulong)(newHeader + ProgramHeaderLength) > firstByte || page > int.MaxValue)
        {
            return length;
        }

        // Behind the kernel in the file, and behind it in memory, which it gives away once it has read its command line.
        int position = (int)Aligned((ulong)elf.Length);
        ulong note = AddressOf(headers, (ulong)entryOffset) ?? page + EntryOffset;
        WriteHeader(elf.Slice(newHeader, ProgramHeaderLength), (ulong)position, page);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[CountOffset..], (ushort)(count + 1));
        WritePage(buffer[position..], (uint)page, BinaryPrimitives.ReadUInt32LittleEndian(elf[entryOffset..]), (uint)note);
        BinaryPrimitives.WriteUInt32LittleEndian(elf[entryOffset..], (uint)page);
        return position + FileLength;
    }

    // The first byte of the file that a segment has, and the end of the memory that they take.
    private static (ulong FirstByte, ulong LastAddress) Extent(ReadOnlySpan<byte> headers)
    {
        (ulong firstByte, ulong lastAddress) = (ulong.MaxValue, 0);
        for (; headers.Length > 0; headers = headers[ProgramHeaderLength..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(headers) == LoadSegment)
            {
                firstByte = Math.Min(firstByte, BinaryPrimitives.ReadUInt64LittleEndian(headers[8..]));
                lastAddress = Math.Max(lastAddress,
                    BinaryPrimitives.ReadUInt64LittleEndian(headers[24..]) + BinaryPrimitives.ReadUInt64LittleEndian(headers[40..]));
            }
        }

        return (firstByte, lastAddress);
    }

    // Where in memory a byte of the file comes to be; null for one that is not loaded, which no kernel can read.
    private static ulong? AddressOf(ReadOnlySpan<byte> headers, ulong position)
    {
        for (; headers.Length > 0; headers = headers[ProgramHeaderLength..])
        {
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(headers[8..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(headers) == LoadSegment && position >= offset
                && position - offset < BinaryPrimitives.ReadUInt64LittleEndian(headers[32..]))
            {
                return BinaryPrimitives.ReadUInt64LittleEndian(headers[24..]) + (position - offset);
            }
        }

        return null;
    }

    private static void WriteHeader(Span<byte> header, ulong position, ulong address)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, LoadSegment);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], AllPermissions);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], position);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], FileLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], PageLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], PageLength);
    }

    private static void WritePage(Span<byte> page, uint address, uint entry, uint note)
    {
        Code.CopyTo(page);
        BinaryPrimitives.WriteUInt32LittleEndian(page[LoadAddressOffset..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(page[EntryOffset..], entry);
        BinaryPrimitives.WriteUInt32LittleEndian(page[NoteOffset..], note);
        BinaryPrimitives.WriteUInt32LittleEndian(page[AlwaysOffset..], address + AddedOffset + (uint)OneProcessor.Length);
        System.Text.Encoding.ASCII.GetBytes(OneProcessor + Always, page[AddedOffset..]);
    }

    private static ulong Aligned(ulong value) => (value + PageLength - 1) & ~(ulong)(PageLength - 1);
}
