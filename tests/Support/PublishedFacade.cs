// Publishes the C library with NativeAOT, once for all test projects that need it: it takes minutes.
using System.Security.Cryptography;
using System.Text;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>The shared library <c>libguestfs-facade.so</c>, as <c>dotnet publish src/Facade/Exports</c> makes it.</summary>
public static class PublishedFacade
{
    private static readonly string Folder = Repository.File("artifacts", "tests", "facade");
    private static readonly Lazy<string> LazyFile = new(Publish);

    // What the library is made of.
    private static readonly string[] Sources = ["src/Interop", "src/ApplianceBuilder", "src/Facade", "native/appliance-init"];
    private static readonly string[] Settings = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"];

    /// <summary>Its full name. Made unless an earlier run, perhaps of another project, has made it of the same sources.</summary>
    public static string File => LazyFile.Value;

    private static string Publish()
    {
        Command.Require("dotnet", "gcc");
        string file = Path.Combine(Folder, "libguestfs-facade.so"), stamp = Path.Combine(Folder, "made-of");
        Directory.CreateDirectory(Folder);
        using FileStream turn = WaitForTurn();
        string digest = DigestOfSources();
        if (!System.IO.File.Exists(stamp) || System.IO.File.ReadAllText(stamp) != digest)
        {
            // The C# analyzers have run in the ordinary build; servers would keep our pipes open.
            CommandResult publishing = Command.TryRun("dotnet",
            [
                "publish", Repository.File("src", "Facade", "Exports"), "-c", "Release", "-r", "linux-x64", "-o", Folder,
                "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "--disable-build-servers",
            ]);
            Assert.True(publishing.ExitCode == 0, publishing.Output + publishing.Error);
            System.IO.File.WriteAllText(stamp, digest);
        }

        return file;
    }

    // The lock ends with the process that has it, however that ends.
    private static FileStream WaitForTurn()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private static string DigestOfSources()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Sources.SelectMany(folder => FilesIn(Repository.File(folder))).Concat(Settings.Select(name => Repository.File(name))).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Repository.Root, file)));
            hash.AppendData(SHA256.HashData(System.IO.File.ReadAllBytes(file)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) is not ("bin" or "obj")).SelectMany(FilesIn));
}
