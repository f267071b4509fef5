using Guestfs.Appliances;
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Output;

namespace Guestfs.Cli.Supermin;

/// <summary><c>supermin --prepare</c>: makes a skeleton of package names.</summary>
internal static class SuperminPrepare
{
    internal static void Run(SuperminOptions options, Action<string>? log, CancellationToken cancellationToken)
    {
        log?.Invoke($"version: {SuperminCommandLine.Version} (gfs)");
        OutputDirectory.Replace(
            options.Output,
            aside => SkeletonPreparation.Write(options.Inputs, new HostPackageSource(),
                options.UseInstalled ? null : new CommandRunner(ProcessInput.Variable("PATH")), ProcessInput.Timestamp(), aside, log,
                cancellationToken),
            durable: false);
    }
}
