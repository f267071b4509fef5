// The fast appliance of this machine's packages, built once for the tests that look at it.
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Fast;

/// <summary>A fixed appliance as <c>gfs appliance build --profile fast</c> makes it.</summary>
public sealed class FastAppliance : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds it.</summary>
    public FastAppliance() => Log = Gfs.Run("appliance", "build", "--profile", "fast", "--verbose", "-o", Directory).Error;

    /// <summary>Its directory.</summary>
    public string Directory => directory.File("appliance");

    /// <summary>What the builder told.</summary>
    public string Log { get; }

    /// <summary>A file of it.</summary>
    public string File(string name) => Path.Combine(Directory, name);

    /// <summary>The text of a file of its initrd.</summary>
    public string InitrdFile(string name) =>
        Command.Run("sh", "-c", "cpio --quiet -i --to-stdout \"$1\" < \"$2\"", "sh", name, File("initrd"));

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
