// The part of an x86 kernel's setup header that says its version: "HdrS" at 514, and where the version's text is.
using System.Buffers.Binary;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Reads the version out of an x86 kernel image.</summary>
internal static class BzImageHeader
{
    private const int MagicOffset = 514, ProtocolOffset = 518, VersionPointerOffset = 526, HeaderLength = 528;
    private const int PointerBase = 0x200, MaxVersionOffset = ushort.MaxValue + PointerBase, MaxVersionLength = 132;

    // The protocol that has the pointer.
    private const int MinProtocol = 0x1FF;

    /// <summary>The version, or null when the file is no such image.</summary>
    /// <exception cref="ApplianceException">The file cannot be read.</exception>
    internal static string? ReadVersion(FileContent image)
    {
        // The kernel's name for itself lies in its real mode code, which is at the start of the file.
        byte[] start = new byte[Math.Min(image.Length, MaxVersionOffset + MaxVersionLength)];
        using IContentReader reader = image.Open();
        reader.ReadExactly(0, start);
        return DecodeVersion(start);
    }

    /// <summary>The version in the first bytes of an image, or null.</summary>
    internal static string? DecodeVersion(ReadOnlySpan<byte> image)
    {
        if (image.Length < HeaderLength
            || !image[MagicOffset..].StartsWith("HdrS"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(image[ProtocolOffset..]) < MinProtocol)
        {
            return null;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(image[VersionPointerOffset..]) + PointerBase;
        if (offset >= image.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> text = image[offset..Math.Min(offset + MaxVersionLength, image.Length)];
        int end = text.IndexOfAny("\0 \t\n"u8);
        return end > 0 ? LosslessUtf8.GetString(text[..end]) : null;
    }
}
