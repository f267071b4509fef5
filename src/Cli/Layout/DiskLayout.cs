using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Layout;

/// <summary>A disk, and what its partition table says.</summary>
/// <param name="Name">The device.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Table">The kind of table, such as <c>gpt</c>; null where there is none.</param>
/// <param name="Parts">Partitions, and the gaps between them, from the first byte to the last.</param>
/// <param name="Containers">Partitions that only have others in them.</param>
internal sealed record DiskLayout(
    string Name, long Size, string? Table, IReadOnlyList<DiskPart> Parts, IReadOnlyList<DiskPart> Containers)
{
    // Tables and the alignment of partitions take a part that nobody misses.
    private const long LeastGap = 2 << 20;

    /// <summary>Asks the appliance.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="device">The disk.</param>
    /// <param name="partitions">The devices of all partitions, by disk and number.</param>
    /// <param name="filesystems">What is in devices.</param>
    internal static DiskLayout Read(
        GuestfsHandle g, string device, IReadOnlyDictionary<(string Disk, int Number), string> partitions,
        IReadOnlyDictionary<string, string> filesystems)
    {
        long size = g.BlockdevGetsize64(device);
        string name = g.CanonicalDeviceName(device);
        if (GuestAnswer.OrNull(g, () => g.PartGetParttype(device)) is not { } table)
        {
            return new DiskLayout(name, size, null, [DiskPart.Whole(g, device, name, size, filesystems)], []);
        }

        List<DiskPart> parts = [], containers = [];
        long end = 0;
        foreach (Partition partition in g.PartList(device).OrderBy(p => p.Start))
        {
            string found = partitions.GetValueOrDefault((device, partition.Num)) ?? $"{device}{partition.Num}";
            DiskPart part = DiskPart.Read(g, found, device, table, partition, filesystems);

            // A logical partition lies in an extended one.
            if (part.Start < end && parts.Count > 0 && parts[^1].IsExtended)
            {
                end = parts[^1].Start;
                containers.Add(parts[^1]);
                parts.RemoveAt(parts.Count - 1);
            }

            AddGap(parts, end, part.Start);
            parts.Add(part);
            end = Math.Max(end, part.Start + part.Size);
        }

        AddGap(parts, end, size);
        return new DiskLayout(name, size, table, parts, containers);
    }

    private static void AddGap(List<DiskPart> parts, long start, long end)
    {
        if (end - start >= LeastGap)
        {
            parts.Add(new DiskPart(null, null, start, end - start, null, null, null, null));
        }
    }
}
