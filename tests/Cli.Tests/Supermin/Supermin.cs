// The real supermin beside the tool that stands in for it.
using Guestfs.Appliances;
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

/// <summary>Runs both.</summary>
internal static class Supermin
{
    public static string Skeleton => SkeletonLocator.Find("/", new KernelOptions().Cpu);

    /// <summary>Runs the real one.</summary>
    public static CommandResult Real(
        IEnumerable<string> arguments, string? directory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        Command.Require("supermin");
        return Command.TryRun("supermin", arguments, environment, directory);
    }

    /// <summary>Runs ours.</summary>
    public static CommandResult Ours(
        IEnumerable<string> arguments, string? directory = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        Gfs.TryRun(["supermin", .. arguments], environment, directory);

    /// <summary>Runs both with the same arguments, except for the output directory; both must succeed.</summary>
    public static void Both(TempDirectory directory, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        CommandResult real = Real([.. arguments, "-o", "real"], directory.Path, environment),
            ours = Ours([.. arguments, "-o", "ours"], directory.Path, environment);
        Assert.True(real.ExitCode == 0, real.Error);
        Assert.True(ours.ExitCode == 0, ours.Error);
    }
}
