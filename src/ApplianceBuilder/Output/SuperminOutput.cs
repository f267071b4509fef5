// The outputs of supermin --build: the same files, without the manifest of our own appliances.
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Host;

namespace Guestfs.Appliances.Output;

/// <summary>Writes what supermin writes.</summary>
internal static class SuperminOutput
{
    /// <summary>Replaces a directory by the tree of the appliance's files.</summary>
    internal static void WriteChroot(ApplianceBuildOptions options, string output, CancellationToken cancellation)
    {
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: false, progress: null, cancellation);
        OutputDirectory.Replace(
            output,
            aside => WithPlan(inputs, aside, plan =>
            {
                ChrootWriter.Write(plan.Files, aside, progress: null, cancellation);

                // --if-newer looks at the directory's own time.
                Directory.SetLastWriteTimeUtc(aside, TimeProvider.System.GetUtcNow().UtcDateTime);
            }, cancellation),
            durable: false);
    }

    /// <summary>Replaces a directory by one with kernel, initrd and root.</summary>
    internal static void WriteFilesystem(ApplianceBuildOptions options, string output, bool copyKernel, CancellationToken cancellation)
    {
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: true, progress: null, cancellation);
        OutputDirectory.Replace(
            output,
            aside => WithPlan(inputs, aside, plan =>
            {
                Posix.CreateDirectory(aside, 0x1ED);
                if (copyKernel)
                {
                    ApplianceWriter.WriteKernel(inputs, aside, progress: null, cancellation);
                }
                else
                {
                    Posix.CreateSymbolicLink(Path.Combine(aside, ApplianceWriter.KernelName), inputs.Kernel!.ImagePath);
                }

                ApplianceWriter.WriteInitrd(inputs, plan, aside, cancellation);
                Ext2Layout layout = ApplianceWriter.RootLayout(inputs, plan, computeDigest: false);
                Ext2Image.Write(layout, Path.Combine(aside, ApplianceWriter.RootName), progress: null, cancellation);
            }, cancellation),
            durable: false);
    }

    private static void WithPlan(ApplianceInputs inputs, string aside, Action<RootPlan> write, CancellationToken cancellation)
    {
        try
        {
            inputs.WithPlan(aside + OutputDirectory.SpoolSuffix, progress: null, plan =>
            {
                write(plan);
                return plan;
            }, cancellation);
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(aside, exception);
        }
    }
}
