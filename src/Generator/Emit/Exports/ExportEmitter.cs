// <Family>.g.cs: an exported C function for every documented function of libguestfs.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Emits the exports; those of hand-written ones call <c>Handwritten</c>.</summary>
internal sealed class ExportEmitter(ApiModel model, ApiDocs docs, FacadeAbi abi) : IEmitter
{
    private readonly Dictionary<string, ApiFunction> functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly ExportWriter exports = new("LibGuestfs", new CSharpType(model, abi));

    public string Folder => "src/Facade/Exports/Generated/Functions";

    public IEnumerable<(string File, string Content)> Emit() =>
    [
        .. docs.Families.Select(f => ($"{f.Family}.g.cs", Family(f))),
        ("Facade.g.cs", Facade()),
        ("Frees.g.cs", Frees()),
    ];

    private string Family(FamilyDoc family) => ExportWriter.File(family.Summary, w =>
    {
        foreach (string name in family.Functions.Keys.Order(StringComparer.Ordinal))
        {
            exports.Write(w, functions[name]);
        }
    });

    private string Facade() => ExportWriter.File("Functions that are this library's own.", w =>
    {
        foreach (AbiFunction f in abi.Groups.SelectMany(g => g.Functions).Where(f => !f.WithoutRuntime))
        {
            exports.Own(w, f);
        }
    });

    private string Frees() => ExportWriter.File("What frees structures of libguestfs.", w =>
    {
        foreach (ApiStruct s in model.Structs)
        {
            Free(w, s.Name, s.CType);
            Free(w, s.Name + "_list", s.CType + "_list");
        }
    });

    private static void Free(CodeWriter w, string name, string type)
    {
        w.Line($"private static nint {name}_free_address;");
        w.Line();
        ExportWriter.Head(w, CName.Free(name));
        w.Block($"internal static void {name}_free({type}* value)", () =>
        {
            // Short, and calls nothing back: the collector may wait for it.
            w.Line($"delegate* unmanaged[Cdecl, SuppressGCTransition]<{type}*, void> function = (delegate* unmanaged[Cdecl, "
                + $"SuppressGCTransition]<{type}*, void>)Symbol.Find(ref {name}_free_address, \"guestfs_free_{name}\");");
            w.Block("if (value != null && function != null)", () => w.Line("function(value);"));
        });
        w.Line();
    }
}
