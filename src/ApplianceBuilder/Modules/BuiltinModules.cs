using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>What is built into the kernel instead of being a module: modprobe and udev must know it, or they report it missing.</summary>
internal static class BuiltinModules
{
    private const string Names = "modules.builtin", Information = "modules.builtin.modinfo";

    /// <summary>Their names.</summary>
    /// <exception cref="ApplianceException">The list cannot be read.</exception>
    internal static IEnumerable<KmodIndexEntry> IndexNames(IKernelSource source, string modulesDirectory) =>
        ModuleListReader.ReadLines(source, modulesDirectory + "/" + Names)
            .Where(line => char.IsAsciiLetter(line[0]))
            .Select(line => new KmodIndexEntry(ModuleNames.OfFile(line), "", 0));

    /// <summary>Their aliases.</summary>
    /// <exception cref="ApplianceException">The list cannot be read.</exception>
    internal static List<KmodIndexEntry> IndexAliases(IKernelSource source, string modulesDirectory)
    {
        // NUL-terminated texts "module.name=value".
        const string Key = "alias=";
        ReadOnlySpan<byte> information = ModuleListReader.Read(source, modulesDirectory + "/" + Information);
        List<KmodIndexEntry> entries = [];
        foreach (Range range in information.Split((byte)0))
        {
            string text = LosslessUtf8.GetString(information[range]);
            int dot = text.IndexOf('.', StringComparison.Ordinal);
            if (dot > 0
                && text.AsSpan(dot + 1).StartsWith(Key, StringComparison.Ordinal)
                && ModuleNames.OfAlias(text[(dot + 1 + Key.Length)..]) is { Length: > 0 } alias)
            {
                entries.Add(new KmodIndexEntry(alias, text[..dot], 0));
            }
        }

        return entries;
    }
}
