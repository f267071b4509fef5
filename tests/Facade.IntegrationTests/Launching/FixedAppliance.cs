// A copy of upstream's appliance to spoil.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

/// <summary>Makes fixed appliances of what supermin has built for libguestfs.</summary>
public static class FixedAppliance
{
    /// <summary>Copies it to a new directory.</summary>
    public static string CopyTo(string directory)
    {
        string built = Path.Combine(
            Command.Run("guestfish", "get-cachedir").Trim(), $".guestfs-{Command.Run("id", "-u").Trim()}", "appliance.d");
        if (!Directory.Exists(built))
        {
            // Building is the first thing that a launch does; how it ends does not matter.
            Command.TryRun("guestfish", ["-a", "/dev/null", "run"], new Dictionary<string, string?>(NewHandle.ToolEnvironment)
            {
                ["LIBGUESTFS_PATH"] = null,
            });
        }

        Assert.SkipUnless(Directory.Exists(built), "libguestfs' own appliance is not one of supermin's here.");
        Directory.CreateDirectory(directory);
        foreach (string name in (string[])["kernel", "initrd", "root"])
        {
            Command.Run("cp", "--sparse=always", Path.Combine(built, name), Path.Combine(directory, name));
        }

        File.WriteAllText(Path.Combine(directory, "README.fixed"), "");
        return directory;
    }
}
