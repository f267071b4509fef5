using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// What a launch leaves behind that failed before qemu connected: the name of the socket for the daemon. libguestfs takes it away at the
/// end of the handle only, and until then each further launch of the handle fails, because the address is in use.
/// </summary>
internal static class StaleSockets
{
    private const string Directories = "libguestfs*", Name = "guestfsd.sock", Listed = "/proc/net/unix";

    /// <summary>Removes those that nobody listens on, whichever handle they are of.</summary>
    /// <param name="directory">The directory for sockets: guestfs_get_sockdir(3).</param>
    /// <param name="since">When the launch began. Older ones may be of processes that this one does not see.</param>
    internal static void Remove(string directory, DateTime since)
    {
        try
        {
            string listed = File.ReadAllText(Listed);
            foreach (string socket in Directory.GetDirectories(directory, Directories).Select(made => Path.Combine(made, Name)))
            {
                if (File.Exists(socket) && File.GetLastWriteTimeUtc(socket) >= since && !listed.Contains(socket, StringComparison.Ordinal))
                {
                    File.Delete(socket);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the launch says what is in its way.
        }
    }
}
