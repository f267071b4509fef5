// guestfish, the program that uses appliances.

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>Runs guestfish, or any other program that starts appliances, the same way on every machine.</summary>
public static class Guestfish
{
    /// <summary>Without libvirt and, because a /dev/kvm that exists may still not work, emulated;
    /// unless the environment says otherwise.</summary>
    public static Dictionary<string, string?> Environment => new()
    {
        ["LIBGUESTFS_BACKEND"] = System.Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct",
        ["LIBGUESTFS_BACKEND_SETTINGS"] = System.Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND_SETTINGS") ?? "force_tcg",
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>Runs a script on disks; the line after a command that asks for a key is the key. With the appliance of a directory or, for
    /// null, the one that libguestfs finds.</summary>
    public static string Run(string? appliance, IEnumerable<string> disks, string script)
    {
        Dictionary<string, string?> environment = Environment;
        environment["LIBGUESTFS_PATH"] = appliance;
        CommandResult result = Command.TryRun(
            "guestfish",
            ["--keys-from-stdin", .. disks.SelectMany(disk => new[] { "--format=raw", "-a", disk })],
            environment,
            input: script);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
