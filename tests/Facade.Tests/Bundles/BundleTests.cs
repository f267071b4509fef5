// A program with a bundle, in a process of its own. strace says which files it opened and which programs it ran; the host's libguestfs and
// qemu are there all the time.
using Guestfs.Appliances;
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Bundles;

public sealed class BundleTests
{
    private const string Variable = "GUESTFS_BUNDLE";

    [Fact]
    public void A_moved_bundle_has_all_that_a_process_loads_and_runs()
    {
        using TempDirectory directory = new();
        string built = directory.File("built"), bundle = directory.File("moved bundle"), image = directory.Disk("disk", 1);
        BundleBuilder.Build(new BundleBuildOptions(), built, cancellationToken: TestContext.Current.CancellationToken);
        Directory.Move(built, bundle);

        string[] facts = Trace(bundle, out CommandResult told, "image-facts", image);
        Assert.StartsWith("raw 1048576 False\n", told.Output, StringComparison.Ordinal);
        Assert.Contains(facts, line => line.Contains($"execve(\"{bundle}/bin/qemu-img\"", StringComparison.Ordinal));

        string[] launch = Trace(bundle, out told, "launch");
        Assert.Equal("no exception\n", told.Output);
        Assert.Contains(launch, line => line.Contains($"execve(\"{bundle}/bin/qemu-system-", StringComparison.Ordinal));
        Assert.Contains(launch, line => line.Contains($"{bundle}/appliance/kernel", StringComparison.Ordinal));

        // What libguestfs allocates, this process frees, and the other way round: also where its malloc is not the C library's own, as with
        // glibc's library that checks each piece.
        CommandResult checking = ChildProcess.Run(
            ["launch"],
            new Dictionary<string, string?>
            {
                [Variable] = bundle,
                ["LIBGUESTFS_PATH"] = null,
                ["LIBGUESTFS_HV"] = null,
                ["LD_PRELOAD"] = "libc_malloc_debug.so.0",
                ["GLIBC_TUNABLES"] = "glibc.malloc.check=3",
            });
        Assert.Equal("no exception\n", checking.Output);

        Assert.All(facts.Concat(launch).Where(line => !line.Contains("ENOENT", StringComparison.Ordinal)), line =>
        {
            Assert.DoesNotContain("libguestfs.so", line, StringComparison.Ordinal);
            Assert.DoesNotContain("libvirt.so", line, StringComparison.Ordinal);
            Assert.DoesNotContain("\"/usr/bin/qemu", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_bundle_for_a_newer_glibc_is_refused_with_both_versions()
    {
        using TempDirectory directory = new();
        string bundle = MakeEmpty(directory, "glibc 2.999");
        string host = Command.Run("getconf", ["GNU_LIBC_VERSION"]).Split(' ')[1].Trim();

        Assert.Contains($"it needs glibc 2.999 or later, and this host has glibc {host}.", Refusal(bundle), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_the_loader_takes_a_library_of_it_for_none_is_told()
    {
        using TempDirectory directory = new();
        string bundle = MakeEmpty(directory, "glibc 2.2"), library = Path.Combine(bundle, "lib", "gfsguestfs.so.0");
        File.WriteAllBytes(library, new byte[4096]);

        Assert.Contains($"{library}: invalid ELF header", Refusal(bundle), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chmod g+w bundle/lib", "bundle/lib can be written to by others")]
    [InlineData("chmod o+w bundle/lib/gfsguestfs.so.0", "bundle/lib/gfsguestfs.so.0 can be written to by others")]
    [InlineData("chmod g+w bundle/bin/qemu-img", "bundle/bin/qemu-img can be written to by others")]
    [InlineData("chmod o+w bundle/share/qemu", "bundle/share/qemu can be written to by others")]
    [InlineData("chown 1 bundle/load", "bundle/load belongs to a user who is neither you nor root")]
    [InlineData("mkdir -m 777 d && mv bundle d && ln -s d/bundle bundle", "d can be written to by others")]
    [InlineData("mkdir d && chgrp 7 d && chmod g+w d && mv bundle d && ln -s d/bundle bundle", "d can be written to by others")]
    [InlineData("mkdir d && chown 1 d && mv bundle d && ln -s d/bundle bundle", "d belongs to a user who is neither you nor root")]
    [InlineData("rm -r bundle && echo > bundle", "bundle is not a directory")]
    [InlineData("rm bundle/bin/qemu-img", "bundle/bin/qemu-img is not there")]
    [InlineData("head -c 70000 /dev/zero > bundle/load", "bundle/load cannot be read, or is too long")]
    [InlineData("head -c 3000 /dev/urandom > bundle/load", "bundle/load does not begin with 'guestfs-bundle 1'")]
    [InlineData("mv bundle a,b && ln -s a,b bundle", "its name has a colon, semicolon or comma in it")]
    [InlineData("chmod a-x bundle/bin/*", "may not be executed: is it on a filesystem that is mounted with 'noexec'")]
    [InlineData("head -c 9000 /proc/self/exe > bundle/lib/gfsguestfs.so.0", "lib/gfsguestfs.so.0 is damaged or cut short")]
    [InlineData(
        "cp $(ldconfig -p | sed -n 's/.*libz.so.1 (libc6,[^3].*=> //p') bundle/lib/gfsguestfs.so.0", "does not end with libguestfs")]
    [InlineData("sed -i 's/^glibc.*/glibc 99999999999999999999.1.x/' bundle/load", "it needs glibc")]
    public void A_bundle_that_others_can_change_or_that_is_none_is_refused(string change, string told)
    {
        using TempDirectory directory = new();
        MakeEmpty(directory, "glibc 2.2");
        Command.Run("sh", "-c", $"cd {directory.Path} && {change}");

        Assert.Contains(told, Refusal(directory.File("bundle")), StringComparison.Ordinal);
    }

    // As many systems have it: directories that the user's own group may write to, and /tmp.
    [Fact]
    public void What_the_user_s_own_group_may_change_above_it_is_no_reason()
    {
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"cd {directory.Path} && mkdir own && chgrp $(id -u) own && chmod g+w own && mkdir -m 1777 own/tmp");
        string bundle = MakeEmpty(directory, "glibc 2.999"), moved = directory.File("own/tmp/bundle");
        Directory.Move(bundle, moved);

        Assert.Contains("it needs glibc 2.999", Refusal(moved), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_that_was_asked_for_and_is_not_there_is_no_other_library()
    {
        using TempDirectory directory = new();

        Assert.Contains(
            $"{directory.File("none")} (environment variable {Variable}) cannot be used", Refusal(directory.File("none")),
            StringComparison.Ordinal);
    }

    private static string MakeEmpty(TempDirectory directory, string line)
    {
        foreach (string part in (string[])["lib", "bin", "loader", "libexec", "appliance", "share/qemu"])
        {
            Directory.CreateDirectory(Path.Combine(directory.File("bundle"), part));
        }

        string processor = Command.Run("uname", ["-m"]).Trim(), hypervisor = $"bin/qemu-system-{processor}";
        foreach (string file in (string[])["lib/gfsguestfs.so.0", "bin/qemu-img", hypervisor, "share/qemu/bios.bin"])
        {
            File.WriteAllText(Path.Combine(directory.File("bundle"), file), "");
        }

        Command.Run("chmod", ["-R", "go-w", directory.File("bundle")]);
        Command.Run("chmod", ["a+x", Path.Combine(directory.File("bundle"), hypervisor)]);
        File.WriteAllText(
            Path.Combine(directory.File("bundle"), "load"),
            $"guestfs-bundle 1\nprocessor {processor}\n{line}\nlibrary gfsguestfs.so.0\nfile bin/qemu-img\nfile share/qemu/bios.bin\n");
        return directory.File("bundle");
    }

    private static string Refusal(string bundle)
    {
        string told = ChildProcess.Run(["create"], new Dictionary<string, string?> { [Variable] = bundle }).Output;
        Assert.StartsWith($"{nameof(DllNotFoundException)}", told, StringComparison.Ordinal);
        return told;
    }

    private static string[] Trace(string bundle, out CommandResult told, params string[] scenario)
    {
        using TempDirectory directory = new();
        told = Command.TryRun(
            "strace", ["-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=execve,openat", "-o", directory.File("trace"),
                .. ChildProcess.CommandLine(scenario)],
            new Dictionary<string, string?> { [Variable] = bundle, ["LIBGUESTFS_PATH"] = null, ["LIBGUESTFS_HV"] = null });
        return File.ReadAllLines(directory.File("trace"));
    }
}
