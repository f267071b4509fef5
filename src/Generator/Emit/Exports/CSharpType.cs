// C types of the ABI as blittable C# types.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.Exports;

/// <summary>Translates the closed set of types that the ABI uses.</summary>
internal sealed class CSharpType(ApiModel model, FacadeAbi abi)
{
    // Structures of libguestfs keep their layout, and so the raw layer's types.
    private readonly HashSet<string> upstream = [.. model.Structs.SelectMany(s => new[] { $"gfs_{s.Name}", $"gfs_{s.Name}_list" })];
    private readonly Dictionary<string, AbiCallback> callbacks = abi.Groups.SelectMany(g => g.Callbacks)
        .ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <exception cref="ModelException">The type is none of them.</exception>
    internal string Of(string type) => type switch
    {
        "void" or "int" or "gfs_status" => type,
        "int64_t" => "long",
        "uint32_t" => "uint",
        "uint64_t" => "ulong",
        "size_t" => "nuint",
        "gfs_handle *" => "nint",
        "gfs_handle **" => "nint*",
        "void *" => "void*",
        "int *" => "int*",
        "int64_t *" => "long*",
        "size_t *" => "nuint*",
        "const uint64_t *" => "ulong*",
        "char *" or "const char *" => "byte*",
        "char **" or "const char **" or "const char *const *" => "byte**",
        "char ***" => "byte***",
        _ when callbacks.TryGetValue(type, out AbiCallback? callback) =>
            $"delegate* unmanaged[Cdecl]<{string.Concat(callback.Parameters.Select(p => Of(p.Type) + ", "))}"
            + $"{Of(callback.Returns?.Type ?? "void")}>",
        _ when type.Replace("const ", "", StringComparison.Ordinal).Split(' ') is ["struct" or "enum", var name, .. var stars] =>
            (upstream.Contains(name) ? "guestfs" + name["gfs".Length..] : name) + string.Concat(stars),
        _ => throw new ModelException($"the ABI has no C# type for '{type}'"),
    };
}
