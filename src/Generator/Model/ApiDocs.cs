// The documentation texts: src/Interop/Model/docs, one file per family of functions plus structs.json.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>All texts, and through them which family each function belongs to.</summary>
internal sealed record ApiDocs(IReadOnlyList<FamilyDoc> Families, IReadOnlyDictionary<string, StructDoc> Structs)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the texts and checks that they describe exactly what the model has.</summary>
    /// <exception cref="ModelException">A function, option, result or field has no text, or a text has no function.</exception>
    public static ApiDocs Load(string directory, ApiModel model)
    {
        ApiDocs docs = new(
            [.. Directory.GetFiles(directory, "*.json")
                .Where(f => Path.GetFileName(f) != "structs.json")
                .Order(StringComparer.Ordinal)
                .Select(Read<FamilyDoc>)],
            Read<Dictionary<string, StructDoc>>(Path.Combine(directory, "structs.json")));
        docs.Check(model);
        return docs;
    }

    private void Check(ApiModel model)
    {
        List<string> problems = [];
        Dictionary<string, FunctionDoc> texts = new(StringComparer.Ordinal);
        foreach ((string name, FunctionDoc text) in Families.SelectMany(f => f.Functions))
        {
            if (!texts.TryAdd(name, text))
            {
                problems.Add($"{name} is in two families");
            }
        }

        List<ApiFunction> documented = [.. model.Functions.Where(f => f.Visibility != Visibility.Test)];
        Compare("functions", documented.Select(f => f.Name), texts.Keys);
        foreach (ApiFunction f in documented.Where(f => texts.ContainsKey(f.Name)))
        {
            FunctionDoc text = texts[f.Name];
            Compare($"options of {f.Name}", f.Options.Select(o => o.Name), text.Options.Keys);
            problems.AddRange(text.Args.Keys.Except(f.Arguments.Select(a => a.Name)).Select(a => $"{f.Name} has no argument {a}"));
            if ((f.Returns.Kind == ReturnKind.None) != (text.Returns is null))
            {
                problems.Add($"{f.Name}: 'returns' must be given exactly when it returns something");
            }
        }

        Compare("structs", model.Structs.Select(s => s.Name), Structs.Keys);
        foreach (ApiStruct s in model.Structs.Where(s => Structs.ContainsKey(s.Name)))
        {
            Compare($"fields of {s.Name}", s.Fields.Select(f => f.Name), Structs[s.Name].Fields.Keys);
        }

        if (problems.Count > 0)
        {
            throw new ModelException("The documentation texts and the model differ:\n  " + string.Join("\n  ", problems));
        }

        void Compare(string what, IEnumerable<string> expected, IEnumerable<string> actual)
        {
            List<string> want = [.. expected], have = [.. actual];
            problems.AddRange(want.Except(have).Select(n => $"{what}: {n} has no text"));
            problems.AddRange(have.Except(want).Select(n => $"{what}: {n} has a text but is not in the model"));
        }
    }

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format)!;
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path}: {e.Message}", e);
        }
    }
}

/// <summary>A family of functions: what they share, and the text of each.</summary>
internal sealed record FamilyDoc
{
    [JsonRequired]
    public string Family { get; init; } = "";

    [JsonRequired]
    public string Summary { get; init; } = "";

    [JsonRequired]
    public Dictionary<string, FunctionDoc> Functions { get; init; } = [];
}

/// <summary>The text of one function; names are those of C.</summary>
internal sealed record FunctionDoc
{
    [JsonRequired]
    public string Summary { get; init; } = "";

    public Dictionary<string, string> Args { get; init; } = [];

    public Dictionary<string, string> Options { get; init; } = [];

    public string? Returns { get; init; }

    public string? Remarks { get; init; }

    /// <summary>The text of an argument.</summary>
    /// <exception cref="ModelException">It has none, and needs one.</exception>
    public string Argument(ApiFunction function, ApiArgument argument) =>
        Args.GetValueOrDefault(argument.Name) ?? Usual(function, argument);

    // An argument that has no text of its own is one whose kind says it all.
    private static string Usual(ApiFunction function, ApiArgument argument) => argument.Subkind switch
    {
        Subkind.Device => "Block device in the appliance, such as `/dev/sda1`.",
        Subkind.Mountable => "What to use: a block device, or a btrfs subvolume as `list_filesystems` names it.",
        Subkind.Pathname => "Absolute path in the guest.",
        Subkind.DeviceOrPath => "Block device in the appliance, or absolute path in the guest.",
        Subkind.MountableOrPath => "Block device, btrfs subvolume, or absolute path in the guest.",
        Subkind.FileIn => "File on the host to read.",
        Subkind.FileOut => "File on the host to write.",
        Subkind.Key => "Key or passphrase.",
        Subkind.Guid => "GUID.",
        Subkind.Filename => "File name without a directory.",
        _ => throw new ModelException($"{function.Name}: argument {argument.Name} needs a text in the documentation files."),
    };
}

/// <summary>The text and the managed name of one structure.</summary>
internal sealed record StructDoc
{
    [JsonRequired]
    public string Name { get; init; } = "";

    [JsonRequired]
    public string Summary { get; init; } = "";

    [JsonRequired]
    public Dictionary<string, string> Fields { get; init; } = [];
}
