// Enough of a Debian for inspection to recognise it.
namespace Guestfs.IntegrationTests.Inspection;

/// <summary>The files of a small Debian-like system.</summary>
internal static class FakeDebian
{
    internal const string OsRelease =
        "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n";

    internal const string DpkgStatus = """
        Package: bash
        Status: install ok installed
        Architecture: amd64
        Version: 5.2.15-2+b2
        Homepage: http://tiswww.case.edu/php/chet/bash/bashtop.html
        Description: GNU Bourne Again SHell
         Bash is an sh-compatible command language interpreter.

        Package: base-files
        Status: install ok installed
        Architecture: all
        Version: 12.4+deb12u5
        Description: Debian base system miscellaneous files

        Package: epochal
        Source: other-source (1.0)
        Status: install ok installed
        Architecture: amd64
        Version: 3:1.2-3-4
        Description: größer

        Package: removed
        Status: deinstall ok config-files
        Architecture: amd64
        Version: 1.0


        """;

    /// <summary>Writes the root filesystem, which is mounted on /.</summary>
    internal static void Install(GuestfsHandle g, string fstab, string hostName)
    {
        foreach (string directory in (string[])["/bin", "/boot", "/etc", "/home", "/lib", "/srv", "/tmp", "/usr", "/var"])
        {
            g.Mkdir(directory);
        }

        Write(g, "/etc/os-release", OsRelease);
        Write(g, "/etc/debian_version", "12.5\n");
        Write(g, "/etc/hostname", hostName + "\n");
        Write(g, "/etc/fstab", fstab);

        // All that tells the architecture is the header of an ELF file.
        byte[] elf = new byte[64];
        ((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(elf, 0);
        (elf[16], elf[18], elf[20], elf[52]) = (2, 62, 1, 64);
        g.Write("/bin/bash", elf);
    }

    /// <summary>Writes the package database below the directory that is /var.</summary>
    internal static void InstallPackages(GuestfsHandle g, string var)
    {
        g.MkdirP(var + "/lib/dpkg");
        Write(g, var + "/lib/dpkg/status", DpkgStatus);
    }

    private static void Write(GuestfsHandle g, string path, string content) => g.Write(path, System.Text.Encoding.UTF8.GetBytes(content));
}
