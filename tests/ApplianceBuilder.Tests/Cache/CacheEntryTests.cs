// Entries of the cache: built once, found by what they are made of, never used when damaged.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Skeletons;
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Cache;

public sealed class CacheEntryTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly FakeHost host = new();

    [Fact]
    public void An_entry_is_built_once()
    {
        using RecordingLogs log = new();
        string first = Get(host.Options with { LoggerFactory = log }), inode = Inode(first);
        Assert.Single(log.Texts("Guestfs.Appliances"), line => line.StartsWith("root: ", StringComparison.Ordinal));
        Gfs.Verify(first);
        Assert.Equal(first, Get(host.Options));
        Assert.Equal(inode, Inode(first));

        // The same for another process, whose free space is another: it leads to another entry once, and then to that.
        string[] command = ["appliance", "build", "--cache", CacheDirectory, .. host.Arguments];
        string second = Gfs.Run(command).Output, secondInode = Inode(second.Trim());
        Assert.NotEqual(first + "\n", second);
        Assert.Equal(second, Gfs.Run(command).Output);
        Assert.Equal(secondInode, Inode(second.Trim()));
        Assert.Equal(inode, Inode(first));
    }

    [Fact]
    public void A_fresh_entry_is_found_without_reading_any_content()
    {
        Command.Require("strace");
        string[] command = ["appliance", "build", "--cache", CacheDirectory, .. host.Arguments];
        string entry = Gfs.Run(command).Output.Trim();
        string trace = host.Beside("trace");
        CommandResult result = Gfs.TryRunUnder(["strace", "-f", "-qq", "-o", trace, "-e", "trace=open,openat,openat2"], command);
        if (!File.Exists(trace) || result.Error.Contains("ptrace", StringComparison.Ordinal))
        {
            Command.Missing($"strace does not work here: {result.Error}");
        }

        Assert.Equal(entry + "\n", result.Output);
        string[] opened = [.. File.ReadLines(trace)
            .Where(line => line.Contains('"', StringComparison.Ordinal) && !line.Contains("= -1", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])];
        Assert.Contains(entry + "/manifest.json", opened);
        Assert.DoesNotContain(opened, path => path.StartsWith(entry + "/", StringComparison.Ordinal) && path != entry + "/manifest.json");
        Assert.DoesNotContain(opened, path => path.StartsWith(host.Root + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_changes_the_appliance_changes_the_entry()
    {
        HashSet<string> entries = [Get(host.Options)];
        Changed("the skeleton's content", () => host.Write("skeleton/hostfiles", "/etc/*.conf\n/usr/share/*/conf\n"));
        Changed("a new host file", () => host.Write("etc/one.conf", "1"));
        Changed("a host file's content", () => host.Write("etc/one.conf", "2"));
        Changed("a host file's mode", () => Command.Run("chmod", "0600", host.File("etc/one.conf")));
        Changed("a host file in a new directory", () => host.Write("usr/share/a/conf", "x"));
        Changed("a host file's place", () => Directory.Move(host.File("usr/share/a"), host.File("usr/share/b")));
        Changed("a package", () => host.SetPackage("1.1"));
        Changed("the kernel", () => host.Write("boot/vmlinuz-" + FakeHost.KernelVersion, new string('K', 20000)));
        Changed("a newer kernel", () => CopyKernel("6.2.0-1-amd64"));
        Changed("a module", () =>
        {
            // depmod runs whenever one is installed, and writes the list anew.
            host.SetModule("6.2.0-1-amd64", "another");
        });
        Changed("an excluded file", () => host.Write("skeleton/excludes", "-/usr/bin/*\n"));
        Changed("the size", () => { }, options => options with { RootSize = 32 << 20 });
        Changed("the free space", () => { }, options => options with { FreeSpace = 2 << 20 });
        Changed("the profile", () => { }, options => options with { Profile = ApplianceProfile.Stock });
        Changed("the time", () => { }, options => options with { Timestamp = 1 });

        void Changed(string what, Action change, Func<ApplianceBuildOptions, ApplianceBuildOptions>? options = null)
        {
            change();
            Assert.True(entries.Add(Get(options?.Invoke(host.Options) ?? host.Options)), what);
        }
    }

    [Fact]
    public void Of_two_archives_the_order_counts()
    {
        foreach (string name in new[] { "a", "b" })
        {
            Directory.CreateDirectory(host.Beside(name));
            File.WriteAllText(host.Beside(name + "/file"), name);
            Command.Run("tar", "-C", host.Beside(name), "-cf", host.Beside(name + ".tar"), "--format=ustar", "file");
        }

        string first = Get(host.Options with { Skeleton = [host.Skeleton, host.Beside("a.tar"), host.Beside("b.tar")] });
        string second = Get(host.Options with { Skeleton = [host.Skeleton, host.Beside("b.tar"), host.Beside("a.tar")] });
        Assert.Equal("b", Command.Run("debugfs", "-R", "cat /file", first + "/root"));
        Assert.Equal("a", Command.Run("debugfs", "-R", "cat /file", second + "/root"));
    }

    [Fact]
    public void The_same_skeleton_in_another_place_leads_to_the_same_entry()
    {
        string first = Get(host.Options), inode = Inode(first);
        Command.Run("cp", "-r", host.Skeleton, host.Beside("copy"));
        Assert.Equal(first, Get(host.Options with { Skeleton = [host.Beside("copy")] }));
        Assert.Equal(inode, Inode(first));
    }

    [Theory]
    [InlineData("root")]
    [InlineData("kernel")]
    [InlineData("initrd")]
    [InlineData("README.fixed")]
    [InlineData("manifest.json")]
    public void A_damaged_entry_is_built_again_and_never_used(string name)
    {
        string entry = Get(host.Options), path = Path.Combine(entry, name), digest = Command.Run("sha256sum", path);
        foreach (string damage in new[] { "flip", "truncate", "delete", "replace" })
        {
            Command.Run("cp", "-p", path, host.Beside("good"));
            switch (damage)
            {
                case "flip":
                    using (FileStream file = File.Open(path, FileMode.Open))
                    {
                        file.Position = file.Length / 2;
                        int old = file.ReadByte();
                        file.Position--;
                        file.WriteByte((byte)(old ^ 1));
                    }

                    break;
                case "truncate":
                    Command.Run("truncate", "-s", "-1", path);
                    break;
                case "delete":
                    File.Delete(path);
                    break;
                default:
                    File.Delete(path);
                    Command.Run("ln", "-s", "/dev/null", path);
                    break;
            }

            // The time of modification is as it was: it proves nothing.
            if (File.Exists(path))
            {
                Command.Run("touch", "-h", "-r", host.Beside("good"), path);
            }

            Assert.Equal(entry, Get(host.Options));
            Assert.Equal(digest, Command.Run("sha256sum", path));
            Gfs.Verify(entry);
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("dangling link")]
    [InlineData("pipe")]
    public void What_is_in_an_entrys_place_is_replaced(string what)
    {
        string entry = Get(host.Options);
        Directory.Move(entry, host.Beside("moved"));
        Command.Run("sh", "-c", what switch
        {
            "file" => "echo damaged > \"$0\"",
            "link" => "mkdir \"$0.elsewhere\" && touch \"$0.elsewhere/kept\" && ln -s \"$0.elsewhere\" \"$0\"",
            "pipe" => "mkfifo \"$0\"",
            _ => "ln -s nowhere \"$0\"",
        }, entry);
        Assert.Equal(entry, Get(host.Options));
        Assert.Equal("directory\n", Command.Run("stat", "-c", "%F", entry));
        Gfs.Verify(entry);
        Assert.True(what != "link" || File.Exists(entry + ".elsewhere/kept"));

        // And removed with the rest.
        Directory.Delete(entry, recursive: true);
        File.WriteAllText(entry, "damaged");
        Gfs.Run("appliance", "clean", "--cache", CacheDirectory);
        Assert.False(Path.Exists(entry));
    }

    [Fact]
    public void Damaged_records_cost_time_and_nothing_else()
    {
        string entry = Get(host.Options), inode = Inode(entry);
        foreach (string content in new[]
        {
            "", "{}", "[]", "null", "{\"Key\":\"../..\",\"Inputs\":[]}", "{\"BootId\":null,\"Outputs\":null}", "\u0001",
        })
        {
            foreach (string record in Directory.GetFiles(CacheDirectory, "*.fresh")
                .Concat(Directory.GetFiles(CacheDirectory, "*.verified")))
            {
                File.WriteAllText(record, content);
            }

            Assert.Equal(entry, Get(host.Options));
        }

        Assert.Equal(inode, Inode(entry));
    }

    public void Dispose() => host.Dispose();

    private string CacheDirectory => host.Beside("cache");

    private string Get(ApplianceBuildOptions options)
    {
        using Appliance appliance = new ApplianceCache(CacheDirectory).GetOrBuild(options, cancellationToken: Cancellation);
        return appliance.Directory;
    }

    private static string Inode(string entry) => Command.Run("stat", "-c", "%i", entry + "/root");

    private void CopyKernel(string version)
    {
        File.Copy(host.File("boot/vmlinuz-" + FakeHost.KernelVersion), host.File("boot/vmlinuz-" + version));
        Command.Run("cp", "-r", host.File("lib/modules/" + FakeHost.KernelVersion), host.File("lib/modules/" + version));
    }
}
