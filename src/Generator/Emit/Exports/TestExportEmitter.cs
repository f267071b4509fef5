// Upstream's functions for testing language bindings as exports, kept out of the product; and a header for them.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Emits the <c>internal_test*</c> functions through the very writers of the C ABI.</summary>
internal sealed class TestExportEmitter(ApiModel model, FacadeAbi abi) : IEmitter
{
    private readonly List<ApiFunction> functions = [.. model.Functions.Where(f => f.Visibility == Visibility.Test)];
    private readonly CSharpType types = new(model, abi);

    public string Folder => "tests/ExportsTestSurface/Generated";

    public IEnumerable<(string File, string Content)> Emit() =>
    [
        ("InternalTests.g.cs", ExportWriter.File("Upstream's functions for testing language bindings.", w =>
        {
            ExportWriter exports = new("LibGuestfsInternal", types);
            foreach (ApiFunction f in functions)
            {
                exports.Write(w, f);
            }
        })),
        ("InternalTestOptions.g.cs", ExportTypeEmitter.File("The optional arguments of upstream's test functions.", w =>
        {
            foreach (ApiFunction f in WithOptions())
            {
                ExportTypeEmitter.Options(w, f, types);
            }
        })),
        ("internal_tests.h", Header()),
    ];

    private IEnumerable<ApiFunction> WithOptions() => functions.Where(f => f.Options.Count > 0);

    private string Header()
    {
        CHeaderWriter w = new();
        w.Line("/* Upstream's functions for testing language bindings. Generated from src/Interop/Model; do not edit. */");
        w.Line("#include \"guestfs_facade.h\"");
        w.Line();
        foreach (ApiFunction f in WithOptions())
        {
            CAbiDeclarations.OptionsStructure(
                w, CName.Options(f), [.. f.Options.Select(o => (CFunction.Type(o.Kind), o.Name, $"Option {o.Name}."))]);
        }

        foreach (ApiFunction f in functions)
        {
            w.Prototype("gfs_status", CName.Function(f), [.. CFunction.Parameters(f, null).Select(p => p.ToString())]);
        }

        return w.ToString();
    }
}
