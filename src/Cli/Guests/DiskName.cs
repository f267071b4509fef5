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

    /// <summary>The format it is opened with: the one that was named, or the one that qemu-img sees. Null if qemu-img sees none.</summary>
    // qemu itself must not guess, neither now nor when the guest has written: a raw disk would become one that shows files of this host
    // (CVE-2010-3851). A file that is called as raw ones are, and is a form of others, may be such a disk.
    internal string? FindFormat()
    {
        if (Format is not null || Remote is not null)
        {
            return Format;
        }

        DiskImage.Check("add_drive", File);
        if (ImageFacts.TryRead(File) is not { } facts)
        {
            return null;
        }

        if ((facts.HasBackingFile || facts.DataFile is not null) && Path.GetExtension(File) is "" or ".img" or ".raw" or ".dd" or ".iso")
        {
            Messages.Warn(
                $"{File} is not named as a disk of the format {facts.Format}, which shows what is in "
                + $"{facts.BackingFile ?? facts.DataFile ?? "another file"}, too. Where it should be raw, say so: {File}:raw");
        }

        // The guest's own encryption, which --key opens in the appliance; qemu's would need the key in its arguments.
        return facts.Format == "luks" ? "raw" : facts.Format;
    }
}
