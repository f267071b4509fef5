// Which of Augeas' lenses are enough for the files that inspection reads: native/guest/lazy-library has the other half of this.
using System.Text.RegularExpressions;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>A directory of links to a few lenses. Whatever is in doubt is among them: one too many costs time, one too few an answer.
/// </summary>
/// <param name="Directory">The directory.</param>
/// <param name="Lenses">The paths of the lenses.</param>
internal sealed partial record FewLenses(string Directory, IReadOnlyList<string> Lenses)
{
    /// <summary>The beginning of the name of the library that uses them.</summary>
    internal const string Library = "libaugeas.so.";

    /// <summary>The files that the daemon's inspection reads in most guests.</summary>
    internal static readonly string[] Files = ["/etc/fstab", "/etc/mdadm.conf", "/etc/mdadm/mdadm.conf"];

    // Where Augeas looks by itself.
    private static readonly string[] Places = ["/usr/share/augeas/lenses", "/usr/share/augeas/lenses/dist"];

    private const string Suffix = ".aug";

    /// <summary>Chooses them; null where there are none, or two of one name.</summary>
    internal static FewLenses? Choose(FilePlan plan, string directory)
    {
        Dictionary<string, (string Path, string Text)> lenses = new(StringComparer.Ordinal);
        foreach (PlanEntry entry in plan.Entries.Where(entry => entry.Path.EndsWith(Suffix, StringComparison.Ordinal)
            && Places.Contains(FilePlanBuilder.ParentOf(entry.Path), StringComparer.Ordinal)))
        {
            if (entry.Content is null || !lenses.TryAdd(FilePlanBuilder.NameOf(entry.Path), (entry.Path, Read(entry.Content))))
            {
                return null;
            }
        }

        SortedSet<string> chosen = new(StringComparer.Ordinal);
        Queue<string> rest = new(lenses.Where(lens => MayRead(lens.Value.Text)).Select(lens => lens.Key));
        while (rest.TryDequeue(out string? name))
        {
            if (lenses.TryGetValue(name, out (string Path, string Text) lens) && chosen.Add(name))
            {
                // Comments count, too: a module's name with a point behind it is either used or does no harm.
                foreach (Match module in ModuleName().Matches(lens.Text))
                {
                    rest.Enqueue(module.Groups[1].Value.ToLowerInvariant() + Suffix);
                }
            }
        }

        return chosen.Count == 0 ? null : new FewLenses(directory, [.. chosen.Select(name => lenses[name].Path)]);
    }

    /// <summary>What the library is told: the directory, the files, and an empty text.</summary>
    internal string ToTexts() => string.Concat(Files.Prepend(Directory).Select(text => text + "\0"));

    private static string Read(FileContent content) => LosslessUtf8.GetString(content.ReadAll());

    // A lens names the files that it is for, as patterns that may be put together from parts. Those that come from another module are
    // not known.
    private static bool MayRead(string text) => text.Contains("autoload", StringComparison.Ordinal)
        && (OthersFilter().IsMatch(text) || PathLiteral().Matches(text).Any(literal => MayBegin(literal.Groups[1].Value)));

    // Whether a pattern is one of the files, or its beginning.
    private static bool MayBegin(string pattern)
    {
        Regex beginning = new(
            "^" + string.Concat(pattern.TakeWhile(c => c != '[').Select(c => c is '*' or '?' or '\\' ? ".*" : Regex.Escape(c.ToString()))));
        return Files.Any(beginning.IsMatch);
    }

    [GeneratedRegex(@"\b([A-Z]\w*)\.")]
    private static partial Regex ModuleName();

    [GeneratedRegex(@"\b[A-Z]\w*\.\w*filter")]
    private static partial Regex OthersFilter();

    [GeneratedRegex("\"(/(?:[^\"\\\\\n]|\\\\.)+)\"")]
    private static partial Regex PathLiteral();
}
