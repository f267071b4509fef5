// What messages call the functions and options of the API: C programmers see them through the C ABI, by its names.
using System.Runtime.CompilerServices;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Names for messages, as the API has them through which the program uses this library.</summary>
internal static class ApiName
{
    /// <summary>The names of another API than this one; null in programs of .NET.</summary>
    internal static ApiNaming? Other { get; set; }

    /// <summary>A function: Launch, or gfs_launch().</summary>
    /// <param name="method">Its method.</param>
    /// <param name="c">Its name in C without the prefix, where that is not the method's.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Function(string method, string? c = null) => Other?.Function(method, c) ?? method;

    /// <summary>An option: GuestfsHandleOptions.Accelerator, or gfs_handle_options.accelerator.</summary>
    /// <param name="type">The type that it is a member of.</param>
    /// <param name="property">Its property.</param>
    /// <param name="c">Its name in C, where that is not the property's.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Option(string type, string property, string? c = null) =>
        Other?.Option(type, property, c) ?? string.Concat(type, ".", property);

    /// <summary>A value of an enumeration: Accelerator.Tcg, or GFS_ACCELERATOR_TCG.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Value(string type, string value) => Other?.Value(type, value) ?? string.Concat(type, ".", value);

    /// <summary>What to do when a handle is of no use any more: Create a new handle.</summary>
    internal static string Again => Other?.Again ?? "Create a new handle";

    /// <summary>An option and the value that it is to have, of the enumeration of the same name: GuestfsHandleOptions.Accelerator =
    /// Accelerator.Tcg.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Choice(string type, string property, string value) =>
        Other?.Choice(type, property, value) ?? string.Concat(Option(type, property), " = ", Value(property, value));

    /// <summary>How something is set that a variable of the environment sets, too: with SetHv or in LIBGUESTFS_HV.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Setting(string method, string variable) =>
        Other?.Setting(method, variable) ?? string.Concat("with ", Function(method), " or in ", variable);

    /// <summary>The parameter that an exception names of itself; null where its name means nothing to the caller.</summary>
    internal static string? Parameter(string name) => Other is null ? name : null;

    /// <summary>The same text with the functions of libguestfs that it names called as this API calls them.</summary>
    internal static string InMessage(string message)
    {
        const string Prefix = "guestfs_";
        int at = message.IndexOf(Prefix, StringComparison.Ordinal);
        if (at < 0)
        {
            return message;
        }

        StringBuilder result = new();
        int done = 0;
        for (; at >= 0; at = message.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            int end = at;
            while (end < message.Length
                && (char.IsAsciiLetterLower(message[end]) || char.IsAsciiDigit(message[end]) || message[end] == '_'))
            {
                end++;
            }

            // Not a part of a file's name.
            if ((at == 0 || !(char.IsAsciiLetterOrDigit(message[at - 1]) || message[at - 1] is '/' or '_' or '-' or '.'))
                && GuestfsLibrary.HasSymbol(message[at..end]))
            {
                string name = message[(at + Prefix.Length)..end];
                name = name.EndsWith("_opts", StringComparison.Ordinal) ? name[..^"_opts".Length] : name;
                result.Append(message, done, at - done).Append(Function(Pascal(name), name));
                done = end;
            }
        }

        return result.Append(message, done, message.Length - done).ToString();
    }

    // add_drive is AddDrive.
    private static string Pascal(string name)
    {
        StringBuilder result = new();
        bool starts = true;
        foreach (char c in name)
        {
            result.Append(starts && char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c);
            starts = c == '_';
            if (starts)
            {
                result.Length--;
            }
        }

        return result.ToString();
    }

    /// <summary>What is called differently in every respect.</summary>
    internal static string Of(string managed, string c) => Other?.Of(managed, c) ?? managed;
}
