using System.CommandLine;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>The bundle that a command is about.</summary>
internal static class BundleArgument
{
    internal static Argument<string> Directory() => new("directory") { Description = "The bundle's directory." };
}
