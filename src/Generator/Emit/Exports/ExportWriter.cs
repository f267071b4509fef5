// One exported function: checks pointers, calls, returns a status.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Writes exports; the C# names are those of C, without the prefix.</summary>
/// <param name="nativeClass">The class of the P/Invoke declarations.</param>
/// <param name="types">What C types are in C#.</param>
internal sealed class ExportWriter(string nativeClass, CSharpType types)
{
    private const int LongestSignature = 136;

    /// <summary>A file with members of the class of all exports.</summary>
    internal static string File(string about, Action<CodeWriter> members)
    {
        CodeWriter w = CodeWriter.File(about, "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "Guestfs.Interop");
        w.Line("namespace Guestfs.Exports;");
        w.Line();
        w.Block("internal static unsafe partial class Functions", () => members(w));
        return w.ToString();
    }

    /// <summary>The attribute that makes the function after it the one behind an exported one (see native/library/entry/entry.S).</summary>
    internal static void Head(CodeWriter w, string symbol) =>
        w.Line($"[UnmanagedCallersOnly(EntryPoint = \"managed_{symbol}\", CallConvs = [typeof(CallConvCdecl)])]");

    /// <summary>The export of a function of abi.json.</summary>
    internal void Own(CodeWriter w, AbiFunction f)
    {
        string[] parameters = [.. f.Parameters.Select(p => $"{types.Of(p.Type)} {CSharpName.Escape(p.Name)}")];
        string arguments = string.Join(", ", f.Parameters.Select(p => CSharpName.Escape(p.Name)));
        string name = f.Name["gfs_".Length..];
        string call = $"Handwritten.{CSharpName.Pascal(name)}({arguments})";
        string returns = types.Of(f.Returns?.Type ?? "gfs_status");
        string signature = $"internal static {returns} {CSharpName.Escape(name)}({string.Join(", ", parameters)})";
        Head(w, f.Name);
        if (signature.Length > LongestSignature)
        {
            w.Line(signature[..(signature.IndexOf('(', StringComparison.Ordinal) + 1)]);
            Array.ForEach(parameters[..^1], parameter => w.Line($"    {parameter},"));
            signature = $"    {parameters[^1]})";
        }

        w.Block(signature, () =>
        {
            w.Block("try", () => w.Line(returns == "void" ? call + ";" : $"return {call};"));
            w.Block("catch (Exception e)", () => w.Line($"{(f.Returns is null ? "return " : "")}CallError.FromException(\"{name}\", e);"));
            if (f.Returns is not null && returns != "void")
            {
                w.Line();
                w.Line("return default;");
            }
        });
        w.Line();
    }

    /// <summary>The export of a function of libguestfs.</summary>
    /// <remarks>No handler for exceptions: nothing that is called here throws, which makes hundreds of functions smaller.</remarks>
    internal void Write(CodeWriter w, ApiFunction f)
    {
        CParameter[] parameters = [.. CFunction.Parameters(f, null)];
        string signature = string.Join(", ", parameters.Select(p => $"{types.Of(p.Type)} {CSharpName.Escape(p.Name)}"));
        if (!f.IsHandwritten && !f.AddsDisks)
        {
            w.Line($"private static nint {f.Name}_address;");
            w.Line();
        }

        Head(w, CName.Function(f));
        w.Block($"internal static gfs_status {CSharpName.Escape(f.Name)}({signature})", () =>
        {
            foreach (CParameter p in parameters.Skip(1).Where(p => p.Type.EndsWith('*') && !p.Optional))
            {
                string empty = f.Arguments.Any(a => a.Kind == ArgumentKind.Buffer && a.Name == p.Name) ? $" && {p.Name}_size != 0" : "";
                w.Block($"if ({CSharpName.Escape(p.Name)} == null{empty})",
                    () => w.Line($"return CallError.NullArgument(\"{f.Name}\", \"{p.Name}\");"));
            }

            if (f.IsHandwritten)
            {
                w.Line("return "
                    + $"Handwritten.{CSharpName.Pascal(f.Name)}({string.Join(", ", parameters.Select(p => CSharpName.Escape(p.Name)))});");
                return;
            }

            if (f.AddsDisks)
            {
                AddDisks(w, f);
                return;
            }

            Options(w, f);
            if (NativeCall.NameCheck(f) is { } check)
            {
                w.Line($"gfs_status argumentStatus = ArgumentCheck.Name(\"{f.Name}\", {f.Arguments[0].Name}, {check});");
                w.Block("if (argumentStatus != gfs_status.GFS_OK)", () => w.Line("return argumentStatus;"));
                w.Line();
            }

            Call(w, f);
        });
        w.Line();
    }

    private void Options(CodeWriter w, ApiFunction f)
    {
        if (f.Options.Count == 0)
        {
            return;
        }

        w.Line($"{f.Symbol} native = default;");
        w.Block("if (options != null)", () =>
        {
            CheckOptionsSize(w, f);
            foreach (ApiOption o in f.Options)
            {
                string name = CSharpName.Escape(o.Name), member = $"options->{name}";
                string bit = $"{nativeClass}.GUESTFS_{f.OptionsName.ToUpperInvariant()}_{o.Name.ToUpperInvariant()}_BITMASK";
                string unset = o.Kind switch
                {
                    OptionKind.Bool or OptionKind.Int => "OptionalMember.UnsetInt",
                    OptionKind.Int64 => "OptionalMember.UnsetInt64",
                    _ => "null",
                };
                w.Block($"if (OptionalMember.IsPresent(options, options->struct_size, &{member} + 1) && {member} != {unset})", () =>
                {
                    w.Line($"native.{name} = {member};");
                    w.Line($"native.bitmask |= {bit};");
                });
            }
        });
        w.Line();
    }

    private static void CheckOptionsSize(CodeWriter w, ApiFunction f)
    {
        w.Block($"if (options->struct_size < (nuint)sizeof(nuint) || options->struct_size > (nuint)sizeof({CName.Options(f)}))", () =>
            w.Line($"return CallError.InvalidOptionsSize(\"{f.Name}\", options->struct_size, (nuint)sizeof({CName.Options(f)}));"));
        w.Line();
    }

    // The managed method checks and remembers what it adds.
    private static void AddDisks(CodeWriter w, ApiFunction f)
    {
        List<string> arguments = [.. f.Arguments.Select(a => a.Kind switch
        {
            ArgumentKind.String => $"NativeString.Read({CSharpName.Escape(a.Name)})",
            ArgumentKind.Pointer => $"(nint){CSharpName.Escape(a.Name)}",
            _ => CSharpName.Escape(a.Name),
        })];
        if (f.Options.Count > 0)
        {
            string type = MethodWriter.OptionsType(f);
            w.Line($"{type} given = default;");
            w.Block("if (options != null)", () =>
            {
                CheckOptionsSize(w, f);
                w.Block($"given = new {type}", () =>
                {
                    foreach (ApiOption o in f.Options)
                    {
                        string member = $"options->{CSharpName.Escape(o.Name)}";
                        string value = o.Kind switch
                        {
                            OptionKind.Bool => $"OptionalMember.Boolean({member})",
                            OptionKind.String => $"NativeString.ReadOptional({member})",
                            OptionKind.StringList => $"NativeString.ReadList({member})",
                            _ => $"OptionalMember.Value({member})",
                        };
                        w.Line(
                            $"{CSharpName.Pascal(o.NameInWords)} = OptionalMember.IsPresent(options, options->struct_size, &{member} + 1)"
                            + $" ? {value} : null,");
                    }
                }, "};");
            });
            w.Line();
            arguments.Add("given");
        }

        string call = $"handle.{CSharpName.Pascal(f.Name)}({string.Join(", ", arguments)})";
        w.Line($"return ManagedCall.Run(g, \"{f.Name}\", handle => "
            + $"{(CFunction.ResultType(f.Returns) is null ? "" : "*result = ")}{call});");
    }

    private static void Call(CodeWriter w, ApiFunction f)
    {
        bool stoppable = f.IsStoppable;
        List<(string Type, string Value)> arguments = [("guestfs_h*", "handle")];
        foreach (ApiArgument a in f.Arguments)
        {
            string name = CSharpName.Escape(a.Name);
            // libguestfs refuses NULL even for no bytes.
            arguments.Add((NativeType(a.Kind), a.Kind == ArgumentKind.Buffer ? $"{name} == null ? NativeString.Empty : {name}" : name));
            if (a.Kind == ArgumentKind.Buffer)
            {
                arguments.Add(("nuint", name + "_size"));
            }
        }

        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            arguments.Add(("nuint*", "&size"));
        }

        if (f.Options.Count > 0)
        {
            arguments.Add(($"{f.Symbol}*", "&native"));
        }

        string returns = NativeCall.ReturnType(f.Returns);
        string pointer = $"delegate* unmanaged[Cdecl]<{string.Concat(arguments.Select(a => a.Type + ", "))}{returns}>";
        w.Line($"{pointer} function = ({pointer})Symbol.Find(ref {f.Name}_address, \"{f.Symbol}\");");
        w.Block("if (function == null)", () => w.Line($"return CallError.MissingFunction(\"{f.Name}\", \"{f.Since}\");"));
        w.Line();
        w.Line(stoppable
            ? $"RunningCall? call = RunningCall.Enter(g, \"{f.Name}\", {NativeCall.CancelMethod(f)}, out guestfs_h* handle);"
            : $"HandleEntry? call = HandleTable.Enter(g, \"{f.Name}\", out guestfs_h* handle, out bool owner);");
        w.Block("if (call is null)", () => w.Line("return LastError.Status;"));
        w.Line();
        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            w.Line("nuint size;");
        }

        string value = $"function({string.Join(", ", arguments.Select(a => a.Value))})";
        if (f.CopiesByTar)
        {
            if (f.Role == FunctionRole.CopyIn)
            {
                w.Line($"call.WarnBeforeCopyIn({string.Join(", ", f.Arguments.Select(a => a.Name))});");
            }

            w.Line("int errors = 0;");
            w.Line("HostCopy.Watch(handle, &errors);");
            value = $"HostCopy.Result(handle, {value}, &errors)";
        }

        if (f.Role == FunctionRole.Flush)
        {
            w.Line("call.AwaitDelayedFaults();");
        }

        w.Line($"{returns} value = {value};");
        if (f.Role == FunctionRole.CopyOut)
        {
            w.Block("if (value != -1)", () => w.Line($"call.WarnAfterCopyOut({f.Arguments[0].Name});"));
            w.Line();
        }

        IReadOnlyList<string>? mounted = NativeCall.WritableMount(f)?.Select(a => CSharpName.Escape(a.Name)).ToArray();
        string? check = mounted is not null ? $"call.CheckWritable(\"{f.Name}\", {string.Join(", ", mounted)})"
            : f.Role == FunctionRole.Flush ? $"call.CheckWritten(\"{f.Name}\")"
            : null;
        if (check is not null)
        {
            w.Line($"gfs_status done = value == -1 ? gfs_status.GFS_OK : {check};");
        }

        string failed = NativeCall.ErrorValue(f.Returns.Kind) is { } error ? $"value == {error}" : "false";
        w.Line("gfs_status status = "
            + $"call.Leave({(stoppable ? "" : "owner, ")}{failed}, \"{f.Name}\", "
            + $"CallState.{f.State}, {(f.Feature is null ? "null" : $"\"{f.Feature}\"")});");
        if (f.Role == FunctionRole.ReadImage)
        {
            string fact = "facts." + NativeCall.ImageFact(f);
            string result = f.Returns.Kind switch
            {
                ReturnKind.String => $"NativeString.Copy({fact})",
                ReturnKind.Bool => $"{fact} ? 1 : 0",
                _ => fact,
            };
            w.Block(
                $"if (status == gfs_status.GFS_ERR_FAILED && ImageFacts.TryRead(NativeString.Read({f.Arguments[0].Name})) is {{ }} facts)",
                () =>
                {
                    w.Line($"*result = {result};");
                    w.Line("return gfs_status.GFS_OK;");
                });
            w.Line();
        }

        if (CFunction.ResultType(f.Returns) is not null)
        {
            w.Block("if (status == gfs_status.GFS_OK)", () =>
            {
                w.Line("*result = value;");
                if (f.Returns.Kind == ReturnKind.Buffer)
                {
                    w.Line("*result_size = size;");
                }
            });
            w.Line();
        }

        w.Line(check is null ? "return status;" : "return status == gfs_status.GFS_OK ? done : status;");
    }

    private static string NativeType(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Bool or ArgumentKind.Int => "int",
        ArgumentKind.Int64 => "long",
        ArgumentKind.String or ArgumentKind.OptString or ArgumentKind.Buffer => "byte*",
        ArgumentKind.StringList => "byte**",
        ArgumentKind.Pointer => "void*",
        _ => throw new ModelException($"no native type for {kind}"),
    };
}
