// Names that libguestfs hands to programs of the host without the '--' that ends options.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Refuses names that would be options.</summary>
internal static class HostName
{
    /// <summary>A file that tar is to pack under its last name.</summary>
    /// <exception cref="ArgumentException">That name begins with a hyphen.</exception>
    internal static void CheckCopied(string localPath)
    {
        ArgumentNullException.ThrowIfNull(localPath);
        string path = localPath.Length > 1 && localPath.EndsWith('/') ? localPath[..^1] : localPath;
        if (path.AsSpan(path.LastIndexOf('/') + 1).StartsWith('-'))
        {
            throw new ArgumentException(
                $"'{PrintableText.Line(localPath)}' has a name that begins with '-', which the tar that libguestfs runs takes for an "
                + $"option. Copy the directory that it is in, or use {ApiName.Function(nameof(GuestfsHandle.Upload))} for a file, "
                + $"{ApiName.Function(nameof(GuestfsHandle.TarIn))} for more.",
                ApiName.Parameter(nameof(localPath)));
        }
    }

    /// <summary>A directory that guestunmount is to unmount.</summary>
    /// <exception cref="ArgumentException">It begins with a hyphen.</exception>
    internal static void CheckMountpoint(string localMountpoint)
    {
        ArgumentNullException.ThrowIfNull(localMountpoint);
        if (localMountpoint.StartsWith('-'))
        {
            throw new ArgumentException(
                $"'{PrintableText.Line(localMountpoint)}' begins with '-', which guestunmount takes for an option: "
                + $"write './{PrintableText.Line(localMountpoint)}'.", ApiName.Parameter(nameof(localMountpoint)));
        }
    }
}
