using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Emits the header.</summary>
internal sealed class CHeaderEmitter(ApiModel model, ApiDocs docs, FacadeAbi abi, ExportHistory history) : IEmitter
{
    private readonly Dictionary<string, ApiFunction> functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly CFunctionDescriptions descriptions = new(model, docs, abi, history);
    private readonly CText text = new(model);

    public string Folder => "native/install/include";

    public IEnumerable<(string File, string Content)> Emit()
    {
        CHeaderWriter w = new();
        w.Line(CHeaderProse.Top
            .Replace("@UPSTREAM@", model.Upstream, StringComparison.Ordinal)
            .Replace("@MAJOR@", $"{history.Version.Major}", StringComparison.Ordinal)
            .Replace("@MINOR@", $"{history.Version.Minor}", StringComparison.Ordinal)
            .Replace("@PATCH@", $"{history.Version.Build}", StringComparison.Ordinal));
        foreach (AbiGroup group in abi.Groups)
        {
            Chapter(w, group.Name);
            if (group.Callbacks.Any(c => c.Parameters.Any(p => p.Name == "event")))
            {
                Events(w);
            }

            new CAbiDeclarations(w, descriptions).Write(group);
        }

        Chapter(w, "Structures that functions of libguestfs return");
        foreach (ApiStruct s in model.Structs)
        {
            Structure(w, s, docs.Structs[s.Name]);
        }

        foreach (FamilyDoc family in docs.Families)
        {
            Chapter(w, text.Of(family.Summary));
            foreach ((string name, FunctionDoc doc) in family.Functions.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                Function(w, functions[name], doc);
            }
        }

        w.Line(CHeaderProse.Bottom);
        yield return ("guestfs_facade.h", w.ToString());
    }

    private static void Chapter(CHeaderWriter w, string name)
    {
        w.Line($"/* {new string('-', 94)} */");
        w.Line($"/* {name} */");
        w.Line($"/* {new string('-', 94)} */");
        w.Line();
    }

    private void Events(CHeaderWriter w)
    {
        foreach (ApiEvent e in model.Events)
        {
            w.Comment("", ($"GUESTFS_EVENT_{e.Name.ToUpperInvariant()} of guestfs(3).", 0));
            w.Line($"#define GFS_EVENT_{e.Name.ToUpperInvariant()} UINT64_C({e.Value})");
        }

        w.Line();
    }

    private void Structure(CHeaderWriter w, ApiStruct s, StructDoc doc)
    {
        w.Comment("", (text.Of(doc.Summary) + $" Upstream: struct {s.CType}.", 0));
        w.Line($"struct {CName.Struct(s)} {{");
        foreach (ApiField f in s.Fields)
        {
            if (f.Kind == FieldKind.Buffer)
            {
                w.Comment("    ", ($"Length of {f.Name} in bytes.", 0));
                w.Line($"    uint32_t {f.Name}_len;");
            }

            w.Comment("    ", (text.Of(doc.Fields[f.Name]), 0));
            w.Line($"    {Field(f)};");
        }

        w.Line("};");
        w.Line();
        w.Comment("", ($"A list of struct {CName.Struct(s)}.", 0));
        w.Line($"struct {CName.Struct(s)}_list {{");
        w.Comment("    ", ("How many.", 0));
        w.Line("    uint32_t len;");
        w.Comment("    ", ("The structures.", 0));
        w.Line($"    struct {CName.Struct(s)} *val;");
        w.Line("};");
        w.Line();
        foreach (CFunctionDescription free in descriptions.Frees(s))
        {
            w.Function(free);
        }
    }

    private static string Field(ApiField f) => f.Kind switch
    {
        FieldKind.Char => $"char {f.Name}",
        FieldKind.String or FieldKind.Device or FieldKind.Buffer => $"char *{f.Name}",
        FieldKind.UInt32 => $"uint32_t {f.Name}",
        FieldKind.Int32 => $"int32_t {f.Name}",
        FieldKind.UInt64 or FieldKind.Bytes => $"uint64_t {f.Name}",
        FieldKind.Int64 => $"int64_t {f.Name}",
        FieldKind.Uuid => $"char {f.Name}[32]",
        FieldKind.OptPercent => $"float {f.Name}",
        _ => throw new ModelException($"no C type for field kind {f.Kind}"),
    };

    private void Function(CHeaderWriter w, ApiFunction f, FunctionDoc doc)
    {
        CFunctionDescription description = descriptions.Of(f, doc);
        if (description.Options.Count > 0)
        {
            w.Comment("", ($"Optional arguments of {CName.Function(f)}().", 0));
            CAbiDeclarations.OptionsStructure(w, CName.Options(f), [.. description.Options.Select(o => (o.Type, o.Name, o.Text))]);
        }

        w.Function(description);
    }
}
