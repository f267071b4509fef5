// GuestfsHandle.<Family>.Long.g.cs: asynchronous forms of long functions, and forms with a stream in place of a host file.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Emits the forms of methods that are made of the plain ones.</summary>
internal sealed class LongCallEmitter(ApiModel model, ApiDocs docs) : IEmitter
{
    private const string Progress = "progress", Token = "cancellationToken";

    private static readonly (string, string)[] AsyncParameters =
    [
        (Progress, "Told how far the call is, if the appliance reports it; called on the handle's worker thread."),
        (Token, "Cancels the call."),
    ];

    private readonly Dictionary<string, ApiFunction> functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly DocComment comment = new(model);
    private readonly MethodWriter methods = new(
        new MethodTarget("LibGuestfs", "this", "public"),
        docs.Structs.ToDictionary(s => s.Key, s => s.Value.Name, StringComparer.Ordinal));

    public string Folder => "src/Facade/Managed/Generated/Long";

    public IEnumerable<(string File, string Content)> Emit() =>
        from family in docs.Families
        let members = Members(family).ToList()
        where members.Count > 0
        select ($"GuestfsHandle.{family.Family}.Long.g.cs", Family(family, members));

    private IEnumerable<(ApiFunction, FunctionDoc)> Members(FamilyDoc family) =>
        from f in family.Functions
        orderby f.Key
        where functions[f.Key] is { IsLong: true, IsHandwritten: false }
        select (functions[f.Key], f.Value);

    private string Family(FamilyDoc family, IReadOnlyList<(ApiFunction, FunctionDoc)> members)
    {
        CodeWriter w = CodeWriter.File($"{family.Summary} Asynchronous and stream forms.", "System.ComponentModel");
        w.Line("namespace Guestfs;");
        w.Line();
        w.Block("public sealed partial class GuestfsHandle", () =>
        {
            bool first = true;
            foreach ((ApiFunction f, FunctionDoc doc) in members)
            {
                if (!first)
                {
                    w.Line();
                }

                first = false;
                Async(w, f, doc);
                if (f.HostFile is { } file)
                {
                    w.Line();
                    Stream(w, f, doc, file);
                    w.Line();
                    StreamAsync(w, f, doc, file);
                }
            }
        });
        return w.ToString();
    }

    private void Async(CodeWriter w, ApiFunction f, FunctionDoc doc)
    {
        comment.Method(w, f, doc, new MethodForm
        {
            Parameters = AsyncParameters,
            Returns = "A task that ends with the call.",
            Remark = Cancelling(f) + (f.HostFile?.Subkind == Subkind.FileOut
                ? " The file on the host is written under another name in the same directory and renamed when it is complete." : ""),
        });
        ApiArgument? written = f.Arguments.SingleOrDefault(a => a.Subkind == Subkind.FileOut);
        string call = written is null
            ? $"() => {Call(f)}"
            : $"() => HostFile.WriteAside({CSharpName.Camel(written.NameInWords)}, file => {Call(f, written, "file")})";
        Declare(w, f, TaskType(f), CSharpName.Pascal(f.Name) + "Async", null, asynchronous: true,
            $"RunOnWorker({NativeCall.CancelMethod(f)}, {call}, {Progress}, {Token})");
    }

    private void Stream(CodeWriter w, ApiFunction f, FunctionDoc doc, ApiArgument file)
    {
        comment.Method(w, f, doc, new MethodForm
        {
            Argument = a => StreamArgument(a, file),
            Remark = "The stream is used on another thread while the call runs. What it throws is thrown, and the transfer stopped.",
        });
        Declare(w, f, "void", CSharpName.Pascal(f.Name), file, asynchronous: false, Transfer(f, file));
    }

    private void StreamAsync(CodeWriter w, ApiFunction f, FunctionDoc doc, ApiArgument file)
    {
        comment.Method(w, f, doc, new MethodForm
        {
            Argument = a => StreamArgument(a, file),
            Parameters = AsyncParameters,
            Returns = "A task that ends with the call.",
            Remark = $"What the stream throws is thrown, and the transfer stopped. {Cancelling(f)}",
        });
        Declare(w, f, "Task", CSharpName.Pascal(f.Name) + "Async", file, asynchronous: true,
            $"RunOnWorker({NativeCall.CancelMethod(f)}, token => {Transfer(f, file, ", token")}, {Progress}, {Token})");
    }

    private static string Cancelling(ApiFunction f) => f.StopsByUserCancel
        ? "Cancelling stops the transfer; if the appliance does not answer in time, see <see "
            + "cref=\"GuestfsHandleOptions.CancellationTimeout\"/>."
        : "Cancelling ends the appliance, as a power failure would, and closes the handle: libguestfs has no other way to stop this call.";

    private static string Transfer(ApiFunction f, ApiArgument file, string token = "") =>
        $"{(file.Subkind == Subkind.FileIn ? "Send" : "Receive")}({StreamName(file)}, file => {Call(f, file, "file")}{token})";

    private static void Declare(CodeWriter w, ApiFunction f, string type, string name, ApiArgument? stream, bool asynchronous, string body)
    {
        IEnumerable<string> parameters = f.Arguments.Select(a => a == stream
            ? $"Stream {StreamName(a)}"
            : $"{MethodWriter.ParameterType(a.Kind)} {CSharpName.Camel(a.NameInWords)}");
        if (f.Options.Count > 0)
        {
            parameters = parameters.Append($"{MethodWriter.OptionsType(f)} options = default");
        }

        if (asynchronous)
        {
            parameters = parameters.Append($"IProgress<GuestfsProgress>? {Progress} = null").Append($"CancellationToken {Token} = default");
        }

        w.Line($"public {type} {name}({string.Join(", ", parameters)}) =>");
        w.Line($"    {body};");
    }

    // The plain method, with one argument replaced.
    private static string Call(ApiFunction f, ApiArgument? replaced = null, string replacement = "")
    {
        if (f.Arguments.FirstOrDefault(a => a.Kind == ArgumentKind.Buffer) is { } buffer)
        {
            throw new ModelException($"{f.Name}: an asynchronous form cannot keep the span {buffer.Name}: give it code.");
        }

        IEnumerable<string> arguments = f.Arguments.Select(a => a == replaced ? replacement : CSharpName.Camel(a.NameInWords));
        if (f.Options.Count > 0)
        {
            arguments = arguments.Append("options");
        }

        return $"{CSharpName.Pascal(f.Name)}({string.Join(", ", arguments)})";
    }

    private string TaskType(ApiFunction f) => methods.ReturnType(f.Returns) is var type && type == "void" ? "Task" : $"Task<{type}>";

    private static string StreamName(ApiArgument file) => file.Subkind == Subkind.FileIn ? "source" : "destination";

    private static (string, string?)? StreamArgument(ApiArgument a, ApiArgument file) => a != file ? null
        : file.Subkind == Subkind.FileIn
            ? (StreamName(file), "What to send, from its present position to its end. It stays open.")
            : (StreamName(file), "Where to write what is received. It stays open.");
}
