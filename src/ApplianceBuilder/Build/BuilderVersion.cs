using System.Reflection;

namespace Guestfs.Appliances.Build;

/// <summary>The version of this library.</summary>
internal static class BuilderVersion
{
    /// <summary>As its package has it, without the build's commit.</summary>
    internal static string Current { get; } =
        typeof(BuilderVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0";
}
