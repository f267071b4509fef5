// native/install/include/guestfs_facade.h: the header of the C ABI.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Emits the header.</summary>
internal sealed class CHeaderEmitter(ApiModel model, ApiDocs docs, FacadeAbi abi) : IEmitter
{
    private readonly Dictionary<string, ApiFunction> functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly CText text = new(model);

    public string Folder => "native/install/include";

    public IEnumerable<(string File, string Content)> Emit()
    {
        CHeaderWriter w = new();
        w.Line(CHeaderProse.Top.Replace("@UPSTREAM@", model.Upstream, StringComparison.Ordinal));
        foreach (AbiGroup group in abi.Groups)
        {
            Chapter(w, group.Name);
            if (group.Callbacks.Any(c => c.Parameters.Any(p => p.Name == "event")))
            {
                Events(w);
            }

            new CAbiDeclarations(w).Write(group);
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
        w.Comment("", (name, 0));
        w.Line($"/* {new string('-', 94)} */");
        w.Line();
    }

    private void Events(CHeaderWriter w)
    {
        foreach (ApiEvent e in model.Events)
        {
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
            w.Comment("    ", (text.Of(doc.Fields[f.Name]), 0));
            if (f.Kind == FieldKind.Buffer)
            {
                w.Line($"    uint32_t {f.Name}_len;");
            }

            w.Line($"    {Field(f)};");
        }

        w.Line("};");
        w.Line();
        w.Line($"struct {CName.Struct(s)}_list {{");
        w.Line("    uint32_t len;");
        w.Line($"    struct {CName.Struct(s)} *val;");
        w.Line("};");
        w.Line();
        w.Comment("", ("Free what functions of this library returned; NULL is nothing. Any thread. Since 0.1.", 0));
        w.Line($"GFS_API void gfs_free_{s.Name}(struct {CName.Struct(s)} *value);");
        w.Line($"GFS_API void gfs_free_{s.Name}_list(struct {CName.Struct(s)}_list *value);");
        w.Line();
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
        if (f.Options.Count > 0)
        {
            w.Comment("", ($"Optional arguments of {CName.Function(f)}().", 0));
            CAbiDeclarations.OptionsStructure(w, CName.Options(f), [.. f.Options.Select(o => (CFunction.Type(o.Kind), o.Name, text.Of(doc.Options[o.Name]) + (o.Since is null ? "" : $" Since libguestfs {o.Since}.")))]);
        }

        CParameter[] parameters = [.. CFunction.Parameters(f, doc)];
        List<(string, int)> paragraphs = [(text.Of(doc.Summary), 0)];
        if (doc.Remarks is not null)
        {
            paragraphs.Add((text.Of(doc.Remarks), 0));
        }

        paragraphs.AddRange(parameters.Skip(1).Select(p => ($"@param {p.Name} {text.Of(p.Text)}", 7)));
        paragraphs.Add(($"Errors: {Errors(f)}", 8));
        paragraphs.Add((f.Role == FunctionRole.Cancel ? "Threads: any; does not wait." : "Threads: any; waits for another call on the handle.", 9));
        paragraphs.Add((Facts(f), 0));
        w.Comment("", [.. paragraphs]);
        w.Prototype("gfs_status", CName.Function(f), [.. parameters.Select(p => p.ToString())], f.Deprecated is null ? "GFS_API " : "GFS_DEPRECATED GFS_API ");
        w.Line();
    }

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

    private string Facts(ApiFunction f)
    {
        List<string> facts = [$"Upstream: guestfs_{f.Name}(3), since {f.Since}; here since 0.1."];
        if (f.ProtocolLimit)
        {
            facts.Add("Transfers at most about 4 MB, the size of a protocol message.");
        }

        if (f.Progress)
        {
            facts.Add("Reports progress.");
        }

        if (f.Deprecated is { } deprecated)
        {
            facts.Add(deprecated.By is { } by && functions.ContainsKey(by) ? $"Deprecated: use gfs_{by}()." : "Deprecated by libguestfs, which names no replacement.");
        }

        return string.Join(' ', facts);
    }
}
