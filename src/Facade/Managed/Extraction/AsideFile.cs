using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>A new file that has a temporary name until it is whole;
/// disposed without <see cref="Publish"/> or <see cref="Leave"/> it is removed.</summary>
internal sealed unsafe class AsideFile : IDisposable
{
    // What most filesystems keep holes by.
    private const int Block = 4096;

    private readonly HostDirectory directory;
    private readonly string path;
    private bool stays;

    internal AsideFile(HostDirectory directory, string name, int mode)
    {
        this.directory = directory;
        path = directory.NameOf(name);
        Name = name;
        Descriptor = directory.CreateFile(TemporaryName, mode);
    }

    internal SafeFileHandle Descriptor { get; }

    /// <summary>The name it has until then.</summary>
    internal string TemporaryName { get; } = $".{Path.GetRandomFileName()}.part";

    /// <summary>The name it will have.</summary>
    internal string Name { get; }

    /// <summary>Writes bytes, and with holes leaves whole blocks of zeros out.</summary>
    /// <returns>How many were written.</returns>
    internal long Write(ReadOnlySpan<byte> bytes, long offset, bool holes)
    {
        long written = 0;
        int start = 0;
        for (int at = 0; holes && at < bytes.Length; at += Block)
        {
            int end = Math.Min(at + Block, bytes.Length);
            if (!bytes[at..end].ContainsAnyExcept((byte)0))
            {
                written += WriteAll(bytes[start..at], offset + start);
                start = end;
            }
        }

        return written + WriteAll(bytes[start..], offset + start);
    }

    /// <summary>Sets the length of a file that may end in a hole.</summary>
    internal void SetLength(long length)
    {
        using BorrowedDescriptor file = new(Descriptor);
        Check(Libc.ftruncate(file, (nint)length));
    }

    /// <summary>Gives it its name.</summary>
    internal void Publish(bool replace)
    {
        directory.Rename(TemporaryName, Name, replace);
        stays = true;
    }

    /// <summary>Leaves it under its temporary name; renaming or removing it is up to the caller.</summary>
    internal void Leave() => stays = true;

    public void Dispose()
    {
        Descriptor.Dispose();
        if (!stays)
        {
            directory.TryRemove(TemporaryName);
        }
    }

    private long WriteAll(ReadOnlySpan<byte> bytes, long offset)
    {
        using BorrowedDescriptor file = new(Descriptor);
        fixed (byte* first = bytes)
        {
            for (long done = 0; done < bytes.Length;)
            {
                nint count = Libc.pwrite(file, first + done, (nuint)(bytes.Length - done), (nint)(offset + done));
                Check(count >= 0 || Marshal.GetLastPInvokeError() == Libc.EINTR ? 0 : -1);
                done += Math.Max(count, 0);
            }
        }

        return bytes.Length;
    }

    private void Check(int result)
    {
        if (result != 0)
        {
            throw HostError.Of($"{path} cannot be written");
        }
    }
}
