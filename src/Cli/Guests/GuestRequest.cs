namespace Guestfs.Cli.Guests;

/// <summary>Which disks a command works on, and how they are opened.</summary>
internal sealed record GuestRequest
{
    /// <summary>The disks, in their order.</summary>
    internal required IReadOnlyList<DiskName> Disks { get; init; }

    /// <summary>The machine of libvirt whose disks are added, too.</summary>
    internal string? Domain { get; init; }

    /// <summary>The format of disks that do not name one.</summary>
    internal string? Format { get; init; }

    internal int? BlockSize { get; init; }

    /// <summary>The root of the system that is meant.</summary>
    internal string? Root { get; init; }

    /// <summary>What is mounted in place of what the guest mounts.</summary>
    internal IReadOnlyList<MountChoice> Mounts { get; init; } = [];

    internal IReadOnlyList<GuestKey> Keys { get; init; } = [];

    /// <summary>A directory, or <c>system</c>; null for the builder's.</summary>
    internal string? Appliance { get; init; }

    internal Accelerator Accelerator { get; init; }

    /// <summary>In megabytes.</summary>
    internal int? Memory { get; init; }

    internal int? Processors { get; init; }

    internal TimeSpan? LaunchTimeout { get; init; }

    internal bool Verbose { get; init; }

    internal bool Trace { get; init; }
}

/// <summary>A disk as it is named on the command line.</summary>
/// <param name="File">The image or device.</param>
/// <param name="Format">Its format, if that was named.</param>
internal sealed record DiskName(string File, string? Format)
{
    // Whatever comes after the last colon of a name that is no file's is a format, if it looks like one.
    internal static DiskName Parse(string text, string? format)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && !Path.Exists(text) && text.AsSpan(colon + 1) is { IsEmpty: false } named && !named.ContainsAnyExcept(Letters)
            ? new(ProcessInput.FullPath(text[..colon]), named.ToString())
            : new(ProcessInput.FullPath(text), format);
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}

/// <summary>A filesystem that is to be mounted.</summary>
/// <param name="Device">The filesystem, as libguestfs names it.</param>
/// <param name="Path">Where.</param>
/// <param name="Options">Options of mount; empty for none.</param>
/// <param name="Type">The filesystem's type; null where the kernel is to find it out.</param>
internal sealed record MountChoice(string Device, string Path, string Options, string? Type)
{
    /// <summary>Reads <c>device[:path[:options[:type]]]</c>.</summary>
    internal static MountChoice Parse(string text)
    {
        string[] parts = text.Split(':', 4);
        string path = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "/";
        return parts[0].Length == 0 || !path.StartsWith('/')
            ? throw new UsageException($"--mount '{text}' is not DEVICE[:PATH[:OPTIONS[:TYPE]]] with an absolute path.")
            : new(parts[0], path, parts.Length > 2 ? parts[2] : "", parts.Length > 3 ? parts[3] : null);
    }
}
