// GuestfsHandle.<Family>.g.cs: a method for every documented function.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Emits the methods of the managed handle.</summary>
internal sealed class HandleEmitter(ApiModel model, ApiDocs docs) : IEmitter
{
    private readonly Dictionary<string, ApiFunction> functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly DocComment comment = new(model);
    private readonly MethodWriter methods = new(
        new MethodTarget("LibGuestfs", "this", "public"),
        docs.Structs.ToDictionary(s => s.Key, s => s.Value.Name, StringComparer.Ordinal));

    public string Folder => "src/Facade/Managed/Generated/Handle";

    public IEnumerable<(string File, string Content)> Emit() =>
        docs.Families.Select(f => ($"GuestfsHandle.{f.Family}.g.cs", Family(f)));

    private string Family(FamilyDoc family)
    {
        CodeWriter w = CodeWriter.File(family.Summary, "System.ComponentModel", "Guestfs.Interop");
        w.Line("namespace Guestfs;");
        w.Line();
        w.Block("public sealed unsafe partial class GuestfsHandle", () =>
        {
            bool first = true;
            foreach ((string name, FunctionDoc doc) in family.Functions.Where(f => !functions[f.Key].IsHandwritten)
                .OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                if (!first)
                {
                    w.Line();
                }

                first = false;
                Method(w, functions[name], doc);
            }
        });
        return w.ToString();
    }

    private void Method(CodeWriter w, ApiFunction f, FunctionDoc doc)
    {
        comment.Method(w, f, doc);
        methods.Write(w, f);
    }
}
