// What Build refuses, and that it leaves everything as it was when it does.
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class RefusalTests : IDisposable
{
    private readonly FakeHost host = new();

    [Fact]
    public void A_directory_that_is_no_appliance_is_not_replaced()
    {
        string output = host.Beside("documents");
        Directory.CreateDirectory(output);
        File.WriteAllText(output + "/letter", "dear");
        Assert.Contains(
            "is not an appliance", Fails(ApplianceProblem.OutputFailed, host.Options, output).Message, StringComparison.Ordinal);
        Assert.Equal("dear", File.ReadAllText(output + "/letter"));

        File.WriteAllText(host.Beside("file"), "dear");
        Fails(ApplianceProblem.OutputFailed, host.Options, host.Beside("file"));
        Assert.Equal("dear", File.ReadAllText(host.Beside("file")));

        File.CreateSymbolicLink(host.Beside("link"), "documents");
        Fails(ApplianceProblem.OutputFailed, host.Options, host.Beside("link"));
        Assert.Equal("dear", File.ReadAllText(output + "/letter"));
    }

    [Fact]
    public void An_empty_directory_and_an_old_appliance_are_replaced()
    {
        string output = host.Beside("appliance");
        Directory.CreateDirectory(output);
        ApplianceBuilder.Build(host.Options, output, cancellationToken: TestContext.Current.CancellationToken).Dispose();
        Gfs.Verify(output);
        string first = Command.Run("sha256sum", output + "/root");

        File.WriteAllText(output + "/stray", "");
        host.SetPackage("2.0");
        ApplianceBuilder.Build(host.Options, output + "/", cancellationToken: TestContext.Current.CancellationToken).Dispose();
        Gfs.Verify(output);
        Assert.False(File.Exists(output + "/stray"));
        Assert.NotEqual(first, Command.Run("sha256sum", output + "/root"));
        Assert.Equal(["appliance", "system"],
            Directory.EnumerateFileSystemEntries(host.Beside("")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_package_is_left_out_unless_all_are_required_and_then_the_list_is_named()
    {
        host.Write("skeleton/more-packages", "no-such-package\n");
        ApplianceException exception = Fails(
            ApplianceProblem.MissingPackage, host.Options with { RequireAllPackages = true }, host.Beside("out"));
        Assert.Contains("no-such-package", exception.Message, StringComparison.Ordinal);
        Assert.Contains("more-packages", exception.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(host.Beside("out")));

        using RecordingLogs log = new();
        ApplianceBuilder.Build(
            host.Options with { LoggerFactory = log }, host.Beside("out"), cancellationToken: TestContext.Current.CancellationToken)
            .Dispose();
        Assert.Contains(log.Texts("Guestfs.Appliances"), line => line.Contains("no-such-package, asked for by", StringComparison.Ordinal));
    }

    [Fact]
    public void A_skeleton_that_is_not_there_is_an_error_that_says_where_it_comes_from()
    {
        Assert.Contains(
            "supermin.d",
            Fails(ApplianceProblem.InvalidInput, host.Options with { Skeleton = [host.Beside("nowhere")] }, host.Beside("out")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "libguestfs0",
            Fails(ApplianceProblem.InvalidInput, host.Options with { Skeleton = [] }, host.Beside("out")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_without_a_kernel_or_without_packages_is_an_error()
    {
        File.Delete(host.File("boot/vmlinuz-" + FakeHost.KernelVersion));
        Assert.Contains("kernel", Fails(ApplianceProblem.NoKernel, host.Options, host.Beside("out")).Message, StringComparison.Ordinal);
        Directory.Delete(host.File("boot"), recursive: true);
        Directory.Delete(host.File("lib"), recursive: true);
        Fails(ApplianceProblem.NoKernel, host.Options, host.Beside("out"));
        Directory.Delete(host.File("var"), recursive: true);

        // As on Alpine, whose packages cannot be read: the message says what can be.
        host.Write("lib/apk/db/installed", "P:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\nR:ld-musl-x86_64.so.1\n\n");
        string message = Fails(ApplianceProblem.InvalidInput, host.Options, host.Beside("out")).Message;
        Assert.All(["no database of installed packages", "--suite", "--deb"],
            words => Assert.Contains(words, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error()
    {
        Fails(ApplianceProblem.OutputFailed, host.Options, host.Beside("no/such/parent"));
        Fails(ApplianceProblem.OutputFailed, host.Options, "/proc/appliance");
        File.WriteAllText(host.Beside("file"), "");
        Fails(ApplianceProblem.OutputFailed, host.Options, host.Beside("file/appliance"));
    }

    [Fact]
    public void A_directory_that_a_packaged_link_leads_to_is_there_too()
    {
        host.Write("var/lib/dpkg/info/tool.list", "/.\n/var\n/var/lock\n");
        Directory.CreateDirectory(host.File("run/lock"));
        File.CreateSymbolicLink(host.File("var/lock"), "/run/lock");
        ApplianceBuilder.Build(host.Options, host.Beside("out"), cancellationToken: TestContext.Current.CancellationToken).Dispose();
        Assert.Contains(
            "Type: directory", Command.Run("debugfs", "-R", "stat /run/lock", host.Beside("out/root")), StringComparison.Ordinal);
        Assert.Contains(
            "Fast link dest: \"/run/lock\"",
            Command.Run("debugfs", "-R", "stat /var/lock", host.Beside("out/root")),
            StringComparison.Ordinal);
    }

    public void Dispose() => host.Dispose();

    private static ApplianceException Fails(ApplianceProblem problem, ApplianceBuildOptions options, string output)
    {
        ApplianceException exception = Assert.Throws<ApplianceException>(
            () => ApplianceBuilder.Build(options, output, cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(problem == exception.Problem, $"{exception.Problem}: {exception.Message}");
        return exception;
    }
}
