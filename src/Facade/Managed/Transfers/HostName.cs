// Names that libguestfs hands to programs of the host without the '--' that ends options.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Refuses names that would be options.</summary>
internal static class HostName
{
    /// <summary>A file that tar is to pack under its last name.</summary>
    /// <exception cref="ArgumentException">That name begins with a hyphen.</exception>
    internal static void CheckCopied(string localpath)
    {
        ArgumentNullException.ThrowIfNull(localpath);
        string path = localpath.Length > 1 && localpath.EndsWith('/') ? localpath[..^1] : localpath;
        if (path.AsSpan(path.LastIndexOf('/') + 1).StartsWith('-'))
        {
            throw new ArgumentException(
                $"'{PrintableText.Line(localpath)}' has a name that begins with '-', which the tar that libguestfs runs takes for an option. Copy the directory that it is in, or use {ApiName.Function(nameof(GuestfsHandle.Upload))} for a file, {ApiName.Function(nameof(GuestfsHandle.TarIn))} for more.",
                ApiName.Parameter(nameof(localpath)));
        }
    }

    /// <summary>A directory that guestunmount is to unmount.</summary>
    /// <exception cref="ArgumentException">It begins with a hyphen.</exception>
    internal static void CheckMountpoint(string localmountpoint)
    {
        ArgumentNullException.ThrowIfNull(localmountpoint);
        if (localmountpoint.StartsWith('-'))
        {
            throw new ArgumentException(
                $"'{PrintableText.Line(localmountpoint)}' begins with '-', which guestunmount takes for an option: write './{PrintableText.Line(localmountpoint)}'.", ApiName.Parameter(nameof(localmountpoint)));
        }
    }
}
