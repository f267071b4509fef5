using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Cpio;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Output;

/// <summary>Writes an initrd as supermin lays it out: init, kernel modules and the list of them, all in the root directory.</summary>
internal static class InitrdWriter
{
    private const string InitName = "init", ListName = "modules";
    private const uint DirectoryPermissions = Permissions.Octal0755, ProgramPermissions = Permissions.Octal0755,
        FilePermissions = Permissions.Octal0644;

    // Where init mounts things and makes device nodes.
    private static readonly string[] Directories = ["dev", "proc", "root", "sys"];

    /// <summary>Writes the archive, uncompressed: qemu hands it over in memory, and decompressing would only cost time.</summary>
    /// <param name="output">Where it goes; left open.</param>
    /// <param name="init">The program that is run first (<see cref="NativeCode.Init"/>).</param>
    /// <param name="lists">What else it reads: names and texts.</param>
    /// <param name="modules">The modules in load order (<see cref="KernelModules"/>).</param>
    /// <param name="modificationTime">The time of all files, in seconds since 1970.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The SHA-256 digest of the initrd.</returns>
    /// <exception cref="ApplianceException">A module cannot be read, or two have one name.</exception>
    internal static byte[] Write(
        Stream output, ReadOnlySpan<byte> init, IReadOnlyList<KeyValuePair<string, string>> lists, IReadOnlyList<KernelModule> modules,
        long modificationTime, CancellationToken cancellationToken)
    {
        using DigestStream digested = new(output);
        CpioWriter archive = new(digested, modificationTime);
        foreach (string directory in Directories)
        {
            archive.AddDirectory(directory, DirectoryPermissions);
        }

        archive.AddFile(InitName, ProgramPermissions, init);
        archive.AddFile(ListName, FilePermissions, LosslessUtf8.GetBytes(string.Concat(modules.Select(module => module.FileName + "\n"))));
        foreach ((string name, string text) in lists)
        {
            archive.AddFile(name, FilePermissions, LosslessUtf8.GetBytes(text));
        }

        foreach (KernelModule module in modules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            archive.AddFile(module.FileName, FilePermissions, module.Read());
        }

        archive.Finish();
        return digested.Current();
    }
}
