// The functions that are newer than libguestfs 1.48: disks for them, which the host's own programs make, and what they have to
// answer, which the host's own programs say.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>
/// Disks on which a program calls each of the functions, and the judges of what it prints: lines of the form 'function: answer'.
/// </summary>
public sealed partial class NewerFunctions : IDisposable
{
    /// <summary>A command for a shell in the guest, whose output is larger than a message of the appliance can be.</summary>
    public const string ShellCommand = "echo begin; /usr/bin/seq 1 700000";

    /// <summary>Names and uuids of partitions, for programs that look for them.</summary>
    public const string PolicyLabel = "windows-policy", PlainUuid = "33333333-3333-4333-8333-333333333333";

    /// <summary>The permissions that a file of the NTFS disk gets.</summary>
    public const int NtfsMode = 0x100;

    /// <summary>Programs of an appliance that make up features.</summary>
    public const string FeaturePrograms = "clevis-luks-unlock setfiles ntfssecaudit btrfs xfs_info";

    private const string BuildId = "20260101.7", WindowsBuild = "7601";
    private const string Specification = "/etc/selinux/targeted/contexts/files/file_contexts";
    private const int NtfsDisk = 4;

    private readonly TempDirectory directory = new();

    /// <summary>Makes the disks.</summary>
    public NewerFunctions()
    {
        Command.Require("sfdisk", "mke2fs", "mkfs.btrfs", "btrfs", "mkfs.xfs", "xfs_info", "mkntfs", "ntfscp", "ntfssecaudit");
        Command.Require("hivexregedit", "ldd", "seq", "cmp", "nm");
        string system = NewImage(96);
        CommandResult table = Command.TryRun("sfdisk", ["--quiet", system], input: $"""
            label: gpt
            start=1MiB, size=60MiB, name="linux"
            start=64MiB, size=12MiB, name="{PolicyLabel}"
            start=80MiB, size=12MiB, name="windows-plain", uuid={PlainUuid}

            """);
        Assert.True(table.ExitCode == 0, table.Error);
        Ext4(system, 1, 60, LinuxTree());
        Ext4(system, 64, 12, WindowsTree("policy", """
            [\Microsoft\Windows\CurrentVersion\Group Policy\History\{31B2F340-016D-11D2-945F-00C04FB984F9}]

            """));
        Ext4(system, 80, 12, WindowsTree("plain", ""));

        string files = Directory.CreateDirectory(directory.File("btrfs")).FullName;
        byte[] content = new byte[1 << 20];
        new Random(2).NextBytes(content);
        File.WriteAllBytes(Path.Combine(files, "file"), content);
        foreach (bool isDamaged in (bool[])[false, true])
        {
            string image = NewImage(256);
            Command.Run("mkfs.btrfs", "--quiet", "--rootdir", files, image);
            if (isDamaged)
            {
                Damage(image, content.AsSpan(300_000, 64));
            }
        }

        Command.Run("mkfs.xfs", "-q", NewImage(320));
        string ntfs = NewImage(20);
        Assert.Equal(NtfsDisk, Images.Count - 1);
        Command.Run("mkntfs", "--quick", "--force", "--quiet", ntfs);
        File.WriteAllText(directory.File("hello"), "hello\n");
        Command.Run("ntfscp", "--quiet", ntfs, directory.File("hello"), "hello");
        Directory.CreateDirectory(Output);
    }

    /// <summary>The functions.</summary>
    public static IReadOnlyDictionary<string, (string Since, string? Feature)> All { get; } = Read();

    /// <summary>Those that the installed library has.</summary>
    public static IReadOnlySet<string> Present { get; } = FindPresent();

    /// <summary>The disks, in the order in which they are added: with partitions, twice btrfs, XFS, NTFS.</summary>
    public IList<string> Images { get; } = [];

    /// <summary>Where the program puts what command_out and sh_out print, in files of their names.</summary>
    public string Output => directory.File("output");

    /// <summary>Judges what a program says of a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="lines">
    /// What the program has printed. The line 'programs' names what of <see cref="FeaturePrograms"/> the appliance has.
    /// </param>
    public void Judge(string function, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        string Answer(string of) => string.Join(
            '\n', lines.Where(line => line.StartsWith(of + ": ", StringComparison.Ordinal)).Select(line => line[(of.Length + 2)..]));
        string answer = Answer(function);
        (string since, string? feature) = All[function];
        if (!Present.Contains(function))
        {
            Assert.StartsWith("missing: ", answer, StringComparison.Ordinal);
            Assert.Contains($" came with libguestfs {since}", answer, StringComparison.Ordinal);
            return;
        }

        string? program = function is "setfiles" ? "setfiles" : function is "clevis_luks_unlock" ? "clevis-luks-unlock" : null;
        if (program is not null && !Answer("programs").Contains("/" + program, StringComparison.Ordinal))
        {
            Assert.Equal($"no feature {feature}", answer);
            return;
        }

        JudgeAnswer(function, answer);
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    private void JudgeAnswer(string function, string answer)
    {
        switch (function)
        {
            case "device_name":
                Assert.Equal($"/dev/sde {new FileInfo(Images[NtfsDisk]).Length}", answer);
                break;
            case "findfs_partlabel":
                Assert.Equal($"/dev/sda{Number("name", PolicyLabel)}", answer);
                break;
            case "findfs_partuuid":
                Assert.Equal($"/dev/sda{Number("uuid", PlainUuid.ToUpperInvariant())}", answer);
                break;
            case "command_out" or "sh_out":
                Assert.Equal("done", answer);
                string command = function == "sh_out" ? ShellCommand : "seq 1 700000";
                Command.Run("sh", "-c", $"({command}) | cmp - '{Path.Combine(Output, function)}'");
                break;
            case "inspect_get_build_id":
                Assert.Equal($"{BuildId}\n{WindowsBuild}\n{WindowsBuild}", answer);
                break;
            case "inspect_get_windows_group_policy":
                Assert.Equal("error\n1\n0", answer);
                break;
            case "xfs_info2":
                string info = Command.Run("xfs_info", Images[3]);
                string data = info[info.IndexOf("\ndata", StringComparison.Ordinal)..];
                Assert.Equal($"{Of(info, "agcount")} {Of(data, "blocks")}", answer);
                break;
            case "ntfs_chmod":
                Assert.Equal("done", answer);
                string mode = $"mode 0{Convert.ToString(NtfsMode, 8)}\n";
                Assert.Contains(mode, Command.Run("ntfssecaudit", Images[NtfsDisk], "hello"), StringComparison.Ordinal);
                break;
            case "btrfs_scrub_full":
                Assert.Equal("done\nerror", answer);
                Assert.Equal(0, Command.TryRun("btrfs", ["check", "--check-data-csum", Images[1]]).ExitCode);
                Assert.NotEqual(0, Command.TryRun("btrfs", ["check", "--check-data-csum", Images[2]]).ExitCode);
                break;
            case "setfiles":
                Assert.Equal("done", answer);
                string label = Command.Run("debugfs", "-R", "ea_get /etc/hostname security.selinux", $"{Images[0]}?offset={1 << 20}");
                Assert.Contains("system_u:object_r:etc_t:s0", label, StringComparison.Ordinal);
                break;
            case "clevis_luks_unlock":
                Assert.Equal("error", answer);
                break;
            default:
                Assert.Fail($"Nobody judges {function}: extend {nameof(NewerFunctions)} and the programs that call what is newer.");
                break;
        }
    }

    private static string Of(string info, string key) => Regex.Match(info, $@"\b{key}=(\d+)").Groups[1].Value;

    // The number of a partition, as sfdisk has it.
    private int Number(string key, string value)
    {
        using JsonDocument table = JsonDocument.Parse(Command.Run("sfdisk", "--json", Images[0]));
        JsonElement partition = table.RootElement.GetProperty("partitiontable").GetProperty("partitions").EnumerateArray()
            .Single(p => p.GetProperty(key).GetString() == value);
        return int.Parse(partition.GetProperty("node").GetString()![^1..], CultureInfo.InvariantCulture);
    }

    private string NewImage(int megabytes)
    {
        string image = directory.File($"disk{Images.Count}");
        using FileStream file = File.Create(image);
        file.SetLength((long)megabytes << 20);
        Images.Add(image);
        return image;
    }

    private static void Ext4(string image, int offset, int megabytes, string tree)
    {
        string[] options = ["-q", "-F", "-t", "ext4", "-O", "^has_journal", "-E", $"offset={offset << 20},root_owner=0:0"];
        Command.Run("mke2fs", [.. options, "-d", tree, image, megabytes + "M"]);
    }

    private string LinuxTree()
    {
        string tree = Directory.CreateDirectory(directory.File("linux")).FullName;
        string selinux = Path.GetDirectoryName(Specification)![1..];
        foreach (string name in (string[])["bin", "dev", "lib", "proc", "sys", "tmp", "usr/bin", "var", selinux])
        {
            Directory.CreateDirectory(Path.Combine(tree, name));
        }

        string release = $"ID=fedora\nNAME=Fedora\nPRETTY_NAME=\"Fedora Linux 40\"\nVERSION_ID=40\nBUILD_ID={BuildId}\n";
        File.WriteAllText(Path.Combine(tree, "etc/os-release"), release);
        File.WriteAllText(Path.Combine(tree, "etc/redhat-release"), "Fedora release 40 (Forty)\n");
        File.WriteAllText(Path.Combine(tree, "etc/fstab"), "LABEL=none / ext4 defaults 0 0\n");
        File.WriteAllText(Path.Combine(tree, "etc/hostname"), "host\n");
        File.WriteAllText(Path.Combine(tree, Specification[1..]), "/etc(/.*)? system_u:object_r:etc_t:s0\n");
        foreach (string program in (string[])["/bin/sh", "/usr/bin/seq"])
        {
            foreach (string file in LibraryNames().Matches(Command.Run("ldd", program)).Select(m => m.Value).Append(program))
            {
                string target = tree + file;
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                Command.Run("cp", "--dereference", file, target);
            }
        }

        return tree;
    }

    private string WindowsTree(string name, string policy)
    {
        string tree = Directory.CreateDirectory(directory.File(name)).FullName;
        string config = Directory.CreateDirectory(Path.Combine(tree, "Windows/System32/Config")).FullName;
        File.WriteAllBytes(Path.Combine(tree, "Windows/System32/cmd.exe"), WindowsFile.Program());
        string hive = WindowsFile.Hive(directory, name + ".hive", $"""
            [\Microsoft\Windows NT\CurrentVersion]
            "ProductName"=str(1):"Windows 7 Enterprise"
            "CurrentVersion"=str(1):"6.1"
            "CurrentBuild"=str(1):"{WindowsBuild}"
            "CurrentBuildNumber"=str(1):"{WindowsBuild}"
            "InstallationType"=str(1):"Client"

            {policy}
            """);
        File.Copy(hive, Path.Combine(config, "SOFTWARE"));

        // Inspection reads either both or none.
        string system = WindowsFile.Hive(directory, name + ".system", """
            [\Select]
            "Current"=dword:00000001

            [\ControlSet001\Services\Tcpip\Parameters]
            "Hostname"=str(1):"host"

            """);
        File.Copy(system, Path.Combine(config, "SYSTEM"));
        return tree;
    }

    // Changes a byte of a file where it lies in the image.
    private static void Damage(string image, ReadOnlySpan<byte> content)
    {
        byte[] bytes = File.ReadAllBytes(image);
        int at = bytes.AsSpan().IndexOf(content);
        Assert.True(at > 0 && bytes.AsSpan(at + 1).IndexOf(content) < 0);
        using FileStream file = File.OpenWrite(image);
        file.Position = at;
        file.WriteByte((byte)~bytes[at]);
    }

    private static Dictionary<string, (string Since, string? Feature)> Read()
    {
        using JsonDocument model = JsonDocument.Parse(File.ReadAllBytes(Repository.File("src", "Interop", "Model", "guestfs-api.json")));
        return model.RootElement.GetProperty("functions").EnumerateArray()
            .Where(f => Version.Parse(f.GetProperty("since").GetString()!) >= new Version(1, 49))
            .ToDictionary(f => Text(f, "name")!, f => (Text(f, "since")!, Text(f, "feature")));

        static string? Text(JsonElement element, string name) =>
            element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
    }

    private static HashSet<string> FindPresent()
    {
        Match library = Regex.Match(Command.Run("ldconfig", "-p"), @"libguestfs\.so\.0 .*=> (\S+)");
        Assert.True(library.Success, "ldconfig knows no libguestfs.so.0");
        HashSet<string> symbols = ExportedSymbols.Of(library.Groups[1].Value);
        return [.. All.Keys.Where(name => symbols.Contains("guestfs_" + name))];
    }

    [GeneratedRegex(@"/\S+\.so\S*")]
    private static partial Regex LibraryNames();
}
