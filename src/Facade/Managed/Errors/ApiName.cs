// What messages call the functions and options of the API: C programmers see them through the C ABI, by its names.
using System.Runtime.CompilerServices;

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
    internal static string Option(string type, string property, string? c = null) => Other?.Option(type, property, c) ?? string.Concat(type, ".", property);

    /// <summary>A value of an enumeration: Accelerator.Tcg, or GFS_ACCELERATOR_TCG.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static string Value(string type, string value) => Other?.Value(type, value) ?? string.Concat(type, ".", value);

    /// <summary>What is called differently in every respect.</summary>
    internal static string Of(string managed, string c) => Other is null ? managed : c;
}
