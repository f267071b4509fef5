// What is said of a function of the C ABI: the header and its manual page say the same.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>A function of the C ABI and its description.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of what it returns.</param>
/// <param name="Parameters">Its parameters with their descriptions.</param>
/// <param name="Options">The members of its structure of options, if it has one.</param>
/// <param name="Paragraphs">What it does; the first says it in short.</param>
/// <param name="Returns">What it returns; null for nothing.</param>
/// <param name="Threads">From which threads it may be called.</param>
/// <param name="Since">The release of this library that has it first.</param>
/// <param name="Deprecated">What to use in its place, where it is deprecated.</param>
/// <param name="Ignorable">Nobody needs to look at what it returns.</param>
internal sealed record CFunctionDescription(
    string Name,
    string Type,
    IReadOnlyList<CParameter> Parameters,
    IReadOnlyList<CParameter> Options,
    IReadOnlyList<string> Paragraphs,
    string? Returns,
    string Threads,
    string Since,
    string? Deprecated = null,
    bool Ignorable = true);

/// <summary>Describes all functions.</summary>
internal sealed class CFunctionDescriptions
{
    private readonly ApiModel model;
    private readonly ApiDocs docs;
    private readonly FacadeAbi abi;
    private readonly ExportHistory history;
    private readonly Dictionary<string, ApiFunction> functions;
    private readonly Dictionary<string, AbiNote> notes;
    private readonly CText text;

    /// <exception cref="ModelException">abi.json has a note on a function that is not there.</exception>
    public CFunctionDescriptions(ApiModel model, ApiDocs docs, FacadeAbi abi, ExportHistory history)
    {
        (this.model, this.docs, this.abi, this.history) = (model, docs, abi, history);
        functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
        notes = abi.Libguestfs.ToDictionary(n => n.Name, StringComparer.Ordinal);
        text = new CText(model);
        if (notes.Keys.Except(docs.Families.SelectMany(f => f.Functions.Keys).Select(n => "gfs_" + n)).FirstOrDefault() is { } unknown)
        {
            throw new ModelException($"abi.json has a note on {unknown}, which libguestfs does not have.");
        }
    }

    /// <summary>All of them, by name.</summary>
    internal IEnumerable<CFunctionDescription> All() =>
        abi.Groups.SelectMany(g => g.Functions).Select(Of)
            .Concat(model.Structs.SelectMany(Frees))
            .Concat(docs.Families.SelectMany(f => f.Functions).Select(f => Of(functions[f.Key], f.Value)))
            .OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>A function that is this library's own.</summary>
    internal CFunctionDescription Of(AbiFunction f)
    {
        bool takesHandle = f.Parameters.Count > 0 && f.Parameters[0].Type == "gfs_handle *";
        return new CFunctionDescription(
            f.Name,
            f.Returns?.Type ?? "gfs_status",
            [.. f.Parameters.Select(Variable)],
            [
                .. abi.Groups.SelectMany(g => g.Structs)
                    .Where(s => s.Options && f.Parameters.Any(p => p.Type == $"const struct {s.Name} *"))
                    .SelectMany(s => s.Fields).Select(Variable),
            ],
            [.. new[] { f.Summary, f.Remarks }.OfType<string>()],
            f.Returns is null ? $"GFS_OK, or {f.Errors ?? "GFS_ERR_FAILED."}" : f.Returns.Text,
            f.Threads ?? (takesHandle ? "Any; waits for another call on the handle." : "Any."),
            f.Since,
            Ignorable: f.Ignorable || f.Returns is not null);
    }

    /// <summary>What frees a structure of libguestfs, and a list of them.</summary>
    internal IEnumerable<CFunctionDescription> Frees(ApiStruct s)
    {
        yield return Free(s.Name, "a structure");
        yield return Free(s.Name + "_list", "a list, and the structures");
    }

    /// <summary>A function of libguestfs.</summary>
    internal CFunctionDescription Of(ApiFunction f, FunctionDoc doc)
    {
        notes.TryGetValue(CName.Function(f), out AbiNote? note);
        return new CFunctionDescription(
            CName.Function(f),
            "gfs_status",
            [.. CFunction.Parameters(f, doc).Select(p => p with { Text = text.Of(p.Text) })],
            [.. f.Options.Select(o => new CParameter(CFunction.Type(o.Kind), o.Name, Option(o, doc)))],
            [.. new[] { doc.Summary, doc.Remarks, note?.Remarks, Facts(f) }.OfType<string>().Select(text.Of)],
            $"GFS_OK, or {Errors(f)}",
            f.Role == FunctionRole.Cancel ? "Any; does not wait." : "Any; waits for another call on the handle.",
            history.Since(CName.Function(f)),
            f.Deprecated is not { } deprecated ? null
                : deprecated.By is { } by && functions.ContainsKey(by) ? $"Use gfs_{by}()." : "By libguestfs, which names no replacement.",
            note?.Ignorable == true);
    }

    private string Option(ApiOption o, FunctionDoc doc) =>
        text.Of(doc.Options[o.Name]) + (o.Since is null ? "" : $" Since libguestfs {o.Since}.");

    private static CParameter Variable(AbiVariable v) => new(v.Type, v.Name, v.Text);

    private CFunctionDescription Free(string name, string what) => new(
        CName.Free(name),
        "void",
        [new CParameter($"struct gfs_{name} *", "value", "What to free; NULL is nothing.")],
        [],
        [$"Frees {what} that a function of this library returned."],
        null,
        "Any.",
        history.Since(CName.Free(name)));

    private static string Errors(ApiFunction f)
    {
        List<string> errors = ["GFS_ERR_FAILED"];
        if (f.State != CallState.Any)
        {
            errors.Add("GFS_ERR_STATE");
        }

        if (f.State == CallState.Ready)
        {
            errors.Add("GFS_ERR_APPLIANCE_DIED");
        }

        if (f.Role == FunctionRole.Launch)
        {
            errors.AddRange(["GFS_ERR_LAUNCH", "GFS_ERR_APPLIANCE"]);
        }

        if (f.Role == FunctionRole.Launch || f.IsStoppable)
        {
            errors.Add("GFS_ERR_CANCELLED");
        }

        if (f.Feature is not null)
        {
            errors.Add($"GFS_ERR_FEATURE ({f.Feature})");
        }

        if (ApiVersion.Parse(f.Since) > ApiVersion.OldestSupported)
        {
            errors.Add("GFS_ERR_MISSING_FUNCTION");
        }

        return string.Join(", ", errors) + ".";
    }

    private static string Facts(ApiFunction f)
    {
        List<string> facts = [$"Upstream: guestfs_{f.Name}(3), since {f.Since}."];
        if (f.ProtocolLimit)
        {
            facts.Add("Transfers at most about 4 MB, the size of a protocol message.");
        }

        if (f.Progress)
        {
            facts.Add("Reports progress.");
        }

        return string.Join(' ', facts);
    }
}
