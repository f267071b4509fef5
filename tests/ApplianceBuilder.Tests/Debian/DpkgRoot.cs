// A root directory with a dpkg database that a test writes.
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Debian;

internal sealed class DpkgRoot : IDisposable
{
    private readonly TempDirectory directory = new();

    public DpkgRoot(string status)
    {
        Directory.CreateDirectory(AdminDirectory + "/info");
        Directory.CreateDirectory(AdminDirectory + "/updates");
        File.WriteAllText(AdminDirectory + "/info/format", "1\n");
        File.WriteAllText(AdminDirectory + "/status", status);
    }

    public string Path => directory.Path;

    public string AdminDirectory => directory.Path + "/var/lib/dpkg";

    /// <summary>An entry of the database.</summary>
    public static string Entry(
        string name, string fields = "", string status = "install ok installed", string version = "1.0-1", string architecture = "amd64") =>
        $"Package: {name}\nStatus: {status}\nMaintainer: a <a@example.org>\nArchitecture: {architecture}\nVersion: {version}\n"
        + $"{fields}{(fields.Length == 0 || fields.EndsWith('\n') ? "" : "\n")}Description: a\n\n";

    public PackageSet Load() => DpkgDatabase.Find(Path)!.Load(default);

    public void Dispose() => directory.Dispose();
}
