using System.Buffers.Binary;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>An ELF file: elf(5).</summary>
internal static class ProgramFile
{
    private const int HeaderSize = 64, EntrySize = 56, Interpreter = 3, MaxEntries = 64, MaxName = 4096;

    /// <summary>Whether a file is a program of 64 bits, and the dynamic loader that it names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loader">The loader; null if it needs none.</param>
    internal static bool TryRead(string path, out string? loader)
    {
        loader = null;
        using SafeFileHandle? file = HostCalls.TryOpenRegular(path, out _);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (file is null
            || RandomAccess.Read(file, header, 0) < HeaderSize
            || header is not [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, ..])
        {
            return false;
        }

        long entries = BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
        int count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(header[56..]), (ushort)MaxEntries);
        byte[] table = new byte[count * EntrySize];
        int length = entries <= 0 ? 0 : RandomAccess.Read(file, table, entries);
        for (Span<byte> entry = table.AsSpan(0, length); entry.Length >= EntrySize; entry = entry[EntrySize..])
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) == Interpreter)
            {
                long at = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), size = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
                byte[] name = new byte[Math.Clamp(size, 0, MaxName)];
                int read = at <= 0 ? 0 : RandomAccess.Read(file, name, at);
                loader = LosslessUtf8.GetString(name.AsSpan(0, read)).TrimEnd('\0');
            }
        }

        return true;
    }
}
