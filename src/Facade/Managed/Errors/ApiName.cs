// What messages call the functions and options of the API: C programmers see them through the C ABI, by its names.
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Guestfs;

/// <summary>Names for messages, as the API has them through which the program uses this library.</summary>
internal static class ApiName
{
    private const string Switch = "Guestfs.Names.AreC";

    [FeatureSwitchDefinition(Switch)]
    private static bool AreC { get; } = AppContext.TryGetSwitch(Switch, out bool on) && on;

    /// <summary>A function: Launch, or gfs_launch().</summary>
    /// <param name="method">Its method.</param>
    /// <param name="c">Its name in C without the prefix, where that is not the method's.</param>
    internal static string Function(string method, string? c = null) => AreC ? $"gfs_{c ?? Snake(method)}()" : method;

    /// <summary>An option: GuestfsHandleOptions.Accelerator, or gfs_handle_options.accelerator.</summary>
    /// <param name="type">The type that it is a member of.</param>
    /// <param name="property">Its property.</param>
    /// <param name="c">Its name in C, where that is not the property's.</param>
    internal static string Option(string type, string property, string? c = null) =>
        AreC ? $"gfs_{Snake(type.StartsWith("Guestfs", StringComparison.Ordinal) ? type["Guestfs".Length..] : type)}.{c ?? Snake(property)}" : $"{type}.{property}";

    /// <summary>A value of an enumeration: Accelerator.Tcg, or GFS_ACCELERATOR_TCG.</summary>
    internal static string Value(string type, string value) => AreC ? $"GFS_{Snake(type)}_{Snake(value)}".ToUpperInvariant() : $"{type}.{value}";

    /// <summary>What is called differently in every respect.</summary>
    internal static string Of(string managed, string c) => AreC ? c : managed;

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
