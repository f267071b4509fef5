using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Debian;

/// <summary>A .deb archive: an ar archive of a version, a tar archive of facts about the package, and a tar archive of its files.</summary>
internal sealed class DebPackage
{
    private const long MaxControlBytes = 64 << 20;

    private readonly ArMember data;

    private DebPackage(string path, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> controlFiles, Stanza control, ArMember data)
    {
        Path = path;
        ControlFiles = controlFiles;
        Control = control;
        this.data = data;
    }

    /// <summary>Path on the host.</summary>
    internal string Path { get; }

    /// <summary>The control file's fields: Package, Version, Architecture, Depends...</summary>
    internal Stanza Control { get; }

    /// <summary>All regular files of the control archive by name: conffiles, postinst, triggers...</summary>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ControlFiles { get; }

    /// <summary>The package's name.</summary>
    internal string Name => Control.Require("Package", Path);

    /// <summary>The name of the source that it was made of.</summary>
    internal string Source => Control.Words("Source") is [string source, ..] ? source : Name;

    /// <summary>The package's version.</summary>
    internal DebianVersion Version => DebianVersion.Parse(Control.Require("Version", Path));

    /// <summary>The package's architecture, or <c>all</c>.</summary>
    internal string Architecture => Control.Require("Architecture", Path);

    /// <summary>Absolute paths of the package's configuration files.</summary>
    internal IReadOnlyList<string> ConfigurationFiles => !ControlFiles.TryGetValue("conffiles", out ReadOnlyMemory<byte> list)
        ? []
        : [.. LosslessUtf8.GetString(list.Span).Split('\n')
            .Where(line => line.StartsWith('/'))
            .Select(line => line.TrimEnd())];

    /// <summary>Opens a package and reads its control part.</summary>
    /// <exception cref="ApplianceException">It cannot be read, is no .deb, or is damaged.</exception>
    internal static DebPackage Open(string path)
    {
        using FileStream file = OpenFile(path);
        IReadOnlyList<ArMember> members = ArReader.List(file, path);
        if (members is not [{ Name: "debian-binary" } version, ..] || !ReadVersion(file, version).StartsWith("2."u8))
        {
            throw ArchiveFault.In(path, "it is not a .deb of format version 2.");
        }

        // Names that begin with an underscore are for extensions, and to be passed over.
        ArMember[] parts = [.. members.Skip(1).Where(member => !member.Name.StartsWith('_'))];
        if (parts is not [ArMember control, ArMember data, ..] || !IsTar(control, "control.tar") || !IsTar(data, "data.tar"))
        {
            throw ArchiveFault.In(path, "it does not consist of a version, control.tar and data.tar.");
        }

        Dictionary<string, ReadOnlyMemory<byte>> files = ReadControl(file, control, path);
        if (!files.TryGetValue("control", out ReadOnlyMemory<byte> text))
        {
            throw ArchiveFault.In(path, "it has no control file.");
        }

        using MemoryStream bytes = new(text.ToArray());
        Stanza fields = StanzaReader.Read(bytes, path).FirstOrDefault() ?? throw ArchiveFault.In(path, "its control file is empty.");
        return new DebPackage(path, files, fields, data);
    }

    /// <summary>The package's files as plan entries, in the archive's order; see <see cref="TarArchive.Read"/>.</summary>
    internal IEnumerable<PlanEntry> ReadFiles(Spool spool, TarOptions options, CancellationToken cancellationToken)
    {
        using FileStream file = OpenFile(Path);
        using SubStream part = new(file, data.Offset, data.Length);
        foreach (PlanEntry entry in TarArchive.Read(part, Path, spool, options, cancellationToken))
        {
            yield return entry;
        }
    }

    /// <summary>The bytes of some of the package's regular files, by absolute path.</summary>
    /// <param name="wanted">Says of an absolute path whether it is wanted.</param>
    /// <param name="maxBytes">All of them together may not have more.</param>
    /// <param name="cancellationToken">Cancels between members.</param>
    /// <exception cref="ApplianceException">The archive is damaged, or the files are larger.</exception>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ReadMembers(
        Func<string, bool> wanted, long maxBytes, CancellationToken cancellationToken)
    {
        using FileStream file = OpenFile(Path);
        return ReadRegularFiles(file, data, Path, wanted, maxBytes, new TarOptions().MaxUnpackedBytes, cancellationToken);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadControl(FileStream file, ArMember member, string path) =>
        ReadRegularFiles(file, member, path, _ => true, MaxControlBytes, MaxControlBytes, CancellationToken.None)
            .ToDictionary(pair => pair.Key[1..], pair => pair.Value, StringComparer.Ordinal);

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadRegularFiles(
        FileStream file, ArMember member, string path, Func<string, bool> wanted, long maxBytes, long maxUnpackedBytes,
        CancellationToken cancellationToken)
    {
        using SubStream part = new(file, member.Offset, member.Length);
        using Stream unpacked = Compression.Unpack(part, path, maxUnpackedBytes);
        TarReader reader = new(unpacked, what => ArchiveFault.In(path, what));
        Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = TarArchive.PathOf(entry.Header.Name, entry.Header.Name, path);
            if (entry.Header.Type is not (0 or (byte)'0') || !wanted(name))
            {
                continue;
            }

            maxBytes -= Math.Min(entry.FileSize, maxBytes + 1);
            if (maxBytes < 0 || entry.SparseMap is not null || files.ContainsKey(name))
            {
                throw ArchiveFault.In(path, entry.Header.Name, "is too large, sparse, or occurs twice.");
            }

            files.Add(name, ReadAll(reader, entry.FileSize));
        }

        return files;
    }

    // Grows with what is there, not with what the header says.
    private static byte[] ReadAll(TarReader reader, long length)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[Math.Min(length, 64 * 1024)];
        for (int count; (count = reader.ReadData(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static bool IsTar(ArMember member, string name) =>
        member.Name == name || member.Name.StartsWith(name + ".", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> ReadVersion(FileStream file, ArMember member)
    {
        using SubStream part = new(file, member.Offset, Math.Min(member.Length, 16));
        byte[] bytes = new byte[16];
        return bytes.AsSpan(0, part.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static FileStream OpenFile(string path)
    {
        SafeFileHandle? file = Posix.OpenRead(path);
        try
        {
            FileStream stream = new(file, FileAccess.Read, bufferSize: 1 << 16);
            file = null;
            return stream;
        }
        finally
        {
            file?.Dispose();
        }
    }
}
