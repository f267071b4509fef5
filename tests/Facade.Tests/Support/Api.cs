// The API model and the public methods it asks for: what the checks by reflection start from.
using System.Reflection;

using Guestfs.Generator.Model;
using Guestfs.TestSupport;

namespace Guestfs.Tests.Support;

/// <summary>The model, and the handle's methods.</summary>
internal static class Api
{
    internal static ApiModel Model { get; } = ApiModel.Load(Repository.File("src", "Interop", "Model", "guestfs-api.json"));

    /// <summary>All functions but upstream's tests of bindings.</summary>
    internal static IEnumerable<ApiFunction> Functions => Model.Functions.Where(f => f.Visibility != Visibility.Test);

    /// <summary>The public methods of the handle that were declared for it, without accessors.</summary>
    internal static MethodInfo[] Methods { get; } =
    [
        .. typeof(GuestfsHandle)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName),
    ];

    /// <summary>The plain method of a function, which may have other forms,
    /// with types of .NET's own for what C has numbers and names for.</summary>
    internal static MethodInfo Method(ApiFunction function) => Methods.Single(m => m.Name == Pascal(function.Name) && IsPlain(m));

    /// <summary>Whether a method has the arguments of C.</summary>
    internal static bool IsPlain(MethodInfo method) => !TakesStream(method)
        && !method.GetParameters().Any(p =>
            p.ParameterType == typeof(UnixFileMode) || p.ParameterType == typeof(DateTimeOffset?) || p.ParameterType == typeof(Span<byte>));

    /// <summary>Whether it is a form for a stream.</summary>
    internal static bool TakesStream(MethodInfo method) => method.GetParameters().Any(p => p.ParameterType == typeof(Stream));

    /// <summary>The naming rule, stated once more: each word of the C name with a capital.</summary>
    internal static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => word.Length == 0 ? "" : word[..1].ToUpperInvariant() + word[1..]));
}
