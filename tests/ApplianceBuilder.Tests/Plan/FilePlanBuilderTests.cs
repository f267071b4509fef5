// The plan against what the same operations make of a real directory: mkdir, ln and cp are the judges.
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Plan;

public sealed class FilePlanBuilderTests
{
    [Fact]
    public void Names_that_lead_through_links_come_to_the_place_where_the_kernel_puts_them()
    {
        (string Path, string? Link)[] tree =
        [
            ("/usr/bin", null), ("/bin", "usr/bin"), ("/usr/lib", null), ("/lib", "/usr/lib"), ("/opt", "../../usr/lib"),
            ("/usr/lib/deep", "../bin"),
        ];
        string[] files = ["/bin/sh", "/lib/deep/tool", "/opt/x/y", "/lib/libc.so", "/new/dir/file"];

        using TempDirectory directory = new();
        FilePlanBuilder builder = new();
        foreach ((string path, string? link) in tree)
        {
            builder.Add(new PlanEntry
            {
                Path = path,
                Kind = link is null ? EntryKind.Directory : EntryKind.SymbolicLink,
                Mode = Permissions.Octal0755,
                LinkTarget = link,
            });
            string host = directory.Path + path;
            Directory.CreateDirectory(Path.GetDirectoryName(host)!);
            Command.Run(link is null ? "mkdir" : "ln",
                link is null ? ["-p", host] : ["-s", link.StartsWith('/') ? directory.Path + link : link, host]);
        }

        // On the host '..' of the top leaves the tree.
        Command.Run("ln", "-sfn", "usr/lib", directory.File("opt"));
        foreach (string file in files)
        {
            builder.Add(
                new PlanEntry { Path = file, Kind = EntryKind.File, Mode = Permissions.Octal0644, Content = new BytesContent(default) });
            Command.Run("sh", "-c", "mkdir -p \"$(dirname \"$1\")\" && : > \"$1\"", "sh", directory.Path + file);
        }

        string[] expected = [.. Command.Run("find", directory.Path, "-type", "f", "-printf", "/%P\\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal)];
        FilePlan plan = builder.Build();
        Assert.Equal(expected, plan.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => entry.Path));
        Assert.All(plan.Entries, entry => Assert.Equal(EntryKind.Directory, plan.Find(FilePlanBuilder.ParentOf(entry.Path))!.Kind));
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/a\0b")]
    public void Paths_that_could_lead_elsewhere_are_refused(string path)
    {
        FilePlanBuilder builder = new();
        Assert.Throws<ApplianceException>(
            () => builder.Add(new PlanEntry { Path = path, Kind = EntryKind.Directory, Mode = Permissions.Octal0755 }));
    }
}
