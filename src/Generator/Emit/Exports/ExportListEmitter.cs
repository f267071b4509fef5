// native/abi/exports.txt: the exported symbols, in the order in which they came into being.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Keeps the list: what is in it stays where it is, new symbols come after it, and none may go.</summary>
/// <param name="model">The functions of libguestfs.</param>
/// <param name="docs">Which of them are documented.</param>
/// <param name="abi">This library's own functions.</param>
/// <param name="existing">The file with the list so far.</param>
internal sealed class ExportListEmitter(ApiModel model, ApiDocs docs, FacadeAbi abi, string existing) : IEmitter
{
    internal const string File = "native/abi/exports.txt";

    public string Folder => Path.GetDirectoryName(File)!;

    public bool OwnsFolder => false;

    public IEnumerable<(string File, string Content)> Emit()
    {
        string[] known = System.IO.File.Exists(existing) ? System.IO.File.ReadAllLines(existing) : [];
        HashSet<string> symbols = [.. Symbols()];
        string[] gone = [.. known.Where(s => !symbols.Contains(s))];
        if (gone.Length > 0)
        {
            throw new ModelException($"{File} has symbols that nothing declares any more: {string.Join(", ", gone)}. The ABI keeps every symbol: bring them back, or begin a new ABI with another run-time name.");
        }

        yield return (Path.GetFileName(File), string.Concat(known.Concat(symbols.Except(known).Order(StringComparer.Ordinal)).Select(s => s + "\n")));
    }

    private IEnumerable<string> Symbols() =>
        abi.Groups.SelectMany(g => g.Functions).Select(f => f.Name)
            .Concat(docs.Families.SelectMany(f => f.Functions.Keys).Select(n => "gfs_" + n))
            .Concat(model.Structs.SelectMany(CName.Frees));
}
