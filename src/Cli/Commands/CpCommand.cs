// Whatever arrives has another name until it is whole: a directory beside the target takes it, and a rename gives it its name. What goes
// into a directory that is there already comes file by file.
using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Copies files between guest and host: the job of virt-copy-in and virt-copy-out.</summary>
internal static class CpCommand
{
    private static readonly Argument<string[]> Arguments = new("source-and-target")
    {
        HelpName = "source... target",
        Description = "What is copied, and where to. Either the target is in the guest, or all sources are: disk.img:/path, or :/path "
            + "where --add or --domain name the disk.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Flag Recursive = new("-R", "--recursive", "-r") { Description = "Directories with all that is below." };

    internal static Command Create()
    {
        GuestVerb command = new("cp", "Copies files from the guest to this host, or from this host to the guest.") { Arguments, Recursive };
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
            bool isDry = result.GetValue(GuestCommand.DryRun);
            return GuestCommand.RunAsync(
                result,
                arguments.Request,
                arguments.IsIntoGuest && !isDry,
                async session =>
                {
                    await session.MountAsync(cancellationToken).ConfigureAwait(false);
                    using TextOutput output = new();
                    Deeds? deeds = Deeds.OfDryRun(output, result, "source", "target");
                    if (arguments.IsIntoGuest)
                    {
                        CopyIn copy = new(
                            session, CopyOptions.ReadArchive(result, session), result.GetValue(Recursive), deeds, cancellationToken);
                        await session.Guestfs.RunAsync(
                            _ => copy.Run(arguments.Sources, arguments.Target), cancellationToken: cancellationToken).ConfigureAwait(false);
                    }
                    else
                    {
                        CopyOut copy = new(
                            session, CopyOptions.ReadExtraction(result), result.GetValue(Recursive), deeds, cancellationToken);
                        await session.Guestfs.RunAsync(
                            _ => copy.Run(arguments.Sources, arguments.Target), cancellationToken: cancellationToken).ConfigureAwait(false);
                    }

                    deeds?.End();
                },
                cancellationToken);
        });
        return command;
    }

    private static IOException NoDirectory(string target) => new(
        $"{target} is no directory. It must be one where several files are copied, and where it is written with a slash at its end.");

    // The others are copied, where there are others.
    private static void Refuse(GuestSession session, string directory, int sources)
    {
        string text = $"{directory} is a directory: give --recursive to copy it.";
        if (sources == 1)
        {
            throw new UsageException(text);
        }

        session.Leave(text);
    }

    private sealed class CopyOut(
        GuestSession session, ExtractOptions options, bool isRecursive, Deeds? deeds, CancellationToken cancellationToken)
    {
        private readonly GuestfsHandle g = session.Guestfs;

        internal void Run(string[] sources, string target)
        {
            bool isDirectory = Directory.Exists(target);
            if (!isDirectory && (sources.Length > 1 || target.EndsWith('/')))
            {
                throw NoDirectory(target);
            }

            foreach (string given in sources)
            {
                // A directory that is not there becomes a copy of the other one.
                string source = GuestPath.Resolve(session, isDirectory ? given : HostTree.WithoutDot(given));
                string name = source.TrimEnd('/');
                name = name[(name.LastIndexOf('/') + 1)..];
                if (!isRecursive && g.IsDir(source, new IsDirOptions { FollowSymlinks = true }))
                {
                    Refuse(session, source, sources.Length);
                    continue;
                }

                // Where it is called by a link, the file is meant; of a tree links stay links.
                string real = !isRecursive && g.IsSymlink(source) ? g.Realpath(source) : source;
                string final = isDirectory && name.Length > 0 ? Path.Combine(target, name) : target;
                if (deeds is not null)
                {
                    Tell(deeds, real, final);
                }
                else if (isDirectory && (name.Length == 0 || real.TrimEnd('/').EndsWith($"/{name}", StringComparison.Ordinal)))
                {
                    CopyOptions.Extract(session, real, target, options, cancellationToken);
                }
                else if (!HostOutput.IsReplaceable(final) && !Directory.Exists(final))
                {
                    WriteInto(real, final);
                }
                else
                {
                    ExtractAside(real, final);
                }
            }
        }

        // A device, a pipe, or what a link leads to.
        private void WriteInto(string source, string target)
        {
            if (!g.IsFile(source))
            {
                throw new IOException($"{source} is no regular file, and {target} is no directory.");
            }

            using FileStream file = new(target, FileMode.Create, FileAccess.Write);
            using ProgressBar bar = new();
            GuestContents.Read(g, source, 0, file.Write, bar, cancellationToken);
        }

        private void ExtractAside(string source, string target)
        {
            string aside = HostOutput.NameBeside(target);
            HostTree.MakePrivate(aside);
            try
            {
                CopyOptions.Extract(session, source, aside, options, cancellationToken);
                if (source.Trim('/').Length == 0)
                {
                    // The guest's root comes as what is in it.
                    HostTree.Imitate(aside, g.Lstatns(source), CopyOptions.Umask(), options);
                    Directory.Move(aside, target);
                    return;
                }

                string made = Path.Combine(aside, source.TrimEnd('/')[(source.TrimEnd('/').LastIndexOf('/') + 1)..]);
                if (HostCalls.Status(made, followLink: false, out _) == 0)
                {
                    HostTree.Rename(made, target);
                }
            }
            finally
            {
                if (Directory.Exists(aside))
                {
                    Directory.Delete(aside, recursive: true);
                }
            }
        }

        private void Tell(Deeds deeds, string source, string target)
        {
            foreach (List<GuestEntry> entries in GuestTree.Directories(session, source, true, null, cancellationToken))
            {
                entries.ForEach(entry => deeds.Tell(
                    entry.Path, entry.Path == source ? target : HostTree.Combine(target, entry.Shown)));
            }
        }
    }

    private sealed class CopyIn(
        GuestSession session, HostArchive archive, bool isRecursive, Deeds? deeds, CancellationToken cancellationToken)
    {
        private readonly GuestfsHandle g = session.Guestfs;

        internal void Run(string[] sources, string given)
        {
            string target = GuestPath.Resolve(session, given);
            bool isDirectory = g.IsDir(target, new IsDirOptions { FollowSymlinks = true });
            if (!isDirectory && (sources.Length > 1 || target.EndsWith('/')))
            {
                throw NoDirectory(target);
            }

            foreach (string source in sources)
            {
                string path = HostTree.WithoutDot(source);
                path = path.Length > 1 ? path.TrimEnd('/') : path;
                FileInfo file = new(path);
                if (!Path.Exists(path) && file.LinkTarget is null)
                {
                    throw new IOException($"{path} does not exist.");
                }

                // Where it is called by a link, the file is meant; of a tree links stay links.
                string real = isRecursive ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
                if (!isRecursive && !Path.Exists(real))
                {
                    throw new IOException($"{path} is a pipe, or is gone: 'gfs write' takes what comes out of a pipe.");
                }

                if (Directory.Exists(real) && !isRecursive)
                {
                    Refuse(session, path, sources.Length);
                    continue;
                }

                if (isDirectory && path.Length < source.TrimEnd('/').Length && Directory.Exists(path))
                {
                    Fill(path, target);
                    continue;
                }

                string directory = isDirectory ? target : target[..Math.Max(target.LastIndexOf('/'), 1)];
                string name = isDirectory ? Path.GetFileName(path) : target[(target.LastIndexOf('/') + 1)..];
                if (deeds is not null)
                {
                    Tell(deeds, real, $"{directory.TrimEnd('/')}/{name}");
                }
                else
                {
                    Send(real, directory, name);
                }
            }
        }

        // With what is in a directory, and what it itself has.
        private void Fill(string source, string directory)
        {
            if (deeds is not null)
            {
                Tell(deeds, source, directory);
            }
            else
            {
                archive.Send(source, [""], directory, cancellationToken);
            }
        }

        private void Send(string source, string directory, string name)
        {
            string parent = Path.GetDirectoryName(source) ?? "/", sourceName = Path.GetFileName(source);
            string target = $"{directory.TrimEnd('/')}/{name}";
            if (name.Length == 0)
            {
                throw new IOException($"{source} has no name. Copy what is in it.");
            }

            if (sourceName == name && Directory.Exists(source) && g.IsDir(target))
            {
                archive.Send(parent, [sourceName], directory, cancellationToken);
                return;
            }

            string aside = g.Mkdtemp($"{directory.TrimEnd('/')}/.gfsXXXXXX");
            try
            {
                archive.Send(parent, [sourceName], aside, cancellationToken);
                g.Rename($"{aside}/{sourceName}", target);
            }
            finally
            {
                if (g.State == GuestfsState.Ready)
                {
                    g.RmRf(aside);
                }
            }
        }

        private static void Tell(Deeds deeds, string source, string target)
        {
            deeds.Tell(source, target);
            if (Directory.Exists(source))
            {
                foreach (HostEntry entry in HostTree.Entries(source))
                {
                    deeds.Tell(HostTree.Combine(source, entry.Path), HostTree.Combine(target, entry.Path));
                }
            }
        }
    }
}
