using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>The naming rules: everything begins with <c>gfs_</c>, so that both libraries can be in one program.</summary>
internal static class CName
{
    internal static string Function(ApiFunction f) => "gfs_" + f.Name;

    internal static string Struct(ApiStruct s) => "gfs_" + s.Name;

    internal static string Options(ApiFunction f) => $"gfs_{f.Name}_options";

    /// <summary>The macro that initialises an options structure.</summary>
    internal static string Init(string options) => options.ToUpperInvariant() + "_INIT";

    /// <summary>The function that frees a structure or a list.</summary>
    internal static string Free(string name) => $"gfs_{name}_free";

    /// <summary>The functions that free structures and lists of them.</summary>
    internal static IEnumerable<string> Frees(ApiStruct s) => [Free(s.Name), Free(s.Name + "_list")];
}
