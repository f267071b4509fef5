// Makes a directory like another one, of which one is in the guest. What has the same size and time of modification is taken to be the
// same, as rsync takes it.
using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Copies what has changed between a directory of the guest and one of the host.</summary>
internal static class SyncCommand
{
    private static readonly Argument<string[]> Arguments = new("source-and-target")
    {
        HelpName = "source target",
        Description = "Two directories, of which one is in the guest: disk.img:/path, or :/path where --add or --domain name the disk. "
            + "What is in the first comes into the second, which is made where it is not there.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Flag Delete = new("--delete") { Description = "Remove from the target what the source does not have." };

    internal static Command Create()
    {
        GuestVerb command = new("sync", "Makes a directory of this host or of the guest like one of the other: copies what has changed.")
        {
            Arguments, Delete,
        };
        foreach (Option option in (Option[])[GuestCommand.DryRun, .. CopyOptions.All])
        {
            command.Add(option);
        }

        CommandLine.TakesAnyBytes.Add(Arguments);
        DiskOptions.AddTo(command);
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) =>
        {
            CopyArguments arguments = CopyArguments.Read(result, result.GetValue(Arguments) ?? []);
            if (arguments.Sources.Length > 1)
            {
                throw new UsageException("'sync' has one source. 'gfs sync --help' shows how it is written.");
            }

            bool isDry = result.GetValue(GuestCommand.DryRun);
            return GuestCommand.RunAsync(
                result,
                arguments.Request,
                arguments.IsIntoGuest && !isDry,
                async session =>
                {
                    await session.MountAsync(cancellationToken).ConfigureAwait(false);
                    using TextOutput output = new();
                    Deeds deeds = new(output, result, "action", "path");
                    Sync sync = new(session, result, isDry, deeds, cancellationToken);
                    await session.Guestfs.RunAsync(
                        _ =>
                        {
                            if (arguments.IsIntoGuest)
                            {
                                sync.Into(arguments.Sources[0], arguments.Target);
                            }
                            else
                            {
                                sync.OutOf(arguments.Sources[0], arguments.Target);
                            }
                        },
                        cancellationToken: cancellationToken).ConfigureAwait(false);
                    deeds.End();
                },
                cancellationToken);
        });
        return command;
    }

    private sealed class Sync(GuestSession session, ParseResult result, bool isDry, Deeds deeds, CancellationToken cancellationToken)
    {
        private const int AllBits = ModeBits.Permissions | ModeBits.Special;

        private readonly GuestfsHandle g = session.Guestfs;
        private readonly ExtractOptions options = CopyOptions.ReadExtraction(result);
        private readonly int umask = CopyOptions.Umask();
        private readonly int leftBefore = session.LeftCount;

        internal void OutOf(string given, string target)
        {
            string source = GuestPath.Resolve(session, given);
            if (!g.IsDir(source, new IsDirOptions { FollowSymlinks = true }))
            {
                throw new IOException($"{source} is no directory of the guest.");
            }

            Dictionary<string, GuestEntry> guest = Guest(source);
            Dictionary<string, HostEntry> host = Directory.Exists(target) ? Host(target) : [];

            // From the bottom up.
            foreach (string path in Extra(host.Keys, guest.ContainsKey, source).Reverse())
            {
                deeds.Tell("delete", HostTree.Combine(target, path));
                if (!isDry)
                {
                    HostTree.Remove(HostTree.Combine(target, path), host[path].Type == 'd');
                }
            }

            HashSet<string> left = new(StringComparer.Ordinal);
            string[] copied = [.. guest.Where(file => (file.Value.Type is '-' or 'd' or 'l' || result.GetValue(CopyOptions.SpecialFiles))
                && (!host.TryGetValue(file.Key, out HostEntry? here)
                || Differs(file.Value, here) || ModeOf(file.Value) is { } mode && mode != (here.Status.stx_mode & AllBits)
                || LeadsElsewhere(file.Value, target, here)))
                .Select(file => file.Key)];
            if (!isDry)
            {
                Directory.CreateDirectory(target);
                ExtractReport report = CopyOptions.Extract(
                    session, source.TrimEnd('/') + "/.", target, options with { OnlyChanged = true },
                    cancellationToken);
                left.UnionWith(report.Skipped.Select(skipped => skipped.Path));
                SetModes(target, guest, host);
            }

            foreach (string path in copied.Where(path => !left.Contains(guest[path].Path)))
            {
                deeds.Tell("copy", HostTree.Combine(target, path));
            }
        }

        internal void Into(string source, string given)
        {
            if (!Directory.Exists(source))
            {
                throw new IOException($"{source} is no directory.");
            }

            string target = GuestPath.Resolve(session, given).TrimEnd('/') is { Length: > 0 } path ? path : "/";
            bool exists = g.IsDir(target, new IsDirOptions { FollowSymlinks = true });
            Dictionary<string, HostEntry> host = Host(source);
            Dictionary<string, GuestEntry> guest = exists ? Guest(target) : [];
            HashSet<string> wanted = new(exists ? [] : [""], StringComparer.Ordinal);
            string removed = "/";
            foreach (string extra in Extra(guest.Keys, host.ContainsKey, target))
            {
                string name = HostTree.Combine(target, extra);
                deeds.Tell("delete", name);
                AddParents(wanted, extra);
                if (!isDry && !extra.StartsWith(removed, StringComparison.Ordinal))
                {
                    g.RmRf(name);
                    removed = extra + "/";
                }
            }

            foreach ((string name, HostEntry entry) in host)
            {
                if (!guest.TryGetValue(name, out GuestEntry? there) || Differs(there, entry) || HasOtherMode(there, entry)
                    || LeadsElsewhere(there, source, entry))
                {
                    deeds.Tell("copy", HostTree.Combine(target, name));
                    wanted.Add(name);
                    AddParents(wanted, name);
                }
            }

            // Directories of what was removed may be gone themselves.
            wanted.RemoveWhere(name => name.Length > 0 && !host.ContainsKey(name));
            if (!isDry && wanted.Count > 0)
            {
                if (!exists)
                {
                    g.MkdirP(target);
                }

                CopyOptions.ReadArchive(result, session).SendListed(
                    source, wanted.Order(StringComparer.Ordinal), target, cancellationToken);
            }
        }

        // A damaged directory may have a name twice.
        private Dictionary<string, GuestEntry> Guest(string directory)
        {
            Dictionary<string, GuestEntry> found = new(StringComparer.Ordinal);
            foreach (GuestEntry entry in GuestTree.Directories(session, directory, true, null, cancellationToken)
                .SelectMany(entries => entries))
            {
                found.TryAdd(entry.Shown, entry);
            }

            return found;
        }

        private static Dictionary<string, HostEntry> Host(string directory) =>
            HostTree.Entries(directory).ToDictionary(entry => entry.Path, StringComparer.Ordinal);

        // What the source does not have; what is in a directory after it, and before what else begins with its name.
        private string[] Extra(IEnumerable<string> target, Func<string, bool> isInSource, string guestDirectory)
        {
            string[] extra = !result.GetValue(Delete)
                ? []
                : [.. target.Where(path => !isInSource(path)).OrderBy(path => path.Replace('/', '\0'), StringComparer.Ordinal)];
            if (extra.Length == 0 || (session.LeftCount == leftBefore && session.Missing?.HasFault(guestDirectory) != true))
            {
                return extra;
            }

            session.Leave($"Nothing was removed: {extra[0]} may be in what could not be read of the guest.");
            return [];
        }

        private static void AddParents(HashSet<string> wanted, string path)
        {
            for (int slash = path.LastIndexOf('/'); ; slash = path.LastIndexOf('/'))
            {
                path = slash < 0 ? "" : path[..slash];
                wanted.Add(path);
                if (slash < 0)
                {
                    return;
                }
            }
        }

        private static bool Differs(GuestEntry guest, HostEntry host) => guest.Type != host.Type
            || (host.Type == '-' && (guest.Status.Size != (long)host.Status.stx_size
                || guest.Status.MtimeSec != host.Status.stx_mtime.tv_sec));

        // What has the same contents is not written again.
        private void SetModes(string target, Dictionary<string, GuestEntry> guest, Dictionary<string, HostEntry> host)
        {
            foreach ((string path, HostEntry here) in host)
            {
                if (guest.TryGetValue(path, out GuestEntry? entry) && entry.Type == here.Type && ModeOf(entry) is { } mode
                    && mode != (here.Status.stx_mode & AllBits))
                {
                    HostTree.SetMode(HostTree.Combine(target, path), mode);
                }
            }
        }

        // As extraction gives it to a new file; null for what it gives none.
        private int? ModeOf(GuestEntry entry) => entry.Type is not ('-' or 'd') ? null
            : (int)entry.Status.Mode & (ModeBits.Permissions | ModeBits.KeptOf(entry.Status, options)) & ~umask;

        // Two links.
        private bool LeadsElsewhere(GuestEntry guest, string directory, HostEntry host) =>
            host.Type == 'l' && HostTree.ReadLink(HostTree.Combine(directory, host.Path)) != g.Readlink(guest.Path);

        private static bool HasOtherMode(GuestEntry guest, HostEntry host) =>
            host.Type != 'l' && (guest.Status.Mode & AllBits) != (host.Status.stx_mode & AllBits);
    }
}
