// What is checked in is what the generator writes.
using Guestfs.Generator.Emit;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void Every_generated_file_is_byte_for_byte_what_the_generator_writes()
    {
        string[] stale = [.. new GeneratedFiles(Repository.Root).Differences()];

        Assert.True(stale.Length == 0, $"Run './build.sh generate' and commit the result. These differ:\n{string.Join('\n', stale)}");
    }

    [Fact]
    public void A_changed_a_missing_and_a_stray_file_are_seen()
    {
        using TempDirectory checkout = new();
        CopyModel(checkout.Path);
        GeneratedFiles output = new(checkout.Path);
        int all = output.Write().Count;
        Assert.Empty(output.Differences());

        string folder = checkout.File("src/Facade/Managed/Generated/Structs");
        File.AppendAllText(Path.Combine(folder, "Stat.g.cs"), "\n");
        File.Delete(Path.Combine(folder, "Xattr.g.cs"));
        File.WriteAllText(Path.Combine(folder, "Stray.g.cs"), "");
        string handWritten = checkout.File("native/install/install.sh");
        File.WriteAllText(handWritten, "");

        Assert.Equal(["Stat.g.cs", "Stray.g.cs", "Xattr.g.cs"], output.Differences().Select(Path.GetFileName));
        Assert.Equal(3, output.Write().Count);
        Assert.Empty(output.Differences());
        Assert.True(File.Exists(handWritten), "a file that is not the generator's was deleted");
        Assert.True(all > 100, $"only {all} files were written");
    }

    private static void CopyModel(string to)
    {
        foreach (string file in Directory.GetFiles(Repository.File("src", "Interop", "Model"), "*.json", SearchOption.AllDirectories)
            .Append(Repository.File("src", "Facade", "Exports", "abi.json"))
            .Append(Repository.File("Directory.Build.props")))
        {
            string target = Path.Combine(to, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
