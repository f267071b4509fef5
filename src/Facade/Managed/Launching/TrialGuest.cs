// What a trial of KVM boots beside the kernel: an initrd whose one program says on the console that it runs.
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Makes the initrd. Its program is a few instructions, written down here for both processors.</summary>
internal static class TrialGuest
{
    private const int ElfHeaderSize = 64, ProgramHeaderSize = 56, CodeOffset = ElfHeaderSize + ProgramHeaderSize;
    private const ulong LoadAddress = 0x400000;
    private const int ProgramMode = (int)(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    private const int Executable = Libc.S_IFREG | ProgramMode, Directory = Libc.S_IFDIR | ProgramMode, Console = Libc.S_IFCHR | Libc.S_IRUSR
        | Libc.S_IWUSR;

    // The same code as in the tests, where gcc assembles it. Its text comes right after it.
    //   mov $1, %eax; mov $1, %edi; lea text(%rip), %rsi; mov $16, %edx; syscall      write(1, text, 16)
    //   mov $34, %eax; syscall; jmp back to this line                                  pause()
    private static readonly byte[] CodeX64 =
    [
        0xB8, 1, 0, 0, 0, 0xBF, 1, 0, 0, 0, 0x48, 0x8D, 0x35, 16, 0, 0, 0, 0xBA, 16, 0, 0, 0, 0x0F, 0x05,
        0xB8, 34, 0, 0, 0, 0x0F, 0x05, 0xEB, 0xF7,
    ];

    //   mov x8, #64; mov x0, #1; adr x1, text; mov x2, #16; svc #0                     write(1, text, 16)
    //   wfe; b back to this line
    private static readonly byte[] CodeArm64 =
    [
        0x08, 0x08, 0x80, 0xD2, 0x20, 0x00, 0x80, 0xD2, 0xA1, 0x00, 0x00, 0x10, 0x02, 0x02, 0x80, 0xD2, 0x01, 0x00, 0x00, 0xD4,
        0x5F, 0x20, 0x03, 0xD5, 0xFF, 0xFF, 0xFF, 0x17,
    ];

    /// <summary>What the program writes: 16 bytes.</summary>
    internal static ReadOnlySpan<byte> Report => "guest is running"u8;

    /// <summary>An archive in cpio's "newc" format with the program, for the processor of this process.</summary>
    internal static byte[] Initrd()
    {
        MemoryStream archive = new();
        Add(archive, "dev", Directory, []);
        Add(archive, "dev/console", Console, [], deviceMajor: 5, deviceMinor: 1);
        Add(archive, "init", Executable, Program(RuntimeInformation.ProcessArchitecture));
        Add(archive, "TRAILER!!!", 0, []);
        return archive.ToArray();
    }

    /// <summary>The program: an ELF file with one segment, its own headers included.</summary>
    internal static byte[] Program(Architecture processor)
    {
        (byte[] code, ushort machine) = processor == Architecture.Arm64 ? (CodeArm64, (ushort)183) : (CodeX64, (ushort)62);
        byte[] program = new byte[CodeOffset + code.Length + Report.Length];
        Span<byte> elf = program;

        // ELFCLASS64, ELFDATA2LSB, EV_CURRENT; ET_EXEC.
        "\x7F"u8.CopyTo(elf);
        "ELF"u8.CopyTo(elf[1..]);
        elf[4] = 2;
        elf[5] = 1;
        elf[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(elf[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(elf[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(elf[24..], LoadAddress + CodeOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(elf[32..], ElfHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[52..], ElfHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[54..], ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[56..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(elf[58..], 64);

        // PT_LOAD, to be read and executed, whole pages of 64 KiB at most.
        Span<byte> segment = elf[ElfHeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(segment, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], 5);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)program.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)program.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], 0x10000);

        code.CopyTo(elf[CodeOffset..]);
        Report.CopyTo(elf[(CodeOffset + code.Length)..]);
        return program;
    }

    // Header, name with its NUL, contents; each piece filled up to four bytes. Numbers are eight hexadecimal digits.
    private static void Add(MemoryStream archive, string name, int mode, byte[] contents, int deviceMajor = 0, int deviceMinor = 0)
    {
        int inode = (int)archive.Length + 1, links = 1;
        int[] fields = [inode, mode, 0, 0, links, 0, contents.Length, 0, 0, deviceMajor, deviceMinor, name.Length + 1, 0];
        archive.Write("070701"u8);
        foreach (int field in fields)
        {
            archive.Write(Encoding.ASCII.GetBytes(field.ToString("X8", CultureInfo.InvariantCulture)));
        }

        archive.Write(Encoding.ASCII.GetBytes(name + '\0'));
        Fill(archive);
        archive.Write(contents);
        Fill(archive);
    }

    private static void Fill(MemoryStream archive) => archive.SetLength(archive.Position = (archive.Length + 3) & ~3);
}
