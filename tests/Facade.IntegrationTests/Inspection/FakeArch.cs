// Enough of an Arch Linux for inspection to recognise it. Not of an rpm system:
// the appliance of some distributions cannot read those databases.
using System.Text;

using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Inspection;

/// <summary>The files of a small Arch-like system.</summary>
internal static class FakeArch
{
    private static readonly (string Name, string Version)[] Packages = [("first", "1.2-4"), ("second", "3:0.9rc1-1")];

    /// <summary>Writes the root filesystem, which is mounted on /.</summary>
    internal static void Install(GuestfsHandle g, string fstab)
    {
        foreach (string name in (string[])["/bin", "/etc", "/home", "/tmp"])
        {
            g.Mkdir(name);
        }

        g.Write("/etc/os-release", "NAME=\"Arch Linux\"\nID=arch\nPRETTY_NAME=\"Arch Linux\"\n"u8);
        g.Write("/etc/arch-release", ""u8);
        g.Write("/etc/fstab", Encoding.UTF8.GetBytes(fstab));
        foreach ((string name, string version) in Packages)
        {
            string directory = $"/var/lib/pacman/local/{name}-{version}";
            g.MkdirP(directory);
            g.Write(directory + "/desc", Encoding.UTF8.GetBytes(Description(name, version)));
        }
    }

    /// <summary>What pacman says of the same database: name and version a line.</summary>
    internal static string Pacman(TempDirectory directory)
    {
        string database = directory.File("pacman");
        foreach ((string name, string version) in Packages)
        {
            string package = Directory.CreateDirectory(Path.Combine(database, "local", $"{name}-{version}")).FullName;
            File.WriteAllText(Path.Combine(package, "desc"), Description(name, version));
            File.WriteAllText(Path.Combine(package, "files"), "");
        }

        File.WriteAllText(Path.Combine(database, "local/ALPM_DB_VERSION"), "9\n");
        return Command.Run("pacman", "--root", directory.Path, "--dbpath", database, "--config", "/dev/null", "-Q");
    }

    private static string Description(string name, string version) =>
        $"%NAME%\n{name}\n\n%VERSION%\n{version}\n\n%DESC%\nA package called {name}\n\n%ARCH%\nx86_64\n\n%URL%\n"
        + $"https://example.org/{name}\n\n";
}
