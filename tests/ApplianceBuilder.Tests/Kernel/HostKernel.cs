// The kernel of the machine that runs the tests.
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Kernel;

internal static class HostKernel
{
    internal static string Cpu { get; } = Command.Run("uname", "-m").Trim();

    internal static IKernelSource Source { get; } = new HostKernelSource("/");

    internal static KernelChoice Find()
    {
        try
        {
            return KernelFinder.Find(Source, new KernelOptions(), CancellationToken.None);
        }
        catch (ApplianceException e) when (e.Problem is ApplianceProblem.NoKernel or ApplianceProblem.UnreadableFile)
        {
            Command.Missing(e.Message);
            throw;
        }
    }

    internal static IReadOnlyList<KernelModule> Modules() => KernelModules.Select(Source, Find(), CancellationToken.None);
}
