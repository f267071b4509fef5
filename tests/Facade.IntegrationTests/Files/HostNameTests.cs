// Names that a program of the host would take for options, and copies of which a part fails; debugfs, find and the kernel judge.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class HostNameTests(FilesAppliance appliance) : IDisposable
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();
    private readonly TempDirectory host = new();

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("-rf")]
    [InlineData("-d/")]
    public void A_name_that_tar_takes_for_an_option_is_refused_and_named(string name)
    {
        Make("--help", "-rf", "-d/file");
        ArgumentException refused = Assert.Throws<ArgumentException>(() => g.CopyIn(host.File(name), directory));
        Assert.Contains(host.File(name), refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(GuestfsHandle.TarIn), refused.Message, StringComparison.Ordinal);
        Assert.Equal("", Names());
    }

    [Fact]
    public void Below_what_is_copied_every_name_arrives_both_ways()
    {
        Make("tree/--help", "tree/-rf", "tree/-d/--checkpoint-action=exec=false", "a-b");
        g.CopyIn(host.File("tree"), directory);
        g.CopyIn(host.File("a-b"), directory);
        Assert.Equal("a-b\ntree\ntree/--help\ntree/-d\ntree/-d/--checkpoint-action=exec=false\ntree/-rf", Names());

        string back = Directory.CreateDirectory(host.File("back")).FullName;
        g.CopyOut(directory + "/tree/-d", back);
        g.CopyOut(directory + "/tree/--help", back);
        Assert.Equal("--help\n-d\n-d/--checkpoint-action=exec=false\n",
            Command.Run("sh", "-c", $"cd '{back}' && find . -mindepth 1 -printf '%P\\n' | LC_ALL=C sort"));
    }

    [Fact]
    public void A_copy_whose_second_half_fails_has_failed()
    {
        Make("file");
        g.SetE2attrs(directory, "i");
        try
        {
            GuestfsException failed = Assert.Throws<GuestfsException>(() => g.CopyIn(host.File("file"), directory));
            Assert.Equal("copy_in", failed.Operation);
            Assert.Contains("tar_in", failed.Message, StringComparison.Ordinal);
        }
        finally
        {
            g.SetE2attrs(directory, "i", new SetE2attrsOptions { Clear = true });
        }

        g.CopyIn(host.File("file"), directory);
        Assert.Equal("file", Names());
    }

    [Fact]
    public void A_mountpoint_that_guestunmount_takes_for_an_option_is_refused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => g.MountLocal("-m"));
        Assert.Contains("./-m", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_copy_loses_is_warned_of_where_there_is_some()
    {
        List<string> warnings = [];
        EventHandler<GuestfsMessageEventArgs> listener = (_, e) => warnings.Add(e.Text);
        g.WarningReceived += listener;
        try
        {
            Make("tree/plain", "tree/sub/file");
            string back = Directory.CreateDirectory(host.File("back")).FullName;
            g.CopyIn(host.File("tree"), directory);
            g.CopyOut(directory + "/tree", back);
            Assert.Empty(warnings);

            // The judge of what there was and what arrived: getfattr.
            g.CapSetFile(directory + "/tree/sub/file", "cap_net_raw+ep");
            g.CopyOut(directory + "/tree", back);
            Assert.Contains(
                $"copy_out: the capability of {directory}/tree/sub/file did not get", Assert.Single(warnings), StringComparison.Ordinal);
            Assert.Contains("TarOutOptions.Xattrs", warnings[0], StringComparison.Ordinal);
            Assert.Equal("", Command.Run("getfattr", "-R", "-d", "-m", "^security.capability", back));

            warnings.Clear();
            Command.Run("setfattr", "-n", "user.mine", "-v", "x", host.File("tree/plain"));
            g.CopyIn(host.File("tree"), directory);
            Assert.Equal(2, warnings.Count);
            Assert.Contains($"user.mine of {host.File("tree/plain")}", warnings[0], StringComparison.Ordinal);
            Assert.Contains($"{directory}/tree/sub/file is lost", warnings[1], StringComparison.Ordinal);
            Assert.Equal("", g.CapGetFile(directory + "/tree/sub/file"));
        }
        finally
        {
            g.WarningReceived -= listener;
        }
    }

    private void Make(params string[] files)
    {
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(host.File(file))!);
            File.WriteAllText(host.File(file), file);
        }
    }

    private string Names() => appliance.Shell($"cd /sysroot{directory} && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort");
}
