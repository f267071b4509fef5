using System.IO.Enumeration;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Modules;

/// <summary>
/// Which modules the initrd must have: what finds a disk with an ext filesystem in a virtual machine. The list is
/// supermin's.
/// </summary>
internal static class WantedModules
{
    private static readonly string[] Patterns =
    [
        "ext2", "ext4", "virtio*", "libata*", "piix*", "sd_mod", "ata_piix", "crc*", "libcrc*", "ibmvscsic", "ibmvscsi",
        "libnvdimm", "nd_pmem", "nd_btt", "nfit",
    ];

    private static readonly string[] Compressions = ["", ".gz", ".xz", ".zst"];

    /// <summary>Whether the initrd must have that module, apart from those that others need.</summary>
    /// <param name="path">The module's file, of which only the name counts.</param>
    internal static bool Includes(string path) =>
        ModuleName(path) is { } name
        && name != "virtio-gpu"
        && Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    /// <summary>The name of a module's file without compression and <c>.ko</c>; null for what is no module.</summary>
    internal static string? ModuleName(string path)
    {
        string name = FilePlanBuilder.NameOf(path);
        string? ending = Compressions.Select(compression => ".ko" + compression)
            .FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal));
        return ending is not null && name.Length > ending.Length ? name[..^ending.Length] : null;
    }
}
