namespace Guestfs;

/// <summary>What was extracted, and what was not.</summary>
public sealed record ExtractReport
{
    /// <summary>How many skipped entries are listed at most.</summary>
    public const int MaxSkipped = 1000;

    /// <summary>Regular files, those aside that are <see cref="HardLinks"/>.</summary>
    public required long Files { get; init; }

    /// <summary>Regular files that were left as they are: <see cref="ExtractOptions.OnlyChanged"/>.</summary>
    public long Unchanged { get; init; }

    /// <summary>Directories, those that existed too.</summary>
    public required long Directories { get; init; }

    /// <summary>Symbolic links.</summary>
    public required long SymbolicLinks { get; init; }

    /// <summary>Further names of files that were extracted already.</summary>
    public required long HardLinks { get; init; }

    /// <summary>Device nodes, FIFOs and sockets.</summary>
    public required long SpecialFiles { get; init; }

    /// <summary>Bytes of all files, holes too.</summary>
    public required long TotalSize { get; init; }

    /// <summary>Bytes that were written.</summary>
    public required long WrittenSize { get; init; }

    /// <summary>How many entries were skipped, or made without something.</summary>
    public required long SkippedCount { get; init; }

    /// <summary>The first <see cref="MaxSkipped"/> of them.</summary>
    public required IReadOnlyList<ExtractSkipped> Skipped { get; init; }
}
