// Reads single sections of a kernel module: of an uncompressed file no more than them, for most of it is code.
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Modules;

/// <summary>The sections of a kernel module's file.</summary>
internal sealed class ModuleSections : IDisposable
{
    // Large modules have a few MB in all.
    private const ulong MaxSize = 64 << 20;

    private readonly string path;
    private readonly ulong length;
    private readonly IContentReader reader;
    private readonly ElfSection[] sections;
    private readonly byte[] names;

    private ModuleSections(string path, FileContent content)
    {
        this.path = path;
        length = (ulong)content.Length;
        reader = content.Open();
        try
        {
            ElfHeader header = ElfHeader.Decode(Read(0, ElfHeader.Length)) ?? throw Damaged();
            byte[] table = Read(header.TableOffset, (ulong)header.Count * ElfSection.Length);
            sections = new ElfSection[header.Count];
            for (int i = 0; i < sections.Length; i++)
            {
                sections[i] = ElfSection.Decode(table.AsSpan(i * ElfSection.Length));
            }

            names = Read(sections[header.NamesIndex]);
        }
        catch
        {
            reader.Dispose();
            throw;
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
        foreach (ElfSection section in sections)
        {
            if (section.Name < names.Length && names.AsSpan((int)section.Name).StartsWith(name))
            {
                return Read(section);
            }
        }

        return null;
    }

    /// <summary>What to throw when the module's bytes make no sense.</summary>
    internal ApplianceException Damaged() =>
        new(ApplianceProblem.InvalidInput, $"{path} is damaged, or no kernel module of a 64 bit little-endian machine. Install its kernel package again.");

    public void Dispose() => reader.Dispose();

    private byte[] Read(ElfSection section) => Read(section.Offset, section.Size);

    private byte[] Read(ulong offset, ulong count)
    {
        if (offset > length || count > length - offset || count > MaxSize)
        {
            throw Damaged();
        }

        byte[] bytes = new byte[count];
        reader.ReadExactly((long)offset, bytes);
        return bytes;
    }
}
