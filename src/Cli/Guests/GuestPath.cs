namespace Guestfs.Cli.Guests;

/// <summary>Paths of the guest as users write them: Windows' with drive letters, too.</summary>
internal static class GuestPath
{
    /// <summary>Whether it is a path with a drive letter.</summary>
    internal static bool IsWindows(string path) =>
        path is [var letter, ':', '\\' or '/', ..] && char.IsAsciiLetter(letter);

    /// <summary>What a link leads to in the end; a path that is none.</summary>
    internal static string Follow(GuestfsHandle g, string path)
    {
        if (!g.IsSymlink(path))
        {
            return path;
        }

        try
        {
            return g.Realpath(path);
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            throw new GuestfsException(
                e.Operation, e.Errno, $"{path} is a link to {g.Readlink(path)}, which is not there or leads in a circle.");
        }
    }

    /// <summary>The path as libguestfs takes it, which on Windows finds a name however it is written.</summary>
    /// <param name="session">The mounted guest.</param>
    /// <param name="path">What the user wrote.</param>
    /// <exception cref="GuestfsException">It is to be written to, and is on a filesystem that is not mounted.</exception>
    internal static string Resolve(GuestSession session, string path)
    {
        if (session.System is not { Type: "windows" } windows)
        {
            if (IsWindows(path))
            {
                throw new UsageException($"'{path}' is a path of Windows, which is not on these disks.");
            }

            session.CheckMounted(path);
            return path;
        }

        if (IsWindows(path))
        {
            string letter = path[..1];
            string? device = windows.DriveMappings.FirstOrDefault(d => d.Key.Equals(letter, StringComparison.OrdinalIgnoreCase)).Value;
            if (device != windows.Root)
            {
                throw new UsageException(device is null
                    ? $"This Windows has no drive {letter}:."
                    : $"{letter}: is {device}: mount it with --mount {device}, and give the path without the letter.");
            }

            path = path[2..].Replace('\\', '/');
        }

        return session.Guestfs.CaseSensitivePath(path);
    }
}
