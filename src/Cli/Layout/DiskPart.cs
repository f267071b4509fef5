using System.Globalization;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Layout;

/// <summary>A part of a disk.</summary>
/// <param name="Device">The partition, or the disk itself where it has none; null for what no partition has.</param>
/// <param name="Number">Its number.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Type">GPT's type in its 36 characters, or MBR's in two digits.</param>
/// <param name="Name">Its name in a GPT.</param>
/// <param name="Content">What is in it, such as <c>ext4</c> or <c>LVM2_member</c>.</param>
/// <param name="Label">Its filesystem's label.</param>
internal sealed record DiskPart(
    string? Device, int? Number, long Start, long Size, string? Type, string? Name, string? Content, string? Label)
{
    /// <summary>Types that people know by name.</summary>
    private static readonly Dictionary<string, string> TypeNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b"] = "EFI system",
        ["21686148-6449-6e6f-744e-656564454649"] = "BIOS boot",
        ["0fc63daf-8483-4772-8e79-3d69d8477de4"] = "Linux filesystem",
        ["0657fd6d-a4ab-43c4-84e5-0933c84b4f4f"] = "Linux swap",
        ["e6d6d379-f507-44c2-a23c-238f2a3df928"] = "Linux LVM",
        ["a19d880f-05fc-4d3b-a006-743f0f84911e"] = "Linux RAID",
        ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"] = "Microsoft basic data",
        ["e3c9e316-0b5c-4db8-817d-f92df00215ae"] = "Microsoft reserved",
        ["de94bba4-06d1-4d40-a16a-bfd50179d6ac"] = "Windows recovery",
        ["05"] = "extended", ["0f"] = "extended", ["85"] = "extended", ["07"] = "NTFS/exFAT", ["0c"] = "FAT32", ["0b"] = "FAT32",
        ["82"] = "Linux swap", ["83"] = "Linux", ["8e"] = "Linux LVM", ["fd"] = "Linux RAID", ["ef"] = "EFI system",
        ["ee"] = "GPT",
    };

    /// <summary>Whether it only has others in it.</summary>
    internal bool IsExtended => Type is "05" or "0f" or "85";

    /// <summary>The type's name, or the type.</summary>
    internal string? TypeName => Type is null ? null : TypeNames.GetValueOrDefault(Type, Type);

    /// <summary>A partition.</summary>
    internal static DiskPart Read(
        GuestfsHandle g, string device, string disk, string table, Partition partition, IReadOnlyDictionary<string, string> filesystems)
    {
        bool isGpt = table == "gpt";
        string? type = GuestAnswer.OrNull(g, () => isGpt
            ? g.PartGetGptType(disk, partition.Num).ToLowerInvariant()
            : g.PartGetMbrId(disk, partition.Num).ToString("x2", CultureInfo.InvariantCulture));
        string? content = ContentOf(g, device, filesystems);
        return new DiskPart(
            g.CanonicalDeviceName(device), partition.Num, (long)partition.Start, (long)partition.Size, type,
            isGpt ? GuestAnswer.OrNull(g, () => g.PartGetName(disk, partition.Num)) : null,
            content, content is null ? null : GuestAnswer.OrNull(g, () => g.VfsLabel(device)));
    }

    /// <summary>A disk without a table.</summary>
    internal static DiskPart Whole(
        GuestfsHandle g, string device, string name, long size, IReadOnlyDictionary<string, string> filesystems) =>
        new(name, null, 0, size, null, null, ContentOf(g, device, filesystems), GuestAnswer.OrNull(g, () => g.VfsLabel(device)));

    private static string? ContentOf(GuestfsHandle g, string device, IReadOnlyDictionary<string, string> filesystems) =>
        filesystems.TryGetValue(device, out string? type) && type is not ("unknown" or "")
            ? type
            : GuestAnswer.OrNull(g, () => g.VfsType(device));
}
