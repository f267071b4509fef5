// Publishes the C ABI, and the library that has upstream's test functions in its place, each once.
using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>A NativeAOT shared library.</summary>
public sealed class PublishedLibrary
{
    private static readonly Lock Gate = new();
    private static readonly Lazy<PublishedLibrary> LazyProduct = new(() => new("src/Facade/Exports", "product"));
    private static readonly Lazy<PublishedLibrary> LazyTestSurface = new(() => new("tests/ExportsTestSurface", "surface"));

    // Below artifacts, so that neither the ordinary build's files nor another build's are touched.
    private PublishedLibrary(string project, string name)
    {
        Command.Require("dotnet", "gcc");
        string artifacts = Repository.File("artifacts", "exports");
        Folder = Path.Combine(artifacts, name);
        // One at a time: they share the libraries' build.
        lock (Gate)
        {
            Publishing = Command.TryRun("dotnet",
            [
                "publish", Repository.File(project), "-c", "Release", "-r", "linux-x64", "-o", Folder,
                "--artifacts-path", artifacts, "--nologo", "-v", "minimal",
                // The C# analyzers have run in the ordinary build; servers would keep our pipes open.
                "-p:RunAnalyzers=false", "--disable-build-servers",
            ]);
        }

        if (Publishing.ExitCode == 0)
        {
            // The name that programs ask for.
            string link = File + ".1";
            System.IO.File.Delete(link);
            System.IO.File.CreateSymbolicLink(link, Path.GetFileName(File));
            // valgrind cannot read what the NativeAOT compiler writes for debuggers, and gives up.
            System.IO.File.Delete(File + ".dbg");
        }
    }

    /// <summary>What the product ships.</summary>
    public static PublishedLibrary Product => LazyProduct.Value;

    /// <summary>The same with upstream's functions for testing language bindings.</summary>
    public static PublishedLibrary TestSurface => LazyTestSurface.Value;

    /// <summary>How publishing went.</summary>
    public CommandResult Publishing { get; }

    /// <summary>The directory that it is in.</summary>
    public string Folder { get; }

    /// <summary>The library.</summary>
    public string File => Path.Combine(Folder, "libguestfs-facade.so");
}
