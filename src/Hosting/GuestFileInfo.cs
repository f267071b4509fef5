using System.Collections;

using Microsoft.Extensions.FileProviders;

namespace Guestfs.Extensions.Hosting;

/// <summary>A file or directory of a guest.</summary>
internal sealed class GuestFileInfo(GuestfsHandle handle, string path, string name, StatNs status) : IFileInfo
{
    public bool Exists => true;

    public bool IsDirectory => ModeOf.IsDirectory(status);

    public long Length => IsDirectory ? -1 : status.Size;

    // It is nowhere on the host.
    public string? PhysicalPath => null;

    public string Name => name;

    public DateTimeOffset LastModified => status.ModificationTime ?? DateTimeOffset.UnixEpoch;

    public Stream CreateReadStream() => ModeOf.IsRegular(status)
        ? handle.OpenRead(path)
        : throw new IOException($"{path} of the guest is not a regular file.");
}

/// <summary>A directory of a guest; each enumeration reads anew.</summary>
internal sealed class GuestDirectoryContents(GuestFileProvider provider, string path) : IDirectoryContents
{
    public bool Exists => true;

    public IEnumerator<IFileInfo> GetEnumerator() => provider.Entries(path).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What the mode of a file says of its type.</summary>
internal static class ModeOf
{
    private const long Type = 0xF000, Directory = 0x4000, Regular = 0x8000;

    internal static bool IsDirectory(StatNs status) => (status.Mode & Type) == Directory;

    internal static bool IsRegular(StatNs status) => (status.Mode & Type) == Regular;
}
