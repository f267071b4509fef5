using System.CommandLine;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>The commands below <c>gfs bundle</c>.</summary>
internal static class BundleCommand
{
    internal static Command Create() => new(
        "bundle", "Builds and checks bundles: libguestfs, qemu and an appliance in one folder, to be used without installation.")
    {
        BundleBuildCommand.Create(),
        BundleShowCommand.Create(),
        BundleVerifyCommand.Create(),
        BundlePackCommand.Create(),
        BundleOciCommand.Create(),
        BundleInstallCommand.Create(),
    };
}
