using System.CommandLine;
using System.Globalization;

using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Options of the commands that copy files between guest and host.</summary>
internal static class CopyOptions
{
    internal static readonly Flag NoXattrs = new("--no-xattrs")
    {
        Description = "Leave extended attributes behind, and into the guest capabilities and access control lists.",
    };

    internal static readonly Flag NoOwners = new("--no-owners")
    {
        Description = "Out of the guest: files belong to who copies them, which is so without root's rights anyway.",
    };

    internal static readonly Option<(long, long)?> Owner = CommandLine.Option<(long, long)>(
        "--owner", "uid[:gid]", "Into the guest: who is to own the files there. Default: who owns them here.",
        "numbers of a user and a group, uid or uid:gid", ReadOwner);

    internal static readonly Option<ExtractSymlinks?> Links = CommandLine.Option<ExtractSymlinks>(
        "--links", "inside|none|all",
        "Out of the guest: which symbolic links are made. Default: inside, those that stay among what is copied.",
        "one of inside, none and all",
        text => text switch
        {
            "inside" => ExtractSymlinks.Inside,
            "none" => ExtractSymlinks.None,
            "all" => ExtractSymlinks.All,
            _ => null,
        });

    internal static readonly Flag SpecialFiles = new("--special-files")
    {
        Description = "Out of the guest: device nodes, FIFOs, sockets, and bits for set-user-ID and set-group-ID, too.",
    };

    internal static readonly Option<long?> MaxSize = CommandLine.Option(
        "--max-size", "size", "Out of the guest: stop before more bytes than this are written. Default: 64G.", ByteSize.Wanted,
        ByteSize.Read);

    internal static Option[] All => [NoXattrs, NoOwners, Owner, Links, SpecialFiles, MaxSize];

    /// <summary>What they say of an extraction.</summary>
    internal static ExtractOptions ReadExtraction(ParseResult result)
    {
        _ = Umask();
        ExtractOptions options = new()
        {
            Overwrite = true,
            PreserveOwners = Libc.geteuid() == 0 && !result.GetValue(NoOwners),
            PreserveUserXattrs = !result.GetValue(NoXattrs),
            PreserveSpecialBits = result.GetValue(SpecialFiles),
            SpecialFiles = result.GetValue(SpecialFiles),
            Symlinks = result.GetValue(Links) ?? ExtractSymlinks.Inside,
        };
        return result.GetValue(MaxSize) is { } size
            ? options with { MaxWrittenSize = size, MaxTotalSize = Math.Max(size, options.MaxTotalSize) }
            : options;
    }

    /// <summary>What new files have no permissions of. As tar does it: root's copies have all of what they are copies of.</summary>
    internal static int Umask()
    {
        uint mask = Libc.umask(0);
        if (Libc.geteuid() == 0)
        {
            return 0;
        }

        _ = Libc.umask(mask);
        return (int)mask;
    }

    /// <summary>What they say of files that go to the guest.</summary>
    internal static HostArchive ReadArchive(ParseResult result, GuestSession session) =>
        new(session, !result.GetValue(NoXattrs), result.GetValue(Owner));

    /// <summary>Extracts, on the thread of the handle, shows how far it is, and tells what is left out.</summary>
    internal static ExtractReport Extract(
        GuestSession session, string source, string directory, ExtractOptions options, CancellationToken cancellationToken)
    {
        using ProgressBar bar = new();
        if (GuestEntry.At(session.Guestfs, source) is { Type: '-' } file)
        {
            bar.ExpectedSize = file.Status.Size;
        }

        try
        {
            ExtractReport report = session.Guestfs.Extract(source, directory, options, bar, cancellationToken);
            bar.Dispose();
            Tell(session, report);
            return report;
        }
        catch (GuestfsExtractionException e) when (e.Problem is ExtractionProblem.WrittenSizeLimit or ExtractionProblem.TotalSizeLimit)
        {
            throw new IOException($"{source} has more than may be written: raise {MaxSize.Name} if the guest can be trusted.", e);
        }
        catch (GuestfsExtractionException e) when (e.Problem is ExtractionProblem.EntryLimit or ExtractionProblem.DepthLimit)
        {
            throw new IOException($"{source} has more files, or is deeper, than is copied at once: copy parts of it.", e);
        }
    }

    // What was left out.
    private static void Tell(GuestSession session, ExtractReport report)
    {
        foreach (ExtractSkipped skipped in report.Skipped)
        {
            session.Leave($"{skipped.Path} was left out: " + skipped.Reason switch
            {
                ExtractSkipReason.SpecialFile => "it is a device node, FIFO or socket, which --special-files makes.",
                ExtractSkipReason.SymbolicLink => "it is a symbolic link.",
                ExtractSkipReason.LinkLeadsOutside =>
                    $"it is a link to {skipped.Detail}, which is not among what is copied. --links all makes it.",
                ExtractSkipReason.UnsafeName or ExtractSkipReason.DuplicateName =>
                    "no file can be called so. The guest's filesystem is damaged or hostile.",
                ExtractSkipReason.XattrRefused => $"not itself, but an attribute: {skipped.Detail}",
                _ => skipped.Detail,
            });
        }

        if (report.SkippedCount > report.Skipped.Count)
        {
            session.Leave($"{report.SkippedCount - report.Skipped.Count} more were left out.");
        }
    }

    private static (long, long)? ReadOwner(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length <= 2
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint user)
            && uint.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint group)
            ? (user, group)
            : null;
    }
}
