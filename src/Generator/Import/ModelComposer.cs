using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>From upstream's files to an <see cref="ApiModel"/>.</summary>
internal static class ModelComposer
{
    /// <summary>Reads an upstream; <paramref name="known"/> is the checked-in model, which tells what is new.</summary>
    /// <exception cref="ModelException">A file cannot be read, or the files are not of one version.</exception>
    public static ImportedModel Compose(UpstreamFiles files, Overlay overlay, ApiModel known)
    {
        Header header = HeaderReader.Read(files.Header);
        Dictionary<string, OCamlFunction> ocaml = OCamlReader.Read(files.OCaml);
        Manual manual = ManualReader.Read(files.Manual);

        // Of the private functions, OCaml has those for tests of language bindings; the others are between library and daemon.
        List<HeaderFunction> actions = [.. header.Functions.Where(f => !f.Private || ocaml.ContainsKey(f.Name))];
        Require("guestfs.mli", actions.Select(f => f.Name).Where(n => !ocaml.ContainsKey(n)));
        Require("guestfs(3)", header.Structs.Keys.Except(manual.Structs));

        OverlayDecisions decisions = new(overlay);
        WordSplits words = new(decisions);
        FunctionComposer functions = new(decisions, words, manual, known);
        StructComposer structs = new(decisions, words, manual, known);
        _ = overlay.TryTake(out string[]? retired, "retiredFeatures");
        ApiModel model = new()
        {
            Upstream = manual.Version,
            Functions = [.. actions.Select(f => functions.Compose(f, ocaml[f.Name])).OrderBy(f => f.Name, StringComparer.Ordinal)],
            Structs = [.. manual.Structs.Where(header.Structs.ContainsKey).Select(s => structs.Compose(s, header.Structs[s]))],
            Events = [.. header.Events.Select(e => new ApiEvent { Name = Lower(e.Name), Value = e.Value })],
            Features =
            [
                .. manual.Features.Select(f => new ApiFeature { Name = f }),
                .. (retired ?? []).Select(f => new ApiFeature { Name = f, Retired = true }),
            ],
        };
        foreach (string twice in manual.Features.Intersect(retired ?? []))
        {
            decisions.Contradiction($"the feature {twice} is in 'retiredFeatures' of overlay.json, but has functions.");
        }

        ExcuseNewer(overlay, known, manual.Version);
        IEnumerable<string> unusedWords = ApiVersion.Parse(manual.Version) < ApiVersion.Parse(known.Upstream)
            ? []
            : words.Unused.Select(w => $"words: {w}");
        return new ImportedModel(model, decisions.Open, [.. overlay.Unused(), .. unusedWords]);
    }

    private static string Lower(string name) => string.Concat(name.Select(char.ToLowerInvariant));

    private static void Require(string file, IEnumerable<string> missing)
    {
        string[] names = [.. missing];
        if (names.Length > 0)
        {
            string some = string.Join(", ", names.Take(5)) + (names.Length > 5 ? "..." : "");
            throw new ModelException($"{file} lacks {names.Length} of what guestfs.h has: {some}. Is it whole and of the same version?");
        }
    }

    // The overlay is that of the newest upstream; an older one cannot use all of it.
    private static void ExcuseNewer(Overlay overlay, ApiModel known, string version)
    {
        ApiVersion limit = ApiVersion.Parse(version);
        foreach (ApiFunction f in known.Functions)
        {
            if (Newer(f.Since))
            {
                overlay.Excuse("functions", f.Name);
            }

            foreach (ApiOption o in f.Options.Where(o => Newer(o.Since)))
            {
                overlay.Excuse("functions", f.Name, "options", o.Name);
            }

            if (Newer(f.Deprecated?.Since))
            {
                overlay.Excuse("functions", f.Name, "deprecatedSince");
            }
        }

        HashSet<string> structs = [.. known.RestrictTo(version).Structs.Select(s => s.Name)];
        foreach (string name in known.Structs.Select(s => s.Name).Where(n => !structs.Contains(n)))
        {
            overlay.Excuse("structs", name);
            overlay.Excuse("renamedFields", name);
            overlay.Excuse("prefixes", name);
        }

        bool Newer(string? since) => since is not null && ApiVersion.Parse(since) > limit;
    }
}
