// What becomes of the partitions of a disk on one of another size: their order, starts as they were where nothing before them grows, and
// what the table says of each stay. Logical partitions stay where they are in their extended one.
using System.Globalization;

using Guestfs.Cli.Output;

namespace Guestfs.Cli.Making;

/// <summary>What is wanted of partitions.</summary>
/// <param name="Expand">The one that gets all space that is left; empty for the last one.</param>
/// <param name="Shrink">The one from which the space is taken that is missing.</param>
/// <param name="Sizes">Those that get other sizes, as they were named: a partition, an equals sign and a size.</param>
/// <param name="ForcedSizes">The same, though their contents are cut.</param>
/// <param name="Deleted">Those that are left out.</param>
/// <param name="Ignored">Those whose contents are left out.</param>
internal sealed record ResizeWishes(
    string? Expand, string? Shrink, IReadOnlyList<string> Sizes, IReadOnlyList<string> ForcedSizes, IReadOnlyList<string> Deleted,
    IReadOnlyList<string> Ignored);

/// <summary>A plan.</summary>
internal sealed class ResizePlan
{
    private const long Alignment = 1 << 20;
    private readonly long end;

    private ResizePlan(GuestfsHandle g, string disk, long newSize)
    {
        Size = newSize;
        Table = DiskTable.Read(g, disk);
        end = newSize - Table.Tail;
        Partitions = PlannedPartition.Read(g, disk, Table);
        if (Partitions.Count == 0)
        {
            throw new GuestfsException("resize", 0, "The disk has no partitions.");
        }
    }

    /// <summary>The table of the old disk.</summary>
    internal DiskTable Table { get; }

    /// <summary>How large the new disk is.</summary>
    internal long Size { get; }

    /// <summary>All of the old disk, by their place.</summary>
    internal List<PlannedPartition> Partitions { get; }

    /// <summary>Those of the new disk.</summary>
    internal IEnumerable<PlannedPartition> Made => Partitions.Where(partition => partition.Fate != PartitionFate.Delete);

    /// <summary>Where the first one begins, and what is before it ends.</summary>
    internal long Head => Partitions[0].Start;

    /// <summary>How much is left behind the last one; less than nothing where they do not fit.</summary>
    private long Surplus { get; set; }

    /// <summary>Plans.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="disk">The old disk.</param>
    /// <param name="newSize">The new disk's size.</param>
    /// <param name="wishes">What is wanted.</param>
    internal static ResizePlan Make(GuestfsHandle g, string disk, long newSize, ResizeWishes wishes)
    {
        ResizePlan plan = new(g, disk, newSize);
        foreach (string name in wishes.Ignored)
        {
            plan.Untouched(name).Fate = PartitionFate.Ignore;
        }

        foreach (string name in wishes.Deleted)
        {
            plan.Untouched(name).Fate = PartitionFate.Delete;
        }

        foreach ((string wish, bool isForced) in wishes.Sizes.Select(w => (w, false)).Concat(wishes.ForcedSizes.Select(w => (w, true))))
        {
            int equals = wish.LastIndexOf('=');
            PlannedPartition partition = plan.Untouched(equals < 0 ? wish : wish[..equals]);
            Resize(
                partition,
                SizeIn(wish[(equals + 1)..], partition.Size) ?? throw new UsageException(
                    $"'{wish}' is not a partition and its size, such as sda2=10G, sda2=+1G, sda2=-500M or sda2=150%."),
                isForced);
        }

        if ((wishes.Expand ?? wishes.Shrink) is { } taken)
        {
            // What comes behind it moves.
            PlannedPartition partition = plan.Untouched(taken.Length == 0 ? plan.Partitions[^1].Name : taken);
            partition.Fate = PartitionFate.Resize;
            plan.Place();
            partition.Fate = PartitionFate.Copy;
            if (wishes.Expand is not null == plan.Surplus > 0)
            {
                Resize(partition, partition.Size + plan.Surplus, isForced: false);
            }
        }

        plan.Place();
        return plan.Surplus >= 0 ? plan : throw new UsageException(
            $"The partitions need {HumanSize.Of(-plan.Surplus)} more than the new disk has: raise --size, or make one of them smaller.");
    }

    // Starts are as they were, or aligned behind one that has another size.
    private void Place()
    {
        long next = Head;
        bool move = false;
        foreach (PlannedPartition partition in Partitions)
        {
            bool moves = move;
            move |= partition.Fate is PartitionFate.Resize or PartitionFate.Delete;
            if (partition.Fate == PartitionFate.Delete)
            {
                continue;
            }

            long start = moves ? Math.Max(RoundUp(next), Head) : partition.Start;
            long size = RoundUp(partition.NewSize, Table.Sector);
            partition.Place = (start / Table.Sector, ((start + size) / Table.Sector) - 1);
            next = start + size;
        }

        Surplus = end - next;
        Surplus -= Surplus > 0 ? Surplus % Alignment : 0;
    }

    private PlannedPartition Untouched(string name)
    {
        string wanted = name.StartsWith("/dev/", StringComparison.Ordinal) ? name[5..] : name;
        PlannedPartition found = Partitions.FirstOrDefault(partition =>
            partition.Name[5..] == wanted || partition.Number.ToString(CultureInfo.InvariantCulture) == wanted)
            ?? throw new UsageException(
                $"'{name}' is no partition: there {(Partitions.Count == 1 ? "is" : "are")} "
                + $"{string.Join(", ", Partitions.Select(p => p.Name[5..]))}."
                + (Partitions.Exists(p => p.IsExtended) ? " Logical partitions stay as they are in their extended one." : ""));
        return found.Fate == PartitionFate.Copy ? found : throw new UsageException($"Two things are wanted of {name}.");
    }

    private static void Resize(PlannedPartition partition, long size, bool isForced)
    {
        if (size == partition.Size)
        {
            return;
        }

        string name = partition.Name[5..];
        if (size <= 0)
        {
            throw new UsageException($"{name} would have no space left.");
        }

        if (size < partition.Size && !isForced && partition.Content is var content
            && (partition.IsExtended || content.Type is null || content.Size > size || (content.Size == 0 && content.Type != "swap")))
        {
            throw new UsageException(content.Size > size
                ? $"{name} holds {content.Type} of {HumanSize.Of(content.Size)}, of which a part would be lost: make that smaller "
                    + "first, or use --resize-force."
                : $"Nobody knows what is lost where {name} is made smaller: --resize-force does it all the same.");
        }

        (partition.Fate, partition.NewSize) = (PartitionFate.Resize, size);
    }

    private static long? SizeIn(string text, long old)
    {
        if (text.EndsWith('%'))
        {
            return decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out decimal percent) && percent is > -100 and < 1000000
                ? (long)(text[0] is '+' or '-' ? old + (old * percent / 100) : old * percent / 100)
                : null;
        }

        return text is ['+', .. var more] ? old + ByteSize.Read(more)
            : text is ['-', .. var less] ? old - ByteSize.Read(less) : ByteSize.Read(text);
    }

    private static long RoundUp(long size, long unit = Alignment) => (size + unit - 1) / unit * unit;
}
