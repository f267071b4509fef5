// What an appliance says of its disks, as lines that can be compared with another appliance's.
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Fast;

/// <summary>Asks everything that lists or inspects.</summary>
internal sealed class ApplianceAnswers
{
    private const int FewDevices = 12;

    private static readonly string[] FilesystemTypes =
    [
        "9p", "bfs", "btrfs", "erofs", "exfat", "ext2", "ext3", "ext4", "f2fs", "fuse", "gfs2", "hfs", "hfsplus", "iso9660", "jfs", "minix",
        "msdos", "nilfs2", "ntfs3", "ocfs2", "overlay", "reiserfs", "romfs", "squashfs", "sysv", "udf", "ufs", "vfat", "virtiofs", "xfs",
    ];

    private readonly GuestfsHandle g;
    private readonly List<string> lines = [];
    private readonly Dictionary<string, string> arrays;

    private ApplianceAnswers(GuestfsHandle g)
    {
        this.g = g;

        // Which array becomes md127 and which md126 is a race, in all appliances.
        arrays = g.ListMdDevices().ToDictionary(array => array, array => "/dev/array-" + g.MdDetail(array)["uuid"], StringComparer.Ordinal);
    }

    /// <summary>The answers, sorted within each question.</summary>
    /// <param name="g">The appliance.</param>
    /// <param name="inspect">Whether to look for systems, too, which takes long.</param>
    internal static IReadOnlyList<string> Of(GuestfsHandle g, bool inspect)
    {
        ApplianceAnswers answers = new(g);
        answers.AskAll();
        if (inspect)
        {
            answers.Inspect();
        }

        return answers.lines;
    }

    private void AskAll()
    {
        Ask("groups", () => [.. g.AvailableAllGroups().Where(group => g.FeatureAvailable([group]))]);
        Ask("filesystem types", () => [.. FilesystemTypes.Where(g.FilesystemAvailable)]);
        int devices = Ask("list-devices", g.ListDevices).Length + Ask("list-partitions", g.ListPartitions).Length;

        // It reads each of them.
        if (devices < FewDevices || Soak.IsOn)
        {
            Ask("list-filesystems", g.ListFilesystems);
        }

        Ask("list-md-devices", g.ListMdDevices);
        Ask("list-dm-devices", g.ListDmDevices);
        Ask("list-ldm-volumes", g.ListLdmVolumes);
        Ask("list-ldm-partitions", g.ListLdmPartitions);
        Ask("list-disk-labels", g.ListDiskLabels);
        Ask("pvs", g.Pvs);
        Ask("vgs", g.Vgs);
        Ask("lvs", g.Lvs);
        Ask("links by path", () => Shell("ls /dev/disk/by-path"));
        Ask("links by label", () => Shell("ls /dev/disk/guestfs 2>/dev/null || true"));
        Ask("timeouts", () => Shell("sort -u /sys/block/sd*/device/timeout"));
    }

    private void Inspect()
    {
        foreach (string root in Ask("inspect-os", g.InspectOs))
        {
            Ask("type",
                () => [g.InspectGetType(root), g.InspectGetDistro(root), g.InspectGetHostname(root), g.InspectGetProductName(root)]);
            Ask("mountpoints", () => g.InspectGetMountpoints(root));
            Ask("filesystems", () => g.InspectGetFilesystems(root));
            Ask("drive mappings", () => g.InspectGetDriveMappings(root));
        }
    }

    private string[] Shell(string command) => g.Debug("sh", [command]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Ask(string question, Func<IReadOnlyDictionary<string, string>> ask) =>
        Ask(question, () => [.. ask().Select(pair => $"{pair.Key} = {pair.Value}")]);

    // An error is an answer, too.
    private string[] Ask(string question, Func<string[]> ask)
    {
        string[] answer;
        try
        {
            answer = ask();
            lines.AddRange(answer.Select(Named).Order(StringComparer.Ordinal).Select(line => $"{Named(question)}: {line}"));
        }
        catch (GuestfsException e)
        {
            answer = [];
            lines.Add($"{Named(question)}: error {e.Errno}: {Named(e.Message)}");
        }

        return answer;
    }

    private string Named(string line)
    {
        foreach ((string array, string name) in arrays)
        {
            line = line.Replace(array, name, StringComparison.Ordinal);
        }

        return line;
    }
}
