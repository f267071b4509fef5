// Lets the daemon start without the large libraries that most sessions never use: in place of each it gets a tiny one of
// the same name and functions, which loads the real one when one of them is first called.
using System.Globalization;

namespace Guestfs.Appliances;

/// <summary>Makes libraries of a program lazy.</summary>
internal static class LazyLibraries
{
    /// <summary>The daemon.</summary>
    internal const string DaemonPath = "/usr/sbin/guestfsd";

    /// <summary>
    /// Libraries that are worth it, by the beginnings of their names: they or what they need take long to load, and only some
    /// functions of the daemon call them.
    /// </summary>
    internal static readonly string[] DaemonLibraries = ["libaugeas.so.", "libhivex.so.", "librpm.so.", "libtsk.so.", "libyara.so."];

    private const string RealSuffix = ".real";

    /// <summary>
    /// Replaces libraries in a plan. One that cannot be lazy without a difference to anybody stays as it is, and damaged
    /// files never are an error.
    /// </summary>
    /// <param name="plan">The root filesystem. The kernel's <c>/proc</c> need not be mounted in it, but the loader must find the libraries by their names, not through a cache.</param>
    /// <param name="programPath">The program, whose needs are looked at.</param>
    /// <param name="libraries">The beginnings of names of libraries that it may load lazily.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ApplianceException">A file of the plan cannot be read.</exception>
    internal static LazyPlan Apply(FilePlan plan, string programPath, IReadOnlyCollection<string> libraries, CancellationToken cancellation)
    {
        LazyCode code = LazyCode.Read();
        SharedObjects objects = new(plan, code.Machine, cancellation);
        if (plan.Resolve(programPath) is not { } path || objects.At(path) is not { } program)
        {
            return new LazyPlan(plan, []);
        }

        List<LazyLibrary> report = [];
        List<LazyCandidate> candidates = [];
        foreach (string name in program.Needed.Where(needed => libraries.Any(start => needed.StartsWith(start, StringComparison.Ordinal))))
        {
            if (Find(plan, objects, name, out string reason) is { } candidate)
            {
                candidates.Add(candidate);
            }
            else
            {
                report.Add(new LazyLibrary(name, null, 0, reason));
            }
        }

        List<ForwardingImport> imports = [];
        try
        {
            imports = new LazyAnalysis(plan, objects, program, candidates).Run(cancellation);
        }
        catch (InvalidDataException exception)
        {
            candidates.ForEach(candidate => candidate.Refuse($"a library that is used with it is damaged: {exception.Message}"));
        }

        FilePlan result = Replace(plan, candidates, imports, code);
        report.AddRange(candidates.Select(candidate => new LazyLibrary(candidate.Name, RealPath(candidate), candidate.Functions.Count, candidate.Reason)));
        return new LazyPlan(result, [.. report.OrderBy(library => program.Needed.ToList().IndexOf(library.Name))]);
    }

    private static LazyCandidate? Find(FilePlan plan, SharedObjects objects, string name, out string reason)
    {
        PlanEntry[] places = [.. plan.Entries.Where(entry => entry.Kind != EntryKind.Directory && FilePlanBuilder.NameOf(entry.Path) == name)];
        IReadOnlyList<ElfObject> found = objects.FindAll(name);
        reason = places.Length == 0 ? "it is not in the appliance"
            : places.Length > 1 ? $"there are {places.Length.ToString(CultureInfo.InvariantCulture)} of its name"
            : found.Count != 1 ? $"{places[0].Path} is damaged, or not for this processor"
            : found[0].Soname != name ? $"{found[0].Path} calls itself {found[0].Soname ?? "nothing"}"
            : "";
        return reason.Length == 0 ? new LazyCandidate(name, places[0], found[0]) : null;
    }

    // A link gives way to the new library, and the real one stays where it is. A file has to go aside.
    private static string RealPath(LazyCandidate candidate) =>
        candidate is { Reason: null, Place.Kind: EntryKind.File } ? candidate.Place.Path + RealSuffix : candidate.Real.Path;

    private static FilePlan Replace(FilePlan plan, List<LazyCandidate> candidates, List<ForwardingImport> imports, LazyCode code)
    {
        SortedDictionary<string, PlanEntry> entries = new(plan.Entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (LazyCandidate candidate in candidates)
        {
            string realPath = RealPath(candidate);
            if (candidate.Place.Kind == EntryKind.File && (entries.ContainsKey(realPath) || entries.Values.Any(entry => entry.Kind == EntryKind.HardLink && entry.LinkTarget == candidate.Place.Path)))
            {
                candidate.Refuse($"{candidate.Place.Path} has other names");
            }

            if (candidate.Reason is not null)
            {
                continue;
            }

            byte[] bytes = new ForwardingLibrary(candidate.Name, realPath, candidate.Real.Versions, [.. candidate.Functions], imports, code).ToBytes();
            entries[realPath] = candidate.Real.Entry with { Path = realPath };
            entries[candidate.Place.Path] = candidate.Real.Entry with { Path = candidate.Place.Path, Content = new BytesContent(bytes) };
        }

        return new FilePlan([.. entries.Values]);
    }
}
