// Where links lead, judged by realpath(1) on random trees of links.
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Extraction;

public sealed class LinkTargetTests
{
    [Fact]
    public void A_link_is_inside_where_realpath_says_that_it_and_all_on_its_way_are()
    {
        using TempDirectory directory = new();
        Random random = new(20);
        int insides = 0, outsides = 0;
        for (int tree = 0; tree < 12; tree++)
        {
            string root = Directory.CreateDirectory(directory.File(string.Create(CultureInfo.InvariantCulture, $"t{tree}"))).FullName;
            List<string> directories = [""];
            for (int i = 0; i < 6; i++)
            {
                string sub = Path.Combine(directories[random.Next(directories.Count)], $"d{random.Next(3)}");
                Directory.CreateDirectory(Path.Combine(root, sub));
                directories.Add(sub);
            }

            List<(string Directory, string Name, string Target)> links = [];
            for (int i = 0; i < 20; i++)
            {
                string target = Target(random);
                (string Directory, string Name, string Target) link = (directories[random.Next(directories.Count)], $"l{i}", target);
                if (StaysInside(root, link.Directory, target))
                {
                    // Made only then, as extraction does.
                    File.CreateSymbolicLink(Path.Combine(root, link.Directory, link.Name), target);
                    links.Add(link);
                    insides++;
                }
                else
                {
                    outsides++;
                }
            }

            // A later extraction replaces links, and files by links; those that it does not have stay as they are.
            for (int i = 0; i < links.Count; i++)
            {
                (string where, string name, _) = links[random.Next(links.Count)];
                string target = Target(random);
                if (StaysInside(root, where, target))
                {
                    File.Delete(Path.Combine(root, where, name));
                    File.CreateSymbolicLink(Path.Combine(root, where, name), target);
                }
            }

            foreach ((string where, string name, _) in links)
            {
                // In circles, by the kernel's word, a link leads nowhere, and realpath -m without end.
                string link = Path.Combine(root, where, name);
                if (Command.TryRun("stat", ["-L", link]).Error.Contains("Too many levels", StringComparison.Ordinal))
                {
                    continue;
                }

                CommandResult result = Command.TryRun("realpath", ["-m", link]);
                string real = result.Output.Trim();
                Assert.True(real == root || real.StartsWith(root + "/", StringComparison.Ordinal), $"{where}/{name} leads to {real}");
            }
        }

        Assert.True(insides > 50 && outsides > 50, $"{insides} inside and {outsides} outside show little.");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("/", false)]
    [InlineData("a\0b", false)]
    [InlineData("...", true)]
    [InlineData("a\nb", true)]
    [InlineData("\uDCFF", true)]
    public void Names_are_safe_where_the_kernel_makes_an_entry_of_that_very_directory(string name, bool safe)
    {
        Assert.Equal(safe, GuestName.IsSafe(name));
        using TempDirectory directory = new();
        using HostDirectory open = HostDirectory.OpenNamed(directory.Path);
        if (safe)
        {
            open.CreateFile(name, ModeBits.OwnerReadWrite).Dispose();
            Assert.Single(Directory.GetFileSystemEntries(directory.Path));
        }
    }

    // Many go up from behind a link, which may lead elsewhere later.
    private static string Target(Random random) =>
        random.Next(3) == 0 ? $"l{random.Next(20)}/.." : string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(random)));

    private static string Part(Random random) => random.Next(8) switch
    {
        < 3 => "..",
        3 => ".",
        4 => $"l{random.Next(20)}",
        _ => $"d{random.Next(3)}",
    };

    private static bool StaysInside(string root, string directory, string target)
    {
        using DirectoryChain way = new();
        way.Push(HostDirectory.OpenNamed(root));
        foreach (string part in directory.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            way.Push(way.Current.Open(part));
        }

        return LinkTarget.StaysInside(way, 1, target);
    }
}
