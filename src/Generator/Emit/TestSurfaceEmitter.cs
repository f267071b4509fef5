// InternalTests.g.cs: upstream's functions for testing language bindings, kept out of the product.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Emits the <c>internal_test*</c> functions as extension methods, through the very same wrapper code.</summary>
internal sealed class TestSurfaceEmitter(ApiModel model, ApiDocs docs) : IEmitter
{
    public string Folder => "tests/TestSurface/Generated/Surface";

    public IEnumerable<(string File, string Content)> Emit()
    {
        List<ApiFunction> functions = [.. model.Functions.Where(f => f.Visibility == Visibility.Test)];
        MethodWriter methods = new(
            new MethodTarget("LibGuestfsInternal", "handle", "public static", "this GuestfsHandle handle"),
            docs.Structs.ToDictionary(s => s.Key, s => s.Value.Name, StringComparer.Ordinal));

        CodeWriter w = CodeWriter.File("Upstream's functions for testing language bindings.", "Guestfs.Interop");
        w.Line("namespace Guestfs.TestSurface;");
        w.Line();
        w.Block("public static unsafe class InternalTests", () =>
        {
            foreach (ApiFunction f in functions)
            {
                methods.Write(w, f);
                if (f != functions[^1])
                {
                    w.Line();
                }
            }
        });
        yield return ("InternalTests.g.cs", w.ToString());

        foreach (ApiFunction f in functions.Where(f => f.Options.Count > 0))
        {
            CodeWriter options = CodeWriter.File($"The optional arguments of guestfs_{f.Name}.");
            options.Line("namespace Guestfs.TestSurface;");
            options.Line();
            OptionsEmitter.Record(options, f, _ => { });
            yield return (MethodWriter.OptionsType(f) + ".g.cs", options.ToString());
        }
    }
}
