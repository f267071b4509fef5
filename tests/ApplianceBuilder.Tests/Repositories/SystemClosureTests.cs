// The archive that this system installs from: a whole appliance's worth of packages, against apt-get. Needs the network.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Repositories;
using Guestfs.Appliances.Tests.Archives;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Repositories;

public sealed class SystemClosureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What libguestfs' appliance of Debian 13 asks for, more or less.</summary>
    private static string[] Wanted { get; } =
    [
        "acl", "attr", "augeas-lenses", "bash", "binutils", "btrfs-progs", "coreutils", "cpio", "cryptsetup-bin", "dash", "dosfstools",
        "e2fsprogs", "fdisk", "file", "gawk", "grub2-common",
        "iproute2", "kmod", "less", "libaugeas0", "lvm2", "mdadm", "mount", "ntfs-3g", "parted", "qemu-utils", "squashfs-tools",
        "systemd-sysv", "udev", "util-linux", "xz-utils", "zstd", "no-such-package",
    ];

    [Fact]
    public async Task The_closure_of_an_appliance_is_what_apt_get_installs()
    {
        (RepositoryClient client, DebianRepository repository, string source) = Connect();
        PackageUniverse universe = await client.LoadAsync([repository], null, Token);
        PackageSelection selection = DependencyResolver.Resolve(
            universe, new PackageRequest { Required = ["linux-image-cloud-amd64"], Wanted = Wanted }, Token);
        Assert.Equal(["no-such-package"], selection.NotFound);

        string[] essential = [.. universe.All.Where(package => package.Essential).Select(package => package.Name)];
        IReadOnlyList<string> apt = AptRoot.Simulate(source, [.. essential, "linux-image-cloud-amd64", .. Wanted.SkipLast(1)]);
        string[] ours = [.. selection.Packages.Select(package => package.Name)];
        Assert.True(ours.Length > 150);

        Assert.Equal("", string.Join(' ', ours.Except(apt)));
        Assert.Equal("", string.Join(' ', apt.Except(ours)));
    }

    [Theory]
    [InlineData("trixie", "disk\ninput\nrender\n")]
    [InlineData("bookworm", "disk\n")]
    public async Task Packages_that_are_downloaded_become_a_system_that_runs(string suite, string groups)
    {
        Command.Require("chroot");
        (RepositoryClient client, DebianRepository repository, _) = Connect();
        PackageUniverse universe = await client.LoadAsync([repository with { Suite = suite }], null, Token);
        PackageSelection selection = DependencyResolver.Resolve(
            universe, new PackageRequest { Required = ["gawk", "udev", "less"] }, Token);
        IReadOnlyList<RepositoryPackage> packages = await client.DownloadAsync(selection.Packages, null, Token);
        using TempDirectory directory = new();
        using Spool spool = new(directory.File("spool"));
        RepositoryFiles files = await RepositoryFiles.ReadAsync(packages, spool, 2, null, Token);
        FilePlanBuilder builder = new();
        foreach (PlanEntry entry in files.Entries)
        {
            builder.Add(entry);
        }

        FilePlan plan = builder.Build();
        Assert.Equal("usr/bin", plan.Find("/bin")!.LinkTarget);
        Assert.NotNull(plan.Find("/etc/resolv.conf"));
        Assert.Contains("/etc/bash.bashrc", files.ConfigurationFiles);

        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can chroot.");
        string root = directory.File("root");
        Write(plan, root);
        string output = Command.Run(
            "chroot", root, "/bin/sh", "-ec",
            "awk 'BEGIN { print \"awk\" }'; pager --version | head -1; getent passwd root; getent group disk input render | cut -d: -f1; "
            + "udevadm --version; readlink /var/run /etc/mtab");
        Assert.StartsWith("awk\nless ", output, StringComparison.Ordinal);
        Assert.Contains("\nroot:*:0:0:root:/root:/bin/bash\n" + groups, output, StringComparison.Ordinal);
        Assert.EndsWith("/run\n../proc/self/mounts\n", output, StringComparison.Ordinal);

        // The library path that ld.so.conf.d names holds nothing that the loader would not find without a cache.
        Assert.Equal("", Command.Run(
            "chroot", root, "/bin/sh", "-ec",
            "cat /etc/ld.so.conf.d/*.conf | grep '^/' | grep -Ev '^(/usr)?(/local)?/lib(/[a-z0-9_]+-linux-gnu)?$' || true"));
        Assert.Equal("", Command.Run(
            "chroot", root, "/bin/sh", "-ec", "for f in /usr/bin/* /usr/sbin/*; do ldd $f 2>/dev/null | grep 'not found' || true; done"));
    }

    // The system's archive, as another suite, with a cache that later runs find again.
    private static (RepositoryClient Client, DebianRepository Repository, string AptLine) Connect()
    {
        DebianRepository? system = AptSources.Read("/", "amd64").Repositories.FirstOrDefault(source => !source.IsFlat
            && source.Components.Contains("main")
            && source.Address.AbsolutePath.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal));
        string? keyring = Array.Find(Keyrings, File.Exists);
        if (system is null || keyring is null)
        {
            Command.Missing("apt has no Debian archive among its sources.");
        }

        DebianRepository repository = system! with
        {
            Suite = "trixie",
            Components = ["main"],
            SignedBy = new SignedBy([File.ReadAllBytes(keyring!)], []),
            CheckValidUntil = false,
            AllowOlder = true,
        };
        Directory.CreateDirectory(Repository.File("artifacts"));
        RepositoryClient client = new(
            new Downloader(Http, AptCredentials.Read("/"), TimeProvider.System),
            new PackageCache(Repository.File("artifacts", "packages"), TimeProvider.System),
            new GpgvVerifier(new Packages.ProcessRunner()),
            TimeProvider.System,
            warn: null);
        return (client, repository, $"deb [signed-by={keyring}] {repository.Address} trixie main");
    }

    private static HttpClient Http { get; } = new();

    private static string[] Keyrings { get; } =
    [
        "/usr/share/keyrings/debian-archive-keyring.pgp", "/usr/share/keyrings/debian-archive-keyring.gpg",
    ];

    private static void Write(FilePlan plan, string root)
    {
        foreach (PlanEntry entry in plan.Entries)
        {
            string path = root + entry.Path;
            switch (entry.Kind)
            {
                case EntryKind.Directory:
                    Directory.CreateDirectory(path);
                    break;
                case EntryKind.SymbolicLink:
                    File.CreateSymbolicLink(path, entry.LinkTarget!);
                    break;
                case EntryKind.File:
                    File.WriteAllBytes(path, ArchiveTest.Bytes(entry.Content!));
                    if (!OperatingSystem.IsWindows())
                    {
                        File.SetUnixFileMode(path, (UnixFileMode)entry.Mode);
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
