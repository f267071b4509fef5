// What can be chosen about an extraction. What is not set has the default, also in the default value of the structure.
namespace Guestfs;

/// <summary>How files of the guest come to the host, and how much of them.</summary>
/// <remarks>
/// In any case a file has at most the permission bits that the guest gave it and the process' umask leaves. Access
/// control lists, security labels and file capabilities are never extracted.
/// </remarks>
public readonly struct ExtractOptions
{
    private readonly long? maxTotalSize, maxWrittenSize, maxEntries;
    private readonly int? maxDepth;
    private readonly bool losesTimes;

    /// <summary>
    /// The most bytes that all files together may have, holes counted too; reading them takes time even where they take no
    /// space. Default 256 GiB. A file that says beforehand that it would exceed it is not begun.
    /// </summary>
    public long MaxTotalSize
    {
        get => maxTotalSize ?? (256L << 30);
        init => maxTotalSize = value;
    }

    /// <summary>The most bytes that may be written, without the holes of sparse files. Default 64 GiB.</summary>
    public long MaxWrittenSize
    {
        get => maxWrittenSize ?? (64L << 30);
        init => maxWrittenSize = value;
    }

    /// <summary>The most files, directories and others, those that are skipped too. Default one million.</summary>
    public long MaxEntries
    {
        get => maxEntries ?? 1_000_000;
        init => maxEntries = value;
    }

    /// <summary>How many directories deep to go: 0 is a single file, or an empty directory. Default 128.
    /// Each level holds a file descriptor.</summary>
    public int MaxDepth
    {
        get => maxDepth ?? 128;
        init => maxDepth = value;
    }

    /// <summary>
    /// Replaces what has the name already, and puts files into directories that exist. What is replaced is never opened,
    /// and a symbolic link not followed. A directory is not replaced by anything, and one that existed keeps its attributes. Default false.
    /// </summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// With <see cref="Overwrite"/>: leaves regular files as they are that have the size and, to the second, the time of modification that
    /// the guest's have. Default false.
    /// </summary>
    public bool OnlyChanged { get; init; }

    /// <summary>Which symbolic links are made. None is ever followed. Default <see cref="ExtractSymlinks.Inside"/>.</summary>
    public ExtractSymlinks Symlinks { get; init; }

    /// <summary>Keeps the times of access and modification. Default true.</summary>
    public bool PreserveTimes
    {
        get => !losesTimes;
        init => losesTimes = !value;
    }

    /// <summary>Keeps owners and groups, as numbers. Needs the privilege to do so (CAP_CHOWN). Default false.</summary>
    public bool PreserveOwners { get; init; }

    /// <summary>
    /// Keeps set-user-ID and set-group-ID bits, and the sticky bit of files; that of directories is kept in any case. Default false.
    /// Without <see cref="PreserveOwners"/> a program then runs as the user who extracted it.
    /// </summary>
    public bool PreserveSpecialBits { get; init; }

    /// <summary>Keeps extended attributes whose names begin with <c>user.</c>, with at least one more call for each directory.
    /// Default false.</summary>
    public bool PreserveUserXattrs { get; init; }

    /// <summary>Makes device nodes, FIFOs and sockets too. Device nodes need the privilege to do so (CAP_MKNOD). Default false.</summary>
    public bool SpecialFiles { get; init; }
}
