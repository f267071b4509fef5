// The reviewed overlay: src/Interop/Model/overlay.json, the decisions that no file of upstream can take.
using System.Text.Json;
using System.Text.Json.Nodes;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>The overlay's entries by path, which remembers those that were asked for: each must have a use.</summary>
internal sealed class Overlay(JsonObject root)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public static Overlay Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path}: {e.Message}", e);
        }
    }

    public static Overlay Parse(string json) =>
        new(JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false })!
            .AsObject());

    /// <summary>The entry at a path, if there is one.</summary>
    /// <exception cref="ModelException">It is not one of the values that such an entry can have.</exception>
    public bool TryTake<T>(out T value, params string[] path)
    {
        JsonNode? node = root;
        foreach (string name in path)
        {
            node = (node as JsonObject)?[name];
        }

        try
        {
            value = node is null ? default! : node.Deserialize<T>(ApiModel.Format)!;
        }
        catch (JsonException e)
        {
            throw new ModelException($"overlay.json: {Name(path)}: {node!.ToJsonString()} is not allowed here.", e);
        }

        return node is not null && (taken.Add(Name(path)) || true);
    }

    /// <summary>Marks an entry that this upstream is too old for.</summary>
    public void Excuse(params string[] path) => taken.Add(Name(path));

    /// <summary>The entries nothing asked for.</summary>
    public IEnumerable<string> Unused() => Unused("", root).Unused;

    // Reports the outermost entry that has no use, so a function that is gone is one line.
    private (bool Used, List<string> Unused) Unused(string path, JsonNode? node)
    {
        if (taken.Contains(path))
        {
            return (true, []);
        }

        bool used = path.Length == 0;
        List<string> unused = [];
        foreach ((string name, JsonNode? child) in node as JsonObject ?? [])
        {
            (bool usedBelow, List<string> below) = Unused(path.Length == 0 ? name : $"{path}.{name}", child);
            used |= usedBelow;
            unused.AddRange(below);
        }

        return (used, used ? unused : [path]);
    }

    public static string Name(string[] path) => string.Join('.', path);
}
