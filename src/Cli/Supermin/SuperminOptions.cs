namespace Guestfs.Cli.Supermin;

/// <summary>supermin's mode of working.</summary>
internal enum SuperminMode
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>Makes a skeleton of package names.</summary>
    Prepare,

    /// <summary>Makes an appliance of a skeleton.</summary>
    Build,
}

/// <summary>supermin's output formats.</summary>
internal enum SuperminFormat
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>A directory tree.</summary>
    Chroot,

    /// <summary>kernel, initrd and root.</summary>
    Ext2,
}

/// <summary>supermin's command line, read.</summary>
internal sealed record SuperminOptions
{
    internal SuperminMode Mode { get; init; }

    internal SuperminFormat Format { get; init; }

    internal bool CopyKernel { get; init; }

    internal string? HostCpu { get; init; }

    internal bool IfNewer { get; init; }

    internal bool IncludePackageList { get; init; }

    internal string? LockFile { get; init; }

    /// <summary>The directory that is replaced.</summary>
    internal string Output { get; init; } = "";

    /// <summary>The size of the ext2 image in bytes.</summary>
    internal long? Size { get; init; }

    internal bool UseInstalled { get; init; }

    /// <summary>How often -v was given.</summary>
    internal int Verbose { get; init; }

    internal IReadOnlyList<string> Inputs { get; init; } = [];
}
