namespace Guestfs;

/// <summary>A disk of a handle, as it was added.</summary>
/// <param name="File">Its name.</param>
/// <param name="Format">The format that was named; null if none was.</param>
/// <param name="IsReadOnly">Whether nothing is written to it.</param>
internal sealed record LocalDisk(string File, string? Format, bool IsReadOnly)
{
    /// <summary>The disks that are files of this host.</summary>
    /// <param name="drives">What guestfs_debug_drives(3) tells.</param>
    internal static IReadOnlyList<LocalDisk> Parse(IEnumerable<string> drives) => [.. drives.Select(Parse).OfType<LocalDisk>()];

    // "NAME readonly format=qcow2 protocol=file iface=virtio ...", where all but the protocol may be missing. A name may have any of
    // these words in it, so that the last are meant, unless there is a file whose name has them.
    private static LocalDisk? Parse(string drive)
    {
        const string Protocol = " protocol=", File = "file", Format = " format=", ReadOnly = " readonly";
        int end = drive.LastIndexOf(Protocol, StringComparison.Ordinal);
        if (end < 0 || drive[(end + Protocol.Length)..].Split(' ')[0] != File)
        {
            return null;
        }

        string name = drive[..end];
        if (Path.Exists(name))
        {
            return new LocalDisk(name, null, false);
        }

        string? format = null;
        int at = name.LastIndexOf(Format, StringComparison.Ordinal);
        if (at >= 0 && IsFormat(name.AsSpan(at + Format.Length)))
        {
            format = name[(at + Format.Length)..];
            name = name[..at];
        }

        bool readOnly = name.EndsWith(ReadOnly, StringComparison.Ordinal);
        return new LocalDisk(readOnly ? name[..^ReadOnly.Length] : name, format, readOnly);
    }

    private static bool IsFormat(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
