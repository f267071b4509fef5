// The whole API model: reads, checks and writes src/Interop/Model/guestfs-api.json.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>Every external function, structure, event and feature group of one libguestfs version.</summary>
internal sealed record ApiModel
{
    /// <summary>How the model and the overlay are written in JSON.</summary>
    internal static JsonSerializerOptions Format { get; } = new()
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

    /// <summary>Checks that it is consistent in itself.</summary>
    /// <exception cref="ModelException">It is not; the message starts with where it comes from.</exception>
    public void Check(string path)
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
            Require(f.Deprecated?.By is not { } by || functions.Contains(by) || by.StartsWith("internal_", StringComparison.Ordinal),
                $"{f.Name}: deprecated by unknown {f.Deprecated?.By}");
            Require(f.Options.Count <= 64, $"{f.Name}: more than 64 optional arguments");
            Unique(f.Arguments.Select(a => a.Name).Concat(f.Options.Select(o => o.Name)), $"argument of {f.Name}");
            Version(f.Since, f.Name);
            Version(f.Deprecated?.Since, f.Name);
            Version(f.Before?.Version, f.Name);
            Require(f.Before?.Feature is not { } old || features.Contains(old), $"{f.Name}: unknown feature {f.Before?.Feature}");
            foreach (ApiOption o in f.Options)
            {
                Version(o.Since, f.Name);
            }

            Unique(f.Options.Select(o => o.NameInWords), $"option in words of {f.Name}");
        }

        foreach (ApiStruct s in Structs)
        {
            Unique(s.Fields.Select(f => f.Name), $"field of {s.Name}");
            Unique(s.Fields.Select(f => f.NameInWords), $"field in words of {s.Name}");
            foreach (ApiField f in s.Fields)
            {
                Require((f.FormerName is null) == (f.Since is null), $"{s.Name}.{f.Name}: 'formerName' and 'since' belong together");
                Version(f.Since, s.Name);
            }
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

        void Version(string? version, string where)
        {
            try
            {
                _ = version is null ? default : ApiVersion.Parse(version);
            }
            catch (ModelException e)
            {
                problems.Add($"{where}: {e.Message}");
            }
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

    /// <summary>One item of the model as it is written; two items are equal when these are.</summary>
    internal static System.Text.Json.Nodes.JsonNode ToNode<T>(T item)
    {
        System.Text.Json.Nodes.JsonNode node = JsonSerializer.SerializeToNode(item, Format)!;

        // Empty lists are left out like other defaults.
        if (node is System.Text.Json.Nodes.JsonObject o)
        {
            foreach (string empty in o.Where(p => p.Value is System.Text.Json.Nodes.JsonArray { Count: 0 }).Select(p => p.Key).ToList())
            {
                o.Remove(empty);
            }
        }

        return node;
    }

    private static string Compact<T>(T item) => Space(ToNode(item).ToJsonString(Format));

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
