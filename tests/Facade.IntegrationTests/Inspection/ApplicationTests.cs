// The applications of an rpm guest in all forms that its database has had; rpm of this host lists the same packages. And flatpaks and
// snaps by the directories that flatpak and snapd make.
using System.Globalization;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class ApplicationTests
{
    private const string End = "<end>\n";

    private const string Format = "%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}|%{URL}|%{SUMMARY}|%{DESCRIPTION}" + End;

    private const string Spec = """
        Name: alpha
        Epoch: 2
        Version: 1.0~rc1
        Release: 3
        Summary: The first, with ü
        License: MIT
        URL: https://example.org/alpha
        BuildArch: noarch
        AutoReqProv: no
        %description
        Several lines.

        And more: | and %%.
        %package beta
        Summary: Another
        %description beta
        Short.
        %package -n gamma
        Epoch: 0
        Version: 7
        Summary: A third
        %description -n gamma
        Third.
        %files
        %files beta
        %files -n gamma

        """;

    [Fact]
    public void They_are_read_whatever_form_the_database_has()
    {
        using Disk disk = new();
        using TempDirectory directory = new();
        string root = InstallPackages(directory);
        string folder = root + "/var/lib/rpm";
        string[] judged =
        [
            .. Command.Run("rpm", "--root", root, "--dbpath", "/var/lib/rpm", "-qa", "--qf", Format)
                .Split(End, StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Replace("(none)", "", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(3, judged.Length);

        GuestfsHandle g = disk.Guestfs;
        GuestOperatingSystem os = MakeGuest(g);
        g.MountAll(os, readOnly: false);
        byte[][] headers = RpmForms.Headers(root, "/var/lib/rpm");
        string berkeley = directory.File("Packages"), ndb = directory.File("Packages.db");
        RpmForms.WriteBerkeley(berkeley, headers, 1234);
        File.WriteAllBytes(ndb, RpmForms.Ndb(headers));
        g.MkdirP("/usr/lib/sysimage/rpm");
        foreach ((string host, string guest) in ((string, string)[])
            [(berkeley, "/var/lib/rpm/Packages"), (ndb, "/usr/lib/sysimage/rpm/Packages.db"),
                (folder + "/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite")])
        {
            g.Upload(host, guest);
            if (File.Exists(host + "-wal"))
            {
                g.Upload(host + "-wal", guest + "-wal");
            }

            List<string> calls = [];
            g.FunctionEntered += Count;
            GuestApplicationReport found = g.ListApplications(os);
            g.FunctionEntered -= Count;
            Assert.Empty(found.Problems);
            Assert.Equal(judged, found.Applications.Select(Line).Order(StringComparer.Ordinal));
            Assert.All(found.Applications, a => Assert.Equal("rpm", a.PackageFormat));
            Assert.NotEmpty(calls);
            Assert.Empty(calls.Intersect(["inspect_os", "mount", "mount_ro", "mount_options", "umount", "umount_all"]));

            void Count(object? sender, GuestfsMessageEventArgs e) => calls.Add(e.Text.Split(' ')[0]);
        }

        // Cut off in its last package: the others are there. What is no database at all has no more to tell.
        byte[] damaged = File.ReadAllBytes(ndb);
        damaged.AsSpan(damaged.Length - 200).Clear();
        g.RmRf("/usr/lib/sysimage/rpm/rpmdb.sqlite");
        g.Write("/usr/lib/sysimage/rpm/Packages.db", damaged);
        GuestApplicationReport rest = g.ListApplications(os);
        Assert.Equal(2, rest.Applications.Count);
        Assert.Equal("/usr/lib/sysimage/rpm/Packages.db", Assert.IsType<GuestFileException>(Assert.Single(rest.Problems)).Path);
        g.Write("/usr/lib/sysimage/rpm/Packages.db", "nothing"u8);
        AddBundles(g);
        rest = g.ListApplications(os);
        Assert.Single(rest.Problems);
        Assert.Equal(
            ["flatpak|org.gnome.Maps|stable||x86_64", "snap|core20||2318|", "snap|hello-world||29|"],
            rest.Applications.Select(a => string.Join('|', a.PackageFormat, a.Name, a.Version, a.Release, a.Architecture))
                .Order(StringComparer.Ordinal));
        g.UmountAll();
    }

    private static string Line(GuestApplication a) => string.Join('|', a.Name, a.Epoch.ToString(CultureInfo.InvariantCulture), a.Version,
        a.Release, a.Architecture, a.Homepage, a.Summary, a.Description);

    private static string InstallPackages(TempDirectory directory)
    {
        Command.Require("rpmbuild", "rpm");
        string spec = directory.File("alpha.spec"), root = Directory.CreateDirectory(directory.File("root")).FullName;
        File.WriteAllText(spec, Spec);
        Command.Run("rpmbuild", "-bb", "--quiet", "--define", $"_topdir {directory.Path}/build", spec);
        Command.Run(
            "rpm",
            ["--root", root, "--dbpath", "/var/lib/rpm", "--define", "_db_backend sqlite", "-i", "--nodeps", "--force", "--ignorearch",
                .. Directory.GetFiles(directory.File("build/RPMS/noarch"), "*.rpm")]);
        return root;
    }

    private static GuestOperatingSystem MakeGuest(GuestfsHandle g)
    {
        g.Mkfs("ext4", "/dev/sda");
        g.Mount("/dev/sda", "/");
        SmallGuest.All.Single(guest => guest.Name == "fedora").Install(g);
        g.MkdirP("/var/lib/rpm");
        g.UmountAll();
        return Assert.Single(g.Inspect());
    }

    private static void AddBundles(GuestfsHandle g)
    {
        g.MkdirP("/var/lib/flatpak/app/org.gnome.Maps/x86_64/stable");
        g.LnS("x86_64/stable", "/var/lib/flatpak/app/org.gnome.Maps/current");
        g.MkdirP("/var/lib/snapd/snaps/partial");
        g.Touch("/var/lib/snapd/snaps/core20_2318.snap");
        g.Touch("/var/lib/snapd/snaps/hello-world_29.snap");
    }

    private sealed class Disk() : ApplianceFixture([100L << 20]);
}
