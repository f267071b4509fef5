// <Function>Options.g.cs: the optional arguments of one function as a structure.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Emits the options structures.</summary>
internal sealed class OptionsEmitter(ApiModel model, ApiDocs docs) : IEmitter
{
    private readonly DocComment comment = new(model);

    public string Folder => "src/Facade/Managed/Generated/Options";

    public IEnumerable<(string File, string Content)> Emit()
    {
        Dictionary<string, FunctionDoc> texts = docs.Families.SelectMany(f => f.Functions)
            .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        return model.Functions
            .Where(f => f.Options.Count > 0 && f.Visibility != Visibility.Test)
            .Select(f => (MethodWriter.OptionsType(f) + ".g.cs", File(f, texts[f.Name])));
    }

    private string File(ApiFunction f, FunctionDoc doc)
    {
        CodeWriter w = CodeWriter.File($"The optional arguments of guestfs_{f.Name}.");
        w.Line("namespace Guestfs;");
        w.Line();
        w.Line($"/// <summary>The optional arguments of <see cref=\"{DocComment.Reference(f)}\"/>. What is null is not passed.</summary>");
        Record(w, f, o =>
        {
            comment.Element(w, "summary", doc.Options[o.Name] + (o.Since is null ? "" : $" Since {o.Since}."));
            w.Line($"/// <remarks>guestfs(3): <c>{o.Name}</c>.</remarks>");
        });
        return w.ToString();
    }

    /// <summary>Writes the structure itself; the test surface has some too.</summary>
    internal static void Record(CodeWriter w, ApiFunction f, Action<ApiOption> documentation) =>
        w.Block($"public readonly struct {MethodWriter.OptionsType(f)}", () =>
        {
            foreach (ApiOption o in f.Options)
            {
                if (o != f.Options[0])
                {
                    w.Line();
                }

                documentation(o);
                w.Line($"public {PropertyType(o.Kind)} {CSharpName.Pascal(o.NameInWords)} {{ get; init; }}");
            }
        });

    private static string PropertyType(OptionKind kind) => kind switch
    {
        OptionKind.Bool => "bool?",
        OptionKind.Int => "int?",
        OptionKind.Int64 => "long?",
        OptionKind.String => "string?",
        OptionKind.StringList => "string[]?",
        _ => throw new ModelException($"no property type for {kind}"),
    };
}
