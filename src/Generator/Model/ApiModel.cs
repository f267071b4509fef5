// The whole API model: reads, checks and writes src/Interop/Model/guestfs-api.json.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>Every external function, structure, event and feature group of one libguestfs version.</summary>
internal sealed record ApiModel
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The upstream version it describes.</summary>
    public required string Upstream { get; init; }

    public required IReadOnlyList<ApiFunction> Functions { get; init; }

    public required IReadOnlyList<ApiStruct> Structs { get; init; }

    public required IReadOnlyList<ApiEvent> Events { get; init; }

    public required IReadOnlyList<ApiFeature> Features { get; init; }

    /// <summary>Reads a model file and checks that it is consistent.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public static ApiModel Load(string path)
    {
        ApiModel model;
        try
        {
            model = JsonSerializer.Deserialize<ApiModel>(File.ReadAllText(path), Format)
                ?? throw new ModelException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path}: {e.Message}", e);
        }

        model.Check(path);
        return model;
    }

    private void Check(string path)
    {
        List<string> problems = [];
        HashSet<string> functions = Unique(Functions.Select(f => f.Name), "function");
        HashSet<string> structs = Unique(Structs.Select(s => s.Name), "struct");
        HashSet<string> features = Unique(Features.Select(f => f.Name), "feature");
        Unique(Events.Select(e => e.Name), "event");

        foreach (ApiFunction f in Functions)
        {
            bool returnsStruct = f.Returns.Kind is ReturnKind.Struct or ReturnKind.StructList;
            Require(returnsStruct == (f.Returns.Struct is not null), $"{f.Name}: 'struct' must be given for struct returns only");
            Require(f.Returns.Struct is not { } s || structs.Contains(s), $"{f.Name}: unknown struct {f.Returns.Struct}");
            Require(f.Feature is not { } g || features.Contains(g), $"{f.Name}: unknown feature {f.Feature}");
            Require(f.Deprecated?.By is not { } by || functions.Contains(by) || by.StartsWith("internal_", StringComparison.Ordinal), $"{f.Name}: deprecated by unknown {f.Deprecated?.By}");
            Require(f.Options.Count <= 64, $"{f.Name}: more than 64 optional arguments");
            Unique(f.Arguments.Select(a => a.Name).Concat(f.Options.Select(o => o.Name)), $"argument of {f.Name}");
        }

        if (problems.Count > 0)
        {
            throw new ModelException($"{path}:\n  {string.Join("\n  ", problems)}");
        }

        HashSet<string> Unique(IEnumerable<string> names, string what)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (string name in names)
            {
                Require(seen.Add(name), $"{what} {name} twice");
            }

            return seen;
        }

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>Writes the model in its checked-in form: one entry a line, so that a diff shows functions.</summary>
    public string ToJson()
    {
        System.Text.StringBuilder json = new();
        json.Append("{\n  \"upstream\": ").Append(Compact(Upstream)).Append(",\n");
        Section("functions", Functions, ",");
        Section("structs", Structs, ",");
        Section("events", Events, ",");
        Section("features", Features, "");
        return json.Append("}\n").ToString();

        void Section<T>(string name, IReadOnlyList<T> items, string end)
        {
            json.Append($"  \"{name}\": [\n");
            for (int i = 0; i < items.Count; i++)
            {
                json.Append("    ").Append(Compact(items[i])).Append(i + 1 < items.Count ? ",\n" : "\n");
            }

            json.Append($"  ]{end}\n");
        }
    }

    // Empty lists are left out like other defaults.
    private static string Compact<T>(T item)
    {
        System.Text.Json.Nodes.JsonNode node = JsonSerializer.SerializeToNode(item, Format)!;
        if (node is System.Text.Json.Nodes.JsonObject o)
        {
            foreach (string empty in o.Where(p => p.Value is System.Text.Json.Nodes.JsonArray { Count: 0 }).Select(p => p.Key).ToList())
            {
                o.Remove(empty);
            }
        }

        return Space(node.ToJsonString(Format));
    }

    // ", " and ": " between items as people write them; strings in the model hold neither quotes nor backslashes.
    private static string Space(string compact)
    {
        System.Text.StringBuilder spaced = new(compact.Length + 64);
        bool quoted = false;
        foreach (char c in compact)
        {
            quoted ^= c == '"';
            spaced.Append(c);
            if (!quoted && (c == ',' || c == ':'))
            {
                spaced.Append(' ');
            }
        }

        return spaced.ToString();
    }
}
