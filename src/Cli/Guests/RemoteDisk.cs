// Disks on other machines, by the addresses that guestfish's option --add takes: nbd://host/export, ssh://user@host/disk.img,
// nbd:///?socket=/run/nbd, rbd:///pool/disk and so on.
namespace Guestfs.Cli.Guests;

/// <summary>Where a disk is that is no file of this host.</summary>
/// <param name="Path">What it is called there.</param>
/// <param name="Protocol">How it is reached.</param>
/// <param name="Server">The server; null where the protocol needs none.</param>
/// <param name="User">The account there.</param>
/// <param name="Secret">Its password.</param>
internal sealed record RemoteDisk(string Path, string Protocol, string? Server, string? User, string? Secret)
{
    private const string Mark = "://";
    private const int LongestScheme = 8;

    // What is shared by these is a disk, not a file with one in it.
    private static readonly string[] Exports = ["gluster", "iscsi", "nbd", "nbd+unix", "rbd", "sheepdog"];
    private static readonly string[] Raw = ["iscsi", "nbd", "nbd+unix", "rbd"];

    /// <summary>Where the path of an address begins; 0 for the name of a file.</summary>
    internal static int PathOf(string text)
    {
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        if (mark is <= 0 or > LongestScheme || text[..mark].Any(c => !char.IsAsciiLetterLower(c) && c != '+')
            || System.IO.Path.Exists(text))
        {
            return 0;
        }

        int slash = text.IndexOf('/', mark + Mark.Length);
        return slash < 0 ? text.Length : slash;
    }

    /// <summary>Reads an address.</summary>
    internal static DiskName Parse(string text, string? format)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            throw new UsageException(
                $"'{text}' is not the address of a disk. A format comes after its path, if only after a slash: nbd://host:10809/:raw.");
        }

        string? socket = uri.Query.TrimStart('?').Split('&', ';')
            .Select(part => part.Split('=', 2))
            .FirstOrDefault(part => part is ["socket", not ""]) is [_, var named] ? Uri.UnescapeDataString(named) : null;
        if (uri.Host.Length > 0 && socket is not null)
        {
            throw new UsageException($"'{text}' has a server and a socket: it is at one of them.");
        }

        // libguestfs cannot find it out there.
        if (format is null && !Raw.Contains(uri.Scheme))
        {
            throw new UsageException($"'{text}' needs its format: '{text}:raw', '{text}:qcow2', or --format.");
        }

        // Of what is no file there the slash is not part of its name.
        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        string[] account = uri.UserInfo.Split(':', 2);
        return new(
            account.Length > 1 ? text.Replace($":{account[1]}@", "@", StringComparison.Ordinal) : text,
            format ?? "raw",
            new(
                Exports.Contains(uri.Scheme) ? path.TrimStart('/') : path,
                uri.Scheme == "nbd+unix" ? "nbd" : uri.Scheme,
                socket is not null ? $"unix:{socket}" : uri.Host.Length == 0 ? null
                    : uri.IsDefaultPort || uri.Port < 0 ? $"tcp:{uri.Host}" : $"tcp:{uri.Host}:{uri.Port}",
                account[0].Length > 0 ? Uri.UnescapeDataString(account[0]) : null,
                account.Length > 1 ? Uri.UnescapeDataString(account[1]) : null));
    }
}
