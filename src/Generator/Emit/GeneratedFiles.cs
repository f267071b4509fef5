// Writes the emitters' files into the checkout, or compares them with what is there.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Emit.Exports;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>All generated files of a checkout.</summary>
internal sealed class GeneratedFiles(string root)
{
    private readonly List<IEmitter> emitters = Emitters(root);

    /// <summary>Writes what has changed and deletes what is no longer generated.</summary>
    /// <returns>The files touched.</returns>
    internal IReadOnlyList<string> Write()
    {
        List<string> stale = [.. Differences()];
        Dictionary<string, string> files = Files();
        foreach (string file in stale)
        {
            string path = Path.Combine(root, file);
            if (files.TryGetValue(file, out string? content))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, content);
            }
            else
            {
                File.Delete(path);
            }
        }

        return stale;
    }

    /// <summary>The files that are missing, that differ in any byte, or that nothing generates.</summary>
    internal IEnumerable<string> Differences()
    {
        Dictionary<string, string> files = Files();
        IEnumerable<string> existing = emitters
            .Where(e => e.OwnsFolder)
            .Select(e => Path.Combine(root, e.Folder))
            .Where(Directory.Exists)
            .SelectMany(Directory.GetFiles)
            .Select(f => Path.GetRelativePath(root, f));
        return files.Keys.Union(existing)
            .Where(f => !files.TryGetValue(f, out string? content)
                || !File.Exists(Path.Combine(root, f))
                || File.ReadAllText(Path.Combine(root, f)) != content)
            .Order(StringComparer.Ordinal);
    }

    private Dictionary<string, string> Files() => emitters
        .SelectMany(e => e.Emit().Select(f => (Path: $"{e.Folder}/{f.File}", f.Content)))
        .ToDictionary(f => f.Path, f => f.Content, StringComparer.Ordinal);

    private static List<IEmitter> Emitters(string root)
    {
        string folder = Path.Combine(root, "src/Interop/Model");
        ApiModel model = ApiModel.Load(Path.Combine(folder, "guestfs-api.json"));
        ApiDocs docs = ApiDocs.Load(Path.Combine(folder, "docs"), model);
        FacadeAbi abi = FacadeAbi.Load(Path.Combine(root, "src/Facade/Exports/abi.json"));
        ExportHistory history = ExportHistory.Load(root);
        return
        [
            new HandleEmitter(model, docs),
            new LongCallEmitter(model, docs),
            new OptionsEmitter(model, docs),
            new StructEmitter(model, docs),
            new TestSurfaceEmitter(model, docs),
            new CHeaderEmitter(model, docs, abi, history),
            new ExportEmitter(model, docs, abi),
            new ExportTypeEmitter(model, abi),
            new TestExportEmitter(model, abi),
            new ExportListEmitter(model, docs, abi, history),
        ];
    }
}
