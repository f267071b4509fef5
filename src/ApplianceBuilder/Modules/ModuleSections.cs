// Reads single sections of a kernel module: of an uncompressed file no more than them, for most of it is code.
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Modules;

/// <summary>The sections of a kernel module's file.</summary>
internal sealed class ModuleSections : IDisposable
{
    private readonly string path;
    private readonly ElfFile file;

    private ModuleSections(string path, FileContent content)
    {
        this.path = path;
        try
        {
            file = ElfFile.Open(content) ?? throw Damaged();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    /// <summary>Opens a module.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is no module.</exception>
    internal static ModuleSections Open(KernelModule module) =>
        new(module.Path, module.Path.EndsWith(".ko", StringComparison.Ordinal) ? module.Content : new BytesContent(module.Read()));

    /// <summary>The bytes of a section that every module has.</summary>
    /// <param name="name">Its name and a NUL.</param>
    /// <exception cref="ApplianceException">There is none, or the file ends before it does.</exception>
    internal byte[] Read(ReadOnlySpan<byte> name) => Find(name) ?? throw Damaged();

    /// <summary>The bytes of a section, or null when there is none of that name.</summary>
    /// <param name="name">Its name and a NUL.</param>
    /// <exception cref="ApplianceException">The file ends before the section does.</exception>
    internal byte[]? Find(ReadOnlySpan<byte> name)
    {
        try
        {
            return file.Read(name);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    /// <summary>What to throw when the module's bytes make no sense.</summary>
    internal ApplianceException Damaged() =>
        new(ApplianceProblem.InvalidInput,
            $"{path} is damaged, or not a kernel module of a 64 bit little-endian machine. Install its kernel package again.");

    public void Dispose() => file.Dispose();
}
