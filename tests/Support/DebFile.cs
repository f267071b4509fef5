// Makes .deb archives with dpkg-deb.

namespace Guestfs.TestSupport;

/// <summary>Builds packages.</summary>
internal static class DebFile
{
    /// <summary>Builds a package.</summary>
    /// <param name="folder">Where to put it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="fields">Further control fields, whole lines.</param>
    /// <param name="script">Shell commands that make its files, run in its root; control files are in DEBIAN.</param>
    /// <param name="compression">As dpkg-deb -Z takes it.</param>
    /// <returns>The path of the .deb.</returns>
    public static string Build(
        string folder, string name, string version = "1.0", string fields = "", string script = ":", string compression = "gzip")
    {
        using TempDirectory tree = new();
        string control = Directory.CreateDirectory(tree.File("DEBIAN")).FullName;
        File.WriteAllText(
            Path.Combine(control, "control"),
            $"Package: {name}\nVersion: {version}\nArchitecture: amd64\nMaintainer: Nobody <nobody@example.org>\nDescription: test\n"
            + $"{(fields.Length > 0 ? fields.TrimEnd() + "\n" : "")}");
        Command.Run("sh", "-ec", $"umask 022; cd '{tree.Path}'\n{script}");
        string path = Path.Combine(folder, $"{name}_{version.Replace(':', '%')}_amd64.deb");
        Command.Run("sh", "-ec", $"chmod 755 '{tree.Path}'; dpkg-deb --root-owner-group -Z{compression} -b '{tree.Path}' '{path}'");
        return path;
    }
}
