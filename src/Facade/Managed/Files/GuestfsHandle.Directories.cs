// Walking directories of the guest, with the calls that are cheap for many entries.
using System.Runtime.CompilerServices;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>The entries of a directory, and on request of all below, in the order that the filesystem has them in.</summary>
    /// <param name="path">The absolute path of a directory, or of a link to one.</param>
    /// <param name="options">What differs from listing names, types and inodes of this directory alone.</param>
    /// <returns>The entries, without <c>.</c> and <c>..</c>. Each enumeration reads anew.</returns>
    /// <exception cref="GuestfsException">While enumerating: a directory cannot be read, or not to its end; see
    /// <see cref="EnumerateDirectoryOptions.ContinueOnError"/>.</exception>
    /// <remarks>
    /// <para>What is held of a directory until the walk leaves it: the list that guestfs_readdir returned, in C's memory
    /// (some 70 bytes a name), and of .NET's no more than the thousand entries that one call examined, if any. A recursive walk
    /// holds this for each directory on the way down from where it began. Ending the enumeration early frees it
    /// (<c>foreach</c> does).</para>
    /// <para>At its end a directory is read once more, by name alone, because guestfs_readdir takes an error midway for the end.</para>
    /// <para>The guest may be changed meanwhile: a directory shows as it was when the walk came to it.</para>
    /// <para>guestfs(3): <c>guestfs_readdir</c>, <c>guestfs_lstatnslist</c>, <c>guestfs_ls0</c>.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory("/etc", new() { RecurseSubdirectories = true, Status = true }))
    /// {
    ///     Console.WriteLine($"{entry.Path} {entry.Status!.Size}");
    /// }
    /// </code>
    /// </example>
    public IEnumerable<GuestfsDirectoryEntry> EnumerateDirectory(string path, EnumerateDirectoryOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Enumerate(path, options);
    }

    /// <summary>The same without blocking: the handle's own thread makes the calls,
    /// one for a directory and one for a thousand entries.</summary>
    /// <param name="path">The absolute path of a directory, or of a link to one.</param>
    /// <param name="options">What differs from listing names, types and inodes of this directory alone.</param>
    /// <param name="cancellationToken">Ends the walk between two calls.</param>
    /// <returns>The entries, in the order of <see cref="EnumerateDirectory"/>.</returns>
    /// <exception cref="GuestfsException">While enumerating: a directory cannot be read, or not to its end.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was canceled.</exception>
    /// <remarks>
    /// <para>Holds as much as <see cref="EnumerateDirectory"/>.</para>
    /// <para>guestfs(3): <c>guestfs_readdir</c>, <c>guestfs_lstatnslist</c>, <c>guestfs_ls0</c>.</para>
    /// </remarks>
    public IAsyncEnumerable<GuestfsDirectoryEntry> EnumerateDirectoryAsync(
        string path, EnumerateDirectoryOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return EnumerateAsync(path, options, cancellationToken);
    }

    private IEnumerable<GuestfsDirectoryEntry> Enumerate(string path, EnumerateDirectoryOptions options)
    {
        using DirectoryWalk walk = new(path, options);
        while (walk.Advance(this))
        {
            while (walk.TryTake(out GuestfsDirectoryEntry entry))
            {
                yield return entry;
            }
        }
    }

    private async IAsyncEnumerable<GuestfsDirectoryEntry> EnumerateAsync(
        string path, EnumerateDirectoryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using DirectoryWalk walk = new(path, options);
        while (await RunAsync(walk.Advance, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            while (walk.TryTake(out GuestfsDirectoryEntry entry))
            {
                yield return entry;
            }
        }
    }
}
