// What the managed methods and the exported functions have in common, which both call libguestfs: pieces of C# code.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Code around a call of a C function.</summary>
internal static class NativeCall
{
    /// <summary>The C# type of what the C function returns.</summary>
    internal static string ReturnType(ApiReturn r) => r.Kind switch
    {
        ReturnKind.None or ReturnKind.Int or ReturnKind.Bool => "int",
        ReturnKind.Int64 => "long",
        ReturnKind.StringList or ReturnKind.Hashtable => "byte**",
        ReturnKind.Struct => $"guestfs_{r.Struct}*",
        ReturnKind.StructList => $"guestfs_{r.Struct}_list*",
        _ => "byte*",
    };

    /// <summary>What it returns when it has failed; null where it cannot fail.</summary>
    internal static string? ErrorValue(ReturnKind kind) => kind switch
    {
        ReturnKind.None or ReturnKind.Int or ReturnKind.Int64 or ReturnKind.Bool => "-1",
        ReturnKind.ConstOptString => null,
        _ => "null",
    };

    /// <summary>The member of the product's <c>Stop</c> that says how a call is stopped.</summary>
    internal static string CancelMethod(ApiFunction f) => f.StopsByUserCancel ? "CancelMethod.UserCancel" : "CancelMethod.EndAppliance";

    /// <summary>The check of its first argument, a name that a program of the host gets, if there is one.</summary>
    internal static string? NameCheck(ApiFunction f) => f.Role switch
    {
        FunctionRole.CopyIn => "HostName.CheckCopied",
        FunctionRole.MountLocal => "HostName.CheckMountpoint",
        _ => null,
    };

    /// <summary>Whether a function that adds a disk can reach it by a protocol, and be told its format.</summary>
    internal static bool HasProtocol(ApiFunction f) => f.Options.Any(o => o.Name == "protocol");

    /// <summary>The property of ImageFacts that tells what it tells.</summary>
    internal static string ImageFact(ApiFunction f) => CSharpName.Pascal(f.Name["disk_".Length..]);

    /// <summary>What the check needs whether the mounted filesystem can be written to;
    /// null where that is not the function's purpose.</summary>
    internal static IReadOnlyList<ApiArgument>? WritableMount(ApiFunction f) => f.Role != FunctionRole.Mount ? null
        : [.. f.Arguments.Where(a => a.Name is not ("options" or "vfstype")), .. f.Arguments.Where(a => a.Name == "options")];
}
