using System.CommandLine;
using System.IO.Pipelines;

using Guestfs.Appliances.Archives;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Packs and unpacks archives of directories of the guest: the job of virt-tar-in and virt-tar-out.</summary>
internal static class TarCommand
{
    private static readonly Option<string?> Compress = new("--compress")
    {
        HelpName = "gzip|xz|zstd|bzip2|lzop|none", Description = "How to pack the archive. Default: what the end of its name says.",
    };

    private static readonly Flag Xattrs = new("--xattrs") { Description = "Extended attributes, too." };

    private static readonly Flag Acls = new("--acls") { Description = "Access control lists, too." };

    private static readonly Flag Selinux = new("--selinux") { Description = "Labels of SELinux, too." };

    private static readonly Flag NumericOwner = new("--numeric-owner") { Description = "Owners as numbers, without names." };

    private static readonly Option<string[]> Exclude = new("--exclude")
    {
        HelpName = "pattern", Description = "Leave out what matches, as tar's option of that name; again for each further one.",
    };

    private static readonly Flag KeepDirectoryLinks = new("--keep-directory-symlink")
    {
        Description = "Where the guest has a link to a directory, and the archive a directory, unpack through the link.",
    };

    internal static Command Create() => new("tar", "Packs or unpacks archives of directories of the guest.")
    {
        GuestCommand.Create(
            "out", "Packs a directory of the guest, to a file of this host or standard output.", "directory [archive]", least: 1,
            [Compress, Xattrs, Acls, Selinux, NumericOwner, Exclude, GuestCommand.DryRun], writes: false, OutAsync, hostFiles: 1),
        GuestCommand.Create(
            "in",
            "Unpacks an archive, of this host or from standard input, into a directory of the guest. gzip, xz and zstd are recognised.",
            "directory [archive]", least: 1, [Xattrs, Acls, Selinux, KeepDirectoryLinks, GuestCommand.DryRun], writes: true, InAsync,
            hostFiles: 1),
    };

    private static async Task OutAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        string? archive = paths.Length > 1 && paths[1] != "-" ? ProcessInput.FullPath(paths[1]) : null;
        bool isDry = result.GetValue(GuestCommand.DryRun);
        if (archive is null && !isDry && TextOutput.IsTerminal)
        {
            throw new UsageException("An archive is nothing for a terminal: name a file, or write it into a pipe.");
        }

        string? compression = result.GetValue(Compress) switch
        {
            null => archive is null ? null : ByName(archive),
            "none" => null,
            { } named => named,
        };
        TarOutOptions options = new()
        {
            Xattrs = IfGiven(result, Xattrs),
            Acls = IfGiven(result, Acls),
            Selinux = IfGiven(result, Selinux),
            NumericOwner = IfGiven(result, NumericOwner),
            Excludes = result.GetValue(Exclude) is { Length: > 0 } patterns ? patterns : null,
        };
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        string directory = await DirectoryAsync(session, paths[0], cancellationToken).ConfigureAwait(false);
        if (isDry)
        {
            Pipe pipe = new();
            Task packing = session.Guestfs.ReceiveTar(pipe.Writer, directory, options, cancellationToken);
            using Stream packed = pipe.Reader.AsStream();
            List(result, packed, paths[0]);
            await packing.ConfigureAwait(false);
            return;
        }

        using ProgressBar bar = new();
        if (archive is null)
        {
            await PackAsync(StandardStreams.OpenOutput()).ConfigureAwait(false);
            return;
        }

        await HostOutput.WriteAsync(archive, PackAsync).ConfigureAwait(false);

        async Task PackAsync(Stream target)
        {
            using Stream? packed = compression is null ? null : PackedStream.TryOpen(compression, target);
            await session.Guestfs.TarOutAsync(
                directory, packed ?? target, packed is null ? options with { Compress = compression } : options, bar, cancellationToken)
                .ConfigureAwait(false);
            if (packed is not null)
            {
                PackedStream.Finish(packed);
            }
        }
    }

    private static async Task InAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        string? archive = paths.Length > 1 && paths[1] != "-" ? ProcessInput.FullPath(paths[1]) : null;
        if (archive is null && !Console.IsInputRedirected)
        {
            throw new UsageException("An archive does not come from a terminal: name a file, or read it from a pipe.");
        }

        using Stream file = archive is null
            ? StandardStreams.TakeInput(cancellationToken)
            : ProcessInput.OpenFile(archive);
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        string directory = await DirectoryAsync(session, paths[0], cancellationToken).ConfigureAwait(false);
        using ProgressBar bar = new();
        using CountedStream counted = new(file, bar, file.CanSeek ? file.Length : 0);
        using Stream unpacked = Compression.Unpack(counted, archive ?? "The archive", long.MaxValue);
        if (result.GetValue(GuestCommand.DryRun))
        {
            List(result, unpacked, paths[0]);
            return;
        }

        TarInOptions options = new()
        {
            Xattrs = IfGiven(result, Xattrs),
            Acls = IfGiven(result, Acls),
            Selinux = IfGiven(result, Selinux),
            KeepDirLink = IfGiven(result, KeepDirectoryLinks),
        };
        await session.Guestfs.RunAsync(
            g => GuestSpace.Explain(g, directory, () => g.TarIn(unpacked, directory, options)),
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    // tar itself knows no guest: a link in its path must not lead it into the appliance.
    private static Task<string> DirectoryAsync(GuestSession session, string path, CancellationToken cancellationToken) =>
        session.Guestfs.RunAsync(
            g =>
            {
                string real = g.Realpath(GuestPath.Resolve(session, path));
                return g.IsDir(real)
                    ? real
                    : throw new GuestfsException("tar", Libc.ENOTDIR, $"{path} is no directory of the guest.");
            },
            cancellationToken: cancellationToken);

    private static void List(ParseResult result, Stream archive, string directory)
    {
        using TextOutput output = new();
        Deeds deeds = new(output, result, "path");
        TarReader reader = new(archive, what => new IOException($"The archive cannot be read: {what}"));
        while (reader.Next() is { } member)
        {
            string name = member.Header.Name;
            deeds.Tell($"{directory.TrimEnd('/')}/{(name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name)}");
        }

        deeds.End();
    }

    private static string? ByName(string archive) => Path.GetExtension(archive) switch
    {
        ".gz" or ".tgz" => "gzip",
        ".xz" or ".txz" => "xz",
        ".zst" or ".tzst" => "zstd",
        ".bz2" or ".tbz2" => "bzip2",
        ".lzo" => "lzop",
        _ => null,
    };

    private static bool? IfGiven(ParseResult result, Flag option) => result.GetValue(option) ? true : null;
}
