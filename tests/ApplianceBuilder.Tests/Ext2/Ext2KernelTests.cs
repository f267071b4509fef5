// An image against the kernel: libguestfs' appliance mounts it, and its tar says what is in it.
using System.Formats.Tar;
using System.Globalization;

using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

using static Guestfs.Appliances.Tests.Ext2.PlanEntries;

namespace Guestfs.Appliances.Tests.Ext2;

public sealed class Ext2KernelTests
{
    [Fact]
    public void The_kernel_finds_every_file_as_planned()
    {
        byte[] acl = Convert.FromHexString("0200000001000600FFFFFFFF020004008813000004000400FFFFFFFF10000400FFFFFFFF20000000FFFFFFFF");
        FilePlan plan = PlanOf(Enumerable.Range(0, 3000).Select(i => File($"/big/name {i} é", [])).Concat(
        [
            Directory("/tmp", Permissions.Octal1777),
            File("/setuid", Bytes(5000, 1), (uint)UnixFileMode.SetUser | Permissions.Octal0755) with
            {
                Uid = 70_000, Gid = 2_000_000, ModificationTime = 5_000_000_000,
            },
            HardLink("/a-link-before-it", "/setuid"),
            File("/large", Bytes(6 << 20, 2)) with { ModificationTime = 1_000_000_000 },
            File("/sparse", new SparseContent(5 << 20, new DataRange(1, 2), new DataRange(70_000, 5000), new DataRange((5 << 20) - 1, 1))),
            Link("/fast", "fast/../target"),
            Link("/slow", new string('s', 90)),
            Device("/null", EntryKind.CharacterDevice, 1, 3),
            Device("/new", EntryKind.BlockDevice, 259, 300_000),
            new PlanEntry { Path = "/fifo", Kind = EntryKind.Fifo, Mode = Permissions.Octal0644 },
            new PlanEntry { Path = "/socket", Kind = EntryKind.Socket, Mode = Permissions.Octal0644 },
            File("/capable", [1]) with
            {
                ExtendedAttributes = [new("security.capability", Convert.FromHexString("0100000200200000000000000000000000000000"))],
            },
            File("/attributes", [2], Permissions.Octal0600) with
            {
                ExtendedAttributes =
                [
                    new("system.posix_acl_access", acl),
                    new("trusted.long", "long value. "u8.ToArray()),
                    new("user.a", "value"u8.ToArray()),
                    .. Enumerable.Range(0, 20).Select(i => new ExtendedAttribute($"user.number{i}", "some value"u8.ToArray())),
                ],
            },
        ]));

        using TempDirectory directory = new();
        string image = directory.File("image"), tar = directory.File("tar");
        Ext2Judge.WriteChecked(plan, image);
        CommandResult said = Command.TryRun(
            "guestfish",
            ["--ro", "-a", image, "-m", "/dev/sda"],
            new Dictionary<string, string?> { ["LIBGUESTFS_BACKEND"] = "direct", ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg" },
            input: "cap-get-file /capable\nis-socket /socket\nacl-get-file /attributes access\n"
                + $"tar-out / {tar} numericowner:true xattrs:true\n");
        Assert.True(said.ExitCode == 0, said.Error);
        string[] answers = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("cap_net_raw=ep", answers[0], StringComparison.Ordinal);
        Assert.Equal(["true", "user::rw-", "user:5000:r--", "group::r--", "mask::r--", "other::---"], answers[1..]);

        // A tar has no sockets.
        PlanEntry[] expected = [.. plan.Entries.Where(entry => entry.Kind != EntryKind.Socket)];
        Dictionary<string, (PaxTarEntry Entry, byte[] Content)> found = ReadTar(tar);
        Assert.Equal(expected.Select(entry => entry.Path).Append("/lost+found").Order(StringComparer.Ordinal),
            found.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, entry => Compare(plan, entry, found));
        Assert.Equal("long value. ", found["/attributes"].Entry.ExtendedAttributes["SCHILY.xattr.trusted.long"]);
        Assert.Equal(21, found["/attributes"].Entry.ExtendedAttributes.Keys.Count(
            key => key.StartsWith("SCHILY.xattr.user.", StringComparison.Ordinal)));
    }

    private static void Compare(FilePlan plan, PlanEntry entry, Dictionary<string, (PaxTarEntry Entry, byte[] Content)> found)
    {
        PlanEntry file = entry.Kind == EntryKind.HardLink ? plan.Find(entry.LinkTarget!)! : entry;
        (PaxTarEntry actual, byte[] content) = found[entry.Path];

        // The name that tar met first has the content; which one that is, is the directory's order.
        if (actual.EntryType == TarEntryType.HardLink)
        {
            (actual, content) = found[Normal(actual.LinkName)];
        }

        TarEntryType type = file.Kind switch
        {
            EntryKind.Directory => TarEntryType.Directory,
            EntryKind.SymbolicLink => TarEntryType.SymbolicLink,
            EntryKind.CharacterDevice => TarEntryType.CharacterDevice,
            EntryKind.BlockDevice => TarEntryType.BlockDevice,
            EntryKind.Fifo => TarEntryType.Fifo,
            _ => TarEntryType.RegularFile,
        };
        Assert.Equal(
            (entry.Path, type, file.Mode, (int)file.Uid, (int)file.Gid, file.ModificationTime),
            (entry.Path, actual.EntryType, (uint)actual.Mode, actual.Uid, actual.Gid, actual.ModificationTime.ToUnixTimeSeconds()));
        if (file.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice)
        {
            Assert.Equal(((int)file.Device.Major, (int)file.Device.Minor), (actual.DeviceMajor, actual.DeviceMinor));
        }

        Assert.Equal(file.LinkTarget ?? "", actual.LinkName);
        byte[] expected = new byte[file.Content?.Length ?? 0];
        using IContentReader? reader = file.Content?.Open();
        reader?.ReadExactly(0, expected);
        Assert.True(expected.AsSpan().SequenceEqual(content), entry.Path);
    }

    private static Dictionary<string, (PaxTarEntry Entry, byte[] Content)> ReadTar(string path)
    {
        Dictionary<string, (PaxTarEntry, byte[])> entries = [];
        using FileStream stream = System.IO.File.OpenRead(path);
        using System.Formats.Tar.TarReader reader = new(stream);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            entries.Add(Normal(entry.Name), ((PaxTarEntry)entry, content.ToArray()));
        }

        return entries;
    }

    private static string Normal(string name) => "/" + name.TrimStart('.').Trim('/');
}
