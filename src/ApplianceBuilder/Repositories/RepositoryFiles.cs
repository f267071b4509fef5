using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Repositories;

/// <summary>The files of downloaded packages, complete as a system.</summary>
/// <param name="Packages">The packages, in the order in which their files come.</param>
/// <param name="Entries">Entries for a plan, to be added in this order:
/// all packages' files, then what their scripts would have made.</param>
/// <param name="ConfigurationFiles">Absolute paths of configuration files, sorted.</param>
/// <param name="OfPackages">The files of each package.</param>
internal sealed record RepositoryFiles(
    IReadOnlyList<RepositoryPackage> Packages, IReadOnlyList<PlanEntry> Entries, IReadOnlyList<string> ConfigurationFiles,
    IReadOnlyList<IReadOnlyList<PlanEntry>> OfPackages)
{
    /// <summary>Unpacks packages.</summary>
    /// <param name="packages">The packages; a complete set, as the resolver chooses it.</param>
    /// <param name="spool">Where the contents of files go.</param>
    /// <param name="atOnce">How many to unpack at once, which costs as many processors.</param>
    /// <param name="progress">Told how many bytes of the archives are done.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ApplianceException">A package is damaged, or tries what it must not.</exception>
    internal static async Task<RepositoryFiles> ReadAsync(
        IReadOnlyList<RepositoryPackage> packages, Spool spool, int atOnce, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        List<PlanEntry>[] entries = new List<PlanEntry>[packages.Count];
        DebPackage[] opened = new DebPackage[packages.Count];
        long[] sizes = [.. packages.Select(package => new FileInfo(package.Path).Length)];
        long total = sizes.Sum(), done = 0;

        // The largest first: a kernel begun last would leave the other processors idle.
        int[] order = [.. Enumerable.Range(0, packages.Count).OrderByDescending(i => sizes[i])];
        await Parallel.ForEachAsync(
            order, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, (i, token) =>
            {
                opened[i] = DebPackage.Open(packages[i].Path);
                entries[i] = [.. opened[i].ReadFiles(spool, new TarOptions(), token)];
                progress?.Report(
                    new ApplianceProgress(ApplianceStage.Unpacking, Interlocked.Add(ref done, sizes[i]), total, packages[i].Name));
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);

        List<PlanEntry> all = [.. entries.SelectMany(list => list)];
        string[] scripts = [.. opened.Select(package =>
            package.ControlFiles.TryGetValue("postinst", out ReadOnlyMemory<byte> script) ? LosslessUtf8.GetString(script.Span) : "")];
        all.AddRange(SystemSetup.Complete(all, scripts));
        return new RepositoryFiles(
            packages,
            all,
            [.. opened.SelectMany(package => package.ConfigurationFiles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            entries);
    }
}

/// <summary>A package that was downloaded.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Architecture">Architecture, or <c>all</c>.</param>
/// <param name="Sha256">SHA-256 of the .deb, in lower-case hexadecimal digits.</param>
/// <param name="Path">Path of the .deb on the host.</param>
internal sealed record RepositoryPackage(string Name, string Version, string Architecture, string Sha256, string Path);
