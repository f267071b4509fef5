// <Struct>.g.cs: the structures that functions return, as immutable records.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Emits the structure records and their conversion from C.</summary>
internal sealed class StructEmitter(ApiModel model, ApiDocs docs) : IEmitter
{
    private readonly DocComment comment = new(model);

    public string Folder => "src/Facade/Managed/Generated/Structs";

    public IEnumerable<(string File, string Content)> Emit() =>
        model.Structs.Select(s => (docs.Structs[s.Name].Name + ".g.cs", File(s, docs.Structs[s.Name])));

    private string File(ApiStruct s, StructDoc doc)
    {
        CodeWriter w = CodeWriter.File($"The structure {s.CType}.", "Guestfs.Interop");
        w.Line("namespace Guestfs;");
        w.Line();
        comment.Element(w, "summary", doc.Summary);
        w.Line($"/// <remarks>guestfs(3): <c>struct {s.CType}</c>.</remarks>");
        w.Block($"public sealed partial record {doc.Name}", () =>
        {
            foreach (ApiField f in s.Fields)
            {
                comment.Element(w, "summary", doc.Fields[f.Name]);
                w.Line($"/// <remarks>guestfs(3): <c>{f.Name}</c>.</remarks>");
                w.Line($"public required {PropertyType(f.Kind)} {CSharpName.Pascal(f.NameInWords)} {{ get; init; }}");
                w.Line();
            }

            Conversions(w, s, doc.Name);
        });
        return w.ToString();
    }

    private static void Conversions(CodeWriter w, ApiStruct s, string name)
    {
        w.Line("/// <summary>Converts a structure the caller owns, and frees it.</summary>");
        w.Block($"internal static unsafe {name} Take({s.CType}* native)", () =>
        {
            w.Block("try", () => w.Line("return Read(native);"));
            w.Block("finally", () => w.Line($"LibGuestfs.guestfs_free_{s.Name}(native);"));
        });
        w.Line();
        w.Line("/// <summary>Converts a list the caller owns, and frees it.</summary>");
        w.Block($"internal static unsafe {name}[] TakeList({s.CType}_list* native)", () =>
        {
            w.Block("try", () =>
            {
                w.Line($"{name}[] items = new {name}[checked((int)native->len)];");
                w.Block("for (int i = 0; i < items.Length; i++)", () => w.Line("items[i] = Read(native->val + i);"));
                w.Line();
                w.Line("return items;");
            });
            w.Block("finally", () => w.Line($"LibGuestfs.guestfs_free_{s.Name}_list(native);"));
        });
        w.Line();
        w.Line($"private static unsafe {name} Read({s.CType}* native) => new()");
        w.Line("{");
        foreach (ApiField f in s.Fields)
        {
            w.Line($"    {CSharpName.Pascal(f.NameInWords)} = {Conversion(f)},");
        }

        w.Line("};");
    }

    private static string PropertyType(FieldKind kind) => kind switch
    {
        FieldKind.Char => "char",
        FieldKind.String or FieldKind.Device or FieldKind.Uuid => "string",
        FieldKind.Buffer => "byte[]",
        FieldKind.UInt32 => "uint",
        FieldKind.Int32 => "int",
        FieldKind.UInt64 or FieldKind.Bytes => "ulong",
        FieldKind.Int64 => "long",
        FieldKind.OptPercent => "float?",
        _ => throw new ModelException($"no property type for {kind}"),
    };

    private static string Conversion(ApiField f)
    {
        string field = $"native->{CSharpName.Escape(f.Name)}";
        return f.Kind switch
        {
            FieldKind.Char => $"(char){field}",
            FieldKind.String or FieldKind.Device => $"NativeResult.ReadField({field})",
            FieldKind.Buffer => $"NativeResult.ReadField({field}, native->{f.Name}_len)",
            FieldKind.Uuid => $"NativeResult.ReadUuid({field})",
            FieldKind.OptPercent => $"{field} < 0 ? null : {field}",
            _ => field,
        };
    }
}
