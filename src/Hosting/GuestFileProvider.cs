using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Guestfs.Extensions.Hosting;

/// <summary>The mounted filesystem of a guest, read-only, as what ASP.NET Core and others serve files from.</summary>
/// <remarks>
/// <para>Paths are relative to the root. One with <c>..</c> in it has no file. The guest's symbolic links are followed, as
/// <c>PhysicalFileProvider</c> follows the host's: inside the guest, never to the host, but out of the root.</para>
/// <para>What cannot be read is as what is not there. Changes are not told. The handle stays the caller's.</para>
/// </remarks>
/// <example>
/// <code>
/// g.MountRo("/dev/sda1", "/");
/// app.UseStaticFiles(new StaticFileOptions { FileProvider = new GuestFileProvider(g, "/var/www") });
/// </code>
/// </example>
public sealed class GuestFileProvider : IFileProvider
{
    private readonly GuestfsHandle handle;
    private readonly string root;

    /// <summary>Provides what is below a directory.</summary>
    /// <param name="handle">A launched handle with mounted filesystems.</param>
    /// <param name="root">The absolute path of the directory in the guest.</param>
    /// <exception cref="ArgumentException">The path is not absolute.</exception>
    public GuestFileProvider(GuestfsHandle handle, string root = "/")
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(root);
        if (!root.StartsWith('/'))
        {
            throw new ArgumentException("The path in the guest is not absolute.", nameof(root));
        }

        this.handle = handle;
        this.root = root.TrimEnd('/');
    }

    /// <inheritdoc/>
    public IFileInfo GetFileInfo(string subpath)
    {
        ArgumentNullException.ThrowIfNull(subpath);
        string name = Name(subpath);
        return PathOf(subpath) is { } path && TryStatus(path) is { } status
            ? new GuestFileInfo(handle, path, name, status)
            : new NotFoundFileInfo(name);
    }

    /// <inheritdoc/>
    public IDirectoryContents GetDirectoryContents(string subpath)
    {
        ArgumentNullException.ThrowIfNull(subpath);
        return PathOf(subpath) is { } path && TryStatus(path) is { } status && ModeOf.IsDirectory(status)
            ? new GuestDirectoryContents(this, path)
            : NotFoundDirectoryContents.Singleton;
    }

    /// <summary>Changes are not told.</summary>
    /// <param name="filter">Of which files.</param>
    /// <returns>A token that never changes.</returns>
    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    /// <summary>The entries of a directory; links as what they lead to, and left out where that is nothing.</summary>
    internal IEnumerable<IFileInfo> Entries(string path)
    {
        foreach (GuestfsDirectoryEntry entry in handle.EnumerateDirectory(path, new() { Status = true }))
        {
            StatNs? status = entry.Type == GuestfsFileType.SymbolicLink ? TryStatus(entry.Path) : entry.Status;
            if (status is not null)
            {
                yield return new GuestFileInfo(handle, entry.Path, entry.Name, status);
            }
        }
    }

    private static string Name(string subpath)
    {
        string trimmed = subpath.TrimEnd('/');
        return trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    private string? PathOf(string subpath)
    {
        string[] parts = subpath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Contains("..") || subpath.Contains('\0', StringComparison.Ordinal) ? null
            : parts.Length == 0 ? root.Length == 0 ? "/" : root
            : $"{root}/{string.Join('/', parts)}";
    }

    private StatNs? TryStatus(string path)
    {
        try
        {
            return handle.Statns(path);
        }
        catch (GuestfsException e) when (e is not GuestfsStateException && IsOfFile(e.Errno) && handle.State == GuestfsState.Ready)
        {
            return null;
        }
    }

    // ENOENT, EACCES, ENOTDIR, ENAMETOOLONG, ELOOP: nothing that could be served is there. Other errors are errors.
    private static bool IsOfFile(int errno) => errno is 2 or 13 or 20 or 36 or 40;
}
