// Enums.g.cs, Structs.g.cs and Options.g.cs: the types of the C ABI in C#, with their C names.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Emits the enumerations and structures that the exports take and give.</summary>
internal sealed class ExportTypeEmitter(ApiModel model, FacadeAbi abi) : IEmitter
{
    private readonly CSharpType types = new(model, abi);

    public string Folder => "src/Facade/Exports/Generated/Types";

    public IEnumerable<(string File, string Content)> Emit() =>
    [
        ("Enums.g.cs", File("Enumerations of the C ABI.", w =>
        {
            foreach (AbiEnum e in abi.Groups.SelectMany(g => g.Enums))
            {
                w.Block($"internal enum {e.Name}", () =>
                {
                    foreach (AbiText value in e.Values)
                    {
                        w.Line(value.Name + ",");
                    }
                });
                w.Line();
            }
        })),
        ("Structs.g.cs", File("Structures of the C ABI that are this library's own.", w =>
        {
            foreach (AbiStruct s in abi.Groups.SelectMany(g => g.Structs))
            {
                Structure(w, s.Name, s.Options, s.Fields.Select(f => (types.Of(f.Type), f.Name)));
            }
        })),
        ("Options.g.cs", File("The optional arguments of functions of libguestfs.", w =>
        {
            foreach (ApiFunction f in model.Functions.Where(f => f.Options.Count > 0 && f.Visibility != Visibility.Test))
            {
                Structure(w, CName.Options(f), options: true, f.Options.Select(o => (types.Of(CFunction.Type(o.Kind)), o.Name)));
            }
        })),
    ];

    private static string File(string about, Action<CodeWriter> declarations)
    {
        CodeWriter w = CodeWriter.File(about);
        w.Line("#pragma warning disable CS0649 // fields that only C callers write");
        w.Line("namespace Guestfs.Exports;");
        w.Line();
        declarations(w);
        return w.ToString();
    }

    private static void Structure(CodeWriter w, string name, bool options, IEnumerable<(string Type, string Name)> members)
    {
        w.Block($"internal unsafe struct {name}", () =>
        {
            if (options)
            {
                w.Line("public nuint struct_size;");
            }

            foreach ((string type, string member) in members)
            {
                w.Line($"public {type} {CSharpName.Escape(member)};");
            }
        });
        w.Line();
    }
}
