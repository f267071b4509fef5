// Short ways to write down plans.
using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Tests.Ext2;

/// <summary>Makers of plans and entries.</summary>
internal static class PlanEntries
{
    internal static readonly Ext2Options Options = new()
    {
        Uuid = Guid.Parse("c0ffee00-1234-4567-89ab-0123456789ab"), Label = "root", Timestamp = 1_700_000_000, FreeSpace = 1 << 20,
    };

    internal static FilePlan PlanOf(params IEnumerable<PlanEntry> entries)
    {
        FilePlanBuilder builder = new();
        foreach (PlanEntry entry in entries)
        {
            builder.Add(entry);
        }

        return builder.Build();
    }

    internal static PlanEntry Directory(string path, uint mode = Permissions.Octal0755) =>
        new() { Path = path, Kind = EntryKind.Directory, Mode = mode };

    internal static PlanEntry File(string path, FileContent content, uint mode = Permissions.Octal0644) =>
        new() { Path = path, Kind = EntryKind.File, Mode = mode, Content = content };

    internal static PlanEntry File(string path, byte[] content, uint mode = Permissions.Octal0644) =>
        File(path, new BytesContent(content), mode);

    internal static PlanEntry Link(string path, string target) =>
        new() { Path = path, Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777, LinkTarget = target };

    internal static PlanEntry HardLink(string path, string target) =>
        new() { Path = path, Kind = EntryKind.HardLink, Mode = 0, LinkTarget = target };

    internal static PlanEntry Device(string path, EntryKind kind, uint major, uint minor) =>
        new() { Path = path, Kind = kind, Mode = Permissions.Octal0600, Device = new DeviceNumber(major, minor) };

    internal static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
#pragma warning disable CA5394 // Not for security.
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }
}
