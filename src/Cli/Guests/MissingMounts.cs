// Where the guest has a filesystem that is not there now, there is a directory all the same. What is in it is not what the guest has there,
// and what is written into it the guest does not find.
using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Directories of a guest on which something should be mounted and is not.</summary>
internal sealed class MissingMounts
{
    private readonly Dictionary<string, Missing?> mountpoints = new(StringComparer.Ordinal);
    private readonly GuestfsHandle g;

    /// <summary>Those of a guest that was mounted.</summary>
    internal MissingMounts(GuestfsHandle g, GuestMountReport report)
    {
        this.g = g;
        foreach (GuestMountResult result in report.Results.Where(result => result.Outcome is not (
            GuestMountOutcome.Mounted or GuestMountOutcome.NotAutomatic or GuestMountOutcome.Superseded or GuestMountOutcome.Swap)))
        {
            mountpoints[result.Entry.Path] = new Missing(result.Entry.Path, result.Outcome, result.Text);
        }

        foreach (GuestMountFailure failure in report.Failed)
        {
            string path = failure.Mountpoint.Path;
            mountpoints[path] = new Missing(
                path, mountpoints.GetValueOrDefault(path)?.Outcome ?? GuestMountOutcome.Failed, failure.Remedy) { IsFault = true };
        }

        // Something may be mounted below what is missing.
        report.Mounted.ToList().ForEach(mounted => mountpoints[mounted.Path] = null);
    }

    /// <summary>Whether files of a directory, or of those below, are missing though they should be there.</summary>
    internal bool HasFault(string directory)
    {
        string real = Real(directory);
        return Find(real) is { IsFault: true }
            || mountpoints.Any(mountpoint => mountpoint.Value is { IsFault: true } && IsIn(mountpoint.Key, real));
    }

    /// <summary>Warns of a path that the guest has elsewhere, or refuses to write there.</summary>
    internal void Check(string path, bool writes)
    {
        if (mountpoints.Values.All(missing => missing is null) || Find(Real(path)) is not { } found)
        {
            return;
        }

        // The directory itself may be made where it is not there.
        if (path.TrimEnd('/') == found.Path && !g.Exists(path))
        {
            return;
        }

        string text = $"{path} is not what the guest has there: on {found.Path} it has another filesystem, which is not mounted.";
        if (writes && found.Outcome != GuestMountOutcome.KernelFilesystem)
        {
            throw new GuestfsException(
                "mount", Libc.ENXIO, $"{text} {found.Text} To write below it all the same, choose the filesystems with --mount.");
        }

        if (!found.IsFault)
        {
            Messages.Warn($"{text} {found.Text}");
        }
    }

    private static bool IsIn(string path, string directory) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    // Of what is not there yet, the directory counts that it would be in.
    private string Real(string path)
    {
        for (string existing = path; existing.Length > 1; existing = existing[..Math.Max(existing.LastIndexOf('/'), 1)])
        {
            if (g.Exists(existing))
            {
                return g.Realpath(existing) + path[existing.Length..];
            }
        }

        return path;
    }

    private Missing? Find(string path) => mountpoints.Where(mountpoint => IsIn(path, mountpoint.Key))
        .OrderByDescending(mountpoint => mountpoint.Key.Length).FirstOrDefault().Value;

    private sealed record Missing(string Path, GuestMountOutcome Outcome, string Text)
    {
        // Which the user was told already.
        internal bool IsFault { get; init; }
    }
}
