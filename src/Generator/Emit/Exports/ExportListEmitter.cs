// native/abi/exports.txt: the exported functions, in the order in which they came into being, each with its release;
// native/abi/symbols.map: the linker's version script, with a node for each release.
using System.Text;

using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Keeps the list: what is in it stays where it is, new symbols come after it, and none may go.</summary>
/// <param name="model">The functions of libguestfs.</param>
/// <param name="docs">Which of them are documented.</param>
/// <param name="abi">This library's own functions.</param>
/// <param name="history">The list so far.</param>
internal sealed class ExportListEmitter(ApiModel model, ApiDocs docs, FacadeAbi abi, ExportHistory history) : IEmitter
{
    public string Folder => Path.GetDirectoryName(ExportHistory.File)!;

    public bool OwnsFolder => false;

    public IEnumerable<(string File, string Content)> Emit()
    {
        HashSet<string> symbols = [.. Symbols()];
        string[] gone = [.. history.Functions.Where(s => !symbols.Contains(s))];
        if (gone.Length > 0)
        {
            throw new ModelException(
                $"{ExportHistory.File} has symbols that nothing declares any more: {string.Join(", ", gone)}. "
                + "The ABI keeps every symbol: bring them back, or begin a new ABI with another run-time name.");
        }

        if (abi.Groups.SelectMany(g => g.Functions).FirstOrDefault(f => f.Since != history.Since(f.Name)) is { } wrong)
        {
            throw new ModelException(
                $"abi.json says that {wrong.Name} is there since {wrong.Since}; it is there since {history.Since(wrong.Name)}.");
        }

        IEnumerable<string> added = symbols.Except(history.Functions).Order(StringComparer.Ordinal);
        (string Symbol, string Since)[] exports = [.. history.Functions.Concat(added).Select(s => (s, history.Since(s)))];
        yield return (Path.GetFileName(ExportHistory.File), string.Concat(exports.Select(e => $"{e.Symbol} {e.Since}\n")));
        yield return ("symbols.map", VersionScript(exports));
    }

    // Each node inherits from the one before it, as the linker's manual has it; only the first hides the rest.
    private static string VersionScript(IEnumerable<(string Symbol, string Since)> exports)
    {
        StringBuilder script = new(
            "/* What the C library exports: a node for each release, with the functions that came with it.\n"
            + " * Generated from exports.txt; do not edit.\n */\n");
        string? before = null;
        foreach (IGrouping<string, string> release in exports.GroupBy(e => e.Since, e => e.Symbol).OrderBy(g => Version.Parse(g.Key)))
        {
            script.Append($"GFS_{release.Key} {{\n    global:\n");
            foreach (string symbol in release.Order(StringComparer.Ordinal))
            {
                script.Append($"        {symbol};\n");
            }

            script.Append(before is null ? "    local: *;\n};\n" : $"}} GFS_{before};\n");
            before = release.Key;
        }

        return script.ToString();
    }

    private IEnumerable<string> Symbols() =>
        abi.Groups.SelectMany(g => g.Functions).Select(f => f.Name)
            .Concat(docs.Families.SelectMany(f => f.Functions.Keys).Select(n => "gfs_" + n))
            .Concat(model.Structs.SelectMany(CName.Frees));
}
