// Which kind a C type is together with the OCaml type of the same thing.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>The closed table of types; null is what it does not have.</summary>
internal static class CTypes
{
    /// <summary>The parameter that every function with a <see cref="ReturnKind.Buffer"/> has.</summary>
    public static readonly HeaderVariable ReturnedSize = new("size_t *", "size_r");

    public static ReturnKind? Return(HeaderFunction c, OCamlFunction ml) => (c.Returns, ml.Returns) switch
    {
        ("int", "unit") => ReturnKind.None,
        ("int", "int") => ReturnKind.Int,
        ("int", "bool") => ReturnKind.Bool,
        ("int64_t", "int64") => ReturnKind.Int64,
        ("const char *", "string") => ReturnKind.ConstString,
        ("const char *", "string option") => ReturnKind.ConstOptString,
        ("char *", "string") => c.Arguments.Contains(ReturnedSize) ? ReturnKind.Buffer : ReturnKind.String,
        ("char **", "string array") => ReturnKind.StringList,
        ("char **", "(string * string) list") => ReturnKind.Hashtable,
        _ => null,
    };

    public static ArgumentKind? Argument(string c, string ml) => (c, ml) switch
    {
        ("int", "bool") => ArgumentKind.Bool,
        ("int", "int") => ArgumentKind.Int,
        ("int64_t", "int64") => ArgumentKind.Int64,
        ("const char *", "string") => ArgumentKind.String,
        ("const char *", "string option") => ArgumentKind.OptString,
        ("char *const *", "string array") => ArgumentKind.StringList,
        ("void *", "int64") => ArgumentKind.Pointer,
        _ => null,
    };

    public static OptionKind? Option(string c, string ml) => (c, ml) switch
    {
        ("int", "bool") => OptionKind.Bool,
        ("int", "int") => OptionKind.Int,
        ("int64_t", "int64") => OptionKind.Int64,
        ("const char *", "string") => OptionKind.String,
        ("char *const *", "string array") => OptionKind.StringList,
        _ => null,
    };
}
