namespace Guestfs.Cli.Guests;

/// <summary>A filesystem that is to be mounted.</summary>
/// <param name="Device">The filesystem, as libguestfs names it.</param>
/// <param name="Path">Where.</param>
/// <param name="Options">Options of mount; empty for none.</param>
/// <param name="Type">The filesystem's type; null where the kernel is to find it out.</param>
internal sealed record MountChoice(string Device, string Path, string Options, string? Type)
{
    private const string Subvolume = "btrfsvol:";

    /// <summary>Reads <c>device[:path[:options[:type]]]</c>.</summary>
    internal static MountChoice Parse(string text)
    {
        // A subvolume has a colon in its name.
        string prefix = text.StartsWith(Subvolume, StringComparison.Ordinal) ? Subvolume : "";
        string[] parts = text[prefix.Length..].Split(':', 4);
        string path = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "/";
        return parts[0].Length == 0 || !path.StartsWith('/')
            ? throw new UsageException($"--mount '{text}' is not DEVICE[:PATH[:OPTIONS[:TYPE]]] with an absolute path.")
            : new(prefix + parts[0], path, parts.Length > 2 ? parts[2] : "", parts.Length > 3 ? parts[3] : null);
    }
}
