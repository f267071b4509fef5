// chmod and chown, which do something with each file that is named, and with all below.
using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Changes permissions and owners in the guest.</summary>
internal static class ChangeCommands
{
    private static readonly Flag Recursive = new("-R", "--recursive") { Description = "Everything below directories, too." };

    internal static Command CreateChmod()
    {
        Argument<string> mode = new("mode") { Description = "Permissions: octal digits, or changes such as u+x,go-w." };
        mode.Validators.Add(result =>
        {
            if (Permissions.Apply(result.Tokens[0].Value, 0) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' is no mode: octal digits such as 0644, or changes such as u+x,go-w.");
            }
        });
        return GuestCommand.Create(
            "chmod", "Changes the permissions of files of the guest.", "path...", least: 1, [Recursive, GuestCommand.DryRun], writes: true,
            async (result, session, paths, cancellationToken) =>
            {
                await session.MountAsync(cancellationToken).ConfigureAwait(false);
                await ForEachAsync(
                    result, session, paths, followsGiven: true,
                    (g, file) =>
                    {
                        // Of a link there are none.
                        int before = (int)file.Status.Mode & 0xFFF;
                        int after = Permissions.Apply(result.GetValue(mode)!, (int)file.Status.Mode)!.Value;
                        return file.Type == 'l' || before == after
                            ? null
                            : ($"{Octal(before)} to {Octal(after)}", () => g.Chmod(after, file.Path));
                    },
                    cancellationToken).ConfigureAwait(false);
            },
            first: mode);
    }

    internal static Command CreateChown()
    {
        Argument<string> owner = new("owner")
        {
            HelpName = "user[:group]", Description = "The guest's names or numbers: user, user:group or :group.",
        };
        return GuestCommand.Create(
            "chown", "Changes the owners of files of the guest.", "path...", least: 1,
            [Recursive, GuestCommand.DryRun], writes: true,
            async (result, session, paths, cancellationToken) =>
            {
                await session.MountAsync(cancellationToken).ConfigureAwait(false);
                (int? user, int? group) = GuestOwner.Read(session.Guestfs, result.GetValue(owner)!);
                await ForEachAsync(
                    result, session, paths, followsGiven: !result.GetValue(Recursive),
                    (g, file) =>
                    {
                        int toUser = user ?? (int)file.Status.Uid, toGroup = group ?? (int)file.Status.Gid;
                        return (toUser, toGroup) == ((int)file.Status.Uid, (int)file.Status.Gid)
                            ? null
                            : ($"{file.Status.Uid}:{file.Status.Gid} to {(uint)toUser}:{(uint)toGroup}",
                                () => g.Lchown(toUser, toGroup, file.Path));
                    },
                    cancellationToken).ConfigureAwait(false);
            },
            first: owner);
    }

    private static async Task ForEachAsync(
        ParseResult result, GuestSession session, string[] paths, bool followsGiven,
        Func<GuestfsHandle, GuestEntry, (string What, Action Do)?> change, CancellationToken cancellationToken)
    {
        bool isRecursive = result.GetValue(Recursive);
        using TextOutput output = new();
        Deeds? deeds = Deeds.OfDryRun(output, result, "path", "change");
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, path =>
            {
                foreach (GuestEntry file in Files(session, path, followsGiven, isRecursive, cancellationToken))
                {
                    if (change(g, file) is not { } wanted)
                    {
                        continue;
                    }

                    if (deeds is not null)
                    {
                        deeds.Tell(file.Path, wanted.What);
                    }
                    else
                    {
                        wanted.Do();
                    }
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        deeds?.End();
    }

    // A directory after what is in it, so that it may be closed. As with chmod and chown of a host, a link that was named is followed, and
    // with chown -R itself changed; what it does not lead to is an error.
    private static IEnumerable<GuestEntry> Files(
        GuestSession session, string path, bool followsGiven, bool isRecursive, CancellationToken cancellationToken)
    {
        GuestEntry top = GuestEntry.At(session.Guestfs, path);
        if (top.Type == 'l' && followsGiven)
        {
            path = GuestPath.Follow(session.Guestfs, path);
            top = GuestEntry.At(session.Guestfs, path);
        }

        List<GuestEntry> below = isRecursive && top.Type == 'd'
            ? [.. GuestTree.Directories(session, path, isRecursive: true, enter: null, cancellationToken).SelectMany(entries => entries)]
            : (List<GuestEntry>)[];
        return Enumerable.Reverse(below).Append(top);
    }

    private static string Octal(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');
}
