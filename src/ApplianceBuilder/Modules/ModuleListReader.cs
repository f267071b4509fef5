using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>The lists that come with a kernel's modules.</summary>
internal static class ModuleListReader
{
    // Large ones have less than 1 MB.
    private const long MaxSize = 64 << 20;

    /// <summary>The bytes of a list; none when it is not there.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is no list by its size.</exception>
    internal static byte[] Read(IKernelSource source, string path)
    {
        if (source.Find(path) is not { } content)
        {
            return [];
        }

        if (content.Length > MaxSize)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{path} is larger than {MaxSize >> 20} MB, which no such list is. Install the kernel package again.");
        }

        return content.ReadAll();
    }

    /// <summary>The lines of a list without empty ones.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is no list by its size.</exception>
    internal static string[] ReadLines(IKernelSource source, string path) =>
        LosslessUtf8.GetString(Read(source, path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
