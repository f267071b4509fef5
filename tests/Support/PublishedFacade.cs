// Publishes the C library with NativeAOT, once for all test projects that need it: it takes minutes.
using System.Security.Cryptography;
using System.Text;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>The shared libraries <c>libguestfs-facade.so</c> and <c>libguestfs-facade-builder.so</c>,
/// as <c>dotnet publish</c> makes them.</summary>
public static class PublishedFacade
{
    private static readonly string Target = Repository.File("artifacts", "tests", "facade");
    private static readonly Lazy<string> LazyFolder =
        new(() => PublishedProgram.Beforehand is { } made ? Path.Combine(made, "facade") : Publish());

    // What the library is made of.
    private static readonly string[] Sources =
    [
        "src/Interop", "src/ApplianceBuilder", "src/Facade", "native/guest/appliance-init", "native/library/entry",
        "native/install/include", "native/guest/lazy-library", "native/launcher", "native/freestanding",
    ];
    private static readonly string[] Settings =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "native/abi/symbols.map",
        "native/library/private.map",
    ];

    /// <summary>The folder with both. Made unless an earlier run, perhaps of another project, has made them of the same sources.</summary>
    public static string Folder => LazyFolder.Value;

    /// <summary>The one that C programs are linked with.</summary>
    public static string File => Path.Combine(Folder, "libguestfs-facade.so");

    private static string Publish()
    {
        Command.Require("dotnet", "gcc");
        string stamp = Path.Combine(Target, "made-of");
        using IDisposable turn = FileTurn.Take(Path.Combine(Target, "lock"));
        string digest = DigestOfSources();
        if (!System.IO.File.Exists(stamp) || System.IO.File.ReadAllText(stamp) != digest)
        {
            foreach (string project in (string[])["Exports", "ApplianceExports"])
            {
                CommandResult publishing = NativePublish.Run(Repository.File("src", "Facade", project), Target, "-v", "quiet");
                Assert.True(publishing.ExitCode == 0, publishing.Output + publishing.Error);
            }

            System.IO.File.WriteAllText(stamp, digest);
        }

        return Target;
    }

    private static string DigestOfSources()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Sources.SelectMany(folder => FilesIn(Repository.File(folder)))
            .Concat(Settings.Select(name => Repository.File(name)))
            .Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Repository.Root, file)));
            hash.AppendData(SHA256.HashData(System.IO.File.ReadAllBytes(file)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) is not ("bin" or "obj")).SelectMany(FilesIn));
}
