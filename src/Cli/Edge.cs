// Where the tool reads the environment: once, and nowhere else.
using System.Globalization;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>What the environment says.</summary>
internal static class Edge
{
    /// <summary>The kernel that supermin's variables name, for a processor.</summary>
    internal static KernelOptions Kernel(string? cpu) => new()
    {
        Cpu = cpu ?? new KernelOptions().Cpu,
        ImagePath = Variable("SUPERMIN_KERNEL"),
        Version = Variable("SUPERMIN_KERNEL_VERSION"),
        ModulesDirectory = Variable("SUPERMIN_MODULES"),
    };

    /// <summary>SOURCE_DATE_EPOCH, seconds since 1970.</summary>
    internal static long? Timestamp()
    {
        string? text = Variable("SOURCE_DATE_EPOCH");
        return text is null ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds
            : throw new ApplianceException(ApplianceProblem.InvalidInput, $"SOURCE_DATE_EPOCH is '{text}', which is not a number of seconds since 1970.");
    }

    /// <summary>A variable that is set and not empty.</summary>
    internal static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
