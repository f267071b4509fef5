using System.Text.RegularExpressions;

namespace Guestfs;

/// <summary>A disk of a handle, as it was added.</summary>
/// <param name="File">Its name.</param>
/// <param name="Format">The format that was named; null if none was.</param>
/// <param name="IsReadOnly">Whether nothing is written to it.</param>
internal sealed partial record LocalDisk(string File, string? Format, bool IsReadOnly)
{
    /// <summary>The disks that are files of this host.</summary>
    /// <param name="drives">What guestfs_debug_drives(3) tells.</param>
    internal static IReadOnlyList<LocalDisk> Parse(IEnumerable<string> drives) => [.. drives.Select(Parse).OfType<LocalDisk>()];

    // "NAME readonly format=qcow2 protocol=file iface=virtio ...", where all but the protocol may be missing. A name may have any of
    // these words in it, so that the last are meant, unless there is a file whose name has them.
    private static LocalDisk? Parse(string drive)
    {
        int end = drive.LastIndexOf(" protocol=", StringComparison.Ordinal);
        if (end < 0 || !FileProtocol().IsMatch(drive.AsSpan(end)))
        {
            return null;
        }

        string name = drive[..end];
        Match options = Options().Match(name);
        return options.Length == 0 || Path.Exists(name)
            ? new LocalDisk(name, null, false)
            : new LocalDisk(
                name[..options.Index], options.Groups["format"] is { Success: true, Value: var format } ? format : null,
                options.Groups["readonly"].Success);
    }

    [GeneratedRegex("^ protocol=file( |\\z)")]
    private static partial Regex FileProtocol();

    [GeneratedRegex("(?<readonly> readonly)?( format=(?<format>[A-Za-z0-9_-]+))?\\z")]
    private static partial Regex Options();
}
