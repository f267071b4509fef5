// Turns a tar archive into entries of a plan: names checked, contents put aside in a spool file, nothing else of the host touched.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Archives;

/// <summary>Reads tar archives as plan entries.</summary>
internal static class TarArchive
{
    private const int MaxPathLength = 4095, MaxNameLength = 255, MaxPathDepth = 128;

    private const string XattrPrefix = "SCHILY.xattr.";

    // Rough costs in memory of an entry, so that an archive of empty files with long names cannot fill it.
    private const long EntryCost = 256, MaxCost = 512L << 20;

    /// <summary>
    /// All members as entries, in the archive's order. Names may begin with <c>./</c> or <c>/</c>, and mean the root of the
    /// appliance; nothing is created under these names, so symbolic links in the archive cannot lead anywhere.
    /// </summary>
    /// <param name="archive">The archive, plain or packed with gzip, xz or zstd. The caller disposes it.</param>
    /// <param name="archiveName">What messages call it.</param>
    /// <param name="spool">Where the contents of files go.</param>
    /// <param name="options">What is allowed.</param>
    /// <param name="cancellationToken">Cancels between members and within long ones.</param>
    /// <exception cref="ApplianceException">While enumerating: the archive is damaged, or tries what it must not.</exception>
    internal static IEnumerable<PlanEntry> Read(
        Stream archive, string archiveName, Spool spool, TarOptions options, CancellationToken cancellationToken)
    {
        using Stream unpacked = Compression.Unpack(archive, archiveName, options.MaxUnpackedBytes);
        TarReader reader = new(unpacked, what => ArchiveFault.In(archiveName, what));
        Dictionary<string, EntryKind> seen = new(StringComparer.Ordinal);
        byte[] buffer = new byte[128 * 1024];
        long bytesLeft = options.MaxUnpackedBytes, costLeft = MaxCost;
        while (reader.Next() is { } member)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TarHeader header = member.Header;
            EntryKind kind = KindOf(header, options, archiveName);
            string path = PathOf(header.Name, header.Name, archiveName);
            List<ExtendedAttribute> xattrs = XattrsOf(member);
            bool isLink = kind is EntryKind.HardLink or EntryKind.SymbolicLink;
            string? target = !isLink
                ? null : kind == EntryKind.HardLink ? PathOf(header.LinkName, header.Name, archiveName) : header.LinkName;

            bytesLeft -= Math.Min(member.FileSize, bytesLeft + 1);
            costLeft -= EntryCost
                + (2 * (header.Name.Length + header.LinkName.Length))
                + xattrs.Sum(xattr => (long)xattr.Value.Length);
            if (bytesLeft < 0 || costLeft < 0)
            {
                throw ArchiveFault.In(archiveName, "it holds more, or larger, files than any archive of this kind should.");
            }

            if (!seen.TryAdd(path, kind) && (kind, seen[path]) != (EntryKind.Directory, EntryKind.Directory))
            {
                throw ArchiveFault.In(archiveName, header.Name, "is there twice.");
            }

            if (kind == EntryKind.HardLink && (!seen.TryGetValue(target!, out EntryKind linked) || linked != EntryKind.File))
            {
                throw ArchiveFault.In(archiveName, header.Name, "is a hard link, but its target is not an earlier file of the archive.");
            }

            if (isLink && target is "" or { Length: > MaxPathLength } || target?.Contains('\0', StringComparison.Ordinal) == true)
            {
                throw ArchiveFault.In(archiveName, header.Name, "is a link whose target is empty, too long, or contains a NUL.");
            }

            if (!IsId(header.Uid) || !IsId(header.Gid))
            {
                throw ArchiveFault.In(archiveName, header.Name, "has an owner or group that is out of range.");
            }

            yield return new PlanEntry
            {
                Path = path,
                Kind = kind,
                Mode = (uint)(header.Mode & Permissions.Octal7777),
                Uid = (uint)header.Uid,
                Gid = (uint)header.Gid,
                ModificationTime = header.ModificationTime,
                ExtendedAttributes = xattrs,
                LinkTarget = target,
                Content = kind == EntryKind.File ? Store(reader, member, spool, buffer, cancellationToken) : null,
                Device = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice
                    ? new DeviceNumber((uint)header.Major, (uint)header.Minor)
                    : default,
            };
        }
    }

    /// <summary>The absolute path that a member's name means.</summary>
    internal static string PathOf(string name, string member, string archiveName)
    {
        // A leading slash is dropped, as every unpacker does: the path is below the appliance's root, never the host's.
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Array.Exists(parts, part => part is ".."))
        {
            throw ArchiveFault.In(archiveName, member, "has a name or link target that leads outside the archive.");
        }

        string path = "/" + string.Join('/', parts);
        return parts.Length > MaxPathDepth
            || LosslessUtf8.GetBytes(path).Length > MaxPathLength
            || Array.Exists(parts, part => LosslessUtf8.GetBytes(part).Length > MaxNameLength)
            ? throw ArchiveFault.In(archiveName, member, "has a name that is too long or too deep.")
            : path;
    }

    private static EntryKind KindOf(TarHeader header, TarOptions options, string archiveName)
    {
        EntryKind? kind = (char)header.Type switch
        {
            // Archives older than ustar have no type for directories.
            '\0' or '0' when header.Name.EndsWith('/') => EntryKind.Directory,
            '\0' or '0' or '7' or 'S' => EntryKind.File,
            '1' => EntryKind.HardLink,
            '2' => EntryKind.SymbolicLink,
            '3' => EntryKind.CharacterDevice,
            '4' => EntryKind.BlockDevice,
            '5' => EntryKind.Directory,
            '6' => EntryKind.Fifo,
            _ => null,
        };
        return kind switch
        {
            null => throw ArchiveFault.In(archiveName, header.Name, $"is of the unknown type {header.Type}."),
            EntryKind.CharacterDevice or EntryKind.BlockDevice
                when !options.AllowDevices || header.Major is < 0 or > 4095 || header.Minor is < 0 or > 1048575
                => throw ArchiveFault.In(archiveName, header.Name, "is a device node, which such an archive may not contain."),
            _ => kind.Value,
        };
    }

    private static List<ExtendedAttribute> XattrsOf(TarMember member) =>
        [.. member.Records.Where(record => record.Key.StartsWith(XattrPrefix, StringComparison.Ordinal))
            .Select(record => new ExtendedAttribute(record.Key[XattrPrefix.Length..], record.Value))
            .OrderBy(xattr => xattr.Name, StringComparer.Ordinal)];

    private static bool IsId(long id) => id is >= 0 and < uint.MaxValue;

    private static HostFileContent Store(
        TarReader reader, TarMember member, Spool spool, byte[] buffer, CancellationToken cancellationToken)
    {
        long start = spool.Reserve(member.FileSize);
        foreach (DataRange range in member.SparseMap ?? [new DataRange(0, member.FileSize)])
        {
            for (long done = 0; done < range.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = reader.ReadData(buffer.AsSpan(0, (int)Math.Min(buffer.Length, range.Length - done)));
                spool.Write(start + range.Offset + done, buffer.AsSpan(0, count));
                done += count;
            }
        }

        if (member.SparseMap is not null)
        {
            spool.Extend(start + member.FileSize);
        }

        return new HostFileContent(spool.Path, start, member.FileSize, maybeSparse: member.SparseMap is not null);
    }
}

/// <summary>What a tar archive may hold.</summary>
internal sealed record TarOptions
{
    /// <summary>The most bytes that it may unpack to, and that its files may have together with their holes.</summary>
    internal long MaxUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>Whether device nodes are taken. Packages have none.</summary>
    internal bool AllowDevices { get; init; }
}
