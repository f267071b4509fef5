// One exported function: checks pointers, calls, catches everything, returns a status.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Writes exports; the C# names are those of C, without the prefix.</summary>
/// <param name="nativeClass">The class of the P/Invoke declarations.</param>
/// <param name="types">What C types are in C#.</param>
internal sealed class ExportWriter(string nativeClass, CSharpType types)
{
    /// <summary>A file with members of the class of all exports.</summary>
    internal static string File(string about, Action<CodeWriter> members)
    {
        CodeWriter w = CodeWriter.File(about, "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "Guestfs.Interop");
        w.Line("namespace Guestfs.Exports;");
        w.Line();
        w.Block("internal static unsafe partial class Functions", () => members(w));
        return w.ToString();
    }

    /// <summary>The attribute that exports the function after it.</summary>
    internal static void Head(CodeWriter w, string symbol) =>
        w.Line($"[UnmanagedCallersOnly(EntryPoint = \"{symbol}\", CallConvs = [typeof(CallConvCdecl)])]");

    /// <summary>The export of a function of abi.json.</summary>
    internal void Own(CodeWriter w, AbiFunction f)
    {
        string parameters = string.Join(", ", f.Parameters.Select(p => $"{types.Of(p.Type)} {CSharpName.Escape(p.Name)}"));
        string arguments = string.Join(", ", f.Parameters.Select(p => CSharpName.Escape(p.Name)));
        string name = f.Name["gfs_".Length..];
        string call = $"Handwritten.{CSharpName.Pascal(name)}({arguments})";
        string returns = types.Of(f.Returns?.Type ?? "gfs_status");
        Head(w, f.Name);
        w.Block($"internal static {returns} {CSharpName.Escape(name)}({parameters})", () =>
        {
            w.Block("try", () =>
            {
                if (f.Returns is null)
                {
                    w.Block("if (Fork.IsChild)", () => w.Line($"return Failed.Forked(\"{name}\");"));
                    w.Line();
                }

                w.Line(returns == "void" ? call + ";" : $"return {call};");
            });
            w.Block("catch (Exception e)", () => w.Line($"{(f.Returns is null ? "return " : "")}Failed.Because(\"{name}\", e);"));
            if (f.Returns is not null && returns != "void")
            {
                w.Line();
                w.Line("return default;");
            }
        });
        w.Line();
    }

    /// <summary>The export of a function of libguestfs.</summary>
    internal void Write(CodeWriter w, ApiFunction f, bool handwritten = false)
    {
        CParameter[] parameters = [.. CFunction.Parameters(f, null)];
        Head(w, CName.Function(f));
        w.Block($"internal static gfs_status {CSharpName.Escape(f.Name)}({string.Join(", ", parameters.Select(p => $"{types.Of(p.Type)} {CSharpName.Escape(p.Name)}"))})", () =>
        {
            w.Block("try", () =>
            {
                Check(w, f, parameters);
                if (handwritten)
                {
                    w.Line($"return Handwritten.{CSharpName.Pascal(f.Name)}({string.Join(", ", parameters.Select((p, i) => i == 0 ? "entry" : CSharpName.Escape(p.Name)))});");
                    return;
                }

                Options(w, f);
                bool stoppable = f.State == CallState.Ready || LongCalls.IsLong(f);
                if (stoppable)
                {
                    w.Line($"using RunningCall running = new(entry, {LongCalls.Stop(f)});");
                }

                w.Line("guestfs_h* handle = entry.Handle.EnterCall();");
                w.Block("try", () => Call(w, f, stoppable));
                w.Block("finally", () => w.Line("entry.Handle.LeaveCall();"));
            });
            if (ApiVersion.Parse(f.Since) > MethodWriter.Oldest)
            {
                w.Block("catch (EntryPointNotFoundException e)", () => w.Line($"return Failed.Because(\"{f.Name}\", GuestfsHandle.MissingFunction(\"{f.Name}\", \"{f.Since}\", e));"));
            }

            w.Block("catch (Exception e)", () => w.Line($"return Failed.Because(\"{f.Name}\", e);"));
        });
        w.Line();
    }

    private static void Check(CodeWriter w, ApiFunction f, CParameter[] parameters)
    {
        foreach (CParameter p in parameters.Skip(1).Where(p => p.Type.EndsWith('*') && !p.Optional))
        {
            w.Block($"if ({CSharpName.Escape(p.Name)} == null)", () => w.Line($"return Failed.Null(\"{f.Name}\", \"{p.Name}\");"));
        }

        w.Line("HandleEntry? entry = HandleTable.Find(g);");
        w.Block("if (entry is null)", () => w.Line($"return Failed.Handle(\"{f.Name}\");"));
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
            w.Block($"if (options->struct_size < (nuint)sizeof(nuint) || options->struct_size > (nuint)sizeof({CName.Options(f)}))", () => w.Line($"return Failed.Options(\"{f.Name}\", options->struct_size, (nuint)sizeof({CName.Options(f)}));"));
            foreach (ApiOption o in f.Options)
            {
                string name = CSharpName.Escape(o.Name), member = $"options->{name}";
                string bit = $"{nativeClass}.GUESTFS_{f.OptionsName.ToUpperInvariant()}_{o.Name.ToUpperInvariant()}_BITMASK";
                string unset = o.Kind switch
                {
                    OptionKind.Bool or OptionKind.Int => "Unset.Int",
                    OptionKind.Int64 => "Unset.Int64",
                    _ => "null",
                };
                w.Block($"if (Unset.Reaches(options, options->struct_size, &{member} + 1) && {member} != {unset})", () =>
                {
                    w.Line($"native.{name} = {member};");
                    w.Line($"native.bitmask |= {bit};");
                });
            }
        });
        w.Line();
    }

    private void Call(CodeWriter w, ApiFunction f, bool stoppable)
    {
        List<string> arguments = ["handle"];
        foreach (ApiArgument a in f.Arguments)
        {
            string name = CSharpName.Escape(a.Name);
            arguments.AddRange(a.Kind == ArgumentKind.Buffer ? [name, name + "_size"] : [name]);
        }

        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            w.Line("nuint size;");
            arguments.Add("&size");
        }

        if (f.Options.Count > 0)
        {
            arguments.Add("&native");
        }

        w.Line($"{MethodWriter.NativeType(f.Returns)} value = {nativeClass}.{f.Symbol}({string.Join(", ", arguments)});");
        if (MethodWriter.ErrorValue(f.Returns.Kind) is { } error)
        {
            string failure = $"entry.Handle.Failure(handle, \"{f.Name}\", CallState.{f.State}, {(f.Feature is null ? "null" : $"\"{f.Feature}\"")})";
            if (MethodWriter.AddsDisk(f))
            {
                failure = $"DiskImage.Explain({failure})";
            }

            w.Block($"if (value == {error})", () => w.Line($"return {(stoppable ? "running.Failed" : "Failed.Because")}(\"{f.Name}\", {failure});"));
            w.Line();
        }

        if (CFunction.ResultType(f.Returns) is not null)
        {
            w.Line("*result = value;");
        }

        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            w.Line("*result_size = size;");
        }

        w.Line("return gfs_status.GFS_OK;");
    }
}
