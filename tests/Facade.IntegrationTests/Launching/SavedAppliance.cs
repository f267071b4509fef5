using Guestfs.Appliances;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

/// <summary>A cache with an appliance that was saved.</summary>
public sealed class SavedAppliance : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds and saves it.</summary>
    public SavedAppliance() => Save();

    /// <summary>Whether one is saved.</summary>
    public bool IsSaved => Saved.Count > 0;

    /// <summary>The directories of what was saved.</summary>
    public IReadOnlyList<string> Saved => [.. Directory.GetDirectories(directory.File("cache"), "*.state-*")
        .Where(saved => !saved.Contains(".tmp-", StringComparison.Ordinal))];

    /// <summary>How the names begin of what is kept beside the appliance.</summary>
    public string Beside => Saved[0][..(Saved[0].IndexOf(".state-", StringComparison.Ordinal) + ".state-".Length)];

    /// <summary>A new image.</summary>
    public string Disk(string name, int megabytes) => directory.Disk(name, megabytes);

    /// <summary>A handle on the cache's appliance.</summary>
    public GuestfsHandle NewHandle(bool alwaysBoot = false) => new(new GuestfsHandleOptions
    {
        Accelerator = Accelerator.Tcg,
        Appliance = new ManagedApplianceSource(new ApplianceBuildOptions { Profile = ApplianceProfile.Fast }, directory.File("cache")),
        AlwaysBoot = alwaysBoot,
    });

    /// <summary>Saves one, in the background of a launch, and waits for it.</summary>
    public void Save()
    {
        using GuestfsHandle g = NewHandle();
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.False(g.ResumeChoice!.Resumed);
        string said = g.Session.Saving!.GetAwaiter().GetResult();
        Assert.True(IsSaved, said);
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
