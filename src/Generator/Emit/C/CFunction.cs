// One function of the C ABI as its header and its export both see it.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>A C parameter.</summary>
/// <param name="Type">Its type, as the header writes it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it is.</param>
/// <param name="Optional">It may be NULL.</param>
internal sealed record CParameter(string Type, string Name, string Text, bool Optional = false)
{
    public override string ToString() => CHeaderWriter.Declare(Type, Name);
}

/// <summary>The parameters and the result of an API function in C.</summary>
internal static class CFunction
{
    /// <summary>All parameters, the handle first and the results last.</summary>
    /// <exception cref="ModelException">A text is missing.</exception>
    internal static IEnumerable<CParameter> Parameters(ApiFunction f, FunctionDoc? doc)
    {
        yield return new CParameter("gfs_handle *", "g", "The handle.");
        foreach (ApiArgument a in f.Arguments)
        {
            string text = doc is null ? "" : doc.Argument(f, a);
            yield return new CParameter(Type(a.Kind), a.Name, text, a.Kind is ArgumentKind.OptString);
            if (a.Kind == ArgumentKind.Buffer)
            {
                yield return new CParameter(
                    "size_t", a.Name + "_size", $"Length of {a.Name} in bytes; where it is 0, {a.Name} may be NULL.");
            }
        }

        if (f.Options.Count > 0)
        {
            yield return new CParameter(
                $"const struct {CName.Options(f)} *", "options", "Optional arguments, or NULL for none.", Optional: true);
        }

        if (ResultType(f.Returns) is { } type)
        {
            yield return new CParameter(type, "result", $"{doc?.Returns}{Ownership(f.Returns)}");
        }

        if (f.Returns.Kind == ReturnKind.Buffer)
        {
            yield return new CParameter("size_t *", "result_size", "Length of the result in bytes.");
        }
    }

    internal static string Type(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Bool or ArgumentKind.Int => "int",
        ArgumentKind.Int64 => "int64_t",
        ArgumentKind.String or ArgumentKind.OptString or ArgumentKind.Buffer => "const char *",
        ArgumentKind.StringList => "const char *const *",
        ArgumentKind.Pointer => "void *",
        _ => throw new ModelException($"no C type for {kind}"),
    };

    internal static string Type(OptionKind kind) => kind switch
    {
        OptionKind.Bool or OptionKind.Int => "int",
        OptionKind.Int64 => "int64_t",
        OptionKind.String => "const char *",
        OptionKind.StringList => "const char *const *",
        _ => throw new ModelException($"no C type for {kind}"),
    };

    /// <summary>The type of the result parameter, or null for none.</summary>
    internal static string? ResultType(ApiReturn r) => r.Kind switch
    {
        ReturnKind.None => null,
        ReturnKind.Int or ReturnKind.Bool => "int *",
        ReturnKind.Int64 => "int64_t *",
        ReturnKind.ConstString or ReturnKind.ConstOptString => "const char **",
        ReturnKind.String or ReturnKind.Buffer => "char **",
        ReturnKind.StringList or ReturnKind.Hashtable => "char ***",
        ReturnKind.Struct => $"struct gfs_{r.Struct} **",
        ReturnKind.StructList => $"struct gfs_{r.Struct}_list **",
        _ => throw new ModelException($"no C type for {r.Kind}"),
    };

    private static string Ownership(ApiReturn r) => r.Kind switch
    {
        ReturnKind.Bool => " 1 for yes, 0 for no.",
        ReturnKind.ConstString => " Belongs to the handle: valid until the setting is changed or the handle freed.",
        ReturnKind.ConstOptString => " Belongs to the handle: valid until the setting is changed or the handle freed. NULL for none.",
        ReturnKind.String or ReturnKind.Buffer => " Free it with gfs_free().",
        ReturnKind.StringList => " Ends with NULL. Free it with gfs_string_list_free().",
        ReturnKind.Hashtable => " Key, value, key, value..., ended by NULL. Free it with gfs_string_list_free().",
        ReturnKind.Struct => $" Free it with {CName.Free(r.Struct!)}().",
        ReturnKind.StructList => $" Free it with {CName.Free(r.Struct + "_list")}().",
        _ => "",
    };
}
