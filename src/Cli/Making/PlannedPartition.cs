namespace Guestfs.Cli.Making;

/// <summary>What becomes of a partition.</summary>
internal enum PartitionFate
{
    /// <summary>It is copied.</summary>
    Copy,

    /// <summary>It is copied, and has another size.</summary>
    Resize,

    /// <summary>It is made, and nothing is copied.</summary>
    Ignore,

    /// <summary>It is not made.</summary>
    Delete,
}

/// <summary>A partition of a disk that is resized.</summary>
internal sealed class PlannedPartition
{
    /// <summary>Its device on the old disk.</summary>
    internal required string Name { get; init; }

    internal required int Number { get; init; }

    /// <summary>Where it begins, in bytes.</summary>
    internal required long Start { get; init; }

    internal required long Size { get; init; }

    /// <summary>Whether others are in it.</summary>
    internal required bool IsExtended { get; init; }

    internal required PartitionContent Content { get; init; }

    internal PartitionFate Fate { get; set; }

    /// <summary>How large it is to be.</summary>
    internal long NewSize { get; set; }

    /// <summary>Where it begins and ends on the new disk, in sectors.</summary>
    internal (long First, long Last) Place { get; set; }

    /// <summary>How what is in it is made to fill it; null where that is not so. Swap that says it is larger is not used by a
    /// kernel.</summary>
    internal string? Growth => Fate == PartitionFate.Resize && (NewSize > Size || Content.Type == "swap") ? Content.Growth : null;

    /// <summary>Those of a table, by their place.</summary>
    internal static List<PlannedPartition> Read(GuestfsHandle g, string disk, DiskTable table) =>
    [
        .. table.Entries().OrderBy(entry => entry.Start).Select(entry =>
        {
            string name = DeviceOf(g, disk, entry.Number);
            bool isExtended = entry.MbrType is 0x05 or 0x0F or 0x85;
            return new PlannedPartition
            {
                Name = name,
                Number = entry.Number,
                Start = entry.Start,
                Size = entry.Size,
                NewSize = entry.Size,
                IsExtended = isExtended,
                Content = isExtended ? new(null, 0) : PartitionContent.Read(g, name),
            };
        }),
    ];

    /// <summary>The device of a partition.</summary>
    internal static string DeviceOf(GuestfsHandle g, string disk, int number) =>
        g.ListPartitions().FirstOrDefault(partition => g.PartToPartnum(partition) == number && g.PartToDev(partition) == disk)
        ?? $"{disk}{number}";
}
