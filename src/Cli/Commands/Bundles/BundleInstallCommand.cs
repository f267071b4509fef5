using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Puts a bundle into the cache.</summary>
internal static class BundleInstallCommand
{
    internal static Command Create()
    {
        Argument<string> source = new("bundle") { Description = "An archive, .tar or .tar.zst, or a bundle's directory." };
        Option<string?> cache = new("--cache") { Description = "The cache's directory.", HelpName = "directory" };
        Flag isDefault = new("--default")
        {
            Description = "Have programs of this user use it that name no other: by a link in the user's data directory.",
        };
        Command command = new(
            "install", "Puts a bundle into the cache, under its digest and beside others, and prints its directory: for GUESTFS_BUNDLE.")
        {
            source, cache, isDefault,
        };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                string directory = Path.Combine(
                    ProcessInput.FullPath(result.GetValue(cache) ?? ApplianceCache.DefaultDirectory), "bundles");
                using ProgressBar bar = new();
                Bundle bundle = Bundle.Install(ProcessInput.FullPath(result.GetValue(source)!), directory, bar, cancellationToken);
                bar.Dispose();
                if (result.GetValue(isDefault))
                {
                    LinkTo(bundle.Directory);
                }

                DirectoryAnswer.Write(result, bundle.Directory);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    // What the user has put there himself stays.
    private static void LinkTo(string bundle)
    {
        string link = GuestfsBundle.InUsersData()
            ?? throw new UsageException("There is no place for the link: neither XDG_DATA_HOME nor HOME names a directory.");
        if (new FileInfo(link) is { LinkTarget: null } && (Directory.Exists(link) || File.Exists(link)))
        {
            throw new UsageException($"{link} is there, and is no link. Remove it first.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, bundle);
    }
}
