// One managed method around one C function: the shape that all generated wrappers share.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Where the methods go: members of the handle, or extension methods of the test surface.</summary>
/// <param name="NativeClass">The class of the P/Invoke declarations.</param>
/// <param name="Receiver">The expression for the handle.</param>
/// <param name="Modifiers">What comes before the return type.</param>
/// <param name="FirstParameter">The receiver parameter of an extension method.</param>
internal sealed record MethodTarget(string NativeClass, string Receiver, string Modifiers, string? FirstParameter = null);

/// <summary>Writes wrapper methods.</summary>
internal sealed class MethodWriter(MethodTarget target, IReadOnlyDictionary<string, string> structNames)
{
    /// <summary>The name of the options structure of a function.</summary>
    internal static string OptionsType(ApiFunction f) => CSharpName.Pascal(f.Name) + "Options";

    internal void Write(CodeWriter w, ApiFunction f) => w.Block(Signature(f), () => Body(w, f));

    private string Signature(ApiFunction f)
    {
        IEnumerable<string> parameters = f.Arguments.Select(a => $"{ParameterType(a.Kind)} {CSharpName.Camel(a.NameInWords)}");
        if (target.FirstParameter is not null)
        {
            parameters = parameters.Prepend(target.FirstParameter);
        }

        if (f.Options.Count > 0)
        {
            parameters = parameters.Append($"in {OptionsType(f)} options = default");
        }

        return $"{target.Modifiers} {ReturnType(f.Returns)} {CSharpName.Pascal(f.Name)}({string.Join(", ", parameters)})";
    }

    private void Body(CodeWriter w, ApiFunction f)
    {
        if (f.Role == FunctionRole.AddDisk)
        {
            string protocol = NativeCall.HasProtocol(f) ? ", options.Protocol" : "";
            w.Line($"DiskImage.Check(\"{f.Name}\", {CSharpName.Camel(f.Arguments[0].NameInWords)}{protocol});");
        }

        if (NativeCall.NameCheck(f) is { } check)
        {
            w.Line($"{check}({CSharpName.Camel(f.Arguments[0].NameInWords)});");
        }

        bool needsMemory = f.Arguments.Any(a => a.Kind is ArgumentKind.String or ArgumentKind.OptString or ArgumentKind.StringList)
            || f.Options.Any(o => o.Kind is OptionKind.String or OptionKind.StringList);
        w.Line(needsMemory
            ? $"using Call call = new({target.Receiver}, stackalloc byte[Call.StackSize]);"
            : $"using Call call = new({target.Receiver});");

        List<string> arguments = ["call.Handle"];
        foreach (ApiArgument a in f.Arguments)
        {
            arguments.AddRange(PassArgument(w, a));
        }

        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            w.Line("nuint size;");
            arguments.Add("&size");
        }

        if (f.Options.Count > 0)
        {
            PassOptions(w, f);
            arguments.Add("&native");
        }

        Pin(w, f, () => CallAndReturn(w, f, string.Join(", ", arguments)));
    }

    private static IEnumerable<string> PassArgument(CodeWriter w, ApiArgument a)
    {
        string name = CSharpName.Camel(a.NameInWords), local = Local(a.NameInWords);

        // Call takes a parameter's name from the expression, where an escaped one would keep its '@'.
        string value = name[0] == '@' ? $"{name}, \"{name[1..]}\"" : name;
        switch (a.Kind)
        {
            case ArgumentKind.Bool:
                return [$"{name} ? 1 : 0"];
            case ArgumentKind.Int:
            case ArgumentKind.Int64:
                return [name];
            case ArgumentKind.Pointer:
                return [$"(void*){name}"];
            case ArgumentKind.String:
                w.Line($"byte* {local} = call.{(a.Subkind == Subkind.Key ? "Secret" : "String")}({value});");
                return [local];
            case ArgumentKind.OptString:
                w.Line($"byte* {local} = call.OptString({value});");
                return [local];
            case ArgumentKind.StringList:
                w.Line($"byte** {local} = call.StringList({value});");
                return [local];
            case ArgumentKind.Buffer:
                return [local, $"(nuint){name}.Length"];
            default:
                throw new ModelException($"argument {a.Name}: no code for kind {a.Kind}");
        }
    }

    private void PassOptions(CodeWriter w, ApiFunction f)
    {
        w.Line($"{f.Symbol} native;");
        w.Line("native.bitmask = 0;");
        foreach (ApiOption o in f.Options)
        {
            string property = $"options.{CSharpName.Pascal(o.NameInWords)}",
                value = CSharpName.Camel(o.NameInWords).TrimStart('@') + "Value";
            string bit = $"{target.NativeClass}.GUESTFS_{f.OptionsName.ToUpperInvariant()}_{o.Name.ToUpperInvariant()}_BITMASK";
            w.Block($"if ({property} is {{ }} {value})", () =>
            {
                string converted = o.Kind switch
                {
                    OptionKind.Bool => $"{value} ? 1 : 0",
                    OptionKind.Int or OptionKind.Int64 => value,
                    OptionKind.String => $"call.String({value}, \"{CSharpName.Pascal(o.NameInWords)}\")",
                    OptionKind.StringList => $"call.StringList({value}, \"{CSharpName.Pascal(o.NameInWords)}\")",
                    _ => throw new ModelException($"option {o.Name} of {f.Name}: no code for kind {o.Kind}"),
                };
                w.Line($"native.{CSharpName.Escape(o.Name)} = {converted};");
                w.Line($"native.bitmask |= {bit};");
            });
        }
    }

    private static void Pin(CodeWriter w, ApiFunction f, Action body)
    {
        List<ApiArgument> buffers = [.. f.Arguments.Where(a => a.Kind == ArgumentKind.Buffer)];
        if (buffers.Count == 0)
        {
            body();
            return;
        }

        foreach (ApiArgument a in buffers)
        {
            string name = CSharpName.Camel(a.NameInWords);
            w.Line($"fixed (byte* {Local(a.NameInWords)} = {name}.IsEmpty ? Call.EmptyBuffer : {name})");
        }

        w.Block(body);
    }

    private void CallAndReturn(CodeWriter w, ApiFunction f, string arguments)
    {
        string call = $"{target.NativeClass}.{f.Symbol}({arguments})";
        if (f.Role == FunctionRole.Flush)
        {
            w.Line($"{target.Receiver}.Session.AwaitDelayedFaults();");
        }

        if (f.CopiesByTar)
        {
            if (f.Role == FunctionRole.CopyIn)
            {
                w.Line($"LostAttributes.BeforeCopyIn({target.Receiver}, "
                    + $"{string.Join(", ", f.Arguments.Select(a => CSharpName.Camel(a.NameInWords)))});");
            }

            w.Line("int errors = 0;");
            w.Line("HostCopy.Watch(call.Handle, &errors);");
            w.Line($"int result = HostCopy.Result(call.Handle, {call}, &errors);");
        }
        else if (ApiVersion.Parse(f.Since) > ApiVersion.OldestSupported)
        {
            w.Line($"{NativeCall.ReturnType(f.Returns)} result;");
            w.Block("try", () => w.Line($"result = {call};"));
            w.Block("catch (EntryPointNotFoundException e)",
                () => w.Line($"throw CallFailure.MissingFunction(\"{f.Name}\", \"{f.Since}\", e);"));
        }
        else
        {
            w.Line($"{NativeCall.ReturnType(f.Returns)} result = {call};");
        }

        if (NativeCall.ErrorValue(f.Returns.Kind) is { } error)
        {
            string failure = $"call.Failure({FailureArguments(f)})";
            string disk = f.Role != FunctionRole.AddDisk ? ""
                : CSharpName.Camel(f.Arguments[0].NameInWords) + (NativeCall.HasProtocol(f) ? ", options.Format, options.Protocol" : "");
            w.Block($"if (result == {error})", () => w.Line(
                f.Role == FunctionRole.ReadImage
                    ? $"return ImageFacts.Read({CSharpName.Camel(f.Arguments[0].NameInWords)}, {failure}).{NativeCall.ImageFact(f)};"
                : $"throw {(f.Role == FunctionRole.AddDisk ? $"DiskImage.Explain({target.Receiver}, {failure}, {disk})" : failure)};"));
        }

        if (f.AddsDisks)
        {
            w.Line();
            NoteDisks(w, f);
        }

        if (NativeCall.WritableMount(f) is { } mounted)
        {
            w.Line();
            w.Line($"WritableMount.Check({target.Receiver}, \"{f.Name}\", "
                + $"{string.Join(", ", mounted.Select(a => CSharpName.Camel(a.NameInWords)))});");
        }

        if (f.Role == FunctionRole.Flush)
        {
            w.Line();
            w.Line($"{target.Receiver}.Session.CheckWritten(\"{f.Name}\");");
        }

        if (f.Role == FunctionRole.CopyOut)
        {
            w.Line();
            w.Line($"LostAttributes.AfterCopyOut({target.Receiver}, {CSharpName.Camel(f.Arguments[0].NameInWords)});");
        }

        if (Converted(f.Returns) is { } value)
        {
            w.Line($"return {value};");
        }
    }

    // What a pointer points to may be gone when the disks are to be added again.
    private void NoteDisks(CodeWriter w, ApiFunction f)
    {
        if (f.Arguments.Any(a => a.Kind == ArgumentKind.Pointer))
        {
            w.Line($"{target.Receiver}.Session.Disks.NoteUnrepeatable();");
            return;
        }

        List<string> arguments = [.. f.Arguments.Select(a => CSharpName.Camel(a.NameInWords))];
        if (f.Options.Count > 0)
        {
            w.Line($"{OptionsType(f)} given = options;");
            arguments.Add("given");
        }

        if (f.Role == FunctionRole.AddDisk)
        {
            // libguestfs does not change with the current directory what has been added.
            string protocol = f.Options.Any(o => o.Name == "protocol") ? ", options.Protocol" : "";
            w.Line($"string file = DiskImage.FullName({arguments[0]}{protocol});");
            arguments[0] = "file";
        }

        w.Line($"{target.Receiver}.Session.Disks.Note(handle => handle.{CSharpName.Pascal(f.Name)}({string.Join(", ", arguments)}));");
    }

    private static string FailureArguments(ApiFunction f) => f switch
    {
        { Feature: not null } => $"\"{f.Name}\", CallState.{f.State}, \"{f.Feature}\"",
        { State: not CallState.Any } => $"\"{f.Name}\", CallState.{f.State}",
        _ => $"\"{f.Name}\"",
    };

    // Locals end in 'Native' so that no parameter name can collide with them.
    private static string Local(string name) => CSharpName.Camel(name).TrimStart('@') + "Native";

    internal static string ParameterType(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Bool => "bool",
        ArgumentKind.Int => "int",
        ArgumentKind.Int64 => "long",
        ArgumentKind.String => "string",
        ArgumentKind.OptString => "string?",
        ArgumentKind.StringList => "string[]",
        ArgumentKind.Buffer => "ReadOnlySpan<byte>",
        ArgumentKind.Pointer => "nint",
        _ => throw new ModelException($"no parameter type for {kind}"),
    };

    internal string ReturnType(ApiReturn r) => r.Kind switch
    {
        ReturnKind.None => "void",
        ReturnKind.Int => "int",
        ReturnKind.Int64 => "long",
        ReturnKind.Bool => "bool",
        ReturnKind.ConstString or ReturnKind.String => "string",
        ReturnKind.ConstOptString => "string?",
        ReturnKind.StringList => "string[]",
        ReturnKind.Struct => structNames[r.Struct!],
        ReturnKind.StructList => structNames[r.Struct!] + "[]",
        ReturnKind.Hashtable => "IReadOnlyDictionary<string, string>",
        ReturnKind.Buffer => "byte[]",
        _ => throw new ModelException($"no return type for {r.Kind}"),
    };

    private string? Converted(ApiReturn r) => r.Kind switch
    {
        ReturnKind.None => null,
        ReturnKind.Int or ReturnKind.Int64 => "result",
        ReturnKind.Bool => "result != 0",
        ReturnKind.ConstString => "NativeResult.ReadString(result)",
        ReturnKind.ConstOptString => "result == null ? null : NativeResult.ReadString(result)",
        ReturnKind.String => "NativeResult.TakeString(result)",
        ReturnKind.StringList => "NativeResult.TakeStringList(result)",
        ReturnKind.Hashtable => "NativeResult.TakeHashtable(result)",
        ReturnKind.Buffer => "NativeResult.TakeBuffer(result, size)",
        // The namespace is needed: Stat alone would be the method of that name.
        ReturnKind.Struct => $"Guestfs.{structNames[r.Struct!]}.Take(result)",
        ReturnKind.StructList => $"Guestfs.{structNames[r.Struct!]}.TakeList(result)",
        _ => throw new ModelException($"no conversion for {r.Kind}"),
    };
}
