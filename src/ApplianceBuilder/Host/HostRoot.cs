namespace Guestfs.Appliances.Host;

/// <summary>The root directory of the system that files are read from:
/// this machine's, or a tree that has been mounted or unpacked.</summary>
internal static class HostRoot
{
    /// <summary>The host's name of a path below a root directory.</summary>
    /// <param name="root">The root directory; <c>/</c> for this machine.</param>
    /// <param name="path">An absolute path in it.</param>
    internal static string Join(string root, string path) => root.TrimEnd('/') + path;
}
