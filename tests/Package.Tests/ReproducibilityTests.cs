using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed class ReproducibilityTests(LocalFeed feed)
{
    [Fact]
    public void A_build_in_another_folder_gives_the_same_bytes()
    {
        using TempDirectory copy = new();
        using TempDirectory other = new();
        foreach (string file in Directory.GetFiles(Repository.Root))
        {
            File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        Copy("native");
        Copy("src");
        LocalFeed.Pack(copy.Path, other.Path);
        Assert.All(LocalFeed.Packages.Select(row => row.Data).Append("Guestfs.Templates"), package =>
        {
            IReadOnlyDictionary<string, byte[]> one = LocalFeed.Files(feed.Folder, package), two = LocalFeed.Files(other.Path, package);
            Assert.Equal(one.Keys.Order(StringComparer.Ordinal), two.Keys.Order(StringComparer.Ordinal));
            Assert.All(one, file => Assert.True(file.Value.AsSpan().SequenceEqual(two[file.Key]), $"{package}: {file.Key}"));
        });

        // And as a whole, symbols too.
        string[] names = [.. Directory.GetFiles(feed.Folder).Select(file => Path.GetFileName(file))];
        Assert.Equal(9, names.Length);
        Assert.All(names, name => Assert.True(
            File.ReadAllBytes(Path.Combine(feed.Folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(other.File(name))), name));

        // Without what a build left.
        void Copy(string folder)
        {
            DirectoryInfo source = new(Repository.File(folder));
            Directory.CreateDirectory(copy.File(folder));
            foreach (FileInfo file in source.GetFiles())
            {
                file.CopyTo(copy.File(Path.Combine(folder, file.Name)));
            }

            foreach (DirectoryInfo child in source.GetDirectories().Where(child => child.Name is not ("bin" or "obj")))
            {
                Copy(Path.Combine(folder, child.Name));
            }
        }
    }
}
