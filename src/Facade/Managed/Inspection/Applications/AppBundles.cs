namespace Guestfs;

/// <summary>Applications that bring all they need with them: flatpaks and snaps of the whole system, by the names that their directories
/// have.</summary>
internal static class AppBundles
{
    private const string Flatpaks = "/var/lib/flatpak/app", Snaps = "/var/lib/snapd/snaps", Snap = ".snap";

    internal static void Find(GuestfsHandle g, MountedFiles files, ApplicationList list)
    {
        foreach (string name in files.Names(Flatpaks, GuestfsFileType.Directory))
        {
            // ARCHITECTURE/BRANCH, of what is started.
            string[] current = g.AnswerOr(() => g.Readlink($"{Flatpaks}/{name}/current"), "").Split('/');
            list.Add(
                new GuestApplication
                {
                    Name = name,
                    Architecture = ApplicationList.Known(current[0]),
                    Version = current.Length == 2 ? ApplicationList.Known(current[1]) : null,
                },
                "flatpak");
        }

        foreach (string file in files.Names(Snaps, GuestfsFileType.RegularFile))
        {
            // NAME_REVISION.snap: no name has an underscore.
            int end = file.LastIndexOf('_');
            if (end > 0 && file.EndsWith(Snap, StringComparison.Ordinal))
            {
                list.Add(new GuestApplication { Name = file[..end], Release = file[(end + 1)..^Snap.Length] }, "snap");
            }
        }
    }
}
