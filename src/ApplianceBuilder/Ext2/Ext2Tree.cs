// From a plan's entries to inodes, directories and block maps: what there is, before anything has a place.
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>All files by inode number: the root, then from <see cref="FirstInode"/> on without a gap.</summary>
internal sealed class Ext2Tree
{
    private const string LostAndFound = "/lost+found";
    private const uint MaxMajor = 0xFFF, MaxMinor = 0xF_FFFF;

    private readonly List<Ext2File> files = [];
    private readonly Dictionary<string, Ext2File> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<Ext2File, List<Ext2Name>> names = [];

    /// <summary>Makes inodes for a plan.</summary>
    /// <exception cref="ApplianceException">The plan has what ext2 cannot hold.</exception>
    internal Ext2Tree(FilePlan plan, Ext2Options options, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlanEntry> entries = plan.Entries;
        PlanEntry? lostAndFound = plan.Find(LostAndFound);
        if (lostAndFound is not (null or { Kind: EntryKind.Directory }))
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{LostAndFound} is not a directory, but must be one in an ext2 filesystem. Leave it out.");
        }

        if (lostAndFound is null)
        {
            entries = [entries[0], new()
            {
                Path = LostAndFound, Kind = EntryKind.Directory, Mode = Permissions.Octal0700, ModificationTime = options.Timestamp,
            }, .. entries.Skip(1)];
        }

        AddFiles(entries, cancellationToken);
        AddNames(entries, cancellationToken);
        AddContent(options, cancellationToken);
    }

    /// <summary>The files in the order of their inodes.</summary>
    internal IReadOnlyList<Ext2File> Files => files;

    /// <summary>The highest inode in use.</summary>
    internal uint LastInode => files[^1].Inode;

    /// <summary>Blocks that the files take with everything that is theirs.</summary>
    internal long Blocks { get; private set; }

    /// <summary>The file that has an inode, or null for a reserved or free one.</summary>
    internal Ext2File? Find(uint inode) => inode switch
    {
        RootInode => files[0],
        < FirstInode => null,
        _ => inode <= LastInode ? files[(int)(inode - FirstInode + 1)] : null,
    };

    private void AddFiles(IReadOnlyList<PlanEntry> entries, CancellationToken cancellationToken)
    {
        foreach (PlanEntry entry in entries.Where(entry => entry.Kind != EntryKind.HardLink))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Device.Major > MaxMajor || entry.Device.Minor > MaxMinor)
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput,
                    $"{entry.Path} has a device number that is too large: {entry.Device.Major}, {entry.Device.Minor}.");
            }

            Ext2File file = new(entry, files.Count == 0 ? RootInode : FirstInode + (uint)files.Count - 1);
            files.Add(file);
            byPath.Add(entry.Path, file);
            if (entry.Kind == EntryKind.Directory)
            {
                names.Add(file, []);
            }
        }

        files[0].AddLink(); // The root's name is its own '..'.
    }

    private void AddNames(IReadOnlyList<PlanEntry> entries, CancellationToken cancellationToken)
    {
        foreach (PlanEntry entry in entries.Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Ext2File file = byPath[entry.Kind == EntryKind.HardLink ? entry.LinkTarget! : entry.Path];
            Ext2File parent = ParentOf(entry.Path);
            names[parent].Add(new Ext2Name(EncodeName(entry.Path), file.Inode, file.Entry.Kind));
            file.AddLink();
            if (entry.Kind == EntryKind.Directory)
            {
                parent.AddLink();
            }
        }
    }

    private void AddContent(Ext2Options options, CancellationToken cancellationToken)
    {
        byte[] seed = options.Uuid.ToByteArray(bigEndian: true);
        foreach (Ext2File file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (file.Entry.Kind)
            {
                case EntryKind.Directory:
                    Ext2Directory directory = new(file.Entry.Path, file.Inode, ParentOf(file.Entry.Path).Inode, names[file], seed);
                    file.Flags = directory.IsIndexed ? Ext2Inode.IndexedDirectory : 0;
                    SetContent(file, directory, directory.Blocks * (long)BlockSize, [new Ext2Extent(0, directory.Blocks)]);
                    break;
                case EntryKind.SymbolicLink:
                    AddLinkTarget(file);
                    break;
                case EntryKind.File when file.Entry.Content is { } content:
                    Ext2FileData data = new(file.Entry.Path, content);
                    SetContent(file, data, content.Length, data.FindExtents());
                    break;
                default:
                    break;
            }

            Blocks += file.Xattrs is { Block.Length: > 0 } ? 1 : 0;
        }

        // They hold the names twice, and are done.
        names.Clear();
    }

    private void AddLinkTarget(Ext2File file)
    {
        byte[] target = Encode(file.Entry.LinkTarget!, file.Entry.Path);
        if (target.Length is 0 or > MaxLinkLength)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{file.Entry.Path} is a symbolic link whose target has {target.Length} bytes; 1 to {MaxLinkLength} are allowed.");
        }

        if (target.Length <= MaxFastLinkLength)
        {
            (file.FastLink, file.Size) = (target, target.Length);
        }
        else
        {
            SetContent(file, new Ext2FixedBlocks(target), target.Length, [new Ext2Extent(0, 1)]);
        }
    }

    private void SetContent(Ext2File file, IExt2Blocks content, long size, List<Ext2Extent> extents)
    {
        file.Size = size;
        if (extents.Count > 0)
        {
            (file.Content, file.Map) = (content, new Ext2BlockMap(extents));
            Blocks += (long)file.Map.DataBlocks + file.Map.PointerBlocks;
        }
    }

    private Ext2File ParentOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash == 0 ? files[0] : byPath.GetAlternateLookup<ReadOnlySpan<char>>()[path.AsSpan(0, slash)];
    }

    private static byte[] EncodeName(string path)
    {
        byte[] name = Encode(path[(path.LastIndexOf('/') + 1)..], path);
        return name.Length <= MaxNameLength
            ? name
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} has a name of {name.Length} bytes; {MaxNameLength} are allowed.");
    }

    private static byte[] Encode(string text, string path)
    {
        try
        {
            return LosslessUtf8.GetBytes(text);
        }
        catch (ArgumentException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} has a name or a link target that is not valid text: {exception.Message}",
                exception);
        }
    }
}
