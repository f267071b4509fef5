// Writes newc cpio archives. The kernel unpacks them with little checking, so all checking is here.
namespace Guestfs.Appliances.Cpio;

/// <summary>Writes a reproducible newc archive to a stream: root's files, all of one time, numbered in order.</summary>
internal sealed class CpioWriter
{
    // What programs that write to tapes round to; the kernel does not mind.
    private const int BlockSize = 512;

    private readonly Stream output;
    private readonly uint modificationTime;
    private readonly HashSet<string> directories = new(StringComparer.Ordinal) { "" };
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private long position;
    private uint lastInode;

    /// <summary>Begins an archive.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="modificationTime">The time of all members, in seconds since 1970.</param>
    /// <exception cref="ApplianceException">The format cannot express the time.</exception>
    internal CpioWriter(Stream output, long modificationTime)
    {
        this.output = output;
        this.modificationTime = modificationTime is >= 0 and <= uint.MaxValue
            ? (uint)modificationTime
            : throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"The time {modificationTime} (SOURCE_DATE_EPOCH) is out of the range of an initrd: 0 to {uint.MaxValue}.");
    }

    /// <summary>Adds a directory.</summary>
    /// <param name="name">Its path, relative to the root.</param>
    /// <param name="permissions">Its mode without type.</param>
    internal void AddDirectory(string name, uint permissions)
    {
        Add(name, Libc.S_IFDIR, permissions, links: 2, []);
        directories.Add(name);
    }

    /// <summary>Adds a regular file.</summary>
    /// <param name="name">Its path, relative to the root. Its directory has been added before.</param>
    /// <param name="permissions">Its mode without type.</param>
    /// <param name="content">Its bytes.</param>
    internal void AddFile(string name, uint permissions, ReadOnlySpan<byte> content) =>
        Add(name, Libc.S_IFREG, permissions, links: 1, content);

    /// <summary>Ends the archive.</summary>
    internal void Finish()
    {
        WriteMember("TRAILER!!!", new CpioHeader { Inode = 0, Mode = 0, Links = 1, ModificationTime = 0, Size = 0, NameLength = 0 }, []);
        Pad(BlockSize);
    }

    private void Add(string name, uint type, uint permissions, uint links, ReadOnlySpan<byte> content)
    {
        string directory = name.LastIndexOf('/') is >= 0 and int slash ? name[..slash] : "";
        if (name == "TRAILER!!!" || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Any(part => part is "" or "." or "..")
            || !directories.Contains(directory) || !names.Add(name) || (permissions & Libc.S_IFMT) != 0)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"'{name}' cannot be put into the initrd: its name is not a relative path, occurs twice, "
                + "or is in a directory that was not added.");
        }

        WriteMember(
            name,
            new CpioHeader
            {
                Inode = ++lastInode, Mode = type | permissions, Links = links, ModificationTime = modificationTime,
                Size = (uint)content.Length, NameLength = 0,
            },
            content);
    }

    private void WriteMember(string name, CpioHeader header, ReadOnlySpan<byte> content)
    {
        byte[] nameBytes = [.. LosslessUtf8.GetBytes(name), 0];
        Span<byte> encoded = stackalloc byte[CpioHeader.Length];
        (header with { NameLength = (uint)nameBytes.Length }).Encode(encoded);
        Write(encoded);
        Write(nameBytes);
        Pad(CpioHeader.Alignment);
        Write(content);
        Pad(CpioHeader.Alignment);
    }

    private void Pad(int alignment)
    {
        Span<byte> zeros = stackalloc byte[BlockSize];
        zeros.Clear();
        Write(zeros[..(int)((alignment - (position % alignment)) % alignment)]);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        position += bytes.Length;
    }
}
