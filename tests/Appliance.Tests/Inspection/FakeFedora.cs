// Enough of a Fedora for inspection to recognise it; rpm itself makes its package database.
using System.Text;

using Guestfs.TestSupport;

namespace Guestfs.Appliance.Tests.Inspection;

/// <summary>The files of a small Fedora-like system.</summary>
internal static class FakeFedora
{
    /// <summary>Writes the root filesystem, which is mounted on /.</summary>
    internal static void Install(GuestfsHandle g, TempDirectory directory, string fstab)
    {
        foreach (string name in (string[])["/bin", "/etc", "/home", "/tmp", "/usr/lib"])
        {
            g.MkdirP(name);
        }

        g.Write("/etc/os-release", "NAME=\"Fedora Linux\"\nID=fedora\nVERSION_ID=40\nPRETTY_NAME=\"Fedora Linux 40 (Server Edition)\"\n"u8);
        g.Write("/etc/fedora-release", "Fedora release 40 (Forty)\n"u8);
        g.Write("/etc/fstab", Encoding.UTF8.GetBytes(fstab));
        g.MkdirP("/var/lib/rpm");
        g.Upload(Path.Combine(Root(directory), "var/lib/rpm/rpmdb.sqlite"), "/var/lib/rpm/rpmdb.sqlite");
    }

    /// <summary>What rpm on the host says is installed.</summary>
    internal static string Rpm(TempDirectory directory, params string[] arguments) =>
        Command.Run("rpm", ["--root", Root(directory), "--dbpath", "/var/lib/rpm", .. arguments]);

    /// <summary>Makes the package database on the host.</summary>
    internal static void MakePackages(TempDirectory directory)
    {
        foreach ((string name, string version) in (ReadOnlySpan<(string, string)>)[("first", "Version: 1.2"), ("second", "Epoch: 3\nVersion: 0.9~rc1")])
        {
            string spec = directory.File(name + ".spec");
            File.WriteAllText(spec, $"Name: {name}\n{version}\nRelease: 4.fc40\nSummary: A package called {name}\nLicense: MIT\nBuildArch: noarch\nURL: https://example.org/{name}\n%description\nLonger text about {name}.\n%files\n");
            Command.Run("rpmbuild", "-bb", "--quiet", "--define", $"_topdir {directory.File("rpmbuild")}", spec);
        }

        Directory.CreateDirectory(Root(directory));
        Rpm(directory, "--define", "_db_backend sqlite", "--initdb");
        Rpm(directory, ["-i", "--nodeps", "--justdb", .. Directory.GetFiles(directory.File("rpmbuild/RPMS/noarch"))]);

        // All of the database in its one file.
        Command.Run("sqlite3", Path.Combine(Root(directory), "var/lib/rpm/rpmdb.sqlite"), "PRAGMA journal_mode = DELETE");
    }

    private static string Root(TempDirectory directory) => directory.File("rpmroot");
}
