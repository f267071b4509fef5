using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

/// <summary>An appliance as <c>gfs appliance build --with-state</c> makes it.</summary>
public sealed class PreparedAppliance : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds it.</summary>
    public PreparedAppliance()
    {
        CommandResult built = Gfs.TryRun(
            ["appliance", "build", "--profile", "fast", "--with-state", "-o", Directory], TestSupport.Guestfish.Environment);
        Assert.True(built.ExitCode == 0, built.Error);
        Assert.DoesNotContain("booted", built.Error, StringComparison.Ordinal);
    }

    /// <summary>The appliance's.</summary>
    public string Directory => directory.File("appliance");

    /// <summary>As the help of the tool says.</summary>
    public string Hypervisor => InResume("qemu");

    /// <summary>The machine that is saved.</summary>
    public string Saved => Assert.Single(System.IO.Directory.GetDirectories(InResume(""), "machine.state-*"));

    /// <summary>A file of what was saved.</summary>
    public string InResume(string name) => Path.Combine(Directory, "resume", name);

    /// <summary>Saves again where that is needed.</summary>
    public void Prepare()
    {
        ResumableAppliance made = ResumableAppliance.PrepareAsync(Directory).GetAwaiter().GetResult();
        Assert.True(made.IsSaved, made.Reason);
        Assert.Equal(Hypervisor, made.Hypervisor);
    }

    /// <summary>A new image.</summary>
    public string Disk(string name, int megabytes) => directory.Disk(name, megabytes);

    /// <summary>Runs guestfish on disks, which must succeed.</summary>
    public string Guestfish(IEnumerable<string> disks, string script, IReadOnlyDictionary<string, string?>? more = null)
    {
        CommandResult result = TryGuestfish(disks, script, more);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    /// <summary>Runs guestfish on disks.</summary>
    public CommandResult TryGuestfish(IEnumerable<string> disks, string script, IReadOnlyDictionary<string, string?>? more = null)
    {
        Dictionary<string, string?> environment = TestSupport.Guestfish.Environment;
        environment["LIBGUESTFS_PATH"] = Directory;
        environment["LIBGUESTFS_HV"] = Hypervisor;
        foreach ((string name, string? value) in more ?? new Dictionary<string, string?>())
        {
            environment[name] = value;
        }

        return Command.TryRun(
            "guestfish", disks.SelectMany(disk => new[] { "--format=raw", "-a", disk }), environment, input: script);
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
