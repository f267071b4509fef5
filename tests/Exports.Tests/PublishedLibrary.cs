// The C ABI as programs find it, and the library that has upstream's test functions in its place.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

/// <summary>A NativeAOT shared library in a directory for these tests, with the programs that are linked with it.</summary>
public sealed class PublishedLibrary
{
    private const string FileName = "libguestfs-facade.so";

    private static readonly Lazy<PublishedLibrary> LazyProduct = new(() => new("product", PublishedFacade.File));
    private static readonly Lazy<PublishedLibrary> LazyTestSurface = new(() => new("surface", PublishTestSurface()));

    private PublishedLibrary(string name, string file)
    {
        Folder = Directory.CreateDirectory(Repository.File("artifacts", "tests", "exports", name)).FullName;
        // Without what the NativeAOT compiler writes for debuggers, which valgrind cannot read.
        foreach (string library in Directory.GetFiles(Path.GetDirectoryName(file)!, "libguestfs-facade*.so"))
        {
            string copy = Path.Combine(Folder, Path.GetFileName(library)), link = copy + ".1";
            System.IO.File.Copy(library, copy, overwrite: true);
            // The name that programs ask for.
            System.IO.File.Delete(link);
            System.IO.File.CreateSymbolicLink(link, Path.GetFileName(copy));
        }
    }

    /// <summary>What the product ships.</summary>
    public static PublishedLibrary Product => LazyProduct.Value;

    /// <summary>The same with upstream's functions for testing language bindings.</summary>
    public static PublishedLibrary TestSurface => LazyTestSurface.Value;

    /// <summary>The directory that it is in.</summary>
    public string Folder { get; }

    /// <summary>The library.</summary>
    public string File => Path.Combine(Folder, FileName);

    // After the product: both build the same libraries.
    private static string PublishTestSurface()
    {
        _ = Product;
        string folder = Repository.File("artifacts", "tests", "exports", "published");
        CommandResult publishing = NativePublish.Run(Repository.File("tests", "ExportsTestSurface"), folder, "-v", "quiet");
        Assert.True(publishing.ExitCode == 0, publishing.Output + publishing.Error);
        Assert.DoesNotContain("warning", publishing.Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(folder, FileName);
    }
}
