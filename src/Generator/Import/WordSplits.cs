// Of which words a name is made that C writes as one: the overlay's 'words' and 'prefixes'.
namespace Guestfs.Generator.Import;

/// <summary>Splits the names of arguments, options and fields into words.</summary>
internal sealed class WordSplits
{
    private readonly OverlayDecisions decisions;
    private readonly Dictionary<string, string> splits;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public WordSplits(OverlayDecisions decisions)
    {
        this.decisions = decisions;
        _ = decisions.Overlay.TryTake(out string[]? words, "words");
        splits = (words ?? []).ToDictionary(w => w.Replace("_", "", StringComparison.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The words that nothing of the upstream had a use for.</summary>
    public IEnumerable<string> Unused => splits.Where(split => !used.Contains(split.Key)).Select(split => split.Value);

    /// <summary>A name as words; null where these are the name itself.</summary>
    public string? Of(string name)
    {
        if (name.Contains('_', StringComparison.Ordinal))
        {
            return null;
        }

        if (splits.TryGetValue(name, out string? words))
        {
            used.Add(name);
            return words == name ? null : words;
        }

        decisions.Ask($"of which words is the name '{name}' made?", $"\"{name}\", or with '_' between its words", "words");
        return null;
    }

    /// <summary>A field's name as words, without what its structure's fields begin with.</summary>
    public string? OfField(string type, string name)
    {
        bool isPrefixed = decisions.Overlay.TryTake(out string? prefix, "prefixes", type)
            && name.StartsWith(prefix!, StringComparison.Ordinal);
        string rest = isPrefixed ? name[prefix!.Length..] : name;
        return Of(rest) ?? (isPrefixed ? rest : null);
    }
}
