using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Output;

/// <summary>Writes a plan as a directory tree of the host, for supermin's chroot format.</summary>
internal sealed class ChrootWriter
{
    private const int BufferSize = 1 << 20;
    private readonly FilePlan plan;
    private readonly string directory;
    private readonly bool asRoot = Posix.EffectiveUser == 0;
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);

    private ChrootWriter(FilePlan plan, string directory)
    {
        this.plan = plan;
        this.directory = directory;
    }

    /// <summary>
    /// Writes the tree. Owners, device nodes and privileged attributes need root rights: without them files belong to
    /// this user, and device nodes are left out.
    /// </summary>
    /// <param name="plan">What to write. No path of a plan leads through a symbolic link, so nothing is written elsewhere.</param>
    /// <param name="directory">A directory that nobody else writes to; it is created.</param>
    /// <param name="progress">Told the bytes written.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    internal static void Write(FilePlan plan, string directory, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        ChrootWriter writer = new(plan, directory);
        writer.WriteFiles(progress, cancellationToken);
        writer.FinishDirectories();
    }

    private void WriteFiles(IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        long total = plan.Entries.Sum(entry => entry.Content?.Length ?? 0), done = 0;
        foreach (PlanEntry entry in plan.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = HostPath(entry.Path);
            switch (entry.Kind)
            {
                case EntryKind.Directory:
                    // Writable until all is in it.
                    Posix.CreateDirectory(path, Permissions.Octal0700);
                    continue;
                case EntryKind.File:
                    WriteFile(path, entry.Content!, cancellationToken);
                    done += entry.Content!.Length;
                    progress?.Report(new ApplianceProgress(ApplianceStage.WritingRoot, done, total, entry.Path));
                    break;
                case EntryKind.SymbolicLink:
                    Posix.CreateSymbolicLink(path, entry.LinkTarget!);
                    break;
                case EntryKind.HardLink:
                    continue;
                case EntryKind.CharacterDevice or EntryKind.BlockDevice when !asRoot:
                    continue;
                default:
                    Posix.CreateNode(path, entry.Kind.TypeBits | Permissions.Octal0600, entry.Device);
                    break;
            }

            SetMetadata(path, entry);
        }

        foreach (PlanEntry entry in plan.Entries.Where(entry => entry.Kind == EntryKind.HardLink))
        {
            Posix.CreateHardLink(HostPath(entry.Path), HostPath(entry.LinkTarget!));
        }
    }

    // Children first: setting a directory's time comes after everything that changes it.
    private void FinishDirectories()
    {
        foreach (PlanEntry entry in plan.Entries.Reverse().Where(entry => entry.Kind == EntryKind.Directory))
        {
            SetMetadata(HostPath(entry.Path), entry);
        }
    }

    private void WriteFile(string path, FileContent content, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = Posix.CreateFile(path, Permissions.Octal0600);
        try
        {
            RandomAccess.SetLength(file, content.Length);
            using IContentReader reader = content.Open();
            foreach (DataRange range in content.DataRanges)
            {
                for (long at = range.Offset, end = range.Offset + range.Length; at < end;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at));
                    reader.ReadExactly(at, part);
                    RandomAccess.Write(file, part, at);
                    at += part.Length;
                }
            }
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(path, exception);
        }
    }

    private void SetMetadata(string path, PlanEntry entry)
    {
        if (asRoot)
        {
            Posix.SetOwner(path, entry.Uid, entry.Gid);
            foreach (ExtendedAttribute attribute in entry.ExtendedAttributes)
            {
                Posix.SetXattr(path, attribute);
            }
        }

        if (entry.Kind != EntryKind.SymbolicLink)
        {
            // After the owner: chown clears setuid.
            Posix.SetMode(path, entry.Mode);
        }

        Posix.SetTime(path, entry.ModificationTime);
    }

    private string HostPath(string path) => path == "/" ? directory : directory + path;
}
