using System.CommandLine;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>What is copied, and where to: one side is in a guest.</summary>
/// <param name="Request">The guest's disks.</param>
/// <param name="Sources">What is copied. As with cp(1), <c>/.</c> at the end of a directory means what is in it.</param>
/// <param name="Target">Where to.</param>
/// <param name="IsIntoGuest">Whether the target is in the guest.</param>
internal sealed record CopyArguments(GuestRequest Request, string[] Sources, string Target, bool IsIntoGuest)
{
    internal static CopyArguments Read(ParseResult result, string[] arguments)
    {
        string name = result.CommandResult.Command.Name;
        if (arguments.Length < 2)
        {
            throw new UsageException($"'{name}' needs a source and a target, of which one is in the guest: disk.img:/path. "
                + $"See 'gfs {name} --help'.");
        }

        GuestRequest request = DiskOptions.Read(result);
        bool hasDisks = DiskOptions.HaveDisks(result);
        (string Disk, string Path)?[] guest = [.. arguments.Select(GuestCommand.SplitPath)];
        bool isInto = guest[^1] is not null;
        for (int i = 0; i < guest.Length; i++)
        {
            if (guest[i] is null == (isInto == (i == guest.Length - 1)))
            {
                throw new UsageException(isInto
                    ? $"'{arguments[i]}' and the target are both in a guest: one side is this host."
                    : guest.Any(path => path is not null)
                        ? $"'{arguments[i]}' is not in the guest, as the other sources are."
                        : $"None of the arguments is in a guest: write {(hasDisks ? "" : "disk.img")}:/path.");
            }
        }

        // Once is enough: of a disk.img:/path and a :/path both are on it.
        string[] disks =
            [.. guest.OfType<(string Disk, string Path)>().Select(path => path.Disk).Where(disk => disk.Length > 0).Distinct()];
        if (hasDisks ? disks.Length > 0 : disks.Length != 1)
        {
            throw new UsageException(hasDisks ? $"The disks are named by options: write :/path in place of {disks[0]}:/path."
                : disks.Length > 1 ? "All paths must be on one disk, or on those that --add names."
                : "No disk is named before ':/'. Write disk.img:/path.");
        }

        string[] plain = [.. arguments.Select((argument, i) => guest[i]?.Path ?? ProcessInput.FullPath(argument)
            + (argument.EndsWith('/') ? "/" : argument is "." || argument.EndsWith("/.", StringComparison.Ordinal) ? "/." : ""))];
        return new(
            hasDisks ? request : request with { Disks = [DiskName.Parse(disks[0], request.Format)] }, plain[..^1], plain[^1], isInto);
    }
}
