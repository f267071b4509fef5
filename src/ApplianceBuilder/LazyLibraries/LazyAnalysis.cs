// Decides which libraries can be lazy. The rule: neither the program nor any library in its process may come to see another
// function or other data than before; all of it is read off symbol tables, with the loader's rules.
using System.Collections.Frozen;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>Examines candidates.</summary>
internal sealed class LazyAnalysis
{
    // On aarch64: the function's arguments are in more registers than usual.
    private const byte UnusualArguments = 0x80;

    private readonly SharedObjects objects;
    private readonly ElfObject program;
    private readonly List<LazyCandidate> candidates;
    private readonly SymbolDefinitions definitions = new();

    /// <summary>Takes what to examine.</summary>
    /// <param name="objects">The program and libraries of a plan.</param>
    /// <param name="program">The program that needs the candidates.</param>
    /// <param name="candidates">The candidates.</param>
    internal LazyAnalysis(SharedObjects objects, ElfObject program, List<LazyCandidate> candidates)
    {
        this.objects = objects;
        this.program = program;
        this.candidates = candidates;
    }

    /// <summary>Refuses the candidates that do not fit, and finds the functions that others use of each.</summary>
    /// <returns>The functions of the C library with which a forwarding library does its work.</returns>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    internal List<ForwardingImport> Run(CancellationToken cancellationToken)
    {
        RefuseUnknown();
        RefuseLoadedByName(cancellationToken);
        HashSet<ElfObject> users = Users();
        foreach (ElfObject user in users)
        {
            definitions.Add(objects.Scope(user, FrozenSet<ElfObject>.Empty));
        }

        // One that is refused is loaded at the start after all, with all that it needs: then others may fit, or fit no more.
        int refused;
        do
        {
            refused = candidates.Count(candidate => candidate.Reason is not null);
            foreach (ElfObject user in users)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CollectUses(user);
                CheckStart(user);
            }

            CheckLate();
        }
        while (candidates.Count(candidate => candidate.Reason is not null) != refused);

        return FindImports();
    }

    private IEnumerable<LazyCandidate> Lazy => candidates.Where(candidate => candidate.Reason is null);

    // What could not be read cannot be judged.
    private void RefuseUnknown()
    {
        foreach (ElfObject member in objects.Scope(program, FrozenSet<ElfObject>.Empty))
        {
            foreach (LazyCandidate candidate in candidates)
            {
                if (member.Needed.FirstOrDefault(name => objects.Find(name, member) is null) is { } missing)
                {
                    candidate.Refuse($"{missing}, which {member.Path} needs, is not in the appliance or damaged");
                }
                else if (member.HasRpath)
                {
                    candidate.Refuse($"{member.Path} has an RPATH");
                }
            }
        }
    }

    // A library that is opened by its name may be asked for any symbol. What names it without needing it may open it.
    private void RefuseLoadedByName(CancellationToken cancellationToken)
    {
        Dictionary<LazyCandidate, byte[]> names = candidates.ToDictionary(candidate => candidate,
            candidate => LosslessUtf8.GetBytes(candidate.Name[..(candidate.Name.IndexOf(".so", StringComparison.Ordinal) + 3)]));
        ElfObject[] openers = [.. objects.Scope(program, FrozenSet<ElfObject>.Empty).Where(user => user.UsesDlopen)];
        foreach ((ElfObject user, LazyCandidate[] named) in OrderedParallel.Select(
            openers, user => (user, FileSearch.Find(user.Entry.Content!, names)), cancellationToken))
        {
            foreach (LazyCandidate candidate in named.Where(candidate => user != candidate.Real && !user.Needed.Contains(candidate.Name)))
            {
                candidate.Refuse($"{user.Path} may load it by its name (dlopen)");
            }
        }
    }

    // The program, and libraries that may be loaded into it later, such as a library's plugins.
    private HashSet<ElfObject> Users()
    {
        HashSet<ElfObject> users = [program];
        HashSet<string> names = [.. candidates.Select(candidate => candidate.Name)];
        for (int known = 0; known != users.Count;)
        {
            known = users.Count;
            foreach (ElfObject found in objects.All.Where(found => !users.Contains(found) && found.Needed.Any(names.Contains)))
            {
                users.Add(found);
                names.Add(FilePlanBuilder.NameOf(found.Path));
                if (found.Soname is { } soname)
                {
                    names.Add(soname);
                }
            }
        }

        return users;
    }

    // What is loaded together with a candidate alone finds the symbols of the real one.
    private void CollectUses(ElfObject user)
    {
        IReadOnlyList<ElfObject> scope = objects.Scope(user, FrozenSet<ElfObject>.Empty);
        Dictionary<ElfObject, int> order = SymbolDefinitions.Order(scope);
        Dictionary<ElfObject, LazyCandidate> lazy = Lazy.ToDictionary(candidate => candidate.Real);
        HashSet<ElfObject> start = [.. objects.Scope(user, lazy.Keys.ToHashSet())];
        foreach (ElfObject member in scope)
        {
            HashSet<ElfObject> needed = [.. objects.Scope(member, FrozenSet<ElfObject>.Empty)];
            if (lazy.ContainsKey(member) || (!start.Contains(member) && !needed.Overlaps(lazy.Keys)))
            {
                continue;
            }

            foreach (DynamicSymbol use in member.Symbols.Where(symbol => symbol.IsUse))
            {
                if (definitions.Find(member, use, order) is ({ } owner, var symbol)
                    && lazy.TryGetValue(owner, out LazyCandidate? candidate)
                    && (start.Contains(member) || needed.Contains(owner)))
                {
                    Use(candidate, symbol, member);
                }
            }
        }
    }

    private static void Use(LazyCandidate candidate, DynamicSymbol symbol, ElfObject user)
    {
        string? kind = symbol.Type switch
        {
            SymbolType.Function => (symbol.Other & UnusualArguments) == 0 ? null : "is a function with arguments in unusual registers",
            SymbolType.IndirectFunction => "is a function that is chosen when the library is loaded",
            SymbolType.ThreadLocal => "is thread-local data",
            SymbolType.Data => "is data, not a function",
            _ => "is not known to be a function",
        };
        if (kind is null)
        {
            candidate.Use(symbol);
        }
        else
        {
            candidate.Refuse($"{user.Path} uses {symbol}, which {kind}");
        }
    }

    // What is loaded at the start must find the same symbols without the libraries that are not.
    private void CheckStart(ElfObject user)
    {
        LazyCandidate[] lazy = [.. Lazy];
        Dictionary<ElfObject, int> before = SymbolDefinitions.Order(objects.Scope(user, FrozenSet<ElfObject>.Empty));
        Dictionary<ElfObject, int> after = SymbolDefinitions.Order(objects.Scope(user, RealOf(lazy)).Except(RealOf(lazy)));
        foreach (ElfObject member in after.Keys)
        {
            if (FirstDifference(member, before, after, strict: true) is not ({ } use, { } owner))
            {
                continue;
            }

            foreach (LazyCandidate candidate in lazy.Where(
                candidate => objects.Scope(candidate.Real, FrozenSet<ElfObject>.Empty).Contains(owner)))
            {
                candidate.Refuse($"{member.Path} uses {use} of {owner.Path}, which would no longer be loaded with it");
            }
        }
    }

    // What is loaded by a first call must find the same symbols as if it had been there from the start.
    private void CheckLate()
    {
        Dictionary<ElfObject, int> before = SymbolDefinitions.Order(objects.Scope(program, FrozenSet<ElfObject>.Empty));
        LazyCandidate[] all = [.. Lazy];
        HashSet<ElfObject> lazy = RealOf(all);
        ElfObject[] start = [.. objects.Scope(program, lazy).Except(lazy)];
        foreach (LazyCandidate candidate in all)
        {
            // Among what it needs other candidates may be, which are not loaded with it.
            ElfObject[] own =
            [
                .. objects.Scope(candidate.Real, lazy).Where(member => member == candidate.Real || !lazy.Contains(member)).Except(start),
            ];
            Dictionary<ElfObject, int> after = SymbolDefinitions.Order(start.Concat(own));
            foreach (ElfObject member in own)
            {
                if (member.WhyNotLate is { } reason)
                {
                    candidate.Refuse($"{member.Path} {reason}");
                }
                else if (FirstDifference(member, before, after, strict: false) is ({ } use, { } owner))
                {
                    candidate.Refuse($"{member.Path} uses {use} of {owner.Path}, and would find another");
                }
            }
        }
    }

    private (DynamicSymbol Use, ElfObject Owner)? FirstDifference(
        ElfObject member, Dictionary<ElfObject, int> before, Dictionary<ElfObject, int> after, bool strict)
    {
        foreach (DynamicSymbol use in member.Symbols.Where(symbol => symbol.IsUse))
        {
            if (definitions.Find(member, use, before) is not ({ } owner, var symbol) || IsForwarded(owner, symbol))
            {
                continue;
            }

            (ElfObject Owner, DynamicSymbol Symbol)? found = definitions.Find(member, use, after);
            if (found?.Owner != owner && (strict || found is null || !IsAsLinked(use, found.Value.Symbol)))
            {
                return (use, owner);
            }
        }

        return null;
    }

    private bool IsForwarded(ElfObject owner, DynamicSymbol symbol) =>
        Lazy.Any(candidate => candidate.Real == owner && candidate.Functions.Contains(symbol));

    // The use asks for a version, and gets it: what it was linked with, and not what only has the same name. Libraries with
    // copies of the C++ library's functions take its place where they come first.
    private static bool IsAsLinked(DynamicSymbol use, DynamicSymbol found) => use.Version is not null && found.Version == use.Version;

    private static HashSet<ElfObject> RealOf(IEnumerable<LazyCandidate> lazy) => [.. lazy.Select(candidate => candidate.Real)];

    // Functions of libraries that the program has loaded from its start, so that nothing needs to be loaded for them.
    private List<ForwardingImport> FindImports()
    {
        List<ForwardingImport> imports = [];
        HashSet<ElfObject> lazy = RealOf(Lazy);
        ElfObject[] start = [.. objects.Scope(program, lazy).Except(lazy)];
        foreach (string name in ForwardingLibrary.ImportNames)
        {
            (ElfObject Owner, DynamicSymbol Symbol)? found =
                definitions.Find(program, new DynamicSymbol(name, null, false, false, true, 1, 0, 0), SymbolDefinitions.Order(start));
            if (found is not ({ Soname: { } soname }, var symbol))
            {
                foreach (LazyCandidate candidate in candidates)
                {
                    candidate.Refuse($"no library of {program.Path} has {name}");
                }

                return [];
            }

            imports.Add(new ForwardingImport(name, soname, symbol.Version));
        }

        return imports;
    }
}
