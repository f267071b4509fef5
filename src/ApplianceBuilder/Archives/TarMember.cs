using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Archives;

/// <summary>A member of a tar archive with its extensions applied; names are as the archive has them.</summary>
internal sealed record TarMember
{
    /// <summary>Header; its names and numbers are the final ones.</summary>
    internal required TarHeader Header { get; init; }

    /// <summary>Size of the file in bytes, holes included.</summary>
    internal required long FileSize { get; init; }

    /// <summary>Where the stored bytes belong in a sparse file, in order; null when it has no holes.</summary>
    internal IReadOnlyList<DataRange>? SparseMap { get; init; }

    /// <summary>Extended attributes by name.</summary>
    internal IReadOnlyList<ExtendedAttribute> ExtendedAttributes { get; init; } = [];
}
