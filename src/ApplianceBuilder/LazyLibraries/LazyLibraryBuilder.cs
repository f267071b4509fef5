// Lets the daemon start without the large libraries that most sessions never use: in place of each it gets a tiny one of
// the same name and functions, which loads the real one when one of them is first called.
using System.Globalization;

using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>Makes libraries of a program lazy.</summary>
internal static class LazyLibraryBuilder
{
    private const uint DirectoryMode = Permissions.Octal0755, FileMode = Permissions.Octal0644, LinkMode = Permissions.Octal0777;

    /// <summary>
    /// Adds a directory of lazy libraries to a plan, and changes nothing else in it: only who is started through
    /// <see cref="LazyOptions.Loader"/> has them. A library that cannot be lazy without a difference to the program is left
    /// out; so are damaged ones, which never are an error.
    /// </summary>
    /// <param name="plan">The root filesystem.</param>
    /// <param name="options">Which libraries.</param>
    /// <param name="code">The code that they have in common, for the program's processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">A file of the plan cannot be read.</exception>
    internal static LazyPlan Apply(FilePlan plan, LazyOptions options, LazyCode code, CancellationToken cancellationToken)
    {
        string? path = plan.Resolve(options.Program);
        SharedObjects objects = new(plan, file => file == path, code.Machine, cancellationToken);
        if (path is null || objects.At(path) is not { } program)
        {
            return new LazyPlan(plan, []);
        }

        List<(string Name, LazyCandidate? Candidate, string? Reason)> wanted = [.. program.Needed
            .Where(name => options.Libraries.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
            .Select(name => Examine(plan, objects, name))];
        List<LazyCandidate> candidates = [.. wanted.Select(library => library.Candidate).OfType<LazyCandidate>()];
        List<ForwardingImport> imports = [];
        try
        {
            imports = new LazyAnalysis(objects, program, candidates).Run(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            candidates.ForEach(candidate => candidate.Refuse($"a library that is used with it is damaged: {exception.Message}"));
        }

        if (program.Interpreter is not { } interpreter
            || plan.Resolve(interpreter) is not { } loader
            || plan.Find(loader)?.Kind != EntryKind.File)
        {
            candidates.ForEach(candidate => candidate.Refuse($"the loader of {program.Path} is not in the appliance"));
        }

        return new LazyPlan(
            Add(plan, options, program, candidates, imports, code),
            [.. wanted.Select(library => new LazyLibrary(
                library.Name, library.Candidate?.Real.Path, library.Candidate?.Functions.Count ?? 0, library.Reason
                    ?? library.Candidate?.Reason))]);
    }

    private static (string Name, LazyCandidate? Candidate, string? Reason) Examine(FilePlan plan, SharedObjects objects, string name)
    {
        int places = plan.Entries.Count(entry => entry.Kind != EntryKind.Directory && FilePlanBuilder.NameOf(entry.Path) == name);
        IReadOnlyList<ElfObject> found = objects.FindAll(name);
        string? reason = places == 0 ? "it is not in the appliance"
            : places > 1 ? $"{places.ToString(CultureInfo.InvariantCulture)} files have its name"
            : found.Count == 0 ? "it is damaged, or not for this processor"
            : found[0].Soname != name ? $"{found[0].Path} calls itself {found[0].Soname ?? "nothing"}"
            : null;
        return (name, reason is null ? new LazyCandidate(name, found[0]) : null, reason);
    }

    private static FilePlan Add(
        FilePlan plan, LazyOptions options, ElfObject program, List<LazyCandidate> candidates, List<ForwardingImport> imports,
        LazyCode code)
    {
        LazyCandidate[] lazy = [.. candidates.Where(candidate => candidate.Reason is null)];
        if (lazy.Length == 0)
        {
            return plan;
        }

        FilePlanBuilder builder = new(plan);
        long time = program.Entry.ModificationTime;
        builder.Add(new PlanEntry { Path = options.Directory, Kind = EntryKind.Directory, Mode = DirectoryMode, ModificationTime = time });
        builder.Add(new PlanEntry
        {
            Path = options.Loader, Kind = EntryKind.SymbolicLink, Mode = LinkMode, ModificationTime = time,
            LinkTarget = program.Interpreter,
        });
        foreach (LazyCandidate candidate in lazy)
        {
            FewLenses? lenses = candidate.Name.StartsWith(FewLenses.Library, StringComparison.Ordinal)
                ? FewLenses.Choose(plan, FilePlanBuilder.Join(options.Directory, "lenses"))
                : null;
            foreach (string lens in lenses?.Lenses ?? [])
            {
                builder.Add(new PlanEntry
                {
                    Path = FilePlanBuilder.Join(lenses!.Directory, FilePlanBuilder.NameOf(lens)), Kind = EntryKind.SymbolicLink,
                    Mode = LinkMode, ModificationTime = time, LinkTarget = lens,
                });
            }

            builder.Add(new PlanEntry
            {
                Path = FilePlanBuilder.Join(options.Directory, candidate.Name),
                Kind = EntryKind.File,
                Mode = FileMode,
                ModificationTime = candidate.Real.Entry.ModificationTime,
                Content = new BytesContent(new ForwardingLibrary(candidate, imports, code, lenses).ToBytes()),
            });
        }

        return builder.Build(time);
    }
}

/// <summary>A plan with lazy libraries where they are possible.</summary>
/// <param name="Files">The files; the plan that was given where there are none.</param>
/// <param name="Libraries">What became of each library that was looked at, in the order in which the program needs them.</param>
internal sealed record LazyPlan(FilePlan Files, IReadOnlyList<LazyLibrary> Libraries);

/// <summary>What became of a library that a program could load lazily.</summary>
/// <param name="Name">The name by which the program needs it.</param>
/// <param name="RealPath">Where the library itself is; null where it was not looked at.</param>
/// <param name="Functions">How many of its functions load it when they are called.</param>
/// <param name="Reason">Why it is loaded at the start as ever; null when it is not.</param>
internal sealed record LazyLibrary(string Name, string? RealPath, int Functions, string? Reason)
{
    /// <summary>Whether it is loaded when it is first called.</summary>
    internal bool IsLazy => Reason is null;

    /// <summary>A line for people.</summary>
    public override string ToString() => IsLazy
        ? $"{Name}: loaded from {RealPath} by the first call of one of {Functions} functions"
        : $"{Name}: loaded at the start: {Reason}";
}
