using System.Buffers;

namespace Guestfs.Cli.Guests;

/// <summary>A disk as it is named on the command line.</summary>
/// <param name="File">The image or device; of a remote one its address, without a password.</param>
/// <param name="Format">Its format, if that was named.</param>
/// <param name="Remote">Where a remote one is.</param>
internal sealed record DiskName(string File, string? Format, RemoteDisk? Remote = null)
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Whatever comes after the last colon of a name that is no file's is a format, if it looks like one.
    internal static DiskName Parse(string text, string? format)
    {
        int colon = text.LastIndexOf(':'), start = RemoteDisk.PathOf(text);
        (string file, string? named) = colon > start && !Path.Exists(text)
            && text.AsSpan(colon + 1) is { IsEmpty: false } end && !end.ContainsAnyExcept(Letters)
                ? (text[..colon], end.ToString())
                : (text, format);
        return start > 0 ? RemoteDisk.Parse(file, named) : new(ProcessInput.FullPath(file), named);
    }
}
