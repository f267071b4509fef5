using Guestfs.Appliances.Build;
using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Output;

/// <summary>The outputs of supermin --build: the same files, without the manifest of our own appliances.</summary>
internal static class SuperminOutput
{
    /// <summary>Replaces a directory by the tree of the appliance's files.</summary>
    internal static void WriteChroot(ApplianceBuildOptions options, string output, CancellationToken cancellationToken)
    {
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: false, progress: null, cancellationToken);
        OutputDirectory.Replace(
            output,
            aside => WithPlan(inputs, aside, plan =>
            {
                ChrootWriter.Write(plan.Files, aside, progress: null, cancellationToken);

                // --if-newer looks at the directory's own time.
                Directory.SetLastWriteTimeUtc(aside, TimeProvider.System.GetUtcNow().UtcDateTime);
            }, cancellationToken),
            durable: false);
    }

    /// <summary>Replaces a directory by one with kernel, initrd and root.</summary>
    internal static void WriteFilesystem(ApplianceBuildOptions options, string output, bool copyKernel, CancellationToken cancellationToken)
    {
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: true, progress: null, cancellationToken);
        OutputDirectory.Replace(
            output,
            aside => WithPlan(inputs, aside, plan =>
            {
                Posix.CreateDirectory(aside, Permissions.Octal0755);
                if (copyKernel)
                {
                    ApplianceWriter.WriteKernel(inputs, aside, progress: null, cancellationToken);
                }
                else
                {
                    Posix.CreateSymbolicLink(Path.Combine(aside, ApplianceWriter.KernelName), inputs.Kernel!.ImagePath);
                }

                ApplianceWriter.WriteInitrd(inputs, plan, aside, cancellationToken);
                Ext2Layout layout = ApplianceWriter.RootLayout(inputs, plan, computeDigest: false);
                Ext2Image.Write(layout, Path.Combine(aside, ApplianceWriter.RootName), progress: null, cancellationToken);
            }, cancellationToken),
            durable: false);
    }

    private static void WithPlan(ApplianceInputs inputs, string aside, Action<RootPlan> write, CancellationToken cancellationToken)
    {
        try
        {
            inputs.WithPlan(aside + OutputDirectory.SpoolSuffix, progress: null, plan =>
            {
                write(plan);
                return plan;
            }, cancellationToken);
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(aside, exception);
        }
    }
}
