// One host file that holds the contents of all unpacked files, instead of thousands of small ones.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Archives;

/// <summary>
/// A file that contents are appended to. It belongs to the caller, who deletes it when the plans that point into it are
/// done with. Safe for concurrent use.
/// </summary>
internal sealed class Spool : IDisposable
{
    private readonly SafeFileHandle file;
    private long end;

    /// <summary>Creates the file; there must be nothing of that name, which others may have linked elsewhere.</summary>
    /// <exception cref="ApplianceException">It cannot be created.</exception>
    internal Spool(string path)
    {
        Path = path;
        file = Posix.CreateFile(path, Permissions.Octal0600, readToo: true);
    }

    /// <summary>Path on the host.</summary>
    internal string Path { get; }

    /// <summary>Keeps room for a content and returns where it begins.</summary>
    internal long Reserve(long length) => Interlocked.Add(ref end, length) - length;

    /// <summary>Writes bytes at a place in the file.</summary>
    /// <exception cref="ApplianceException">The disk is full, or writing fails.</exception>
    internal void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (Exception e) when (OutputFault.Is(e))
        {
            throw OutputFault.From(Path, e);
        }
    }

    /// <summary>Makes the file at least that long, where a content ends with a hole.</summary>
    /// <exception cref="ApplianceException">The disk is full, or writing fails.</exception>
    internal void Extend(long length)
    {
        lock (file)
        {
            OutputFault.Guard(Path, () =>
            {
                if (RandomAccess.GetLength(file) < length)
                {
                    RandomAccess.SetLength(file, length);
                }

                return true;
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
