namespace Guestfs.Appliances.Archives;

/// <summary>What a tar archive may hold.</summary>
internal sealed record TarOptions
{
    /// <summary>The most bytes that it may unpack to, and that its files may have together with their holes.</summary>
    internal long MaxUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>Whether device nodes are taken. Packages have none.</summary>
    internal bool AllowDevices { get; init; }
}
