using System.Buffers;

namespace Guestfs.Cli.Guests;

/// <summary>A disk as it is named on the command line.</summary>
/// <param name="File">The image or device.</param>
/// <param name="Format">Its format, if that was named.</param>
internal sealed record DiskName(string File, string? Format)
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Whatever comes after the last colon of a name that is no file's is a format, if it looks like one.
    internal static DiskName Parse(string text, string? format)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && !Path.Exists(text) && text.AsSpan(colon + 1) is { IsEmpty: false } named && !named.ContainsAnyExcept(Letters)
            ? new(ProcessInput.FullPath(text[..colon]), named.ToString())
            : new(ProcessInput.FullPath(text), format);
    }
}
