// What a kernel module says of itself: the ELF section .modinfo, a list of NUL-terminated "name=value" texts.
using System.Buffers.Binary;

namespace Guestfs.Appliances;

/// <summary>Reads the information in a kernel module's file.</summary>
internal static class ModuleInfo
{
    private const int HeaderLength = 64, SectionHeaderLength = 64;
    private const byte Class64 = 2, LittleEndian = 1;

    /// <summary>The names of the modules that a module needs itself, as <c>modinfo -F depends</c> prints them; null when the file is damaged.</summary>
    internal static string[]? DecodeDependencies(ReadOnlySpan<byte> module)
    {
        if (FindSection(module, ".modinfo\0"u8, out ReadOnlySpan<byte> information))
        {
            foreach (Range range in information.Split((byte)0))
            {
                ReadOnlySpan<byte> text = information[range];
                if (text.StartsWith("depends="u8))
                {
                    return LosslessUtf8.GetString(text["depends=".Length..]).Split(',', StringSplitOptions.RemoveEmptyEntries);
                }
            }
        }

        return null;
    }

    private static bool FindSection(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> section)
    {
        section = default;
        if (file.Length < HeaderLength || !file.StartsWith("\u007FELF"u8) || file[4] != Class64 || file[5] != LittleEndian)
        {
            return false;
        }

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]);
        int namesIndex = BinaryPrimitives.ReadUInt16LittleEndian(file[62..]);
        if (size != SectionHeaderLength
            || !TrySlice(file, table, (ulong)(count * size), out ReadOnlySpan<byte> headers)
            || namesIndex >= count
            || !TryContent(file, headers[(namesIndex * size)..], out ReadOnlySpan<byte> names))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = headers.Slice(i * size, size);
            uint nameOffset = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (nameOffset < names.Length && names[(int)nameOffset..].StartsWith(name))
            {
                return TryContent(file, header, out section);
            }
        }

        return false;
    }

    private static bool TryContent(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header, out ReadOnlySpan<byte> content) =>
        TrySlice(file, BinaryPrimitives.ReadUInt64LittleEndian(header[24..]), BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), out content);

    private static bool TrySlice(ReadOnlySpan<byte> file, ulong offset, ulong length, out ReadOnlySpan<byte> slice)
    {
        bool fits = offset <= (ulong)file.Length && length <= (ulong)file.Length - offset;
        slice = fits ? file.Slice((int)offset, (int)length) : default;
        return fits;
    }
}
