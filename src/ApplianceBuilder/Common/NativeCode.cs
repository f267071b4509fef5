using System.Reflection;

namespace Guestfs.Appliances.Common;

/// <summary>
/// The programs and code that are compiled from native/ when this library is built, for each processor that there was a
/// compiler for.
/// </summary>
internal static class NativeCode
{
    private static readonly Assembly Library = typeof(NativeCode).Assembly;

    /// <summary>The init of the initrd.</summary>
    /// <param name="profile">How the appliance starts.</param>
    /// <param name="cpu">The processor it must run on, as <c>uname -m</c> has it.</param>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] Init(ApplianceProfile profile, string cpu) =>
        Read(profile == ApplianceProfile.Fast ? "appliance-init-fast" : "appliance-init-stock", cpu);

    /// <summary>The code of lazily loaded libraries.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] LazyLibrary(string cpu) => Read("lazy-library", cpu);

    /// <summary>What stands in front of udevadm in a fast appliance.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] Udevadm(string cpu) => Read("udevadm", cpu);

    /// <summary>What runs before the kernel of a fast appliance. There is no such thing but for x86.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] KernelEntry => Read("kernel-entry", "x86_64");

    /// <summary>What stands for a program of a bundle.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] BundleStart(string cpu) => Read("bundle-start", cpu);

    /// <summary>The library by which a bundle's libguestfs runs programs.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static byte[] BundleRun(string cpu) => Read("bundle-run", cpu);

    private static byte[] Read(string name, string cpu)
    {
        using Stream? resource = Library.GetManifestResourceStream($"{name}.{cpu}");
        if (resource is null)
        {
            string[] processors = [.. Library.GetManifestResourceNames()
                .Where(other => other.StartsWith(name + ".", StringComparison.Ordinal))
                .Select(other => other[(name.Length + 1)..])
                .Order(StringComparer.Ordinal)];
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"This build of the library makes appliances for {string.Join(" and ", processors)}, not for {cpu}. "
                + "It can make them for x86_64 and aarch64 if a compiler for both is there when it is built (Debian: "
                + "gcc-aarch64-linux-gnu, gcc-x86-64-linux-gnu).");
        }

        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
