// Bundles of this user, each under the digest of its manifest, which has those of all its files: versions lie side by side.

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>Puts bundles into a directory of them.</summary>
/// <param name="store">The directory, private to this user.</param>
internal sealed class BundleInstaller(string store)
{
    private const string NewName = ".new", OldName = ".old", SpoolName = ".spool", LockName = ".lock";

    /// <summary>Writes a bundle to a new directory, checks every file of it, and gives it its name.</summary>
    /// <param name="source">What messages call it.</param>
    /// <param name="read">Its entries, of which some may have their contents in the spool.</param>
    /// <param name="verify">Compares what was written with its manifest.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it stays.</param>
    /// <returns>The bundle's directory.</returns>
    internal string Install(
        string source, Func<Spool, IEnumerable<PlanEntry>> read, Action<string> verify, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        CacheDirectory.Ensure(Path.GetDirectoryName(store)!);
        CacheDirectory.Ensure(store);
        using FileLock held = FileLock.Take(Path.Combine(store, LockName), cancellationToken);
        string aside = Path.Combine(store, NewName), spoolPath = Path.Combine(store, SpoolName),
            replaced = Path.Combine(store, OldName);

        // Of a process that was killed: nobody else has the lock.
        Clear();
        try
        {
            using (Spool spool = new(spoolPath))
            {
                ChrootWriter.Write(Plan(source, read(spool)), aside, progress, cancellationToken);
            }

            verify(aside);
            string manifest = Path.Combine(aside, BundleManifest.FileName);
            string installed = Path.Combine(store, Sha256Hash.HexOf(File.ReadAllBytes(manifest)));
            return OutputFault.Guard(installed, () =>
            {
                // One that is there may be damaged, and this one is not. Programs that use it keep its files.
                DurableFiles.Sync(aside);
                if (Directory.Exists(installed))
                {
                    Directory.Move(installed, replaced);
                }

                Directory.Move(aside, installed);
                return installed;
            });
        }
        finally
        {
            Clear();
        }

        void Clear()
        {
            foreach (string left in new[] { aside, replaced }.Where(Directory.Exists))
            {
                Directory.Delete(left, recursive: true);
            }

            File.Delete(spoolPath);
        }
    }

    // With no other rights than a bundle's files have.
    private static FilePlan Plan(string source, IEnumerable<PlanEntry> entries)
    {
        const string Top = "/" + GuestfsBundle.UsualName;
        FilePlanBuilder builder = new();
        foreach (PlanEntry entry in entries)
        {
            bool isBelow = entry.Path.StartsWith(Top + "/", StringComparison.Ordinal);
            if ((!isBelow && entry.Path is not (Top or "/")) || entry.Kind is not (EntryKind.File or EntryKind.Directory))
            {
                throw new ApplianceException(
                    ApplianceProblem.Damaged,
                    $"{source} is not a bundle as 'gfs bundle pack' writes it: {PrintableText.Line(entry.Path)} is in it.");
            }

            builder.Add(new PlanEntry
            {
                Path = isBelow ? entry.Path[Top.Length..] : "/",
                Kind = isBelow ? entry.Kind : EntryKind.Directory,
                Mode = entry.Kind == EntryKind.Directory || (entry.Mode & Permissions.Octal0111) != 0
                    ? Permissions.Octal0755
                    : Permissions.Octal0644,
                ModificationTime = entry.ModificationTime,
                Content = entry.Content,
            });
        }

        return builder.Build();
    }
}
