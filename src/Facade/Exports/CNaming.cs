using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>What messages of the managed library call things here: the names of the header.</summary>
internal sealed class CNaming : ApiNaming
{
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "It is a library of C callers: this is where it starts.")]
    internal static void Use()
    {
        ApiName.Other = new CNaming();
        GuestfsLibrary.ChoiceName = "gfs_library_use()";
    }

    internal override string Function(string method, string? name) => $"gfs_{name ?? Snake(method)}()";

    internal override string Option(string type, string property, string? name) =>
        $"gfs_{Snake(type.StartsWith("Guestfs", StringComparison.Ordinal) ? type["Guestfs".Length..] : type)}.{name ?? Snake(property)}";

    internal override string Value(string type, string value) => $"GFS_{Snake(type)}_{Snake(value)}".ToUpperInvariant();

    internal override string Of(string managed, string c) => c;

    // SetHv is set_hv.
    private static string Snake(string name)
    {
        StringBuilder snake = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}
