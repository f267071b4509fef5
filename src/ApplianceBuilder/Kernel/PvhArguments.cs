// libguestfs decides the kernel's command line. What this profile adds to it is added by a few instructions that run before
// the kernel (native/guest/kernel-entry): a segment of its ELF file, to which the PVH entry is led.
using System.Buffers.Binary;

using Guestfs.Appliances.Common;
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

    // The values that native/guest/kernel-entry asks for, and how much memory it takes: a page for itself and the words, and one for the
    // command line that it makes of them.
    private const int AddressOffset = 1, EntryOffset = 8, NoteOffset = 12, OneProcessorOffset = 16, MoreProcessorsOffset = 20;
    private const int MemoryLength = 2 * PageLength;

    /// <summary>How much larger a kernel may become.</summary>
    internal const int Room = 2 * PageLength;

    /// <summary>Adds the segment to a kernel. One whose headers leave no room for it stays as it is.</summary>
    /// <param name="buffer">An ELF file in which <see cref="PvhNote.Find"/> found an entry,
    /// and zeros that it may grow into, <see cref="Room"/> of them.</param>
    /// <param name="length">The file's length.</param>
    /// <param name="entryOffset">Where the address of the entry is.</param>
    /// <returns>The new length.</returns>
    /// <exception cref="ApplianceException">This library was built without a compiler for such kernels.</exception>
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
        WritePage(
            buffer.Slice(position, PageLength), (uint)page, BinaryPrimitives.ReadUInt32LittleEndian(elf[entryOffset..]), (uint)note);
        BinaryPrimitives.WriteUInt32LittleEndian(elf[entryOffset..], (uint)page);
        return position + PageLength;
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
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], PageLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], MemoryLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], PageLength);
    }

    private static void WritePage(Span<byte> page, uint address, uint entry, uint note)
    {
        byte[] code = NativeCode.KernelEntry;
        code.CopyTo(page);
        BinaryPrimitives.WriteUInt32LittleEndian(page[AddressOffset..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(page[EntryOffset..], entry);
        BinaryPrimitives.WriteUInt32LittleEndian(page[NoteOffset..], note);
        uint words = address + (uint)code.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(page[OneProcessorOffset..], words);
        BinaryPrimitives.WriteUInt32LittleEndian(page[MoreProcessorsOffset..], words + (uint)OneProcessor.Length);
        System.Text.Encoding.ASCII.GetBytes(OneProcessor + Always, page[code.Length..]);
    }

    private static ulong Aligned(ulong value) => (value + PageLength - 1) & ~(ulong)(PageLength - 1);
}
