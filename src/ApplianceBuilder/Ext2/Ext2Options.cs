namespace Guestfs.Appliances.Ext2;

/// <summary>What a root filesystem is to be like, beyond its files.</summary>
internal sealed record Ext2Options
{
    /// <summary>Size of the whole image in bytes, or null for as much as the files and <see cref="FreeSpace"/> take.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes that stay free when there is no <see cref="Size"/>.</summary>
    public long FreeSpace { get; init; } = 128 << 20;

    /// <summary>The filesystem's UUID, also the seed of its directories' hashes.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The filesystem's label, at most 16 bytes.</summary>
    public string Label { get; init; } = "";

    /// <summary>When the filesystem was made, in seconds since 1970.</summary>
    public long Timestamp { get; init; }

    /// <summary>Whether writing computes the image's digest.</summary>
    public bool ComputeDigest { get; init; } = true;

    /// <summary>Whether writing ends with the image on the disk (fsync).</summary>
    public bool Flush { get; init; }
}
