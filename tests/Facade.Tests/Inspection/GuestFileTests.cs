// What is understood of a guest's files, whatever is in them; a shell is the judge of those that are scripts for it.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class GuestFileTests
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["/etc/os-release"] = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n",
        ["/etc/lsb-release"] = "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_DESCRIPTION=\"Ubuntu 10.04.1 LTS\"\n",
        ["/etc/redhat-release"] = "Red Hat Enterprise Linux AS release 4 (Nahant Update 8)\n",
        ["/etc/SuSE-release"] = "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n",
        ["/etc/tencentos-release"] = "TencentOS Server 3.1 (Final)\n",
        ["/etc/debian_version"] = "12.5\n",
        ["/etc/fstab"] = "UUID=1234 / ext4 defaults 0 1\n/dev/my\\040disk /home btrfs subvol=@home 0 2\n/swap none swap sw 0 0\n",
        ["/etc/crypttab"] = "root UUID=5678 none luks\n",
        ["/etc/machine-id"] = "0123456789abcdef0123456789abcdef\n",
        ["/etc/systemd/system/srv.mount"] = "[Unit]\n[Mount]\nWhat=/dev/sdb1\nWhere=/srv\nOptions=ro,nofail\n",
        ["/etc/mdadm.conf"] = "ARRAY /dev/md0 metadata=1.2 UUID=3aaa0122:29827cfa:5331ad66:ca767371\n",
    };

    [Theory]
    [InlineData("FIRST=plain\nSECOND=\"two words\"\n")]
    [InlineData("# comment\n\nFIRST='single $quoted'\nSECOND=\"\\\"\\$\\\\\"\n")]
    [InlineData("FIRST=\"a\"\nFIRST=\"b\"\nSECOND=\n")]
    public void Variables_are_what_a_shell_reads(string text)
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("script"), text);
        ILookup<string, string> read =
            new TextFiles(new() { ["/file"] = text }).ReadVariables("/file").ToLookup(v => v.Name, v => v.Value, StringComparer.Ordinal);
        Assert.Equal(
            Command.Run("sh", "-c", $". '{directory.File("script")}'; printf '%s|%s' \"$FIRST\" \"$SECOND\""),
            $"{read["FIRST"].LastOrDefault()}|{read["SECOND"].LastOrDefault()}");
    }

    [Fact]
    public void A_space_in_a_name_is_what_findmnt_reads_and_an_odd_line_takes_only_itself()
    {
        Command.Require("findmnt");
        const string Good = "/dev/a /mnt/two\\040words ext4 defaults 0 0\n/dev/b   /other\tvfat\n";
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("fstab"), Good);
        string judge = Command.Run("findmnt", "--tab-file", directory.File("fstab"), "--raw", "--noheadings", "-o", "SOURCE,TARGET,FSTYPE")
            .Replace("\\x20", " ", StringComparison.Ordinal);
        TextFiles files = new(new()
        {
            ["/etc/fstab"] = Good.Replace(
                "\n/dev/b", "\nUUID=\"1\" TYPE=\"ext4\" /u02 ext4 defaults 1 2\nx\n/dev/c home ext4\n/dev/b", StringComparison.Ordinal),
        });
        Assert.Equal(judge, string.Concat(Fstab.Read(files).Select(e => $"{e.Device} {e.Path} {e.Type}\n")));
        Assert.Equal([2, 3, 4], files.Problems.Cast<GuestFileException>().Select(p => p.Line));

        string json = JsonSerializer.Serialize(new GuestOperatingSystem { Root = "/dev/sda", Problems = files.Problems });
        Assert.Equal("/etc/fstab 3", Command.Run(
            "python3", "-c", "import json,sys; p = json.loads(sys.argv[1])['Problems'][1]; print(p['Path'], p['Line'], end='')", json));
    }

    [Theory]
    [InlineData("0123456789ABCDEF0123456789abcdef\n", true)]
    [InlineData("0123456789abcdef0123456789abcde\n", false)]
    [InlineData("0123456789abcdef0123456789abcdeg\n", false)]
    [InlineData("", null)]
    [InlineData("uninitialized\n", null)]
    public void A_machine_is_identified_as_systemd_reads_it(string text, bool? isValid)
    {
        Command.Require("systemd-machine-id-setup");
        using TempDirectory tree = new();
        Directory.CreateDirectory(tree.File("etc"));
        File.WriteAllText(tree.File("etc/machine-id"), text);
        string judge = Command.TryRun("systemd-machine-id-setup", ["--root", tree.Path, "--print"]).Output.Trim();
        TextFiles files = new(new() { ["/etc/machine-id"] = text });
        string? id = MachineId.Read(files);
        Assert.Equal(isValid == true, id == judge);
        Assert.Equal(isValid == true, id is not null);
        Assert.Equal(isValid == false ? 1 : 0, files.Problems.Count);
    }

    [Fact]
    public void A_file_of_lines_without_end_is_read_as_far_as_anyone_could_want()
    {
        TextFiles files = new(new() { ["/etc/fstab"] = string.Concat(Enumerable.Repeat("/dev/sda1 /x ext4\n", 100_000)) });
        Assert.Equal(Fstab.MaxEntries, Fstab.Read(files).Count());
        Assert.Equal(Fstab.MaxEntries + 1, Assert.IsType<GuestFileException>(Assert.Single(files.Problems)).Line);
    }

    [Fact]
    public void Whatever_is_in_the_files_is_no_exception_and_loses_no_other_file()
    {
        Random random = new(7);
        string[] names = [.. Whole.Keys];
        for (int round = 0; round < Soak.Rounds(2000, 5000); round++)
        {
            Dictionary<string, string> texts = new(Whole, StringComparer.Ordinal);
            string broken = names[round % names.Length];
            texts[broken] = Mutated(texts[broken], random);
            TextFiles files = new(texts);
            LinuxDistribution distribution = new(files);
            distribution.FindInRoot();
            int mounts = Fstab.Read(files).Count();
            int keys = Fstab.ReadCrypttab(files).Count();
            Assert.True(mounts == 3 || broken == "/etc/fstab");
            Assert.True(keys == 1 || broken == "/etc/crypttab");
            Assert.True(MachineId.Read(files) is not null || broken == "/etc/machine-id");
            Assert.True(new MountUnits(files).Read().Count == 1 || broken == "/etc/systemd/system/srv.mount");
            _ = Fstab.ReadArrays(files).Count();
            Assert.True(distribution.PrettyName == "Debian GNU/Linux 12 (bookworm)" || broken == "/etc/os-release");
        }
    }

    private static string Mutated(string text, Random random)
    {
        char[] characters = [.. text];
        for (int i = 0; i < random.Next(1, 8) && characters.Length > 0; i++)
        {
            int at = random.Next(characters.Length);
            switch (random.Next(4))
            {
                case 0:
                    characters[at] = (char)random.Next(1, 256);
                    break;
                case 1:
                    characters = [.. characters[..at], .. characters[at..].Reverse()];
                    break;
                case 2:
                    characters =
                    [
                        .. characters[..at],
                        .. new string("0123456789=\"'\\\n ."[random.Next(17)], random.Next(1, 40)),
                        .. characters[at..],
                    ];
                    break;
                default:
                    characters = characters[..at];
                    break;
            }
        }

        return new string(characters);
    }

    [Fact]
    public void A_damaged_list_of_packages_loses_only_what_is_damaged()
    {
        const string Dpkg = "Package: a\nStatus: install ok installed\nVersion: 1:2-3\nDescription: x\n more\n\n",
            Apk = "P:a\nV:1.2-r3\nA:x86_64\n\n", Pacman = "%NAME%\na\n\n%VERSION%\n1:2-3\n\n%ARCH%\nany\n\n";
        (string Text, Action<string, string, ApplicationList> Read)[] lists =
            [(Dpkg, PackageLists.Dpkg), (Apk, PackageLists.Apk), (Pacman, PackageLists.Pacman)];
        foreach ((string text, Action<string, string, ApplicationList> read) in lists)
        {
            TextFiles files = new([]);
            ApplicationList list = new(files);
            read(text.Replace("1", "x:", StringComparison.Ordinal), "/list", list);
            read(text, "/list", list);
            Assert.Single(list.ToSorted(), a => a.Name == "a" && a.Release == "3");
            Assert.Single(files.Problems);
        }

        Random random = new(4);
        for (int round = 0; round < Soak.Rounds(1000, 5000); round++)
        {
            (string text, Action<string, string, ApplicationList> read) = lists[round % lists.Length];
            text = Mutated(text, random);
            TextFiles files = new([]);
            ApplicationList list = new(files);
            read(text, "/list", list);
            Assert.All(files.Problems, problem => Assert.Equal("/list", Assert.IsType<GuestFileException>(problem).Path));
            Assert.All(list.ToSorted(), a => Assert.NotEmpty(a.Name));
        }
    }

    [Fact]
    public void The_document_of_an_inspection_is_what_the_serializer_makes_of_its_parts()
    {
        GuestOperatingSystem os = new()
        {
            Root = "/dev/sda1", Type = "linux", Distro = "debian", ProductName = "p\"\u00e9\n", PrettyName = "P", ProductVariant = "Server",
            Version = new Version(12, 5), Architecture = "x86_64", HostName = "h", MachineId = "0123", PackageFormat = "deb",
            PackageManagement = "apt",
            OsinfoId = "debian12", BuildId = "1", Mountpoints = [new("/", "/dev/sda1", "ext4"), new("/x", "/dev/sdx", null)],
            MountEntries =
            [
                new() { File = "/etc/fstab", Line = 3, Device = "UUID=1", Path = "/", Type = "ext4", Options = ["ro"], Mountable = "m" },
            ],
            Filesystems = ["/dev/sda1"], DriveMappings = new Dictionary<string, string> { ["C"] = "/dev/sda2" },
            Windows = new() { SystemRoot = "/w", SystemHive = "s", SoftwareHive = "t", CurrentControlSet = "c", HasGroupPolicy = false },
            Snapshots = ["btrfsvol:/dev/sda1/s"], Problems = [new GuestFileException("/etc/fstab", 3, "is odd"),
                new GuestDeviceException("/dev/sdb", "is encrypted")],
        };
        Assert.All(typeof(GuestOperatingSystem).GetProperties(), property => Assert.NotNull(property.GetValue(os)));
        GuestInspection inspection = new([os, new() { Root = "/dev/sdb" }], [new("/dev/sdc", "BitLocker", null, "m")], os.Problems);
        string document = JsonSerializer.Serialize(inspection, GuestfsJsonContext.Default.GuestInspection);
        Assert.Equal(document, System.Text.Encoding.UTF8.GetString(InspectionJson.ToUtf8(inspection)));

        // Each system is as the serializer writes it alone, and Python reads the same from both.
        const string Program = "import json,sys; a, *b = map(json.loads, sys.argv[1:]); assert a['systems'] == b; "
            + "p = a['problems']; print(p[0]['path'], p[0]['line'], p[1]['device'], a['encryptedDevices'][0]['mapping'], end='')";
        Assert.Equal("/etc/fstab 3 /dev/sdb m", Command.Run("python3", ["-c", Program, document,
            .. inspection.Select(system => JsonSerializer.Serialize(system, GuestfsJsonContext.Default.GuestOperatingSystem))]));
    }

    private sealed class TextFiles(Dictionary<string, string> texts) : GuestFileReader
    {
        internal override bool IsFile(string path) => texts.ContainsKey(path);

        internal override IReadOnlyList<string> List(string directory) =>
            [.. texts.Keys.Where(p => p.StartsWith(directory + "/", StringComparison.Ordinal)).Select(p => p[(directory.Length + 1)..])];

        internal override byte[]? ReadStart(string path, int count) =>
            texts.TryGetValue(path, out string? text) ? System.Text.Encoding.UTF8.GetBytes(text) : null;
    }
}
