// Looks for what is wrong with disks that libguestfs or qemu has refused. They say it in words, in the user's language or for one file
// of many, or not at all. Here each file of a chain is looked at by itself: by its status, by what its header says, and by qemu-img,
// which only reads. Names and headers come from the images, and nothing in them is to be believed.
using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Examines disks, file by file.</summary>
internal sealed class DiskExamination
{
    private const int MaxMembers = 256;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly long end = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
    private readonly Dictionary<(uint, uint, ulong), DiskMember> members = [];
    private DiskFinding? shared;

    // Whether all programs' locks count, as they do for others than libguestfs.
    private readonly bool heedsAllLocks;

    private DiskExamination(bool heedsAllLocks = false) => this.heedsAllLocks = heedsAllLocks;

    private TimeSpan Left => TimeSpan.FromMilliseconds(end - Environment.TickCount64);

    /// <summary>What is wrong with some disks that were to be used together; null when nothing is seen.</summary>
    internal static DiskFinding? Find(IReadOnlyList<LocalDisk> disks)
    {
        DiskExamination examination = new();
        foreach (LocalDisk disk in disks)
        {
            if (examination.Chain(disk) is { } finding)
            {
                return finding;
            }
        }

        return examination.shared;
    }

    /// <summary>What is wrong with a disk that qemu-img is to read: that another program or this host writes to it, too.</summary>
    /// <param name="file">The disk.</param>
    /// <param name="format">Its format.</param>
    /// <param name="files">Which files it is made of, as far as they were looked at.</param>
    internal static DiskFinding? FindForCopy(string file, string? format, out IReadOnlyCollection<(uint, uint, ulong)> files)
    {
        LocalDisk disk = new(file, format, IsReadOnly: true);
        DiskExamination examination = new(heedsAllLocks: true);
        files = examination.members.Keys;
        return HostUse.Find(disk) ?? examination.Chain(disk);
    }

    private DiskFinding? Chain(LocalDisk disk)
    {
        HashSet<(uint, uint, ulong)> seen = [];
        DiskMember? member = DiskMember.Of(disk);
        while (member is not null && Left > TimeSpan.Zero && seen.Count < MaxMembers)
        {
            if (File(member, seen, out SafeFileHandle? file, out statx status) is { } fault)
            {
                return fault;
            }

            using (file)
            {
                if (Image(member, file, out ImageFacts? facts) is { } wrong)
                {
                    return wrong;
                }

                if ((file is null ? null : Lock(member, file, status)) is { } locked)
                {
                    return locked;
                }

                if (facts is { DataFile: { } data } && Name(data, member.File) is { } dataFile)
                {
                    DiskMember part = new(disk, dataFile, member.File, "data file", "raw", member.IsWritten);
                    if (File(part, seen, out SafeFileHandle? opened, out statx itsStatus) is { } its)
                    {
                        return its;
                    }

                    using (opened)
                    {
                        if ((opened is null ? null : Lock(part, opened, itsStatus)) is { } itsLock)
                        {
                            return itsLock;
                        }
                    }
                }

                member = facts is { BackingFile: { } backing } && Name(backing, null) is { } next
                    ? new DiskMember(disk, next, member.File, "backing file", facts.Value.BackingFormat, false)
                    : null;
            }
        }

        return null;
    }

    // The name, the kind, the rights, and whether it was there before. The file is null where it is a device without contents.
    private DiskFinding? File(DiskMember member, HashSet<(uint, uint, ulong)> seen, out SafeFileHandle? file, out statx status)
    {
        file = null;
        int errno = HostCalls.Status(member.File, followLink: true, out status);
        if (errno != 0)
        {
            return PathFault.Explain(member, errno);
        }

        int type = status.stx_mode & Libc.S_IFMT;
        if (type is not (Libc.S_IFREG or Libc.S_IFBLK))
        {
            return type == Libc.S_IFCHR ? null : member.Has(
                DiskProblem.NotAFile, type == Libc.S_IFDIR ? "is a directory" : "is neither a file nor a block device",
                "Name the disk image file or block device itself.", type == Libc.S_IFDIR ? Libc.EISDIR : Libc.EINVAL);
        }

        file = HostCalls.TryOpen(member.File, Libc.O_RDONLY | Libc.O_NONBLOCK, out errno);
        if (file is null)
        {
            return PathFault.Explain(member, errno);
        }

        errno = member.IsWritten ? HostCalls.Access(member.File, Libc.W_OK) : 0;
        if (errno != 0)
        {
            return PathFault.Denied(member, errno, Libc.W_OK);
        }

        var identity = new HostStatus(status).Identity;
        if (!seen.Add(identity))
        {
            return member.Has(
                DiskProblem.ChainLoop,
                $"stands above {DiskMember.Shown(member.Parent!)} in the chain already: the backing files make a loop",
                DiskFinding.Rebase("Name the file that was meant"), Libc.ELOOP);
        }

        // Only if no disk has a fault of its own.
        if (members.TryGetValue(identity, out DiskMember? other) && (other.IsWritten || member.IsWritten))
        {
            shared ??= member.Has(
                DiskProblem.Locked, $"is in use by this handle already, which has it as {Lower(other.Subject)} too, and writes to it",
                $"Add it once, or read-only ({ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.ReadOnly), "readonly")}).");
        }

        members.TryAdd(identity, member);
        return null;
    }

    private DiskFinding? Image(DiskMember member, SafeFileHandle? file, out ImageFacts? facts)
    {
        facts = null;
        if (file is null)
        {
            return null;
        }

        if (Qcow2Header.Read(file) is { } header && member.Format is null or "qcow2")
        {
            if (header.IsNewer)
            {
                return member.Has(
                    DiskProblem.NewerVersion, header.Version > 3
                        ? $"is in version {header.Version} of the format qcow2, which qemu does not know"
                        : "has features of the format qcow2 that qemu does not know",
                    "Use a newer qemu; or convert the image where it comes from: qemu-img convert -O qcow2 -o compat=1.1 IMAGE NEW.");
            }

            if (header.IsEncrypted)
            {
                return Encrypted(
                    member, "qcow2",
                    "Make an image of it that is not encrypted: qemu-img convert with --object secret and --image-opts, see qemu-img(1).");
            }

            if (header.IsMarkedCorrupt && member.IsWritten)
            {
                return Corrupt(member, "is marked as damaged, so that qemu does not write to it");
            }
        }

        facts = ImageFacts.TryRead(member.File, member.Format, Left, out string? complaint);
        if (facts is { Format: "luks" })
        {
            return Encrypted(
                member, "LUKS",
                $"Add it as a raw disk ({ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Format), "format")} \"raw\") and "
                + "open "
                + $"it with {ApiName.Function(nameof(GuestfsHandle.CryptsetupOpen))}.");
        }

        return complaint is null ? null : Refused(member, file, Reason(complaint, member));
    }

    private DiskFinding Refused(DiskMember member, SafeFileHandle file, string complaint)
    {
        if (member.Format is { } named && ImageFacts.TryRead(member.File, null, Left, out _) is { } guessed && guessed.Format != named)
        {
            string option = ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Format), "format");
            return member.Has(
                DiskProblem.WrongFormat,
                $"is not in the format '{PrintableText.Line(named)}' that was named for it: "
                + $"qemu takes it for '{guessed.Format}' ({complaint})",
                member.Parent is null
                    ? $"Name its own format ({option}); if that is what was named, its beginning is damaged."
                    : DiskFinding.Rebase("Name its own format"));
        }

        return Qcow2Header.Read(file) is not null
            ? Corrupt(member, $"is damaged: {complaint}")
            : member.Has(DiskProblem.Other, $"cannot be opened by qemu: {complaint}", "'qemu-img info' shows what it is.");
    }

    private DiskFinding? Lock(DiskMember member, SafeFileHandle file, in statx status)
    {
        // libguestfs has qemu leave alone the locks of what a read-only disk is an overlay over.
        if ((member.Parent is null && !member.IsWritten && !heedsAllLocks) || !ImageLocks.Conflict(file, member.IsWritten))
        {
            return null;
        }

        IReadOnlyList<string> holders = ImageLocks.Holders(status, end);
        return member.Has(
            DiskProblem.Locked,
            holders.Count > 0
                ? $"is in use by {string.Join(" and ", holders)}"
                : "is in use by another process, of another user or on another machine",
            heedsAllLocks
                ? "Shut that machine down first: a copy of what it writes to meanwhile has half of it."
                : "Shut that machine down first: writing to a disk that another machine has open corrupts it."
                    + (member.IsWritten ? " To read only, add the disk read-only." : ""),
            Libc.EAGAIN);
    }

    private static DiskFinding Encrypted(DiskMember member, string kind, string remedy) => member.Has(
        DiskProblem.Encrypted, $"is an encrypted {kind} image, and libguestfs cannot give qemu its key", remedy);

    private static DiskFinding Corrupt(DiskMember member, string what) => member.Has(
        DiskProblem.Corrupt, what, "Copy it, and have the copy repaired: qemu-img check -r all COPY.");

    // What is no file of this host is not looked at: an address, or a description in JSON.
    private static string? Name(string name, string? relativeTo)
    {
        name = name.StartsWith("file:", StringComparison.Ordinal) ? name["file:".Length..] : name;
        int colon = name.IndexOf(':', StringComparison.Ordinal), slash = name.IndexOf('/', StringComparison.Ordinal);
        return name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || (colon >= 0 && (slash < 0 || colon < slash)) ? null
            : relativeTo is not null && Path.GetDirectoryName(relativeTo) is { Length: > 0 } directory ? Path.Combine(directory, name)
            : name;
    }

    // "qemu-img: Could not open 'NAME': REASON".
    private static string Reason(string complaint, DiskMember member)
    {
        int at = complaint.IndexOf($"{member.File}': ", StringComparison.Ordinal);
        return PrintableText.Line(at < 0 ? complaint : complaint[(at + member.File.Length + "': ".Length)..]).TrimEnd('.');
    }

    private static string Lower(string subject) => $"t{subject[1..]}".TrimEnd(',');
}
