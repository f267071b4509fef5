// Which modules are loaded for which devices: a few lines of the kernel's modules.alias, with what each module needs.
using System.Text;

using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;

namespace Guestfs.Appliances.Fast;

/// <summary>
/// Writes the list of drivers. A group's first line has the files of modules in load order, the driver last; each further
/// line is a space and a pattern of names of devices. A group without such lines is for every machine.
/// </summary>
internal static class DriverList
{
    private const string AliasesName = "modules.alias";

    // Disks, the root's filesystem, and the checksum that its driver asks older kernels for by another name than a module's. What is
    // no module is built in, or not needed: NeededDrivers warns of what is neither.
    private static readonly string[] Always = ["crc32c_generic", "ext2", "ext4", "sd_mod"];

    // Buses that the init asks for devices: pci and virtio, and the platform's, whose names come from a device tree or ACPI.
    private static readonly string[] Buses = ["pci:", "virtio:", "of:", "acpi"];

    /// <summary>The list's text.</summary>
    /// <param name="source">Where the kernel is.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">A list of modules is missing or damaged.</exception>
    internal static string Create(IKernelSource source, KernelChoice kernel, CancellationToken cancellationToken)
    {
        ModuleDependencies dependencies = ModuleDependencies.Read(source, kernel.ModulesDirectory, cancellationToken);
        ILookup<string, string> aliases = ReadAliases(source, kernel.ModulesDirectory);
        string[] modules = [.. dependencies.InLoadOrder(cancellationToken).Order(StringComparer.Ordinal)];
        StringBuilder always = new(), forDevices = new();
        foreach (string module in modules)
        {
            string name = WantedModules.ModuleName(module)!;
            string[] patterns = [.. aliases[Normal(name)].Order(StringComparer.Ordinal)];
            bool isForAll = Always.Contains(name, StringComparer.Ordinal);
            if (!isForAll && patterns.Length == 0)
            {
                continue;
            }

            StringBuilder text = isForAll ? always : forDevices;
            text.AppendJoin(' ',
                dependencies.InLoadOrder([module], cancellationToken).Select(path => WantedModules.ModuleName(path) + ".ko")).Append('\n');
            foreach (string pattern in isForAll ? [] : patterns)
            {
                text.Append(' ').Append(pattern).Append('\n');
            }
        }

        return always.Append(forDevices).ToString();
    }

    // Lines such as "alias pci:v00001AF4d*sv*sd*bc*sc*i* virtio_pci".
    private static ILookup<string, string> ReadAliases(IKernelSource source, string modulesDirectory) =>
        ModuleListReader.ReadLines(source, modulesDirectory + "/" + AliasesName)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["alias", _, _] && Array.Exists(Buses, bus => words[1].StartsWith(bus, StringComparison.Ordinal)))
            .ToLookup(words => Normal(words[2]), words => WithoutSets(words[1]), StringComparer.Ordinal);

    private static string Normal(string module) => module.Replace('-', '_');

    // The init knows "*" and "?" only. A set of characters is hardly ever used; any character is near enough.
    private static string WithoutSets(string pattern)
    {
        StringBuilder text = new();
        bool inside = false;
        foreach (char c in pattern)
        {
            if (!inside)
            {
                text.Append(c == '[' ? '?' : c);
            }

            inside = c == '[' || (inside && c != ']');
        }

        return text.ToString();
    }
}
