// The header of a member of a newc cpio archive: "070701" and thirteen numbers of eight hexadecimal digits, then the name.
using System.Globalization;

namespace Guestfs.Appliances.Cpio;

/// <summary>One member's header in a newc archive, as the kernel reads it from an initrd.</summary>
internal readonly record struct CpioHeader
{
    /// <summary>Length of the header without the name, in bytes.</summary>
    internal const int Length = 110;

    /// <summary>What names and contents are padded to, counted from the archive's start.</summary>
    internal const int Alignment = 4;

    private const int DigitsPerNumber = 8;

    public required uint Inode { get; init; }

    /// <summary>Type and permissions, as st_mode.</summary>
    public required uint Mode { get; init; }

    public required uint Links { get; init; }

    /// <summary>In seconds since 1970.</summary>
    public required uint ModificationTime { get; init; }

    /// <summary>Of the content, in bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>Of the name, in bytes, with the NUL that ends it.</summary>
    public required uint NameLength { get; init; }

    /// <summary>Encodes into the first <see cref="Length"/> bytes. The owner is root.</summary>
    internal void Encode(Span<byte> target)
    {
        "070701"u8.CopyTo(target);
        Span<byte> rest = target["070701".Length..Length];

        // In the format's order; the zeros are owner, group, the filesystem's number, a device's number, and the checksum.
        foreach (uint number in (ReadOnlySpan<uint>)[Inode, Mode, 0, 0, Links, ModificationTime, Size, 0, 0, 0, 0, NameLength, 0])
        {
            number.TryFormat(rest, out _, "X8", CultureInfo.InvariantCulture);
            rest = rest[DigitsPerNumber..];
        }
    }
}
